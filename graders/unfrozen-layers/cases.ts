import type { Case } from "../case.js";
import {
  ALL_BASE,
  fineTuning,
  pathsOf,
  sampleOptimizer,
  samplePhase,
  samplePhases,
  sampleStructure,
  sampleWeights,
} from "../case-evidence.js";

const structure = sampleStructure();
const opened = (layers: readonly string[], changed = layers): Case["evidence"] => ({
  structure,
  weights: sampleWeights({ changed }),
  phases: samplePhases([samplePhase(["head"]), fineTuning(layers)]),
});
const top = (count: number): string[] =>
  ["block4_conv", "block3_conv", "block2_conv", "block1_conv"].slice(0, count);

export const CASES: readonly Case[] = [
  {
    name: "exactly the fewest",
    evidence: opened(top(2)),
    options: { min: 2, max: 3 },
    expect: {
      score: 1,
      proof: "consistent",
      says: /2 weight-carrying layers of the base \(block3_conv and block4_conv\)/,
    },
  },
  {
    name: "opened in a fit that was only tried",
    evidence: {
      structure,
      weights: sampleWeights(),
      phases: { ...samplePhases([samplePhase(["head"]), fineTuning(top(2))]), onlyTried: true },
    },
    options: { min: 2 },
    expect: { score: 1, proof: "claimed" },
  },
  {
    name: "one fewer",
    evidence: opened(top(1)),
    options: { min: 2 },
    expect: { score: 0.5, advises: /count from further down/ },
  },
  { name: "one more than the fewest", evidence: opened(top(3)), options: { min: 2 }, expect: { score: 1 } },
  { name: "exactly the most", evidence: opened(top(3)), options: { max: 3 }, expect: { score: 1 } },
  {
    name: "one more than the most",
    evidence: opened(top(4)),
    options: { max: 3 },
    expect: { score: 0.75, advises: /all but the last 3/ },
  },
  { name: "far more than the most", evidence: opened(top(4)), options: { max: 1 }, expect: { score: 0 } },
  {
    name: "none where none is asked for",
    evidence: opened([], []),
    options: { min: 0, max: 0 },
    expect: { score: 1 },
  },
  {
    name: "the last entries held no weights",
    evidence: opened([], []),
    expect: { score: 0, says: /0 weight-carrying layers of the base\./ },
  },
  {
    name: "opened after compile, so nothing was trained",
    evidence: {
      structure,
      weights: sampleWeights(),
      phases: samplePhases([
        samplePhase(["head"]),
        samplePhase(["head"], { declared: pathsOf(["head", "block4_conv"]) }),
      ]),
    },
    expect: { score: 0, advises: /You set 1 layer of the base trainable, but only after `compile`/ },
  },
  {
    name: "only a normalisation layer was opened",
    evidence: opened(["block4_bn"]),
    expect: { score: 0, says: /and 1 normalisation layer/ },
  },
  {
    name: "from the bottom instead of the top",
    evidence: opened(["block1_conv"]),
    expect: { score: 0.5, says: /3 frozen layers above/, advises: /nearest to the head/ },
  },
  {
    name: "from the bottom where that is allowed",
    evidence: opened(["block1_conv"]),
    options: { fromTop: false },
    expect: { score: 1 },
  },
  {
    name: "normalisation opened where it must stay frozen",
    evidence: opened(["block4_conv", "block4_bn"]),
    options: { batchNormFrozen: true, min: 1, max: 1 },
    expect: { score: 0.5, advises: /BatchNormalization layer frozen/ },
  },
  {
    name: "normalisation opened where nobody minds",
    evidence: opened(["block4_conv", "block4_bn"]),
    expect: { score: 1 },
  },
  { name: "everything opened", evidence: opened(ALL_BASE), options: { max: 2 }, expect: { score: 1 / 3 } },
  {
    name: "phase 1 opened nothing",
    evidence: opened(top(1)),
    options: { phase: 1, min: 1 },
    expect: { score: 0, says: /Phase 1/ },
  },
  {
    name: "there was no phase 2",
    evidence: { structure, weights: sampleWeights(), phases: samplePhases([samplePhase(["head"])]) },
    options: { phase: 2 },
    expect: { score: 0, says: /phase 2 is missing/, advises: /compile again/ },
  },
  {
    name: "nothing was trained",
    evidence: { structure, weights: sampleWeights(), phases: samplePhases([]) },
    expect: { score: 0, says: /Nothing was trained/ },
  },
  {
    name: "bytes show layers open that the record calls closed",
    evidence: opened(top(1), top(2)),
    expect: { score: 1, proof: "contradicted" },
  },
  {
    name: "digested bytes count as opened",
    evidence: {
      structure,
      weights: sampleWeights({ checkpoint: false }),
      phases: samplePhases([samplePhase(["head"], { changed: pathsOf(["head", "block4_conv"]) })]),
    },
    expect: { score: 1, proof: "claimed" },
  },
  {
    name: "slots of the saved optimizer tell the last phase",
    evidence: {
      structure,
      weights: sampleWeights({ changed: top(2) }),
      optimizer: sampleOptimizer(["head", ...top(2)]),
    },
    options: { min: 2, max: 2 },
    expect: { score: 1, proof: "consistent" },
  },
  {
    name: "what moved tells the last phase",
    evidence: { structure, weights: sampleWeights({ changed: top(1) }) },
    expect: { score: 1, proof: "proved" },
  },
  {
    name: "what moved in a loop of one's own",
    evidence: {
      structure,
      weights: sampleWeights({ changed: top(1) }),
      phases: samplePhases([], { customSteps: 9 }),
    },
    expect: { score: 1, proof: "proved" },
  },
  {
    name: "a file cannot tell phase 1",
    evidence: { structure, weights: sampleWeights({ changed: top(1) }) },
    options: { phase: 1 },
    expect: { outcome: "ungraded" },
  },
  {
    name: "neither record nor slots nor checkpoint",
    evidence: { structure, weights: sampleWeights({ checkpoint: false }) },
    expect: { outcome: "ungraded" },
  },
  {
    name: "in Keras the advice is in Python",
    evidence: { ...opened([], []), structure: sampleStructure({ runtime: "keras-3" }) },
    options: { min: 3, max: 3 },
    expect: { score: 0, advises: /base\.trainable = True/ },
  },
  {
    name: "no base",
    evidence: { structure: sampleStructure({ base: null }), weights: sampleWeights({ checkpoint: false }) },
    expect: { score: 0 },
  },
];
