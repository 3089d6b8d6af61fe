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
const keras = sampleStructure({ runtime: "keras-3", format: "keras-v3" });
const head = samplePhase(["head"]);

export const CASES: readonly Case[] = [
  {
    name: "every tensor of the base equals the checkpoint",
    evidence: { structure, weights: sampleWeights(), phases: samplePhases([head]) },
    options: { phase: "all" },
    expect: { score: 1, proof: "proved", says: /20 of 20 tensors equal to the bit/ },
  },
  {
    name: "bytes prove nothing where each fit was only tried",
    evidence: {
      structure,
      weights: sampleWeights(),
      phases: { ...samplePhases([samplePhase(["head", ...ALL_BASE])]), onlyTried: true },
    },
    expect: { score: 0, proof: "claimed" },
  },
  {
    name: "bytes prove a frozen base without any record of training",
    evidence: { structure, weights: sampleWeights() },
    expect: { score: 1, proof: "proved" },
  },
  {
    name: "moving statistics of a frozen BatchNormalization move in TensorFlow.js and are excused",
    evidence: {
      structure,
      weights: sampleWeights({ statistics: ["block1_bn"] }),
      phases: samplePhases([head]),
    },
    options: { phase: "all" },
    expect: {
      score: 1,
      proof: "proved",
      says: /18 tensors equal to the bit\. The 2 moving statistics .* drifted/,
    },
  },
  {
    name: "a quantised base that is near its checkpoint is consistent, not proved",
    evidence: { structure, weights: sampleWeights({ changed: ALL_BASE, drift: 1e-4, quantised: true }) },
    expect: { score: 1, proof: "consistent", says: /within the rounding/ },
  },
  {
    name: "the base was never frozen",
    evidence: {
      structure,
      weights: sampleWeights({ changed: ALL_BASE }),
      phases: samplePhases([samplePhase(["head", ...ALL_BASE])]),
    },
    expect: { score: 0, proof: "proved", says: /8 of 8 layers/, advises: /before you compile/ },
  },
  {
    name: "base.trainable = false inside tf.sequential trains the base all the same",
    evidence: {
      structure,
      weights: sampleWeights({ changed: ALL_BASE }),
      phases: samplePhases([samplePhase(["head", ...ALL_BASE], { declared: pathsOf(["head"]) })]),
    },
    expect: { score: 0, proof: "proved", advises: /base\.layers\.forEach\(l => l\.trainable = false\)/ },
  },
  {
    name: "flags changed after compile in Keras did not freeze the base",
    evidence: {
      structure: keras,
      weights: sampleWeights({ changed: ALL_BASE }),
      phases: samplePhases([samplePhase(["head", ...ALL_BASE], { declared: pathsOf(["head"]) })]),
    },
    expect: { score: 0, advises: /after `compile`/ },
  },
  {
    name: "frozen in phase 1 and opened in phase 2 is consistent with the bytes",
    evidence: {
      structure,
      weights: sampleWeights({ changed: ["block4_conv"] }),
      phases: samplePhases([head, fineTuning(["block4_conv"])]),
    },
    expect: { score: 1, proof: "consistent" },
  },
  {
    name: "opened in phase 2 is not frozen throughout",
    evidence: {
      structure,
      weights: sampleWeights({ changed: ["block4_conv"] }),
      phases: samplePhases([head, fineTuning(["block4_conv"])]),
    },
    options: { phase: "all" },
    expect: { score: 0, says: /1 of 8 layers of the base were trained in phase 2: block4_conv/ },
  },
  {
    name: "one of eight layers open earns nothing by default",
    evidence: {
      structure,
      weights: sampleWeights({ changed: ["block1_conv"] }),
      phases: samplePhases([samplePhase(["head", "block1_conv"])]),
    },
    expect: { score: 0 },
  },
  {
    name: "one of eight layers open earns a share where the rubric gives shares",
    evidence: {
      structure,
      weights: sampleWeights({ changed: ["block1_conv"] }),
      phases: samplePhases([samplePhase(["head", "block1_conv"])]),
    },
    options: { partialFrom: 0.75 },
    expect: { score: 0.5 },
  },
  {
    name: "weights that moved although no phase opened them contradict the record",
    evidence: {
      structure,
      weights: sampleWeights({ changed: ["block2_conv"] }),
      phases: samplePhases([head]),
    },
    expect: { score: 0, proof: "contradicted", says: /No phase of training opened block2_conv/ },
  },
  {
    name: "weights moved by a loop of one's own cannot be dated",
    evidence: {
      structure,
      weights: sampleWeights({ changed: ["block2_conv"] }),
      phases: samplePhases([head], { customSteps: 40 }),
    },
    expect: { outcome: "ungraded", says: /your own training loop/ },
  },
  {
    name: "only a loop of one's own, base moved: nothing says when",
    evidence: {
      structure,
      weights: sampleWeights({ changed: ["block2_conv"] }),
      phases: samplePhases([], { customSteps: 40 }),
    },
    expect: { outcome: "ungraded" },
  },
  {
    name: "digested bytes betray a base that the record calls untrained",
    evidence: {
      structure,
      weights: sampleWeights({ checkpoint: false }),
      phases: samplePhases([samplePhase(["head"], { changed: pathsOf(["head", "block1_conv"]) })]),
    },
    expect: { score: 0, proof: "claimed" },
  },
  {
    name: "without a known checkpoint a clean record is only a claim",
    evidence: { structure, weights: sampleWeights({ checkpoint: false }), phases: samplePhases([head]) },
    options: { phase: "all" },
    expect: { score: 1, proof: "claimed" },
  },
  {
    name: "a saved model whose base moved was not frozen throughout",
    evidence: { structure: keras, weights: sampleWeights({ changed: ["block4_conv"] }) },
    options: { phase: "all" },
    expect: { score: 0, proof: "proved", advises: /base\.trainable = False/ },
  },
  {
    name: "a saved model whose base moved may have been frozen in phase 1",
    evidence: { structure, weights: sampleWeights({ changed: ["block4_conv"] }) },
    expect: { outcome: "ungraded", says: /Later fine-tuning/ },
  },
  {
    name: "optimizer slots of an unknown base show what was trained",
    evidence: {
      structure,
      weights: sampleWeights({ checkpoint: false }),
      optimizer: sampleOptimizer(["head", "block1_conv"]),
    },
    expect: { score: 0, proof: "claimed", says: /slots/ },
  },
  {
    name: "flags alone, all frozen",
    evidence: { structure, weights: sampleWeights({ checkpoint: false, frozen: ALL_BASE }) },
    expect: { score: 1, proof: "claimed" },
  },
  {
    name: "flags alone, one open",
    evidence: { structure, weights: sampleWeights({ checkpoint: false, frozen: ALL_BASE.slice(1) }) },
    expect: { score: 0, proof: "claimed", says: /flags/ },
  },
  {
    name: "a file without flags, optimizer or known base",
    evidence: { structure, weights: sampleWeights({ checkpoint: false, frozen: null }) },
    expect: { outcome: "ungraded" },
  },
  {
    name: "no base in the network",
    evidence: { structure: sampleStructure({ base: null }), weights: sampleWeights({ checkpoint: false }) },
    expect: { score: 0, says: /No pretrained base/ },
  },
  {
    name: "nothing was trained",
    evidence: { structure, weights: sampleWeights(), phases: samplePhases([]) },
    expect: { score: 0, says: /Nothing was trained/ },
  },
  {
    name: "no step since it was compiled, by the saved optimizer, which a later `compile` does too",
    evidence: { structure, weights: sampleWeights(), optimizer: sampleOptimizer([], { iterations: 0 }) },
    expect: { outcome: "ungraded" },
  },
  { name: "no weights were read", evidence: { structure }, expect: { outcome: "ungraded" } },
];
