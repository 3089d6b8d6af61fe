import type { Case } from "../case.js";
import {
  ALL_BASE,
  fineTuning,
  sampleAccuracy,
  sampleOptimizer,
  samplePhase,
  samplePhases,
  sampleStructure,
  sampleWeights,
} from "../case-evidence.js";

const structure = sampleStructure();
const weights = sampleWeights();
const trained = (epochs: number, cutShort: string | null = null): Case["evidence"] => ({
  structure,
  weights,
  phases: samplePhases([samplePhase(["head"], { epochs: { asked: 10, run: epochs }, cutShort })]),
});

/** One epoch, which cannot show a fall of the loss, and how many of 200 images are answered right after it. */
const oneEpoch = (correct: number | null): Case["evidence"] => ({
  structure,
  weights,
  phases: samplePhases([
    samplePhase(["head"], { epochs: { asked: 1, run: 1 }, history: { loss: [1.1], acc: [0.3] } }),
  ]),
  training: correct === null ? undefined : sampleAccuracy(correct, 200),
});

export const CASES: readonly Case[] = [
  {
    name: "exactly as many epochs as asked",
    evidence: trained(8),
    options: { minEpochs: 8 },
    expect: { score: 1, proof: "consistent", says: /8 epochs in 1 phase/ },
  },
  {
    name: "one epoch too few",
    evidence: trained(7),
    options: { minEpochs: 8 },
    expect: { score: 0.875, advises: /at least 8 epochs/ },
  },
  {
    name: "one epoch more than asked",
    evidence: trained(9),
    options: { minEpochs: 8 },
    expect: { score: 1 },
  },
  {
    name: "two phases count together",
    evidence: {
      structure,
      weights,
      phases: samplePhases([
        samplePhase(["head"], { callbacks: ["EarlyStopping"] }),
        fineTuning(["block4_conv"], { history: {} }),
      ]),
      optimizer: sampleOptimizer(["head"]),
    },
    options: { minEpochs: 10 },
    expect: { score: 1 },
  },
  {
    name: "stopped by our own limit before enough epochs",
    evidence: trained(3, "45 seconds were over"),
    options: { minEpochs: 8 },
    expect: { outcome: "ungraded", says: /45 seconds were over/ },
  },
  {
    name: "stopped by our own limit after enough epochs",
    evidence: trained(8, "45 seconds were over"),
    options: { minEpochs: 8 },
    expect: { score: 1 },
  },
  {
    name: "fits that were only tried on one row",
    evidence: {
      structure,
      weights: sampleWeights({ freshHead: true }),
      phases: { ...samplePhases([samplePhase(["head"])]), onlyTried: true },
    },
    expect: { outcome: "ungraded", says: /tried on one row/ },
  },
  {
    name: "fits that were only tried, with the head frozen",
    evidence: { structure, weights, phases: { ...samplePhases([samplePhase(ALL_BASE)]), onlyTried: true } },
    expect: { score: 0 },
  },
  { name: "no epoch was run", evidence: trained(0), expect: { score: 0 } },
  {
    name: "nothing was trained",
    evidence: { structure, weights, phases: samplePhases([]) },
    expect: { score: 0, advises: /Call `fit`/ },
  },
  {
    name: "the head is as it was created, whatever the record says",
    evidence: {
      structure,
      weights: sampleWeights({ freshHead: true }),
      phases: samplePhases([samplePhase(["head"])]),
    },
    expect: { score: 0, proof: "proved", says: /still zero in all 3 places/ },
  },
  {
    name: "only the base was trained",
    evidence: { structure, weights, phases: samplePhases([samplePhase(ALL_BASE)]) },
    expect: { score: 0, says: /No phase of training trained the head/ },
  },
  {
    name: "no head with weights",
    evidence: {
      structure,
      weights: { ...weights, tensors: weights.tensors.filter((tensor) => tensor.part === "base") },
    },
    expect: { score: 0, says: /no head with weights/ },
  },
  {
    name: "training diverged",
    evidence: {
      structure,
      weights,
      phases: samplePhases([samplePhase(["head"], { history: { loss: [1, Number.POSITIVE_INFINITY] } })]),
    },
    expect: { score: 0, says: /no longer a number/ },
  },
  {
    name: "a saved model whose head has moved",
    evidence: { structure, weights, optimizer: sampleOptimizer(["head"]) },
    expect: { score: 1, proof: "proved" },
  },
  {
    name: "a saved model without its optimizer",
    evidence: { structure, weights },
    expect: { score: 1, proof: "proved" },
  },
  {
    name: "a saved model cannot tell its epochs",
    evidence: { structure, weights },
    options: { minEpochs: 5 },
    expect: { outcome: "ungraded" },
  },
  {
    name: "compiled but never fitted",
    evidence: {
      structure,
      weights: sampleWeights({ freshHead: true }),
      optimizer: sampleOptimizer([], { iterations: 0 }),
    },
    expect: { score: 0, proof: "proved" },
  },
  {
    name: "compiled once more after training, so that the optimizer counts anew",
    evidence: { structure, weights, optimizer: sampleOptimizer([], { iterations: 0 }) },
    expect: { score: 1 },
  },
  {
    name: "two files, which count steps but no epochs",
    evidence: {
      structure,
      weights,
      phases: samplePhases([samplePhase(["head"], { epochs: { asked: 0, run: 0 }, steps: 40, history: {} })]),
    },
    expect: { score: 1, proof: "proved" },
  },
  {
    name: "a head without biases cannot look fresh",
    evidence: {
      structure,
      weights: { ...weights, tensors: weights.tensors.filter((tensor) => tensor.slot !== "bias") },
    },
    expect: { score: 1 },
  },
  {
    name: "a single output as it was created",
    evidence: {
      structure,
      weights: {
        ...weights,
        tensors: weights.tensors.map((tensor) =>
          tensor.path === "dense_2/bias" ? { ...tensor, l2: 0, shape: [1] } : tensor,
        ),
      },
    },
    expect: { score: 0, says: /its only place/ },
  },
  {
    name: "one epoch, answers just not better than chance by the interval",
    evidence: oneEpoch(79),
    expect: { score: 0, says: /learned nothing that shows: 0\.40 of 200/, advises: /watch the loss fall/ },
  },
  {
    name: "one epoch, answers just better than chance by the interval",
    evidence: oneEpoch(80),
    expect: { score: 1, proof: "consistent" },
  },
  {
    name: "one epoch, answers far better than chance",
    evidence: oneEpoch(199),
    expect: { score: 1 },
  },
  { name: "one epoch on noise", evidence: oneEpoch(66), expect: { score: 0 } },
  {
    name: "one epoch whose answers could not be measured",
    evidence: oneEpoch(null),
    expect: { outcome: "ungraded", says: /no answers could be measured/ },
  },
  {
    name: "at chance on training images and better on unseen ones",
    evidence: { ...oneEpoch(66), heldOut: sampleAccuracy(120, 200) },
    expect: { score: 1 },
  },
  {
    name: "a loss that fell, whatever came of it",
    evidence: { ...trained(8), training: sampleAccuracy(60, 200), heldOut: sampleAccuracy(60, 200) },
    expect: { score: 1, proof: "consistent" },
  },
  {
    name: "a loss that rose, and answers at chance",
    evidence: {
      ...oneEpoch(66),
      phases: samplePhases([samplePhase(["head"], { history: { loss: [1.1, 1.1, 1.2] } })]),
    },
    expect: { score: 0 },
  },
  {
    name: "a saved model that is better than chance",
    evidence: { structure, weights, training: sampleAccuracy(150, 200) },
    expect: { score: 1, proof: "proved" },
  },
  {
    name: "a saved model whose head has moved and answers by chance",
    evidence: { structure, weights, training: sampleAccuracy(66, 200) },
    expect: { outcome: "ungraded", says: /nothing shows that they learned/ },
  },
  {
    name: "answers that were counted to no rate",
    evidence: { ...oneEpoch(null), training: sampleAccuracy(66, 200, { n: -1 }) },
    expect: { outcome: "ungraded", says: /no answers could be measured/ },
  },
  {
    name: "not one epoch was finished, and nothing was measured",
    evidence: {
      structure,
      weights,
      phases: samplePhases([samplePhase(["head"], { epochs: { asked: 5, run: 0 }, history: {} })]),
    },
    expect: { score: 0, says: /no epoch was finished/ },
  },
];
