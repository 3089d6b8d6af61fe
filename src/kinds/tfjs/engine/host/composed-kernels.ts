import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import * as tf from "@tensorflow/tfjs-core";
import { convolutionOf, type Shape4 } from "./convolution.js";
import { addUpPlaces, placesMet, repeatRows, spreadOut } from "./heap-loops.js";

type Info = tf.TensorInfo;
type Inputs = Readonly<Record<string, Info>>;
type Attrs = Readonly<Record<string, unknown>>;

/** What a composed kernel is made of. */
interface Parts {
  /** Runs another kernel; what it gives is disposed of at the end. */
  run(kernel: string, inputs: Inputs | Info[], attrs?: object): Info;
  /** Makes a tensor whose values `fill` writes. */
  make(
    shape: number[],
    fill: (values: Float32Array, ...read: Float32Array[]) => void,
    ...inputs: Info[]
  ): Info;
}

/** Undefined where the kernel that was there before shall do it. */
type Composition = (parts: Parts, inputs: Inputs, attrs: Attrs) => Info | undefined;

/**
 * Kernels that WebAssembly lacks or computes slowly, made from those that it computes fast: gradients of convolutions
 * from forward convolutions and matrix products, between loops over its memory.
 */
export function composeKernels(backend: BackendWasm): void {
  for (const [kernelName, composition] of Object.entries(COMPOSITIONS)) {
    const there = tf.getKernel(kernelName, "wasm");
    if (there) tf.unregisterKernel(kernelName, "wasm");
    tf.registerKernel({
      kernelName,
      backendName: "wasm",
      kernelFunc: (call) => {
        const result = compose(
          backend,
          composition,
          call.inputs as unknown as Inputs,
          call.attrs as unknown as Attrs,
        );
        if (result !== undefined) return result;
        if (!there) throw new Error("This kernel cannot be computed for these inputs.");
        return there.kernelFunc(call);
      },
    });
  }
}

const COMPOSITIONS: Readonly<Record<string, Composition>> = {
  BatchMatMul: transposedProduct,
  Tile: repeatedRows,
  Conv2DBackpropFilter: filterGradient,
  Conv2DBackpropInput: inputGradient,
  DepthwiseConv2dNativeBackpropFilter: depthwiseFilterGradient,
  DepthwiseConv2dNativeBackpropInput: depthwiseInputGradient,
};

function compose(
  backend: BackendWasm,
  composition: Composition,
  inputs: Inputs,
  attrs: Attrs,
): Info | undefined {
  const made: Info[] = [];
  const keep = (info: Info): Info => {
    made.push(info);
    return info;
  };
  const result = composition(
    {
      run(kernel, given, own = {}) {
        const { kernelFunc } = tf.getKernel(kernel, "wasm");
        const call = { inputs: given as tf.NamedTensorInfoMap, backend, attrs: own as tf.NamedAttrMap };
        return keep(kernelFunc(call) as Info);
      },
      make(shape, fill, ...read) {
        const output = keep(backend.makeOutput(shape, "float32"));
        // Making the output may move the memory, so that it is looked at afterwards.
        const [values, ...others] = [output, ...read].map(
          (info) => backend.typedArrayFromHeap(info) as Float32Array,
        );
        fill(values as Float32Array, ...others);
        return output;
      },
    },
    inputs,
    attrs,
  );
  for (const info of made) if (info !== result) backend.disposeData(info.dataId);
  return result;
}

/** Products of transposed matrices: transposing first is faster. */
function transposedProduct({ run }: Parts, inputs: Inputs, attrs: Attrs): Info | undefined {
  const { a, b } = inputs as { a: Info; b: Info };
  const { transposeA, transposeB } = attrs;
  if ((!transposeA && !transposeB) || a.shape.length !== 2 || b.shape.length !== 2) return undefined;
  const turned = (x: Info, flag: unknown): Info => (flag ? run("Transpose", { x }, { perm: [1, 0] }) : x);
  return run("BatchMatMul", { a: turned(a, transposeA), b: turned(b, transposeB) }, PLAIN);
}

