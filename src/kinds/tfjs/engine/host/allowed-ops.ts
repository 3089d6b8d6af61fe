/**
 * The TensorFlow ops that tfjs-node's kernels use, and no others: TensorFlow has ops that read and write files.
 * A test derives this list from tfjs-node's source; the ops that write TensorBoard files are left out.
 */
export const ALLOWED_OPS: ReadonlySet<string> = new Set(
  (
    "Abs Acos Acosh Add AddN All Any ArgMax ArgMin Asin Asinh Atan Atan2 Atanh AvgPool AvgPool3D " +
    "AvgPool3DGrad AvgPoolGrad BatchMatMulV2 BatchToSpaceND Bincount BroadcastArgs Cast Ceil " +
    "Complex ComplexAbs ConcatV2 Conv2D Conv2DBackpropFilter Conv2DBackpropInput Conv3D " +
    "Conv3DBackpropFilterV2 Conv3DBackpropInputV2 Cos Cosh CropAndResize Cumprod Cumsum DecodeBmp " +
    "DecodeGif DecodeJpeg DecodePng DepthToSpace DepthwiseConv2dNative " +
    "DepthwiseConv2dNativeBackpropFilter DepthwiseConv2dNativeBackpropInput Diag Dilation2D " +
    "Dilation2DBackpropFilter Dilation2DBackpropInput Div DivNoNan Einsum Elu EluGrad EncodeJpeg " +
    "EncodePng Equal Erf Exp ExpandDims Expm1 FFT Fill Floor FloorDiv FloorMod FusedBatchNorm " +
    "GatherNd GatherV2 Greater GreaterEqual IFFT Imag IsFinite IsInf IsNan LRN LRNGrad LeakyRelu " +
    "Less LessEqual LinSpace Log Log1p LogicalAnd LogicalNot LogicalOr Max MaxPool MaxPool3D " +
    "MaxPool3DGrad MaxPoolGrad Maximum Mean Min Minimum MirrorPad Mul Multinomial Neg " +
    "NonMaxSuppressionV3 NonMaxSuppressionV4 NonMaxSuppressionV5 NotEqual OneHot OnesLike Pack " +
    "PadV2 Pow Prod Range Real RealDiv Reciprocal Relu Relu6 Reshape ResizeBilinear " +
    "ResizeBilinearGrad ResizeNearestNeighbor ResizeNearestNeighborGrad ReverseV2 Round Rsqrt " +
    "ScatterNd Select Selu Sigmoid Sign Sin Sinh Slice Softmax Softplus SpaceToBatchND " +
    "SparseToDense SplitV Sqrt Square SquaredDifference StaticRegexReplace StridedSlice Sub Sum " +
    "Tan Tanh TensorScatterUpdate Tile TopKV2 Transpose UniqueV2 Unpack UnsortedSegmentSum Where " +
    "ZerosLike"
  ).split(" "),
);
