type Types = "float32" | "int32" | "bool";

const words = (text: string): readonly string[] => text.split(" ");
const kernels = (names: string, ...types: Types[]): [string, readonly string[]][] =>
  words(names).map((name) => [name, types]);

/**
 * The WebAssembly kernels that may run on the host, and no others, with the types of their inputs. A test holds every
 * one of them against the JavaScript kernel. Given other types many of them answer what happened to be in memory, as
 * the gradients of Conv3D always do, or write beyond their output, without saying so. Left out besides are those that
 * make arrays as large as they are told, or deal only with text or places. All of these run in the isolate, in
 * JavaScript, where its limits hold.
 */
const INPUT_TYPES: ReadonlyMap<string, readonly string[]> = new Map([
  ...kernels(
    "Acos Acosh AddN Asin Asinh Atan Atan2 Atanh AvgPool AvgPool3D AvgPool3DGrad AvgPoolGrad BatchMatMul " +
      "BatchToSpaceND Ceil ClipByValue Conv2D Conv2DBackpropFilter Conv2DBackpropInput Conv3D " +
      "Cos Cosh Cumprod Cumsum DepthToSpace DepthwiseConv2dNative DepthwiseConv2dNativeBackpropFilter DepthwiseConv2dNativeBackpropInput Diag Dilation2D " +
      "Dilation2DBackpropFilter Dilation2DBackpropInput Elu EluGrad Erf Exp Expm1 FlipLeftRight Floor " +
      "FusedBatchNorm FusedConv2D FusedDepthwiseConv2D IsFinite IsInf IsNan LRN LRNGrad LeakyRelu LinSpace Log Log1p " +
      "MaxPool MaxPool3D MaxPool3DGrad MaxPoolGrad MirrorPad Mod NonMaxSuppressionV3 Pow Prelu Prod RealDiv " +
      "Reciprocal Relu Relu6 ResizeBilinearGrad ResizeNearestNeighbor ResizeNearestNeighborGrad RotateWithOffset " +
      "Round Rsqrt Selu Sigmoid Sign Sin Sinh Softmax Softplus SpaceToBatchND Sqrt SquaredDifference Step " +
      "StridedSlice Tan Tanh TopK Transform _FusedMatMul",
    "float32",
  ),
  ...kernels(
    "Abs Add ArgMax ArgMin Concat CropAndResize Equal GatherV2 Greater GreaterEqual Less LessEqual Max Maximum Mean " +
      "Min Minimum Multiply Neg NotEqual OneHot OnesLike Pack PadV2 ResizeBilinear Reverse Select Slice SplitV Square Sub Sum " +
      "Tile Transpose Unpack ZerosLike",
    "float32",
    "int32",
  ),
  ...kernels("All Any LogicalAnd LogicalNot LogicalOr", "bool"),
  ...kernels("Cast ExpandDims Fill Reshape", "float32", "int32", "bool"),
]);

/** Their names. */
export const WASM_KERNELS: ReadonlySet<string> = new Set(INPUT_TYPES.keys());

/** Whether a kernel takes inputs of these types, in order, and gives what it should. */
export function takesTypes(kernel: string, types: readonly string[]): boolean {
  const taken = INPUT_TYPES.get(kernel) ?? [];
  // The first input of Select is the condition.
  const [first, ...others] = types;
  const values = kernel === "Select" && first === "bool" ? others : types;
  return values.every((type) => taken.includes(type));
}