/** One row, repeated: what gradients of BatchNormalization are full of. */
function repeatedRows({ make }: Parts, inputs: Inputs, attrs: Attrs): Info | undefined {
  const { x } = inputs as { x: Info };
  const reps = attrs["reps"] as number[];
  const isRow = x.shape.slice(0, -1).every((length) => length === 1) && reps.at(-1) === 1;
  if (x.dtype !== "float32" || !isRow || reps.length !== x.shape.length) return undefined;
  return make(
    x.shape.map((length, axis) => length * (reps[axis] as number)),
    repeatRows,
    x,
  );
}

/** For every place of the filter: the inputs it met, times the gradients it made there. */
function filterGradient({ run, make }: Parts, inputs: Inputs, attrs: Attrs): Info {
  const { x, dy } = inputs as { x: Info; dy: Info };
  const filterShape = attrs["filterShape"] as Shape4;
  const convolution = convolutionOf(x.shape as Shape4, filterShape, attrs, false);
  const [height, width, channels, filters] = filterShape;
  const gradients = run("Reshape", { x: dy }, { shape: [-1, filters] });
  const [rows = 0] = gradients.shape;
  const places = Array.from({ length: height * width }, (_, place) => {
    const met = make(
      [rows, channels],
      (values, from) => placesMet(values, from as Float32Array, convolution, place),
      x,
    );
    const turned = run("Transpose", { x: met }, { perm: [1, 0] });
    return run("BatchMatMul", { a: turned, b: gradients }, PLAIN);
  });
  return run("Reshape", { x: run("Pack", places, { axis: 0 }) }, { shape: filterShape });
}

function depthwiseFilterGradient({ make }: Parts, inputs: Inputs, attrs: Attrs): Info {
  const { x, dy } = inputs as { x: Info; dy: Info };
  const filterShape = attrs["filterShape"] as Shape4;
  const convolution = convolutionOf(x.shape as Shape4, filterShape, attrs, true);
  return make(
    filterShape,
    (values, xs, dys) => addUpPlaces(values, xs as Float32Array, dys as Float32Array, convolution),
    x,
    dy,
  );
}

/** The gradient spread out to the inputs' places, convolved with the filter turned around. */
function inputGradient(parts: Parts, inputs: Inputs, attrs: Attrs): Info {
  const { dy, filter } = inputs as { dy: Info; filter: Info };
  const spread = spreadGradient(parts, dy, filter, attrs, false);
  const turned = parts.run("Reverse", { x: filter }, { dims: [0, 1] });
  const swapped = parts.run("Transpose", { x: turned }, { perm: [0, 1, 3, 2] });
  return parts.run("Conv2D", { x: spread, filter: swapped }, VALID);
}

function depthwiseInputGradient(parts: Parts, inputs: Inputs, attrs: Attrs): Info {
  const { dy, filter } = inputs as { dy: Info; filter: Info };
  const spread = spreadGradient(parts, dy, filter, attrs, true);
  const turned = parts.run("Reverse", { x: filter }, { dims: [0, 1] });
  return parts.run("DepthwiseConv2dNative", { x: spread, filter: turned }, VALID);
}

const PLAIN = { transposeA: false, transposeB: false };
const VALID = { strides: [1, 1], pad: "valid", dataFormat: "NHWC", dilations: [1, 1] };

function spreadGradient({ make }: Parts, dy: Info, filter: Info, attrs: Attrs, depthwise: boolean): Info {
  const convolution = convolutionOf(attrs["inputShape"] as Shape4, filter.shape as Shape4, attrs, depthwise);
  const { batchSize, inHeight, inWidth, filterHeight, filterWidth, outChannels } = convolution;
  const shape = [batchSize, inHeight + filterHeight - 1, inWidth + filterWidth - 1, outChannels];
  return make(shape, (values, from) => spreadOut(values, from as Float32Array, convolution), dy);
}
