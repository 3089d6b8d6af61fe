import * as tf from "@tensorflow/tfjs";
import { booleanAt, numbersAt } from "../json-access.js";
import { inputOf, type LayerFunction, type LayerFunctions } from "./computation.js";
import { image, type Padding, type Pair, padding, pair, requireChannelsLast } from "./window-settings.js";

type Pool = (x: tf.Tensor4D, size: Pair, strides: Pair, pad: Padding) => tf.Tensor;

const pool2d =
  (pool: Pool): LayerFunction =>
  (layer) => {
    requireChannelsLast(layer);
    const size = pair(layer, "pool_size", [2, 2]);
    return pool(image(inputOf(layer)), size, pair(layer, "strides", size), padding(layer));
  };

/** A sequence is an image of height 1. */
const pool1d =
  (pool: Pool): LayerFunction =>
  (layer) => {
    requireChannelsLast(layer);
    const size = numbersAt(layer.config, "pool_size", 1)?.[0] ?? 2;
    const stride = numbersAt(layer.config, "strides", 1)?.[0] ?? size;
    const x = tf.expandDims(inputOf(layer), 1) as tf.Tensor4D;
    return tf.squeeze(pool(x, [1, size], [1, stride], padding(layer)), [1]);
  };

const globalPool =
  (reduce: (x: tf.Tensor, axes: number[], keepDims: boolean) => tf.Tensor): LayerFunction =>
  (layer) => {
    requireChannelsLast(layer);
    const x = inputOf(layer);
    const axes = Array.from({ length: x.rank - 2 }, (_, axis) => axis + 1);
    return reduce(x, axes, booleanAt(layer.config, "keepdims") === true);
  };

const globalMean = globalPool((x, axes, keepDims) => tf.mean(x, axes, keepDims));
const globalMax = globalPool((x, axes, keepDims) => tf.max(x, axes, keepDims));

/** Pooling. */
export const POOLING_FUNCTIONS: LayerFunctions = {
  MaxPooling1D: pool1d(tf.maxPool),
  MaxPooling2D: pool2d(tf.maxPool),
  AveragePooling1D: pool1d(tf.avgPool),
  AveragePooling2D: pool2d(tf.avgPool),
  GlobalAveragePooling1D: globalMean,
  GlobalAveragePooling2D: globalMean,
  GlobalAveragePooling3D: globalMean,
  GlobalMaxPooling1D: globalMax,
  GlobalMaxPooling2D: globalMax,
  GlobalMaxPooling3D: globalMax,
};
