import {
  type Accuracy,
  ASSUMED_INPUT,
  type EvidenceWeight,
  type OptimizerFacts,
  type Phase,
  type Phases,
  type Structure,
  type Weights,
} from "../src/contract/index.js";

/** A small network for the tables of cases: four blocks of convolution and BatchNormalization, and a head of two layers. */
const BLOCKS = ["block1", "block2", "block3", "block4"];
const HEAD = ["dense_1", "dense_2"];
const ZERO_HASH = "0".repeat(64);

type Layer = Structure["layers"][number];

const layer = (name: string, layerClass: string, part: Layer["part"], more: Partial<Layer> = {}): Layer => ({
  path: name,
  name,
  class: layerClass,
  trainable: true,
  effective: true,
  inputs: [],
  outputShape: null,
  activation: null,
  units: null,
  settings: {},
  parameters: 0,
  part,
  ...more,
});

export function sampleStructure(more: Partial<Structure> = {}): Structure {
  const base = BLOCKS.flatMap((name) => [
    layer(`${name}_conv`, "Conv2D", "base", { parameters: 72 }),
    layer(`${name}_bn`, "BatchNormalization", "base", { parameters: 32 }),
    layer(`${name}_relu`, "ReLU", "base"),
  ]);
  return {
    format: "tfjs-layers",
    runtime: "tfjs",
    writtenBy: null,
    inputShape: [null, 64, 64, 3],
    outputShape: [null, 3],
    layers: [
      layer("image", "InputLayer", "input"),
      ...base,
      layer("pool", "GlobalAveragePooling2D", "head"),
      layer("dense_1", "Dense", "head", { units: 8, activation: "relu", parameters: 72 }),
      layer("dense_2", "Dense", "head", { units: 3, activation: "softmax", parameters: 27 }),
    ],
    base: {
      family: "Sample",
      recognisedBy: "its weights",
      layers: 12,
      parameters: 416,
      lastLayer: "block4_relu",
    },
    head: {
      layers: ["pool", ...HEAD],
      parameters: 99,
      pooling: "global-average",
      units: 3,
      activation: "softmax",
    },
    loss: { name: "categoricalCrossentropy", fromLogits: false },
    preprocessing: [],
    augmentation: [],
    composition: false,
    findings: [],
    ...more,
  };
}

interface WeightChoices {
  /** Base layers whose tensors differ from the checkpoint. */
  changed?: readonly string[];
  /** Base layers that have nothing of the checkpoint. */
  unrelated?: readonly string[];
  /** Normalisation layers of which only the moving statistics differ. */
  statistics?: readonly string[];
  /** How far changed tensors moved. */
  drift?: number;
  /** Layers whose flags say frozen; null where the file keeps no flags. */
  frozen?: readonly string[] | null;
  quantised?: boolean;
  /** The head as it was created. */
  freshHead?: boolean;
  checkpoint?: boolean;
  registry?: readonly string[];
  randomBase?: string;
}

export function sampleWeights(choices: WeightChoices = {}): Weights {
  const { checkpoint = true, registry = ["sample"] } = choices;
  const base = BLOCKS.flatMap((name) => [
    tensor(`${name}_conv`, "kernel", [3, 3, 1, 8], choices),
    ...["gamma", "beta", "moving_mean", "moving_variance"].map((slot) =>
      tensor(`${name}_bn`, slot, [8], choices),
    ),
  ]);
  const head = [
    tensor("dense_1", "kernel", [8, 8], choices),
    tensor("dense_1", "bias", [8], choices),
    tensor("dense_2", "kernel", [8, 3], choices),
    tensor("dense_2", "bias", [3], choices),
  ];
  const count = (relation: EvidenceWeight["relation"]): number =>
    base.filter((one) => one.relation === relation).length;
  return {
    tensors: [...base, ...head],
    checkpoint: checkpoint
      ? {
          name: "sample",
          title: "The sample base",
          compared: base.length,
          identical: count("identical"),
          changed: count("changed"),
          unrelated: count("unrelated"),
        }
      : null,
    registry: [...registry],
    randomBase: choices.randomBase ?? null,
  };
}

