import type {
  Accuracy,
  AccuracyView,
  Fault,
  GradedItem,
  LayerGroup,
  Network,
  Report,
  RunFacts,
  TimelinePhase,
} from "../../src/contract/index.js";

type Scored = Extract<GradedItem["verdict"], { outcome: "scored" }>;

const BLOCKS: [title: string, layers: number, parameters: number, tensors: number][] = [
  ["stem", 3, 992, 5],
  ["block 0", 6, 992, 10],
  ["block 1", 8, 5_568, 15],
  ["block 2", 10, 9_456, 15],
  ["block 3", 8, 14_128, 15],
  ["block 4", 10, 27_280, 15],
  ["block 5", 8, 33_200, 15],
  ["block 6", 10, 85_280, 15],
  ["block 7", 10, 85_280, 15],
  ["block 8", 8, 108_448, 15],
  ["block 9", 10, 173_152, 15],
  ["block 10", 10, 173_152, 15],
];

/** The bundled base under a small head; the last `opened` blocks of the base were trained. */
export function network(opened: number, proof: string | null): Network {
  const input: LayerGroup = {
    title: "image 64 × 64 × 3",
    part: "input",
    layers: 1,
    parameters: 0,
    state: "none",
    tensors: 0,
    identical: 0,
  };
  const base = BLOCKS.map(([title, layers, parameters, tensors], index): LayerGroup => {
    const open = index >= BLOCKS.length - opened;
    const identical = open ? Math.floor(tensors * 0.4) : tensors;
    return { title, part: "base", layers, parameters, state: open ? "mixed" : "frozen", tensors, identical };
  });
  const head = (title: string, parameters: number, tensors: number): LayerGroup => ({
    title,
    part: "head",
    layers: 1,
    parameters,
    state: parameters > 0 ? "trained" : "none",
    tensors,
    identical: 0,
  });
  return {
    groups: [input, ...base, head("global average", 0, 0), head("dense, 3 units", 339, 2)],
    frostLine: proof === null ? null : { after: 1 + BLOCKS.length - opened, proof },
    caption: "EfficientNet-Lite0 up to the end of stage 5, trained on ImageNet, under a new head.",
  };
}

export function phase(
  title: string,
  open: number[],
  learningRate: string,
  more: Partial<TimelinePhase> = {},
): TimelinePhase {
  return {
    title,
    open,
    optimizer: "Adam",
    learningRate,
    epochs: "10 of 10",
    samples: 241,
    recompiled: null,
    cutShort: null,
    ...more,
  };
}

export function scored(
  score: number,
  found: string,
  expected: string,
  more: Partial<Omit<Scored, "score" | "found" | "expected">> = {},
): Scored {
  return { outcome: "scored", score, found, expected, proof: "proved", details: [], ...more };
}

export const notApplicable = (why: string): GradedItem["verdict"] => ({ outcome: "not-applicable", why });

export const ungraded = (why: string, fault: Fault | null): GradedItem["verdict"] => ({
  outcome: "ungraded",
  why,
  fault,
});

const ITEMS: [grader: string, title: string, points: number, why: string][] = [
  [
    "frozen-base",
    "The base is frozen while the head is trained",
    3,
    "A new head's first large gradients would wash away what the base has learned.",
  ],
  [
    "pretrained-base",
    "The base is the pretrained one",
    2,
    "Without its trained weights a base is only a large random network.",
  ],
  [
    "new-head",
    "A new head for these classes",
    2,
    "The head turns the features of the base into the classes of your task.",
  ],
  [
    "learning-rate",
    "Learning rates that fit each phase",
    3,
    "Fine-tuning needs small steps: large ones destroy the features of the base.",
  ],
  [
    "unfrozen-layers",
    "The last layers are opened for fine-tuning",
    2,
    "Late layers hold what is particular to the old task; early ones are worth keeping.",
  ],
  [
    "recompiled",
    "Compiled again after opening layers",
    2,
    "A compiled model keeps the set of trainable weights it was compiled with.",
  ],
  [
    "loss-function",
    "The loss fits the head",
    1,
    "Loss and last activation belong together; the wrong pair learns slowly or not at all.",
  ],
  ["training-happened", "The network was trained", 1, "A head that was never fitted only guesses."],
  [
    "validation-accuracy",
    "Accuracy on hidden images",
    3,
    "What counts in the end is images nobody has seen.",
  ],
  [
    "train-val-gap",
    "No overfitting",
    1,
    "A large gap between training and hidden images means the network learned by heart.",
  ],
];

/** The ten items of the assignment, with a verdict for each grader. */
export function items(verdicts: Record<string, GradedItem["verdict"]>): GradedItem[] {
  return ITEMS.map(([grader, title, points, why]) => {
    const verdict = verdicts[grader] ?? scored(1, "As asked.", "As asked.");
    const applies = verdict.outcome !== "not-applicable";
    const earned = verdict.outcome === "scored" ? Math.round(verdict.score * points * 100) / 100 : 0;
    const pending = verdict.outcome === "ungraded" ? points : 0;
    return { id: grader, grader, title, why, points: applies ? points : 0, earned, pending, verdict };
  });
}

export function sumMark(graded: readonly GradedItem[]): Report["mark"] {
  const sum = (pick: (item: GradedItem) => number): number =>
    graded.reduce((total, item) => total + pick(item), 0);
  return { earned: sum((i) => i.earned), pending: sum((i) => i.pending), possible: sum((i) => i.points) };
}

const CLASSES = ["animals", "food", "travel"];

/** Accuracy on the 191 hidden pictures; `confusion` rows are the truth. */
export function accuracy(
  confusion: number[][],
  interval: [low: number, high: number],
  more: Partial<AccuracyView> = {},
): AccuracyView {
  const correct = confusion.reduce((sum, row, index) => sum + (row[index] ?? 0), 0);
  const n = confusion.flat().reduce((sum, count) => sum + count, 0);
  const step = { name: "raw 0..255", scale: [1], offset: [0], channels: "rgb" as const };
  const heldOut: Accuracy = {
    n,
    correct,
    classes: CLASSES,
    confusion,
    logLoss: 0.52,
    calibrationError: 0.061,
    preprocessing: { step, origin: "inside the network" },
  };
  return {
    heldOut,
    interval: { low: interval[0], high: interval[1], confidence: 0.95 },
    thresholds: [{ label: "Accuracy on hidden images", value: 0.65 }],
    beside: [
      "Not to be told apart from the linear probe: 11 images won, 9 lost, p = 0.824.",
      "Fitted anew to 5 draws of the training images, the probe reaches 0.70 ± 0.02: a smaller difference means little.",
    ],
    baselines: [
      { label: "Always the largest class", value: 0.398 },
      { label: "The same head on a random base", value: 0.49 },
    ],
    claimed: null,
    training: { n: 241, correct: 221 },
    shifted: { n: 191, correct: Math.round(correct * 0.86) },
    ...more,
  };
}

export function run(more: Partial<RunFacts> = {}): RunFacts {
  return {
    executed: true,
    ended: "exited",
    wallMs: 12_430,
    cpuMs: 14_910,
    peakMemoryMb: 612,
    backend: "tensorflow 2.9.1 (native)",
    isolation: "bubblewrap + isolate",
    output:
      "241 training images, 48 validation images\nphase 1: val_accuracy 0.771\nphase 2: val_accuracy 0.812\nsaved to file://model\n",
    outputCut: false,
    notes: [],
    ...more,
  };
}
