// Runs the kernels of the wasm backend on every type of number and holds them against the JavaScript backend.
const tf = require("@tensorflow/tfjs-node");

const float = (...shape) => tf.randomUniform(shape, 0.5, 2, "float32", 3);
const int = (...shape) => tf.randomUniform(shape, 1, 5, "int32", 4);
const bool = (...shape) => float(...shape).greater(1);
const indices = (...values) => tf.tensor1d(values, "int32");

const UNARY =
  "neg square sqrt rsqrt exp expm1 log log1p abs relu relu6 sigmoid tanh softplus elu selu leakyRelu round floor ceil sign isNaN isInf isFinite zerosLike onesLike reciprocal sin cos tan asin acos atan sinh cosh asinh acosh atanh erf step logicalNot softmax logSoftmax";
const BINARY =
  "add sub mul div maximum minimum pow squaredDifference mod atan2 divNoNan floorDiv equal notEqual less lessEqual greater greaterEqual logicalAnd logicalOr logicalXor";
const REDUCING = "sum mean max min prod all any argMax argMin";

const cases = [];
for (const of of [float, int, bool]) {
  for (const op of UNARY.split(" ")) cases.push(() => tf[op](of(2, 3)));
  for (const op of BINARY.split(" "))
    cases.push(
      () => tf[op](of(2, 3), of(2, 3)),
      () => tf[op](of(2, 1, 3), of(4, 1)),
    );
  for (const op of REDUCING.split(" "))
    cases.push(
      () => tf[op](of(2, 3, 4), 1),
      () => tf[op](of(2, 3, 4)),
    );
  cases.push(
    () => tf.cumsum(of(2, 3), 1),
    () => tf.cumprod(of(2, 3), 1, true, true),
    () => tf.matMul(of(2, 3), of(3, 4)),
    () => tf.matMul(of(3, 2), of(4, 3), true, true),
    () => tf.matMul(of(5, 2, 3), of(5, 3, 4)),
    () => tf.stridedSlice(of(4, 6), [0, 1], [4, 5], [2, 2]),
    () => tf.stridedSlice(of(8), [7], [0], [-2]),
    () => tf.slice(of(4, 5), [1, 1], [2, 3]),
    () => tf.slice(of(2, 3, 2, 3, 2), [0, 1, 0, 1, 0], [2, 2, 1, 2, 1]),
    () => tf.gather(of(4, 5), indices(1, 3, 0)),
    () => tf.gather(of(4, 5), indices(1, 3, 0), 1),
    () => tf.gatherND(of(3, 3), tf.tensor2d([0, 1, 2, 2], [2, 2], "int32")),
    () => tf.concat([of(2, 3), of(2, 2)], 1),
    () => tf.stack([of(2, 3), of(2, 3)], 1),
    () => tf.tile(of(2, 3), [2, 3]),
    () => tf.tile(of(1, 1, 3), [2, 4, 1]),
    () =>
      tf.pad(of(2, 3), [
        [1, 0],
        [2, 1],
      ]),
    () =>
      tf.mirrorPad(
        of(3, 3),
        [
          [1, 1],
          [1, 1],
        ],
        "reflect",
      ),
    () => tf.transpose(of(2, 3, 4), [2, 0, 1]),
    () => tf.reverse(of(2, 3), 1),
    () => tf.where(bool(2, 3), of(2, 3), of(2, 3)),
    () => tf.oneHot(int(4), 6),
    () => tf.topk(of(3, 5), 2).values,
    () => tf.unstack(of(3, 2))[1],
    () => tf.split(of(4, 6), 3, 1)[2],
    () => tf.split(of(4, 6), [1, 2, 3], 1)[2],
    () => tf.expandDims(of(2), 1),
    () => tf.reshape(of(2, 3), [3, -1]),
    () => tf.cast(of(3), "float32"),
    () => tf.cast(of(3), "int32"),
    () => tf.cast(of(3), "bool"),
    () => tf.fill([2, 2], 1, of === int ? "int32" : of === bool ? "bool" : "float32"),
    () => tf.image.resizeBilinear(of(1, 4, 4, 3), [7, 5]),
    () => tf.image.resizeBilinear(of(4, 4, 3), [7, 5], true),
    () => tf.image.resizeNearestNeighbor(of(1, 4, 4, 3), [7, 5]),
    () => tf.image.flipLeftRight(of(1, 4, 4, 3)),
    () => tf.image.cropAndResize(of(1, 4, 4, 3), [[0, 0, 0.5, 0.5]], indices(0), [3, 3]),
    () => tf.maxPool(of(1, 4, 4, 2), 2, 2, "same"),
    () => tf.maxPool(of(1, 4, 4, 2), 3, 2, 1),
    () => tf.avgPool(of(1, 4, 4, 2), 2, 2, "same"),
    () => tf.conv2d(of(1, 5, 5, 2), float(3, 3, 2, 4), 2, "same"),
    () => tf.scatterND(tf.tensor2d([1, 3], [2, 1], "int32"), of(2), [5]),
    () => tf.clipByValue(of(3, 2), 1, 1.5),
    () => tf.prelu(of(2, 3), float(3)),
    () => tf.addN([of(2, 3), of(2, 3)]),
    () => tf.moments(of(2, 3), 0).variance,
    () =>
      tf.batchToSpaceND(
        of(4, 1, 1, 1),
        [2, 2],
        [
          [0, 0],
          [0, 0],
        ],
      ),
    () =>
      tf.spaceToBatchND(
        of(1, 2, 2, 1),
        [2, 2],
        [
          [0, 0],
          [0, 0],
        ],
      ),
    () => tf.depthToSpace(of(1, 1, 1, 4), 2),
    () => tf.diag(of(3)),
    () => tf.unique(of(5)).values,
    () => tf.localResponseNormalization(of(1, 2, 2, 3)),
    () => tf.dilation2d(of(1, 4, 4, 1), float(2, 2, 1), 1, "valid"),
    () => tf.conv3d(of(1, 3, 3, 3, 1), float(2, 2, 2, 1, 2), 1, "valid"),
    () => tf.unsortedSegmentSum(of(4, 2), indices(0, 1, 0, 2), 3),
  );
}
cases.push(
  () => tf.topk(tf.range(0, 6).reshape([2, 3]), 2).indices,
  () => tf.clipByValue(float(3), Number.NEGATIVE_INFINITY, 1),
  () => tf.pad(float(2), [[1, 1]], -0).reciprocal(),
  () => tf.range(5, 0, -2),
  () => tf.linspace(0, 1, 5),
  () => tf.bincount(int(5), float(5), 6),
  () => tf.searchSorted(tf.tensor2d([[1, 2, 3]]), tf.tensor2d([[2, 2.5]])),
  () =>
    tf
      .tensor(["a", "b"])
      .reshape([2, 1])
      .slice([1, 0], [1, 1])
      .equal(tf.tensor([["b"]], [1, 1], "string")),
  () => tf.abs(tf.spectral.rfft(float(8))),
  () => tf.real(tf.complex(float(3), float(3)).mul(tf.complex(float(3), float(3)))),
  () => tf.einsum("ij,jk->ik", float(2, 3), float(3, 2)),
  () => tf.image.rotateWithOffset(float(1, 4, 4, 3), 0.5),
  () => tf.image.transform(float(1, 4, 4, 3), tf.tensor2d([[1, 0, 1, 0, 1, 0, 0, 0]])),
  () => tf.image.nonMaxSuppression(tf.tensor2d([0, 0, 1, 1, 2, 2, 3, 3], [2, 4]), tf.tensor1d([0.9, 0.8]), 3),
  () => tf.batchNorm(float(2, 3, 3, 4), float(4), float(4), float(4), float(4)),
  () =>
    tf.fused.conv2d({
      x: float(1, 5, 5, 2),
      filter: float(3, 3, 2, 4),
      strides: 1,
      pad: "same",
      bias: float(4),
      activation: "relu6",
    }),
  () =>
    tf.fused.depthwiseConv2d({
      x: float(1, 5, 5, 2),
      filter: float(3, 3, 2, 1),
      strides: 1,
      pad: "same",
      bias: float(2),
      activation: "relu",
    }),
  () => tf.fused.matMul({ a: float(2, 3), b: float(3, 4), bias: float(4), activation: "relu" }),
  () => tf.separableConv2d(float(1, 5, 5, 2), float(3, 3, 2, 1), float(1, 1, 2, 3), 1, "valid"),
  () => tf.conv2d(float(1, 8, 9, 1), float(2, 2, 1, 1), 3, "same"),
  () => tf.avgPool3d(float(1, 4, 4, 4, 1), 2, 2, "valid"),
  () => tf.maxPool3d(float(1, 4, 4, 4, 1), 2, 2, "valid"),
);
const slope = (f, ...inputs) => {
  const gradients = tf.grads((...xs) =>
    f(...xs)
      .square()
      .sum(),
  )(inputs);
  return tf.concat(gradients.map((gradient) => gradient.flatten()));
};
for (const size of [1, 2, 3])
  for (const step of [1, 2, 3])
    for (const padding of size === 1 ? ["same", "valid"] : ["same", "valid", 1])
      cases.push(
        () => slope((x, w) => tf.conv2d(x, w, step, padding), float(2, 7, 8, 3), float(size, size, 3, 4)),
        () =>
          slope(
            (x, w) => tf.depthwiseConv2d(x, w, step, padding),
            float(2, 8, 7, 3),
            float(size, size, 3, 1),
          ),
      );
