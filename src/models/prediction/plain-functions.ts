import * as tf from "@tensorflow/tfjs";
import { booleanAt, numberAt, valueAt } from "../json-access.js";
import { AUGMENTATIONS } from "../layers/plain-classes.js";
import { activated } from "./activated.js";
import { constant, inputOf, type LayerFunction, type LayerFunctions } from "./computation.js";
import { requireLastAxis } from "./last-axis.js";

const identity: LayerFunction = (layer) => inputOf(layer);

const dense: LayerFunction = (layer) => {
  const x = inputOf(layer);
  const kernel = layer.weight("kernel");
  const features = x.shape.at(-1) ?? 1;
  if (features !== kernel.shape[0])
    layer.refuse(`its kernel has ${kernel.shape[0]} rows for ${features} features`);
  const rows = tf.matMul(tf.reshape(x, [-1, features]), kernel as tf.Tensor2D);
  const product = tf.reshape(rows, [...x.shape.slice(0, -1), kernel.shape[1] ?? 1]);
  const biased =
    booleanAt(layer.config, "use_bias") === false ? product : tf.add(product, layer.weight("bias"));
  return activated(layer, biased);
};

const rescaling: LayerFunction = (layer) => {
  const { config } = layer;
  return tf.add(
    tf.mul(inputOf(layer), constant(valueAt(config, "scale") ?? 1)),
    constant(valueAt(config, "offset") ?? 0),
  );
};

const relu: LayerFunction = (layer) => {
  const x = inputOf(layer);
  const slope = numberAt(layer.config, "negative_slope") ?? 0;
  const threshold = numberAt(layer.config, "threshold") ?? 0;
  const ceiling = numberAt(layer.config, "max_value");
  // MobileNet and its kin, in one pass in place of two.
  if (slope === 0 && threshold === 0 && ceiling === 6) return tf.relu6(x);
  const above = threshold === 0 ? tf.relu(x) : tf.mul(x, tf.cast(tf.greater(x, threshold), "float32"));
  const capped = ceiling === null ? above : tf.minimum(above, ceiling);
  if (slope === 0) return capped;
  const below = tf.mul(tf.minimum(tf.sub(x, threshold), 0), slope);
  return tf.add(capped, below);
};

const leakyRelu: LayerFunction = (layer) => {
  const { config } = layer;
  return tf.leakyRelu(inputOf(layer), numberAt(config, "negative_slope") ?? numberAt(config, "alpha") ?? 0.3);
};

const elu: LayerFunction = (layer) => {
  const x = inputOf(layer);
  const alpha = numberAt(layer.config, "alpha") ?? 1;
  return alpha === 1 ? tf.elu(x) : tf.where(tf.greater(x, 0), x, tf.mul(tf.sub(tf.exp(x), 1), alpha));
};

const prelu: LayerFunction = (layer) => {
  const x = inputOf(layer);
  // Not tf.prelu: tfjs-node's own version needs methods on tensors, which only the full package has.
  return tf.sub(tf.relu(x), tf.mul(layer.weight("alpha"), tf.relu(tf.neg(x))));
};

const softmax: LayerFunction = (layer) => {
  const x = inputOf(layer);
  requireLastAxis(layer, x.rank);
  return tf.softmax(x);
};

const embedding: LayerFunction = (layer) =>
  tf.gather(layer.weight("embeddings"), tf.cast(inputOf(layer), "int32"));

const layerScale: LayerFunction = (layer) => tf.mul(inputOf(layer), layer.weight("gamma"));

const activation: LayerFunction = (layer) => activated(layer, inputOf(layer));

/** Layers that act in training only; RandomCrop is not among them, because it resizes otherwise too. */
const PASSING = [
  ...["Dropout", "AlphaDropout", "GaussianDropout", "GaussianNoise", "ActivityRegularization", "Masking"],
  ...["SpatialDropout1D", "SpatialDropout2D", "SpatialDropout3D", "StochasticDepth", "Identity"],
  ...AUGMENTATIONS,
];

/** Dense and activating layers, and those that only act in training. */
export const PLAIN_FUNCTIONS: LayerFunctions = {
  Dense: dense,
  Rescaling: rescaling,
  Activation: activation,
  ReLU: relu,
  LeakyReLU: leakyRelu,
  ELU: elu,
  PReLU: prelu,
  Softmax: softmax,
  Embedding: embedding,
  LayerScale: layerScale,
  ...Object.fromEntries(PASSING.map((name) => [name, identity])),
};
