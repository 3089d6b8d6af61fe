import * as tf from "@tensorflow/tfjs";
import { booleanAt, listAt, numberAt, numbersAt, stringAt } from "../json-access.js";
import { borders } from "../layers/shape-classes.js";
import { inputOf, type LayerFunction, type LayerFunctions } from "./computation.js";

const flatten: LayerFunction = (layer) => {
  const x = inputOf(layer);
  return tf.reshape(x, [x.shape[0] ?? 1, x.size / (x.shape[0] || 1)]);
};

const reshape: LayerFunction = (layer) => {
  const x = inputOf(layer);
  return tf.reshape(x, [x.shape[0] ?? 1, ...listAt(layer.config, "target_shape").map(Number)]);
};

const permute: LayerFunction = (layer) =>
  tf.transpose(inputOf(layer), [0, ...listAt(layer.config, "dims").map(Number)]);

const repeatVector: LayerFunction = (layer) =>
  tf.tile(tf.expandDims(inputOf(layer), 1), [1, numberAt(layer.config, "n") ?? 1, 1]);

const zeroPadding: LayerFunction = (layer) => {
  const x = inputOf(layer);
  const around = borders(layer.config, "padding", x.rank - 2);
  if (!around) return layer.refuse("its padding cannot be read");
  return tf.pad(x, [[0, 0], ...around, [0, 0]]);
};

const cropping: LayerFunction = (layer) => {
  const x = inputOf(layer);
  const around = borders(layer.config, "cropping", x.rank - 2);
  if (!around) return layer.refuse("its cropping cannot be read");
  const begin = [0, ...around.map(([before]) => before), 0];
  const size = x.shape.map((length, axis) => {
    const [before, after] = around[axis - 1] ?? [0, 0];
    return length - before - after;
  });
  return tf.slice(x, begin, size);
};

const upSampling2d: LayerFunction = (layer) => {
  const x = inputOf(layer) as tf.Tensor4D;
  const factors = numbersAt(layer.config, "size", 2) ?? [2, 2];
  const size: [number, number] = [x.shape[1] * (factors[0] ?? 1), x.shape[2] * (factors[1] ?? 1)];
  switch (stringAt(layer.config, "interpolation") ?? "nearest") {
    case "nearest":
      return tf.image.resizeNearestNeighbor(x, size);
    case "bilinear":
      return tf.image.resizeBilinear(x, size, false, true);
    default:
      return layer.refuse("its interpolation is neither nearest nor bilinear");
  }
};

const resizing: LayerFunction = (layer) => {
  const { config, refuse } = layer;
  const x = inputOf(layer) as tf.Tensor4D;
  const size: [number, number] = [numberAt(config, "height") ?? 0, numberAt(config, "width") ?? 0];
  if (x.shape[1] === size[0] && x.shape[2] === size[1]) return x;
  const keepsRatio = ["crop_to_aspect_ratio", "pad_to_aspect_ratio", "antialias"].find(
    (key) => booleanAt(config, key) === true,
  );
  if (keepsRatio) refuse(`it asks for ${keepsRatio}`);
  switch (stringAt(config, "interpolation") ?? "bilinear") {
    case "bilinear":
      return tf.image.resizeBilinear(x, size, false, true);
    case "nearest":
      return tf.image.resizeNearestNeighbor(x, size, false, true);
    default:
      return refuse("its interpolation is neither nearest nor bilinear");
  }
};

const centerCrop: LayerFunction = (layer) => {
  const x = inputOf(layer) as tf.Tensor4D;
  const height = numberAt(layer.config, "height") ?? 0;
  const width = numberAt(layer.config, "width") ?? 0;
  const top = Math.floor((x.shape[1] - height) / 2);
  const left = Math.floor((x.shape[2] - width) / 2);
  if (top < 0 || left < 0) layer.refuse("it crops to more than it is given");
  return tf.slice(x, [0, top, left, 0], [-1, height, width, -1]);
};

const merging =
  (merge: (a: tf.Tensor, b: tf.Tensor) => tf.Tensor): LayerFunction =>
  ({ inputs, refuse }) =>
    inputs.length > 0 ? inputs.reduce((merged, input) => merge(merged, input)) : refuse("it reads nothing");

const add = merging((a, b) => tf.add(a, b));

const average: LayerFunction = (layer) => tf.div(add(layer), layer.inputs.length);

/** The residual connection of InceptionResNetV2: its branch is scaled down before it is added. */
const customScale: LayerFunction = ({ inputs, config, refuse }) => {
  const [trunk, branch] = inputs;
  return trunk && branch
    ? tf.add(trunk, tf.mul(branch, numberAt(config, "scale") ?? 1))
    : refuse("it reads no two values");
};

const concatenate: LayerFunction = ({ inputs, config }) => {
  const rank = inputs[0]?.rank ?? 1;
  return tf.concat([...inputs], ((numberAt(config, "axis") ?? -1) + rank) % rank);
};

/** Layers that arrange or merge values. */
export const SHAPE_FUNCTIONS: LayerFunctions = {
  Flatten: flatten,
  Reshape: reshape,
  Permute: permute,
  RepeatVector: repeatVector,
  ZeroPadding1D: zeroPadding,
  ZeroPadding2D: zeroPadding,
  Cropping1D: cropping,
  Cropping2D: cropping,
  UpSampling2D: upSampling2d,
  Resizing: resizing,
  CenterCrop: centerCrop,
  Add: add,
  Subtract: merging((a, b) => tf.sub(a, b)),
  Multiply: merging((a, b) => tf.mul(a, b)),
  Maximum: merging((a, b) => tf.maximum(a, b)),
  Minimum: merging((a, b) => tf.minimum(a, b)),
  Average: average,
  Concatenate: concatenate,
  CustomScaleLayer: customScale,
};