function tensor(name: string, slot: string, shape: number[], choices: WeightChoices): EvidenceWeight {
  const isHead = HEAD.includes(name);
  const statistic = slot.startsWith("moving_");
  const relation = relationOf(name, statistic, isHead, choices);
  const moved = relation === "changed" || relation === "unrelated";
  const drift = moved ? (choices.drift ?? 1e-4) : relation === "identical" ? 0 : null;
  return {
    path: `${name}/${slot}`,
    printed: `${name}/${slot}`,
    layer: name,
    slot,
    shape,
    dtype: "float32",
    sha256: ZERO_HASH,
    l2: isHead && slot === "bias" && choices.freshHead ? 0 : 1,
    mean: 0,
    std: 1,
    trainable: choices.frozen === null ? null : !statistic && !(choices.frozen ?? []).includes(name),
    quantised: choices.quantised ?? false,
    part: isHead ? "head" : "base",
    relation,
    distance: drift === null ? null : drift * 10,
    drift,
  };
}

function relationOf(
  name: string,
  statistic: boolean,
  isHead: boolean,
  choices: WeightChoices,
): EvidenceWeight["relation"] {
  if (isHead || choices.checkpoint === false) return "none";
  if (choices.unrelated?.includes(name)) return "unrelated";
  if (choices.changed?.includes(name)) return "changed";
  return statistic && choices.statistics?.includes(name) ? "changed" : "identical";
}

/** Every trainable weight path of the named layers; `head` stands for the layers of the head. */
export function pathsOf(layers: readonly string[]): string[] {
  const names = layers.flatMap((name) => (name === "head" ? HEAD : [name]));
  return sampleWeights()
    .tensors.filter((one) => names.includes(one.layer) && !one.slot.startsWith("moving_"))
    .map((one) => one.path);
}

export const ALL_BASE = BLOCKS.flatMap((name) => [`${name}_conv`, `${name}_bn`]);

/** One fit that trained the named layers with Adam for 5 epochs of 8 steps. */
export function samplePhase(layers: readonly string[], more: Partial<Phase> = {}): Phase {
  const trained = pathsOf(layers);
  return {
    model: "model",
    role: "whole",
    optimizer: "Adam",
    learningRate: { first: 1e-3, last: 1e-3 },
    loss: "categoricalCrossentropy",
    fromLogits: false,
    metrics: ["acc"],
    recompiled: null,
    declared: trained,
    trained,
    declaredAtCompile: trained,
    changed: null,
    weights: sampleWeights().tensors.map((one) => one.path),
    epochs: { asked: 5, run: 5 },
    steps: 40,
    batchSize: 32,
    samples: 241,
    inputShape: [null, 64, 64, 3],
    validation: "data",
    callbacks: [],
    augmentation: null,
    history: { loss: [1.1, 0.8, 0.6, 0.5, 0.4], acc: [0.4, 0.6, 0.7, 0.8, 0.85] },
    cutShort: null,
    ...more,
  };
}

export const samplePhases = (fits: readonly Phase[], more: Partial<Phases> = {}): Phases => ({
  fits: [...fits],
  customSteps: 0,
  checks: [],
  ...more,
});

/** The second phase of fine-tuning: head and the named base layers, at a low rate, compiled again. */
export const fineTuning = (layers: readonly string[], more: Partial<Phase> = {}): Phase =>
  samplePhase(["head", ...layers], { learningRate: { first: 1e-5, last: 1e-5 }, recompiled: true, ...more });

export const sampleOptimizer = (
  layers: readonly string[],
  more: Partial<OptimizerFacts> = {},
): OptimizerFacts => ({
  class: "Adam",
  learningRate: 1e-3,
  schedule: null,
  iterations: 40,
  trained: pathsOf(layers),
  unmatched: [],
  ...more,
});

/** `correct` of `n` right, the mistakes spread over the other classes. */
export function sampleAccuracy(correct: number, n: number, more: Partial<Accuracy> = {}): Accuracy {
  const classes = ["animals", "food", "travel"];
  const share = (total: number, part: number): number => Math.floor(total / 3) + (part < total % 3 ? 1 : 0);
  return {
    n,
    correct,
    classes,
    confusion: classes.map((_, truth) =>
      classes.map((__, guess) =>
        guess === truth ? share(correct, truth) : guess === (truth + 1) % 3 ? share(n - correct, truth) : 0,
      ),
    ),
    logLoss: 0.7,
    calibrationError: 0.05,
    preprocessing: {
      step: { name: "raw pixels 0..255", scale: [1], offset: [0], channels: "rgb" },
      origin: ASSUMED_INPUT,
    },
    ...more,
  };
}
