import { createHash } from "node:crypto";
import type { Checkpoint, LayerFacts, ModelFacts, WeightFacts } from "../../src/contract/index.js";

interface LayerSpec {
  class: string;
  name: string;
  /** Container names in front of the name. */
  inside?: string;
  tensors?: Record<string, number[]>;
  more?: Partial<LayerFacts>;
}

/** Values of one tensor; a function of its path and of a seed, so that equal seeds give equal bytes. */
type Fill = (slot: string, shape: readonly number[], random: () => number) => number[];

/** Real float32 tensors, hashed and measured as a saved model's are. */
export function buildModel(
  specs: readonly LayerSpec[],
  seed: number,
  more: Partial<ModelFacts> = {},
  fill: Fill = pretrained,
): ModelFacts {
  const layers: LayerFacts[] = [];
  const weights: WeightFacts[] = [];
  for (const spec of specs) {
    const path = spec.inside === undefined ? spec.name : `${spec.inside}/${spec.name}`;
    const own = Object.entries(spec.tensors ?? {}).map(([slot, shape]) => {
      const values = fill(slot, shape, seeded(`${seed} ${spec.name} ${slot}`));
      return tensorOf(path, slot, shape, values);
    });
    weights.push(...own);
    layers.push({
      path,
      name: spec.name,
      class: spec.class,
      trainable: true,
      effective: true,
      inputs: layers.length > 0 ? [(layers.at(-1) as LayerFacts).path] : [],
      outputShape: null,
      activation: null,
      units: null,
      settings: {},
      parameters: own.reduce((sum, weight) => sum + size(weight.shape), 0),
      ...spec.more,
    });
  }
  return {
    format: "tfjs-layers",
    runtime: "tfjs",
    writtenBy: "tfjs-layers 4.22.0",
    inputShape: [null, 64, 64, 3],
    outputShape: [null, 3],
    layers,
    weights,
    optimizer: null,
    loss: null,
    metrics: [],
    findings: [],
    ...more,
  };
}

export function tensorOf(
  layer: string,
  slot: string,
  shape: number[],
  values: readonly number[],
): WeightFacts {
  const data = Float32Array.from(values);
  const mean = data.reduce((sum, value) => sum + value, 0) / data.length;
  const count = Math.min(64, data.length);
  return {
    path: `${layer}/${slot}`,
    printed: `${layer}/${slot}`,
    layer,
    slot,
    shape,
    dtype: "float32",
    sha256: createHash("sha256").update(new Uint8Array(data.buffer)).digest("hex"),
    l2: Math.sqrt(data.reduce((sum, value) => sum + value * value, 0)),
    mean,
    std: Math.sqrt(data.reduce((sum, value) => sum + (value - mean) ** 2, 0) / data.length),
    samples: Array.from({ length: count }, (_, i) => data[Math.floor((i * data.length) / count)] as number),
    trainable: !slot.startsWith("moving_"),
    quantised: false,
  };
}

const size = (shape: readonly number[]): number => shape.reduce((product, length) => product * length, 1);

/** A small deterministic generator (mulberry32), seeded by text. */
export function seeded(text: string): () => number {
  let state = createHash("sha256").update(text).digest().readUInt32LE(0);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const normal = (random: () => number): number =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

/** Unlike any initialiser: scales and statistics that only training gives. */
const pretrained: Fill = (slot, shape, random) =>
  Array.from({ length: size(shape) }, () => {
    if (slot === "gamma" || slot === "moving_variance") return 0.6 + random();
    return slot.endsWith("kernel") ? 0.02 * normal(random) : 0.3 * normal(random);
  });

/** As a framework creates them: Glorot uniform kernels, BatchNormalization at 1, 0, 0, 1. */
export const fresh: Fill = (slot, shape, random) => {
  if (slot === "gamma" || slot === "moving_variance") return Array(size(shape)).fill(1) as number[];
  if (!slot.endsWith("kernel")) return Array(size(shape)).fill(0) as number[];
  const [outputs, inputs] = [shape.at(-1) as number, shape.at(-2) as number];
  const window = size(shape) / (inputs * outputs);
  const limit = Math.sqrt(6 / (window * (inputs + outputs)));
  return Array.from({ length: size(shape) }, () => (2 * random() - 1) * limit);
};

/** A plain base of `blocks` blocks (convolution, BatchNormalization, ReLU), 8 channels growing by 8. */
export function baseSpecs(blocks: number, inside?: string): LayerSpec[] {
  const at = inside === undefined ? {} : { inside };
  return Array.from({ length: blocks }, (_, index): LayerSpec[] => {
    const [inputs, outputs] = [index === 0 ? 3 : 8 * index, 8 * (index + 1)];
    const vector = [outputs];
    return [
      { class: "Conv2D", name: `block${index}_conv`, tensors: { kernel: [3, 3, inputs, outputs] }, ...at },
      {
        class: "BatchNormalization",
        name: `block${index}_bn`,
        tensors: { gamma: vector, beta: vector, moving_mean: vector, moving_variance: vector },
        ...at,
      },
      { class: "ReLU", name: `block${index}_relu`, ...at },
    ];
  }).flat();
}

export const headSpecs = (inputs: number): LayerSpec[] => [
  { class: "GlobalAveragePooling2D", name: "pool" },
  { class: "Dropout", name: "dropout" },
  {
    class: "Dense",
    name: "dense",
    tensors: { kernel: [inputs, 3], bias: [3] },
    more: { units: 3, activation: "softmax" },
  },
];

export const input: LayerSpec = { class: "InputLayer", name: "image" };

/** The checkpoint that a model's base was saved from. */
export function checkpointOf(model: ModelFacts, name = "sample", family = "SampleNet"): Checkpoint {
  return {
    name,
    title: `The ${name} base`,
    family,
    licence: "MIT",
    source: "made for this test",
    preprocessing: null,
    inputShape: [null, null, null, 3],
    addresses: [],
    files: [],
    tensors: model.weights.map(({ layer, slot, path, shape, sha256, l2, mean, std, samples }) => ({
      layer: layer.slice(layer.lastIndexOf("/") + 1),
      slot,
      path,
      shape,
      sha256,
      l2,
      mean,
      std,
      samples,
    })),
  };
}

/** The model with every value of the named layers moved by up to `step`, as training would. */
export function trainedFurther(model: ModelFacts, layers: readonly string[], step: number): ModelFacts {
  return {
    ...model,
    weights: model.weights.map((weight) =>
      layers.some((layer) => weight.layer === layer || weight.layer.endsWith(`/${layer}`))
        ? {
            ...weight,
            sha256: weight.sha256.replace(/^./, (first) => (first === "f" ? "0" : "f")),
            samples: weight.samples.map((value, i) => value + (i % 2 ? step : -step)),
          }
        : weight,
    ),
  };
}
