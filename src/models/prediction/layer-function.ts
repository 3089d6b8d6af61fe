import * as tf from "@tensorflow/tfjs";
import type { LayerNode } from "../network/layer-node.js";
import { ATTENTION_FUNCTIONS } from "./attention-functions.js";
import { inputOf, type LayerFunction, type LayerFunctions } from "./computation.js";
import { CONVOLUTION_FUNCTIONS } from "./convolution-functions.js";
import { NORMALISATION_FUNCTIONS } from "./normalisation-functions.js";
import { operation } from "./operation-functions.js";
import { PLAIN_FUNCTIONS } from "./plain-functions.js";
import { POOLING_FUNCTIONS } from "./pooling-functions.js";
import { RECURRENT_FUNCTIONS } from "./recurrent-functions.js";
import { SHAPE_FUNCTIONS } from "./shape-functions.js";

const FUNCTIONS: LayerFunctions = {
  ...CONVOLUTION_FUNCTIONS,
  ...POOLING_FUNCTIONS,
  ...NORMALISATION_FUNCTIONS,
  ...SHAPE_FUNCTIONS,
  ...PLAIN_FUNCTIONS,
  ...RECURRENT_FUNCTIONS,
  ...ATTENTION_FUNCTIONS,
};

/** What a layer computes; null when it cannot be computed here. */
export function layerFunctionOf(node: LayerNode): LayerFunction | null {
  if (node.kind === "operation") return operation;
  const [wrapped] = node.layers;
  if (node.class === "TimeDistributed" && wrapped) return everyStep(layerFunctionOf(wrapped), wrapped);
  return Object.hasOwn(FUNCTIONS, node.class) ? (FUNCTIONS[node.class] ?? null) : null;
}

/** A layer applied to every step of a sequence is the layer applied to a larger batch. */
function everyStep(wrapped: LayerFunction | null, node: LayerNode): LayerFunction | null {
  return (
    wrapped &&
    ((layer) =>
      unfolded(inputOf(layer), (x) => wrapped({ ...layer, inputs: [x], node, config: node.config })))
  );
}

/** [batch, steps, ...] as [batch * steps, ...] and back. */
export function unfolded(x: tf.Tensor, apply: (folded: tf.Tensor) => tf.Tensor): tf.Tensor {
  const [batch = 1, steps = 1, ...rest] = x.shape;
  const result = apply(tf.reshape(x, [batch * steps, ...rest]));
  return tf.reshape(result, [batch, steps, ...result.shape.slice(1)]);
}
