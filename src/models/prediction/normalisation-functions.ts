import * as tf from "@tensorflow/tfjs";
import { booleanAt, numberAt, valueAt } from "../json-access.js";
import {
  constant,
  inputOf,
  type LayerFunction,
  type LayerFunctions,
  type LayerInputs,
} from "./computation.js";
import { axisOf, requireLastAxis } from "./last-axis.js";

const batchNormalization: LayerFunction = (layer) => {
  const x = inputOf(layer);
  requireLastAxis(layer, x.rank);
  const mean = layer.weight("moving_mean");
  const variance = layer.weight("moving_variance");
  const scale = booleanAt(layer.config, "scale") === false ? undefined : layer.weight("gamma");
  const offset = booleanAt(layer.config, "center") === false ? undefined : layer.weight("beta");
  // The layer has its axis last, so every rank is the same work as rows of channels, which all backends know.
  const four = x.rank === 4 ? x : tf.reshape(x, [-1, 1, 1, x.shape.at(-1) ?? 1]);
  const normal = tf.batchNorm(
    four,
    mean as tf.Tensor1D,
    variance as tf.Tensor1D,
    offset as tf.Tensor1D | undefined,
    scale as tf.Tensor1D | undefined,
    numberAt(layer.config, "epsilon") ?? 1e-3,
  );
  return x.rank === 4 ? normal : tf.reshape(normal, x.shape);
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

/** Layers that bring values to a common mean and spread. */
export const NORMALISATION_FUNCTIONS: LayerFunctions = {
  BatchNormalization: batchNormalization,
  LayerNormalization: layerNormalization,
  GroupNormalization: groupNormalization,
  UnitNormalization: unitNormalization,
  Normalization: normalization,
};
