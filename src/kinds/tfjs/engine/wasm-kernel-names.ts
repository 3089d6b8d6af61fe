/**
 * The WebAssembly kernels that may run on the host, and no others. A test derives this list from the backend's own.
 * Left out are Identity, which needs no host, and kernels that are JavaScript, make arrays as large as they are told or
 * only deal with text: these run in the isolate, where its limits hold.
 */
export const WASM_KERNELS: ReadonlySet<string> = new Set(
  (
    "Abs Acos Acosh Add AddN All Any ArgMax ArgMin Asin Asinh Atan Atan2 Atanh AvgPool AvgPool3D AvgPool3DGrad " +
    "AvgPoolGrad BatchMatMul BatchToSpaceND Bincount BitwiseAnd BroadcastArgs Cast Ceil ClipByValue Concat Conv2D " +
    "Conv2DBackpropInput Conv3D Conv3DBackpropFilterV2 Conv3DBackpropInputV2 Cos Cosh CropAndResize Cumprod Cumsum " +
    "DenseBincount DepthToSpace DepthwiseConv2dNative Diag Dilation2D Dilation2DBackpropFilter " +
    "Dilation2DBackpropInput Elu EluGrad Equal Erf Exp ExpandDims Expm1 Fill FlipLeftRight Floor FloorDiv " +
    "FusedBatchNorm FusedConv2D FusedDepthwiseConv2D GatherNd GatherV2 Greater GreaterEqual IsFinite IsInf IsNan LRN " +
    "LRNGrad LeakyRelu Less LessEqual LinSpace Log Log1p LogicalAnd LogicalNot LogicalOr Max MaxPool " +
    "MaxPool3D MaxPool3DGrad MaxPoolGrad Maximum Mean Min Minimum MirrorPad Mod Multinomial Multiply Neg " +
    "NonMaxSuppressionV3 NotEqual OneHot OnesLike Pack PadV2 Pow Prelu Prod RealDiv Reciprocal Relu Relu6 Reshape " +
    "ResizeBilinear ResizeBilinearGrad ResizeNearestNeighbor ResizeNearestNeighborGrad Reverse RotateWithOffset Round " +
    "Rsqrt ScatterNd SearchSorted Select Selu Sigmoid Sign Sin Sinh Slice Softmax Softplus SpaceToBatchND " +
    "SparseToDense SplitV Sqrt Square SquaredDifference Step StridedSlice Sub Sum Tan Tanh TensorScatterUpdate Tile " +
    "TopK Transform Transpose Unpack ZerosLike _FusedMatMul"
  ).split(" "),
);