cases.push(
  () => slope((x, w) => tf.depthwiseConv2d(x, w, 1, "same"), float(2, 5, 5, 3), float(3, 3, 3, 2)),
  () => slope((x, w) => tf.depthwiseConv2d(x, w, 1, "same", "NHWC", 2), float(2, 9, 9, 3), float(3, 3, 3, 1)),
  () =>
    slope((x, w) => tf.conv2dTranspose(x, w, [2, 8, 8, 4], 2, "same"), float(2, 4, 4, 3), float(3, 3, 4, 3)),
  () => slope((a, b) => tf.matMul(a, b), float(5, 6), float(6, 7)),
  () => slope((x) => tf.maxPool(x, 2, 2, "same"), float(1, 5, 5, 2)),
  () => slope((x) => tf.avgPool(x, 2, 2, "same"), float(1, 5, 5, 2)),
  () => slope((x) => tf.maxPool3d(x, 2, 2, "valid"), float(1, 4, 4, 4, 1)),
  () => slope((x) => tf.avgPool3d(x, 2, 2, "valid"), float(1, 4, 4, 4, 1)),
  () => slope((x, w) => tf.conv3d(x, w, 1, "valid"), float(1, 3, 3, 3, 1), float(2, 2, 2, 1, 2)),
  () => slope((x, w) => tf.dilation2d(x, w, 1, "valid"), float(1, 4, 4, 1), float(2, 2, 1)),
  () => slope((x) => tf.image.resizeBilinear(x, [7, 5]), float(1, 4, 4, 3)),
  () => slope((x) => tf.image.resizeNearestNeighbor(x, [7, 5]), float(1, 4, 4, 3)),
  () => slope((x) => tf.localResponseNormalization(x), float(1, 2, 2, 3)),
  () => slope((x) => tf.elu(x.sub(1)), float(6)),
  () =>
    slope(
      (x, m, v, o, s) => tf.batchNorm(x, m, v, o, s),
      float(2, 3, 3, 4),
      ...[0, 1, 2, 3].map(() => float(4)),
    ),
);

/** Shape, type and values on a backend, or that it fails. */
async function answer(make, backend, used) {
  tf.setBackend(backend);
  try {
    let made;
    const { kernelNames } = await tf.profile(() => {
      made = make();
      return made;
    });
    for (const name of kernelNames) used.add(name);
    return { shape: String(made.shape), dtype: made.dtype, values: Array.from(made.dataSync(), Number) };
  } catch (error) {
    return { error: error.message };
  }
}

const near = (a, b) => Object.is(a, b) || Math.abs(a - b) <= 1e-4 * (1 + Math.abs(b));
const same = (a, b) =>
  (a.error && b.error) ||
  (a.shape === b.shape &&
    a.dtype === b.dtype &&
    a.values.length === b.values.length &&
    a.values.every((value, i) => near(value, b.values[i])));

async function main() {
  const used = new Set();
  for (const make of cases) {
    const [there, here] = [await answer(make, "wasm", used), await answer(make, "cpu", new Set())];
    if (!same(there, here)) console.log(`WRONG ${make} ${JSON.stringify([there, here]).slice(0, 500)}`);
  }
  console.log([...used].join(" "));
}

main();
