import * as tf from "@tensorflow/tfjs";

/** A weight of a layer as tfjs-layers keeps it. */
export interface LayerWeight {
  readonly name: string;
  readonly originalName: string;
  readonly shape: readonly number[];
  readonly dtype: tf.DataType;
  trainable: boolean;
  read(): tf.Variable;
}

/** What the recorder reads of a layer or model; some of it is protected in tfjs-layers' types. */
export interface LayerInternals {
  readonly name: string;
  readonly trainable: boolean;
  readonly weights: readonly LayerWeight[];
  readonly trainableWeights: readonly LayerWeight[];
  readonly layers?: readonly LayerInternals[];
  /** TimeDistributed. */
  readonly layer?: LayerInternals;
  /** Bidirectional. */
  readonly forwardLayer?: LayerInternals;
  readonly backwardLayer?: LayerInternals;
  getClassName(): string;
}

export type Shape = readonly (number | null)[];

export interface ModelInternals extends LayerInternals {
  readonly layers: readonly LayerInternals[];
  readonly inputs: readonly { shape: Shape }[];
  readonly outputs: readonly { shape: Shape }[];
  /** The functional model inside a Sequential. */
  model?: ModelInternals | null;
  readonly collectedTrainableWeights?: readonly LayerWeight[];
  readonly optimizer?: OptimizerInternals | null;
  readonly loss?: unknown;
  readonly metrics?: unknown;
  readonly userDefinedMetadata?: object | null;
  stopTraining: boolean;
  build(): void;
  toJSON(unused: null, asText: false): object;
  getTrainingConfig(): object;
}

export interface OptimizerInternals {
  readonly learningRate?: unknown;
  readonly iterations?: number;
  getClassName(): string;
  getConfig(): Record<string, unknown>;
  getWeights(): Promise<{ name: string; tensor: tf.Tensor }[]>;
}

export function isLayersModel(value: unknown): value is ModelInternals {
  return value instanceof tf.LayersModel;
}

/** The model that really trains: the functional one inside a Sequential. */
export function innerModel(model: ModelInternals): ModelInternals {
  return model.model ?? model;
}

/** Shapes of the first input and output; null where there is none (yet). */
export function shapesOf(model: ModelInternals): {
  inputShape: (number | null)[] | null;
  outputShape: (number | null)[] | null;
} {
  const [input, output] = [model.inputs[0]?.shape, model.outputs[0]?.shape];
  return {
    inputShape: input === undefined ? null : [...input],
    outputShape: output === undefined ? null : [...output],
  };
}
