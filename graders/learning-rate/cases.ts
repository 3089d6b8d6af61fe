import type { Case } from "../case.js";
import {
  fineTuning,
  sampleOptimizer,
  samplePhase,
  samplePhases,
  sampleStructure,
  sampleWeights,
} from "../case-evidence.js";

const structure = sampleStructure();
const keras = sampleStructure({ runtime: "keras-3" });
const weights = sampleWeights({ changed: ["block4_conv"], drift: 1e-4 });
const rate = (first: number, last = first) => ({ learningRate: { first, last } });
const two = (second: number): Case["evidence"] => ({
  structure,
  weights,
  phases: samplePhases([samplePhase(["head"]), fineTuning(["block4_conv"], rate(second))]),
});
const one = (first: number): Case["evidence"] => ({
  structure,
  weights: sampleWeights(),
  phases: samplePhases([samplePhase(["head"], rate(first))]),
});
const range = { min: 1e-4, max: 1e-2 };

export const CASES: readonly Case[] = [
  {
    name: "exactly at the highest rate",
    evidence: two(1e-4),
    options: { max: 1e-4 },
    expect: { score: 1, proof: "claimed", says: /Phase 2 used a learning rate of 1e-4, after 0\.001/ },
  },
  {
    name: "float32 noise over the highest rate is none",
    evidence: two(1.0000000474974513e-4),
    options: { max: 1e-4 },
    expect: { score: 1 },
  },
  {
    name: "just over the highest rate",
    evidence: two(1.1e-4),
    options: { max: 1e-4, partialFactor: 1 },
    expect: { score: 0, advises: /1\.1 times too high.*tf\.train\.adam\(1e-4\)/ },
  },
  {
    name: "a little over the highest rate earns a part",
    evidence: two(2e-4),
    options: { max: 1e-4, partialFactor: 4 },
    expect: { score: 0.5 },
  },
  {
    name: "far over the highest rate",
    evidence: two(1e-2),
    options: { max: 1e-4 },
    expect: { score: 0, advises: /100 times too high/ },
  },
  { name: "exactly at the lowest rate", evidence: one(1e-4), options: range, expect: { score: 1 } },
  {
    name: "just under the lowest rate",
    evidence: one(0.9e-4),
    options: { ...range, partialFactor: 1 },
    expect: { score: 0, advises: /too low/ },
  },
  { name: "only a lowest rate", evidence: one(1e-5), options: { min: 1e-4 }, expect: { score: 0 } },
  {
    name: "exactly at the ratio to the phase before",
    evidence: two(1e-4),
    options: { maxRatioToPrevious: 0.1 },
    expect: { score: 1 },
  },
  {
    name: "just over the ratio to the phase before",
    evidence: two(1.2e-4),
    options: { maxRatioToPrevious: 0.1, partialFactor: 1 },
    expect: { score: 0, advises: /adam\(1e-4\)/ },
  },
  {
    name: "no phase before to compare with",
    evidence: one(1e-3),
    options: { maxRatioToPrevious: 0.1 },
    expect: { score: 1 },
  },
  { name: "no bounds at all", evidence: one(5), expect: { score: 1 } },
  {
    name: "phase 1 of two",
    evidence: two(1e-5),
    options: { ...range, phase: 1 },
    expect: { score: 1, says: /Phase 1/ },
  },
  {
    name: "phase 2 of one",
    evidence: one(1e-3),
    options: { phase: 2, max: 1e-4 },
    expect: { score: 0, says: /phase 2 is missing/ },
  },
  { name: "a rate of zero", evidence: one(0), options: { max: 1 }, expect: { score: 0 } },
  { name: "a negative rate", evidence: one(-1), options: range, expect: { score: 0 } },
  {
    name: "a falling rate is judged by where it starts",
    evidence: {
      structure,
      weights: sampleWeights(),
      phases: samplePhases([samplePhase(["head"], rate(1e-3, 1e-8))]),
    },
    options: range,
    expect: { score: 1 },
  },
  {
    name: "the saved optimizer agrees",
    evidence: {
      ...two(1e-5),
      optimizer: sampleOptimizer(["head", "block4_conv"], { learningRate: 9.999999747378752e-6 }),
    },
    options: { max: 1e-4 },
    expect: { score: 1, proof: "consistent" },
  },
  {
    name: "the saved optimizer disagrees",
    evidence: { ...two(1e-5), optimizer: sampleOptimizer(["head", "block4_conv"], { learningRate: 1e-2 }) },
    options: { max: 1e-4 },
    expect: { score: 0, proof: "contradicted" },
  },
  {
    name: "weights moved further than the rate can move them",
    evidence: { ...two(1e-5), weights: sampleWeights({ changed: ["block4_conv"], drift: 0.1 }) },
    options: { max: 1e-4 },
    expect: { score: 0, proof: "contradicted", says: /largest movement found is 0\.1/ },
  },
  {
    name: "the rate in the file stands for the last phase",
    evidence: { structure: keras, weights, optimizer: sampleOptimizer(["head"], { learningRate: 1e-3 }) },
    options: { max: 1e-4, partialFactor: 1 },
    expect: { score: 0, proof: "consistent", advises: /keras\.optimizers\.Adam\(1e-4\)/ },
  },
  {
    name: "the file does not know phase 1",
    evidence: { structure, weights, optimizer: sampleOptimizer(["head"]) },
    options: { phase: 1 },
    expect: { outcome: "ungraded" },
  },
  {
    name: "a saved optimizer that made no step, as after one more `compile`",
    evidence: { structure, weights, optimizer: sampleOptimizer([], { iterations: 0 }) },
    expect: { outcome: "ungraded", says: /made no step/ },
  },
  {
    name: "a schedule hides the rate",
    evidence: {
      structure,
      weights,
      optimizer: sampleOptimizer(["head"], { learningRate: null, schedule: "ExponentialDecay" }),
    },
    expect: { outcome: "ungraded" },
  },
  {
    name: "a fit that did not tell its rate",
    evidence: {
      structure,
      weights: sampleWeights(),
      phases: samplePhases([samplePhase(["head"], { learningRate: null })]),
    },
    expect: { outcome: "ungraded" },
  },
  {
    name: "nothing was trained",
    evidence: { structure, weights, phases: samplePhases([]) },
    expect: { score: 0 },
  },
  {
    name: "a loop of one's own without a saved optimizer",
    evidence: { structure, weights, phases: samplePhases([], { customSteps: 10 }) },
    expect: { outcome: "ungraded" },
  },
];
