import * as tf from "@tensorflow/tfjs";
import type { KernelFunc } from "./javascript-kernels.js";

type Info = tf.TensorInfo;
type Run = (kernel: string, inputs: Record<string, Info> | Info[], attrs?: object) => Info;
/** A kernel made of others, or undefined where it cannot be. */
type Composition = (
  run: Run,
  inputs: Record<string, Info>,
  attrs: Record<string, unknown>,
) => Info | undefined;
type ConvolutionInfo = tf.backend_util.Conv2DInfo;

/**
 * Gradients of convolutions, which WebAssembly lacks or computes one product at a time, from kernels that it does fast:
 * forward convolutions and matrix products. What does not fit a composition goes to the kernel that was there.
 */
export function composeGradients(backendName: string): void {
  for (const [kernelName, composition] of Object.entries(COMPOSITIONS)) {
    const there = tf.getKernel(kernelName, backendName);
    tf.unregisterKernel(kernelName, backendName);
    tf.registerKernel({ ...there, kernelFunc: composed(composition, there.kernelFunc, backendName) });
  }
}

const COMPOSITIONS: Readonly<Record<string, Composition>> = {
  BatchMatMul: transposedProduct,
  Conv2DBackpropFilter: filterGradient,
  Conv2DBackpropInput: inputGradient,
  DepthwiseConv2dNativeBackpropFilter: depthwiseFilterGradient,
  DepthwiseConv2dNativeBackpropInput: depthwiseInputGradient,
};

function composed(composition: Composition, otherwise: KernelFunc, backendName: string): KernelFunc {
  return (call) => {
    const backend = call.backend as tf.KernelBackend;
    const made: Info[] = [];
    const run: Run = (name, inputs, attrs = {}) => {
      const { kernelFunc } = tf.getKernel(name, backendName);
      const output = kernelFunc({
        inputs: inputs as tf.NamedTensorInfoMap,
        backend,
        attrs: attrs as tf.NamedAttrMap,
      });
      made.push(output as Info);
      return output as Info;
    };
    const inputs = call.inputs as Record<string, Info>;
    const floats = Object.values(inputs).every(({ dtype }) => dtype === "float32");
    const result = floats
      ? composition(run, inputs, (call.attrs ?? {}) as Record<string, unknown>)
      : undefined;
    for (const info of made) if (info !== result) backend.disposeData(info.dataId);
    return result ?? otherwise(call);
  };
}

/** Products of transposed matrices: transposing first is faster. */
function transposedProduct(
  run: Run,
  inputs: Record<string, Info>,
  attrs: Record<string, unknown>,
): Info | undefined {
  const { a, b } = inputs as { a: Info; b: Info };
  const { transposeA, transposeB } = attrs;
  if ((!transposeA && !transposeB) || a.shape.length !== 2 || b.shape.length !== 2) return undefined;
  const turned = (x: Info, flag: unknown): Info => (flag ? run("Transpose", { x }, { perm: [1, 0] }) : x);
  return product(run, turned(a, transposeA), turned(b, transposeB));
}

/** For every place of the filter: the inputs it met, times the gradients it made there. */
function filterGradient(
  run: Run,
  inputs: Record<string, Info>,
  attrs: Record<string, unknown>,
): Info | undefined {
  const { x, dy } = inputs as { x: Info; dy: Info };
  const filterShape = attrs["filterShape"] as Four;
  const info = convolution(x.shape as Four, filterShape, attrs, false);
  if (info === undefined) return undefined;
  const [, , channels, filters] = filterShape;
  const gradients = run("Reshape", { x: dy }, { shape: [-1, filters] });
  const places = meetings(run, x, info).map((met) => {
    const rows = run("Reshape", { x: met }, { shape: [-1, channels] });
    return product(run, run("Transpose", { x: rows }, { perm: [1, 0] }), gradients);
  });
  return run("Reshape", { x: run("Pack", places, { axis: 0 }) }, { shape: filterShape });
}

function depthwiseFilterGradient(
  run: Run,
  inputs: Record<string, Info>,
  attrs: Record<string, unknown>,
): Info | undefined {
  const { x, dy } = inputs as { x: Info; dy: Info };
  const filterShape = attrs["filterShape"] as Four;
  const info = convolution(x.shape as Four, filterShape, attrs, true);
  const [, , channels, multiplier] = filterShape;
  if (info === undefined || multiplier !== 1) return undefined;
  const ones = run(
    "Fill",
    {},
    { shape: [1, tf.util.sizeFromShape(dy.shape) / channels], value: 1, dtype: "float32" },
  );
  const places = meetings(run, x, info).map((met) => {
    const products = run("Multiply", { a: met, b: dy });
    // A sum over rows, as a product with ones.
    return product(run, ones, run("Reshape", { x: products }, { shape: [-1, channels] }));
  });
  return run("Reshape", { x: run("Pack", places, { axis: 0 }) }, { shape: filterShape });
}

