import * as tf from "@tensorflow/tfjs";
import { booleanAt, numberAt, valueAt } from "../json-access.js";
import type { LayerFunction, LayerFunctions, LayerInputs } from "./computation.js";

/** [batch, steps, features] to [batch, heads, steps, size], by a kernel of shape [features, heads, size]. */
function toHeads(layer: LayerInputs, x: tf.Tensor, part: string): tf.Tensor {
  const kernel = layer.weight(`${part}/kernel`);
  const [features = 1, heads = 1, size = 1] = kernel.shape;
  const [batch = 1, steps = 1] = x.shape;
  const product = tf.matMul(
    tf.reshape(x, [batch * steps, features]),
    tf.reshape(kernel, [features, heads * size]) as tf.Tensor2D,
  );
  const split = tf.reshape(product, [batch, steps, heads, size]);
  const bias = layer.optionalWeight(`${part}/bias`);
  return tf.transpose(bias ? tf.add(split, bias) : split, [0, 2, 1, 3]);
}

const multiHeadAttention: LayerFunction = (layer) => {
  const { inputs, config, call, refuse } = layer;
  const [query, value, key = value] = inputs;
  if (!query || !value || !key || query.rank !== 3 || value.rank !== 3)
    return refuse("it does not read sequences");
  if (valueAt(config, "attention_axes") !== null && query.rank !== 3)
    return refuse("it attends over several axes");
  const isMasked = ["attention_mask", "query_mask", "value_mask", "key_mask"].some(
    (name) => valueAt(call.kwargs, name) !== null,
  );
  if (isMasked || booleanAt(call.kwargs, "use_causal_mask") === true)
    return refuse("it is called with a mask");
  const queries = toHeads(layer, query, "query");
  const scale = 1 / Math.sqrt(numberAt(config, "key_dim") ?? queries.shape.at(-1) ?? 1);
  const scores = tf.softmax(tf.matMul(tf.mul(queries, scale), toHeads(layer, key, "key"), false, true));
  const attended = tf.transpose(tf.matMul(scores, toHeads(layer, value, "value")), [0, 2, 1, 3]);
  const kernel = layer.weight("attention_output/kernel");
  const [heads = 1, size = 1, features = 1] = kernel.shape;
  const [batch = 1, steps = 1] = query.shape;
  const product = tf.matMul(
    tf.reshape(attended, [batch * steps, heads * size]),
    tf.reshape(kernel, [heads * size, features]) as tf.Tensor2D,
  );
  const bias = layer.optionalWeight("attention_output/bias");
  return tf.reshape(bias ? tf.add(product, bias) : product, [batch, steps, features]);
};

/** Layers that look at all of a sequence at once. */
export const ATTENTION_FUNCTIONS: LayerFunctions = { MultiHeadAttention: multiHeadAttention };
