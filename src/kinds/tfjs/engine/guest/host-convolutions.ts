const FORWARD = new Set(["Conv2D", "FusedConv2D", "DepthwiseConv2dNative", "FusedDepthwiseConv2D"]);
const GRADIENTS = new Set([
  "Conv2DBackpropFilter",
  "Conv2DBackpropInput",
  "DepthwiseConv2dNativeBackpropFilter",
  "DepthwiseConv2dNativeBackpropInput",
]);

/**
 * Whether the host computes a kernel for these attributes rightly; true of all that are no convolutions.
 * @param second the shape of the second input: a filter, but for the gradient of filters
 */
export function convolvesOnHost(
  kernel: string,
  second: readonly number[],
  attrs: Readonly<Record<string, unknown>>,
): boolean {
  if (FORWARD.has(kernel)) {
    // WebAssembly gives zeros where the steps are longer than the filter.
    const [height = 1, width = 1] = second;
    const steps = [attrs["strides"] as number | number[]].flat();
    return Math.max(...steps) <= Math.min(height, width) || (height === 1 && width === 1);
  }
  if (!GRADIENTS.has(kernel)) return true;
  const filter = (attrs["filterShape"] as readonly number[] | undefined) ?? second;
  const dilated = [(attrs["dilations"] as number | number[] | undefined) ?? 1]
    .flat()
    .some((rate) => rate !== 1);
  const multiplied = kernel.startsWith("Depthwise") && filter[3] !== 1;
  return !dilated && !multiplied && attrs["dataFormat"] !== "NCHW";
}