/** The gradient spread out to the inputs' places, convolved with the filter turned around. */
function inputGradient(
  run: Run,
  inputs: Record<string, Info>,
  attrs: Record<string, unknown>,
): Info | undefined {
  const { dy, filter } = inputs as { dy: Info; filter: Info };
  const info = convolution(attrs["inputShape"] as Four, filter.shape as Four, attrs, false);
  const spread = info && spreadOut(run, dy, info);
  if (spread === undefined) return undefined;
  const turned = run("Reverse", { x: filter }, { dims: [0, 1] });
  const swapped = run("Transpose", { x: turned }, { perm: [0, 1, 3, 2] });
  return run("Conv2D", { x: spread, filter: swapped }, VALID);
}

function depthwiseInputGradient(
  run: Run,
  inputs: Record<string, Info>,
  attrs: Record<string, unknown>,
): Info | undefined {
  const { dy, filter } = inputs as { dy: Info; filter: Info };
  const info = convolution(attrs["inputShape"] as Four, filter.shape as Four, attrs, true);
  const spread = info && filter.shape[3] === 1 ? spreadOut(run, dy, info) : undefined;
  if (spread === undefined) return undefined;
  const turned = run("Reverse", { x: filter }, { dims: [0, 1] });
  return run("DepthwiseConv2dNative", { x: spread, filter: turned }, VALID);
}

type Four = [number, number, number, number];
const VALID = { strides: [1, 1], pad: "valid", dataFormat: "NHWC", dilations: [1, 1] };

/** Undefined for what only the plain kernels do: channels first, dilations. */
function convolution(
  inputShape: Four,
  filterShape: Four,
  attrs: Record<string, unknown>,
  depthwise: boolean,
): ConvolutionInfo | undefined {
  const { strides, pad, dimRoundingMode, dilations } = attrs as {
    strides: number | [number, number];
    pad: "same" | "valid" | number;
    dimRoundingMode?: "floor" | "round" | "ceil";
    dilations?: number | [number, number];
  };
  const dilated = [dilations ?? 1].flat().some((rate) => rate !== 1);
  if (dilated || attrs["dataFormat"] === "NCHW") return undefined;
  return tf.backend_util.computeConv2DInfo(
    inputShape,
    filterShape,
    strides,
    1,
    pad,
    dimRoundingMode,
    depthwise,
  );
}

/** For every place of the filter the inputs that it met, in the shape of the output. */
function meetings(run: Run, x: Info, info: ConvolutionInfo): Info[] {
  const { filterHeight, filterWidth, outHeight, outWidth, strideHeight, strideWidth, padInfo } = info;
  const { top, bottom, left, right } = padInfo;
  const padded = top + bottom + left + right > 0 ? padRows(run, x, [top, bottom], [left, right]) : x;
  const [batch = 0, , , channels = 0] = x.shape;
  const met: Info[] = [];
  for (let row = 0; row < filterHeight; row++)
    for (let column = 0; column < filterWidth; column++)
      met.push(
        run(
          "StridedSlice",
          { x: padded },
          {
            begin: [0, row, column, 0],
            end: [
              batch,
              row + (outHeight - 1) * strideHeight + 1,
              column + (outWidth - 1) * strideWidth + 1,
              channels,
            ],
            strides: [1, strideHeight, strideWidth, 1],
            beginMask: 0,
            endMask: 0,
            ellipsisMask: 0,
            newAxisMask: 0,
            shrinkAxisMask: 0,
          },
        ),
      );
  return met;
}

/** The gradient with zeros between and around, so that a convolution without padding gives the inputs' shape. */
function spreadOut(run: Run, dy: Info, info: ConvolutionInfo): Info | undefined {
  const { batchSize, inHeight, inWidth, outHeight, outWidth, outChannels } = info;
  const { filterHeight, filterWidth, strideHeight, strideWidth, padInfo } = info;
  const rows = around(inHeight, outHeight * strideHeight, filterHeight, padInfo.top);
  const columns = around(inWidth, outWidth * strideWidth, filterWidth, padInfo.left);
  if (rows === undefined || columns === undefined) return undefined;
  const wide = zerosAfter(run, dy, outChannels, strideWidth);
  const high = zerosAfter(run, wide, outWidth * strideWidth * outChannels, strideHeight);
  const shape = [batchSize, outHeight * strideHeight, outWidth * strideWidth, outChannels];
  return padRows(run, run("Reshape", { x: high }, { shape }), rows, columns);
}

/** Zeros before and after, along one side; undefined where something would have to be cut off. */
function around(
  inside: number,
  spread: number,
  filter: number,
  padded: number,
): [number, number] | undefined {
  const before = filter - 1 - padded;
  const after = inside + padded - spread;
  return before < 0 || after < 0 ? undefined : [before, after];
}

/** After every run of so many values, `times - 1` runs of zeros. */
function zerosAfter(run: Run, x: Info, length: number, times: number): Info {
  if (times === 1) return x;
  const runs = run("Reshape", { x }, { shape: [-1, 1, length] });
  const paddings = [
    [0, 0],
    [0, times - 1],
    [0, 0],
  ];
  return run("PadV2", { x: runs }, { paddings, constantValue: 0 });
}

function padRows(run: Run, x: Info, rows: [number, number], columns: [number, number]): Info {
  return run("PadV2", { x }, { paddings: [[0, 0], rows, columns, [0, 0]], constantValue: 0 });
}

function product(run: Run, a: Info, b: Info): Info {
  return run("BatchMatMul", { a, b }, { transposeA: false, transposeB: false });
}
