/**
 * TensorFlow operations that a graph model may hold here: functions of what they read and of nothing else. Left out
 * are files, variables, tables, text, programs in other languages, random numbers, and loops, which need not end.
 */
export const GRAPH_OPERATIONS: ReadonlySet<string> = new Set(
  `
  Placeholder Const Identity IdentityN Snapshot NoOp StopGradient Shape Size Rank
  Add AddV2 AddN BiasAdd Sub Mul RealDiv Div DivNoNan FloorDiv Mod FloorMod Maximum Minimum Pow SquaredDifference
  Abs Ceil ClipByValue Cos Elu Erf Exp Expm1 Floor LeakyRelu Log Log1p Neg Prelu Reciprocal Relu Relu6 Round Rsqrt Selu
  Sigmoid Sign Sin Softplus Sqrt Square Tanh
  AvgPool MaxPool Conv1D Conv2D _FusedConv2D Conv2DBackpropInput DepthwiseConv2d DepthwiseConv2dNative
  FusedDepthwiseConv2dNative Dilation2D
  MatMul _FusedMatMul BatchMatMul BatchMatMulV2 Einsum Transpose
  FusedBatchNorm FusedBatchNormV2 FusedBatchNormV3 LRN Softmax LogSoftmax
  Max Mean Min Sum Prod All Any ArgMax ArgMin
  Equal NotEqual Greater GreaterEqual Less LessEqual LogicalAnd LogicalNot LogicalOr Select SelectV2
  Fill OnesLike ZerosLike Range OneHot
  ConcatV2 Concat GatherV2 Gather Reverse ReverseV2 Slice StridedSlice Pack Unpack Tile Split SplitV
  Cast ExpandDims Pad PadV2 MirrorPad Reshape Squeeze SpaceToBatchND BatchToSpaceND DepthToSpace BroadcastTo
  ResizeBilinear ResizeNearestNeighbor
  `
    .trim()
    .split(/\s+/),
);
