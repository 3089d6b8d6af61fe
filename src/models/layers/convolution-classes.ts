import type { Shape } from "../../contract/index.js";
import { booleanAt, type JsonObject, numberAt, numbersAt, stringAt } from "../json-access.js";
import { classesOf, type LayerClass, type LayerClasses, noSlots } from "./layer-class.js";

const biased = (config: JsonObject, ...kernels: string[]): string[] =>
  booleanAt(config, "use_bias") === false ? kernels : [...kernels, "bias"];

/** Output length along one axis; null stays unknown. */
function windowed(size: number | null, window: number, stride: number, padding: string): number | null {
  if (size === null) return null;
  return padding === "same" ? Math.ceil(size / stride) : Math.ceil((size - window + 1) / stride);
}

/** The spatial sizes after sliding a window; null unless channels come last and the settings are there. */
function slide(input: Shape | undefined, config: JsonObject, windowKey: string): Shape | null {
  if (!input || stringAt(config, "data_format") === "channels_first") return null;
  const rank = input.length - 2;
  const window = numbersAt(config, windowKey, rank);
  const strides = numbersAt(config, "strides", rank) ?? (windowKey === "pool_size" ? window : null);
  const dilation = numbersAt(config, "dilation_rate", rank);
  if (!window || !strides) return null;
  const padding = stringAt(config, "padding") ?? "valid";
  return input.slice(1, -1).map((size, axis) => {
    const reach = ((window[axis] ?? 1) - 1) * (dilation?.[axis] ?? 1) + 1;
    return windowed(size, reach, strides[axis] ?? 1, padding);
  });
}

/** The shape of a convolution's output, given how its channels follow from those of its input. */
const convolved =
  (channels: (inputChannels: number | null, config: JsonObject) => number | null): LayerClass["shape"] =>
  ([input], config) => {
    const spatial = slide(input, config, "kernel_size");
    return spatial && [input?.[0] ?? null, ...spatial, channels(input?.at(-1) ?? null, config)];
  };

const filters = convolved((_, config) => numberAt(config, "filters"));

const transposed: LayerClass["shape"] = ([input], config) => {
  if (!input || stringAt(config, "data_format") === "channels_first") return null;
  const rank = input.length - 2;
  const window = numbersAt(config, "kernel_size", rank);
  const strides = numbersAt(config, "strides", rank);
  if (!window || !strides || config["output_padding"]) return null;
  const grows = stringAt(config, "padding") !== "same";
  const spatial = input.slice(1, -1).map((size, axis) => {
    const stride = strides[axis] ?? 1;
    return size === null ? null : size * stride + (grows ? Math.max((window[axis] ?? 1) - stride, 0) : 0);
  });
  return [input[0] ?? null, ...spatial, numberAt(config, "filters")];
};

const pooled: LayerClass["shape"] = ([input], config) => {
  const spatial = slide(input, config, "pool_size");
  return spatial && [input?.[0] ?? null, ...spatial, input?.at(-1) ?? null];
};

const globallyPooled: LayerClass["shape"] = ([input], config) => {
  if (!input || stringAt(config, "data_format") === "channels_first") return null;
  const kept = booleanAt(config, "keepdims") === true ? input.slice(1, -1).map(() => 1) : [];
  return [input[0] ?? null, ...kept, input.at(-1) ?? null];
};

/** `Conv2D` is `Convolution2D` too, and comes in one, two and three dimensions. */
const dimensions = (name: string): string[] => ["1D", "2D", "3D"].map((suffix) => name + suffix);

/** Convolutions and pooling. */
export const CONVOLUTION_CLASSES: LayerClasses = {
  ...classesOf(
    [...dimensions("Conv"), ...dimensions("Convolution")],
    (config) => biased(config, "kernel"),
    filters,
  ),
  ...classesOf(
    dimensions("Conv").map((name) => `${name}Transpose`),
    (config) => biased(config, "kernel"),
    transposed,
  ),
  ...classesOf(
    dimensions("DepthwiseConv"),
    (config) => biased(config, "depthwise_kernel"),
    convolved((channels, config) => channels && channels * (numberAt(config, "depth_multiplier") ?? 1)),
  ),
  ...classesOf(
    dimensions("SeparableConv"),
    (config) => biased(config, "depthwise_kernel", "pointwise_kernel"),
    filters,
  ),
  ...classesOf([...dimensions("MaxPooling"), ...dimensions("AveragePooling")], noSlots, pooled),
  ...classesOf(
    [...dimensions("GlobalMaxPooling"), ...dimensions("GlobalAveragePooling")],
    noSlots,
    globallyPooled,
  ),
};
