import * as tf from "@tensorflow/tfjs";
import { booleanAt, numberAt, numbersAt, stringAt } from "../json-access.js";
import { activated } from "./activated.js";
import { inputOf, type LayerFunction, type LayerFunctions, type LayerInputs } from "./computation.js";
import { image, padding, pair, requireChannelsLast } from "./window-settings.js";

function withBias(layer: LayerInputs, x: tf.Tensor): tf.Tensor {
  const biased = booleanAt(layer.config, "use_bias") === false ? x : tf.add(x, layer.weight("bias"));
  return activated(layer, biased);
}

const conv2d: LayerFunction = (layer) => {
  requireChannelsLast(layer);
  const x = image(inputOf(layer));
  const kernel = image(layer.weight("kernel"));
  const apply = (input: tf.Tensor4D, filter: tf.Tensor4D): tf.Tensor4D =>
    tf.conv2d(
      input,
      filter,
      pair(layer, "strides", [1, 1]),
      padding(layer),
      "NHWC",
      pair(layer, "dilation_rate", [1, 1]),
    );
  const groups = numberAt(layer.config, "groups") ?? 1;
  if (groups === 1) return withBias(layer, apply(x, kernel));
  const inputs = tf.split(x, groups, 3);
  const filters = tf.split(kernel, groups, 3);
  const parts = inputs.flatMap((input, i) => {
    const filter = filters[i];
    return filter ? [apply(image(input), image(filter))] : [];
  });
  return withBias(layer, tf.concat(parts, 3));
};

const conv1d: LayerFunction = (layer) => {
  requireChannelsLast(layer);
  const pad = stringAt(layer.config, "padding") ?? "valid";
  if ((numberAt(layer.config, "groups") ?? 1) !== 1) layer.refuse("its channels are grouped");
  const stride = numbersAt(layer.config, "strides", 1)?.[0] ?? 1;
  const dilation = numbersAt(layer.config, "dilation_rate", 1)?.[0] ?? 1;
  const kernel = layer.weight("kernel") as tf.Tensor3D;
  let x = inputOf(layer) as tf.Tensor3D;
  if (pad === "causal")
    x = tf.pad(x, [
      [0, 0],
      [((kernel.shape[0] ?? 1) - 1) * dilation, 0],
      [0, 0],
    ]);
  const convolved = tf.conv1d(x, kernel, stride, pad === "same" ? "same" : "valid", "NWC", dilation);
  return withBias(layer, convolved);
};

const conv2dTranspose: LayerFunction = (layer) => {
  requireChannelsLast(layer);
  if (layer.config["output_padding"]) layer.refuse("it has an output padding");
  if (pair(layer, "dilation_rate", [1, 1]).some((rate) => rate !== 1)) layer.refuse("it is dilated");
  const x = image(inputOf(layer));
  const kernel = image(layer.weight("kernel"));
  const strides = pair(layer, "strides", [1, 1]);
  const pad = padding(layer);
  const grown = (axis: 0 | 1): number => {
    const extra = pad === "same" ? 0 : Math.max((kernel.shape[axis] ?? 1) - strides[axis], 0);
    return (x.shape[axis + 1] ?? 0) * strides[axis] + extra;
  };
  const shape: [number, number, number, number] = [x.shape[0], grown(0), grown(1), kernel.shape[2]];
  return withBias(layer, tf.conv2dTranspose(x, kernel, shape, strides, pad));
};

const depthwiseConv2d: LayerFunction = (layer) => {
  requireChannelsLast(layer);
  const kernel = image(layer.weight("depthwise_kernel"));
  const dilation = pair(layer, "dilation_rate", [1, 1]);
  const convolved = tf.depthwiseConv2d(
    image(inputOf(layer)),
    kernel,
    pair(layer, "strides", [1, 1]),
    padding(layer),
    "NHWC",
    dilation,
  );
  return withBias(layer, convolved);
};

const separableConv2d: LayerFunction = (layer) => {
  requireChannelsLast(layer);
  const convolved = tf.separableConv2d(
    image(inputOf(layer)),
    image(layer.weight("depthwise_kernel")),
    image(layer.weight("pointwise_kernel")),
    pair(layer, "strides", [1, 1]),
    padding(layer),
    pair(layer, "dilation_rate", [1, 1]),
  );
  return withBias(layer, convolved);
};

/** Convolutions. */
export const CONVOLUTION_FUNCTIONS: LayerFunctions = {
  Conv1D: conv1d,
  Convolution1D: conv1d,
  Conv2D: conv2d,
  Convolution2D: conv2d,
  Conv2DTranspose: conv2dTranspose,
  DepthwiseConv2D: depthwiseConv2d,
  SeparableConv2D: separableConv2d,
};
