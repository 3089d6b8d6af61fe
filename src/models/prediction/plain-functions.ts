import * as tf from "@tensorflow/tfjs";
import { booleanAt, numberAt, valueAt } from "../json-access.js";
import { AUGMENTATIONS } from "../layers/plain-classes.js";
import { activated } from "./activated.js";
import {
  constant,
  inputOf,
  type LayerFunction,
  type LayerFunctions,
  type LayerInputs,
} from "./computation.js";

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

/** The axis of a layer's configuration, which some writers give as a list of one; counted from the front. */
function axisOf({ config, refuse }: LayerInputs, rank: number): number {
  const value = valueAt(config, "axis");
  const given = Array.isArray(value) && value.length === 1 ? value[0] : value;
  if (given === null || given === undefined) return rank - 1;
  return typeof given === "number" ? (given + rank) % rank : refuse("it works on several axes");
}

function requireLastAxis(layer: LayerInputs, rank: number): void {
  if (axisOf(layer, rank) !== rank - 1) layer.refuse("its channels do not come last");
}

const batchNormalization: LayerFunction = (layer) => {
  const x = inputOf(layer);
  requireLastAxis(layer, x.rank);
  const mean = layer.weight("moving_mean");
  const variance = layer.weight("moving_variance");
  const scale = booleanAt(layer.config, "scale") === false ? undefined : layer.weight("gamma");
  const offset = booleanAt(layer.config, "center") === false ? undefined : layer.weight("beta");
  const flat = tf.reshape(x, [-1, 1, 1, x.shape.at(-1) ?? 1]);
  // The layer has its axis last, so every rank is the same work as rows of channels, which all backends know.
  const normal = tf.batchNorm(
    x.rank === 4 ? x : flat,
    mean as tf.Tensor1D,
    variance as tf.Tensor1D,
    offset as tf.Tensor1D | undefined,
    scale as tf.Tensor1D | undefined,
    numberAt(layer.config, "epsilon") ?? 1e-3,
  );
  return tf.reshape(normal, x.shape);
};

const layerNormalization: LayerFunction = (layer) => {
  const x = inputOf(layer);
  requireLastAxis(layer, x.rank);
  const epsilon = numberAt(layer.config, "epsilon") ?? 1e-3;
  const { mean, variance } = tf.moments(x, -1, true);
  return scaledAndShifted(layer, tf.mul(tf.sub(x, mean), tf.rsqrt(tf.add(variance, epsilon))));
};

const groupNormalization: LayerFunction = (layer) => {
  const x = inputOf(layer);
  requireLastAxis(layer, x.rank);
  const channels = x.shape.at(-1) ?? 1;
  const given = numberAt(layer.config, "groups") ?? 32;
  const groups = given === -1 ? channels : given;
  const grouped = tf.reshape(x, [...x.shape.slice(0, -1), groups, channels / groups]);
  const axes = [...Array.from({ length: x.rank - 2 }, (_, axis) => axis + 1), x.rank];
  const { mean, variance } = tf.moments(grouped, axes, true);
  const epsilon = numberAt(layer.config, "epsilon") ?? 1e-3;
  const normal = tf.mul(tf.sub(grouped, mean), tf.rsqrt(tf.add(variance, epsilon)));
  return scaledAndShifted(layer, tf.reshape(normal, x.shape));
};

function scaledAndShifted(layer: LayerInputs, x: tf.Tensor): tf.Tensor {
  const scaled = booleanAt(layer.config, "scale") === false ? x : tf.mul(x, layer.weight("gamma"));
  return booleanAt(layer.config, "center") === false ? scaled : tf.add(scaled, layer.weight("beta"));
}

const unitNormalization: LayerFunction = (layer) => {
  const x = inputOf(layer);
  const square = tf.sum(tf.square(x), axisOf(layer, x.rank), true);
  return tf.mul(x, tf.rsqrt(tf.maximum(square, 1e-12)));
};

const normalization: LayerFunction = (layer) => {
  const x = inputOf(layer);
  const given = valueAt(layer.config, "mean") !== null;
  const mean = given ? constant(valueAt(layer.config, "mean")) : layer.weight("mean");
  const variance = given ? constant(valueAt(layer.config, "variance")) : layer.weight("variance");
  const deviation = tf.maximum(tf.sqrt(variance), 1e-7);
  if (booleanAt(layer.config, "invert") === true) return tf.add(mean, tf.mul(x, deviation));
  return tf.div(tf.sub(x, mean), deviation);
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

/** Dense, normalising and activating layers. */
export const PLAIN_FUNCTIONS: LayerFunctions = {
  Dense: dense,
  BatchNormalization: batchNormalization,
  LayerNormalization: layerNormalization,
  GroupNormalization: groupNormalization,
  UnitNormalization: unitNormalization,
  Normalization: normalization,
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
