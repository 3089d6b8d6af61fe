import { backend_util } from "@tensorflow/tfjs-core";

/** Batch, height, width, channels; of a filter height, width, channels in and out. */
export type Shape4 = [number, number, number, number];
export type Convolution = backend_util.Conv2DInfo;

/** Sizes, steps and padding of a convolution with these attributes of its kernel. */
export function convolutionOf(
  inputShape: Shape4,
  filterShape: Shape4,
  attrs: Readonly<Record<string, unknown>>,
  depthwise: boolean,
): Convolution {
  const { strides, pad, dimRoundingMode } = attrs as {
    strides: number | [number, number];
    pad: "same" | "valid" | number;
    dimRoundingMode?: "floor" | "round" | "ceil";
  };
  return backend_util.computeConv2DInfo(inputShape, filterShape, strides, 1, pad, dimRoundingMode, depthwise);
}
