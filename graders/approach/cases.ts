import type { Case } from "../case.js";
import {
  ALL_BASE,
  fineTuning,
  sampleOptimizer,
  samplePhase,
  samplePhases,
  sampleStructure,
  sampleWeights,
} from "../case-evidence.js";

const structure = sampleStructure();
const head = samplePhase(["head"]);
const all = samplePhase(["head", ...ALL_BASE]);
const tuned = {
  structure,
  weights: sampleWeights({ changed: ["block4_conv"] }),
  phases: samplePhases([head, fineTuning(["block4_conv"])]),
};
const whole = { structure, weights: sampleWeights({ changed: ALL_BASE }), phases: samplePhases([all]) };
const unknownBase = sampleWeights({ checkpoint: false });

export const CASES: readonly Case[] = [
  {
    name: "an untouched base is feature extraction",
    evidence: { structure, weights: sampleWeights(), phases: samplePhases([head]) },
    expect: { score: 1, proof: "proved" },
  },
  {
    name: "a base that nothing was trained on tells by the record alone",
    evidence: {
      structure,
      weights: sampleWeights(),
      phases: { ...samplePhases([head, fineTuning(["block4_conv"])]), onlyTried: true },
    },
    options: { expect: "fine-tuning" },
    expect: { score: 1, proof: "claimed" },
  },
  {
    name: "the same by the record, for a base nobody knows",
    evidence: { structure, weights: unknownBase, phases: samplePhases([head]) },
    expect: { score: 1, proof: "claimed" },
  },
  {
    name: "head first, then part of the base, is fine-tuning",
    evidence: tuned,
    options: { expect: "fine-tuning" },
    expect: { score: 1, proof: "consistent", says: /1 of 8 layers/ },
  },
  {
    name: "fine-tuning where feature extraction was asked for",
    evidence: tuned,
    expect: { score: 0, says: /This is fine-tuning/, advises: /train only your head/ },
  },
  {
    name: "head first, then all of the base, is fine-tuning too",
    evidence: { ...whole, phases: samplePhases([head, fineTuning(ALL_BASE)]) },
    options: { expect: "fine-tuning" },
    expect: { score: 1 },
  },
  {
    name: "all of the base from the start is full training",
    evidence: whole,
    options: { expect: "full-training" },
    expect: { score: 1 },
  },
  {
    name: "all but one layer from the start is fine-tuning",
    evidence: { ...whole, phases: samplePhases([samplePhase(["head", ...ALL_BASE.slice(1)])]) },
    options: { expect: "full-training" },
    expect: { score: 0, advises: /from the first fit on/ },
  },
  {
    name: "full training where fine-tuning was asked for",
    evidence: whole,
    options: { expect: "fine-tuning" },
    expect: { score: 0, advises: /head on the frozen base first/ },
  },
  {
    name: "part of the base moved, by the file alone",
    evidence: { structure, weights: tuned.weights },
    options: { expect: "fine-tuning" },
    expect: { score: 1, proof: "proved" },
  },
  {
    name: "part of the base moved in a loop of one's own",
    evidence: { ...tuned, phases: samplePhases([], { customSteps: 4 }) },
    options: { expect: "fine-tuning" },
    expect: { score: 1, proof: "proved" },
  },
  {
    name: "all of the base moved, by the file alone",
    evidence: { structure, weights: whole.weights },
    expect: { outcome: "ungraded" },
  },
  {
    name: "a base nobody knows, by the file alone",
    evidence: { structure, weights: unknownBase },
    expect: { outcome: "ungraded" },
  },
  {
    name: "random weights are no transfer",
    evidence: {
      structure,
      weights: sampleWeights({ checkpoint: false, randomBase: "All statistics are as at creation" }),
      phases: samplePhases([all]),
    },
    expect: { score: 0, says: /training from scratch/ },
  },
  {
    name: "no base",
    evidence: {
      structure: sampleStructure({ base: null, runtime: "keras-3" }),
      weights: unknownBase,
      phases: samplePhases([head]),
    },
    expect: { score: 0, advises: /base\.trainable = False/ },
  },
  {
    name: "no training",
    evidence: { structure, weights: sampleWeights(), phases: samplePhases([]) },
    expect: { score: 0, says: /no training at all/ },
  },
  {
    name: "a saved optimizer that made no step",
    evidence: { structure, weights: sampleWeights(), optimizer: sampleOptimizer([], { iterations: 0 }) },
    expect: { outcome: "ungraded" },
  },
];
