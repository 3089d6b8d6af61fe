import * as tf from "@tensorflow/tfjs";
import type { Runtime } from "../../contract/index.js";
import type { JsonObject } from "../json-access.js";
import type { LayerCall, LayerNode } from "../network/layer-node.js";

/** What a layer computes with. */
export interface LayerInputs {
  /** What it reads, batch first. */
  readonly inputs: readonly tf.Tensor[];
  readonly config: JsonObject;
  readonly node: LayerNode;
  readonly call: LayerCall;
  /** Some activations differ between the frameworks. */
  readonly runtime: Runtime;
  /** @throws ModelProblem `model-unreadable` when the file does not hold this slot */
  weight(slot: string): tf.Tensor;
  /** Null when the file does not hold this slot. */
  optionalWeight(slot: string): tf.Tensor | null;
  /** @returns never: this layer, so set up, cannot be computed here; throws ModelProblem `model-layer`. */
  refuse(why: string): never;
}

/** A layer at inference: a function of what it reads. */
export type LayerFunction = (layer: LayerInputs) => tf.Tensor;
export type LayerFunctions = Readonly<Record<string, LayerFunction>>;

/** The only thing a layer with one input reads. */
export function inputOf({ inputs, refuse }: LayerInputs): tf.Tensor {
  const [input] = inputs;
  return input && inputs.length === 1 ? input : refuse(`it reads ${inputs.length} values instead of one`);
}

/** A constant of a configuration as a tensor: a number, or nested lists of numbers. */
export const constant = (value: unknown): tf.Tensor =>
  tf.tensor(value as tf.TensorLike, undefined, "float32");
