import { type Static, Type } from "@sinclair/typebox";
import { Nullable, Sha256, Shape } from "./shape.js";

export const ModelFormat = Type.Union([
  Type.Literal("tfjs-layers"),
  Type.Literal("tfjs-graph"),
  Type.Literal("keras-v3"),
  Type.Literal("keras-h5"),
  Type.Literal("keras-weights"),
  Type.Literal("saved-model"),
]);
export type ModelFormat = Static<typeof ModelFormat>;

/** Whose rules decide which weights train: Keras 3 flattens, tf.keras 2 and TensorFlow.js are hierarchical. */
export const Runtime = Type.Union([
  Type.Literal("tfjs"),
  Type.Literal("keras-3"),
  Type.Literal("tf-keras-2"),
  Type.Literal("unknown"),
]);
export type Runtime = Static<typeof Runtime>;

/** One layer that computes something, containers inlined, in the order of computation. */
export const LayerFacts = Type.Object({
  /** Where it stands: container names and its own, joined by `/`, without the outermost model's name. */
  path: Type.String(),
  name: Type.String(),
  class: Type.String(),
  /** The layer's own flag as saved; null where the format does not keep it. */
  trainable: Nullable(Type.Boolean()),
  /** Whether its weights would be trained, by the rules of the runtime and the flags of its containers. */
  effective: Nullable(Type.Boolean()),
  /** Paths of the layers whose outputs it reads. */
  inputs: Type.Array(Type.String()),
  outputShape: Nullable(Shape),
  activation: Nullable(Type.String()),
  units: Nullable(Type.Integer()),
  /** Settings worth showing or judging: kernel size, strides, rate, scale, offset, from the layer's configuration. */
  settings: Type.Record(Type.String(), Type.Unknown()),
  parameters: Type.Integer(),
});
export type LayerFacts = Static<typeof LayerFacts>;

export const WeightFacts = Type.Object({
  /** `<layer path>/<slot>`, unique in the model. */
  path: Type.String(),
  /** The name the framework itself prints for this variable. */
  printed: Type.String(),
  layer: Type.String(),
  /** kernel, bias, gamma, beta, moving_mean, moving_variance, depthwise_kernel, ... */
  slot: Type.String(),
  shape: Type.Array(Type.Integer()),
  dtype: Type.String(),
  /** Of the float32 little-endian bytes. */
  sha256: Sha256,
  l2: Type.Number(),
  mean: Type.Number(),
  std: Type.Number(),
  /** The values at floor(i * size / 64) for i = 0..63; all values of a smaller tensor. */
  samples: Type.Array(Type.Number()),
  /** Effectively trainable by the runtime's rules; null where flags are unknown. Moving statistics never are. */
  trainable: Nullable(Type.Boolean()),
  /** Stored with fewer bits than float32, so bytes cannot be compared, only distances. */
  quantised: Type.Boolean(),
});
export type WeightFacts = Static<typeof WeightFacts>;

export const OptimizerFacts = Type.Object({
  class: Type.String(),
  /** The current rate; null where a schedule or an unsaved optimizer hides it. */
  learningRate: Nullable(Type.Number()),
  schedule: Nullable(Type.String()),
  /** Steps since this optimizer was made. */
  iterations: Nullable(Type.Integer()),
  /** Paths of the weights it keeps slots for: what it really trained. Null where slots were not saved. */
  trained: Nullable(Type.Array(Type.String())),
  /** Shapes of slots that fit no weight. */
  unmatched: Type.Array(Type.Array(Type.Integer())),
});
export type OptimizerFacts = Static<typeof OptimizerFacts>;

export const Finding = Type.Object({ code: Type.String(), layer: Type.String(), detail: Type.String() });
export type Finding = Static<typeof Finding>;

/** What a saved model's bytes say, before anything is derived. Origin: parsed. */
export const ModelFacts = Type.Object({
  format: ModelFormat,
  runtime: Runtime,
  /** Version of the writer, as written. */
  writtenBy: Nullable(Type.String()),
  inputShape: Nullable(Shape),
  outputShape: Nullable(Shape),
  layers: Type.Array(LayerFacts),
  weights: Type.Array(WeightFacts),
  optimizer: Nullable(OptimizerFacts),
  loss: Nullable(Type.Object({ name: Type.String(), fromLogits: Nullable(Type.Boolean()) })),
  metrics: Type.Array(Type.String()),
  findings: Type.Array(Finding),
});
export type ModelFacts = Static<typeof ModelFacts>;
