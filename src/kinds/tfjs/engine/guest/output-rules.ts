import { TENSORFLOW } from "./tensorflow-constants.js";

/** What the isolate knows of a tensor without asking the host. */
export interface KnownTensor {
  dtype: number;
  shape: readonly number[];
  /** Values of a small integer tensor: axes, shapes. */
  values: readonly number[] | undefined;
}

interface Attribute {
  name: string;
  value: unknown;
}

type Shape = readonly number[];
type Output = { dtype: number; shape: Shape } | undefined;
/** Type and shape of an op's only output, or undefined where TensorFlow must tell or may refuse. */
export type OutputRule = (inputs: readonly KnownTensor[]) => Output;

const { TF_FLOAT: FLOAT, TF_INT32: INT32, TF_BOOL: BOOL } = TENSORFLOW;
const words = (text: string): ReadonlySet<string> => new Set(text.split(" "));

const UNARY = words(
  "Neg Square Sqrt Rsqrt Exp Expm1 Log Log1p Abs Sign Floor Ceil Round Reciprocal Relu Relu6 LeakyRelu Elu Selu " +
    "Sigmoid Softplus Tanh Sin Cos Tan Erf ZerosLike OnesLike",
);
const TESTS = words("IsNan IsInf IsFinite");
const BINARY = words(
  "Add Sub Mul Div RealDiv DivNoNan FloorDiv FloorMod Pow Maximum Minimum SquaredDifference Atan2",
);
const COMPARISONS = words("Equal NotEqual Less LessEqual Greater GreaterEqual");
const LOGICAL = words("LogicalAnd LogicalOr");
const REDUCTIONS = words("Sum Mean Max Min Prod");
const CASTABLE: ReadonlySet<unknown> = new Set([FLOAT, INT32, BOOL]);

/**
 * The rule for an op with its attributes, or undefined. An op whose rule gives an output need not run before that
 * output is used, and so most ops of a training step never cost a crossing of their own. A rule gives none where
 * TensorFlow could find fault with the inputs, because the fault belongs to the line that called the op.
 */
export function outputRule(op: string, attributes: readonly Attribute[]): OutputRule | undefined {
  if (UNARY.has(op)) return ([x]) => (x?.dtype === FLOAT ? x : undefined);
  if (TESTS.has(op)) return ([x]) => (x?.dtype === FLOAT ? { dtype: BOOL, shape: x.shape } : undefined);
  if (BINARY.has(op)) return ([a, b]) => broadcast(a, b, [FLOAT], FLOAT);
  if (COMPARISONS.has(op)) return ([a, b]) => broadcast(a, b, [FLOAT, INT32], BOOL);
  if (LOGICAL.has(op)) return ([a, b]) => broadcast(a, b, [BOOL], BOOL);
  if (REDUCTIONS.has(op)) return reduction(isTrue(attributes, "keep_dims"));
  if (op === "BatchMatMulV2") return product(isTrue(attributes, "adj_x"), isTrue(attributes, "adj_y"));
  if (op === "Reshape") return ([x, shape]) => reshaped(x, shape?.values);
  if (op === "Fill") return filled;
  if (op === "Slice") return sliced;
  if (op === "Softmax") return ([x]) => (x?.dtype === FLOAT && x.shape.length > 0 ? x : undefined);
  if (op === "Cast") return cast(attributes.find(({ name }) => name === "DstT")?.value);
  return op === "Select" ? selected : undefined;
}

function isTrue(attributes: readonly Attribute[], name: string): boolean {
  return attributes.some((one) => one.name === name && one.value === true);
}

function broadcast(
  a: KnownTensor | undefined,
  b: KnownTensor | undefined,
  accepted: readonly number[],
  dtype: number,
): Output {
  if (a === undefined || b === undefined || a.dtype !== b.dtype || !accepted.includes(a.dtype))
    return undefined;
  const shape = broadcastShape(a.shape, b.shape);
  return shape && { dtype, shape };
}

function broadcastShape(a: Shape, b: Shape): Shape | undefined {
  if (b.length === 0) return a;
  if (a.length === 0) return b;
  const rank = Math.max(a.length, b.length);
  const shape: number[] = [];
  for (let i = 0; i < rank; i++) {
    const left = a[i - rank + a.length] ?? 1;
    const right = b[i - rank + b.length] ?? 1;
    if (left !== right && left !== 1 && right !== 1) return undefined;
    shape.push(left === 1 ? right : left);
  }
  return shape;
}

function cast(target: unknown): OutputRule {
  return ([x]) =>
    x !== undefined && CASTABLE.has(x.dtype) && CASTABLE.has(target)
      ? { dtype: target as number, shape: x.shape }
      : undefined;
}

function selected([condition, then, otherwise]: readonly KnownTensor[]): Output {
  if (condition === undefined || then === undefined || otherwise === undefined) return undefined;
  const fits = condition.dtype === BOOL && then.dtype === otherwise.dtype;
  return fits && sameShape(condition.shape, then.shape) && sameShape(then.shape, otherwise.shape)
    ? then
    : undefined;
}

function reshaped(x: KnownTensor | undefined, wanted: Shape | undefined): Output {
  if (x === undefined || wanted === undefined) return undefined;
  const fits = isShape(wanted) && elements(wanted) === elements(x.shape);
  return fits ? { dtype: x.dtype, shape: wanted } : undefined;
}

function filled([dims, value]: readonly KnownTensor[]): Output {
  const fits = dims?.dtype === INT32 && dims.shape.length === 1 && value?.shape.length === 0;
  return fits && dims.values !== undefined && isShape(dims.values)
    ? { dtype: value.dtype, shape: dims.values }
    : undefined;
}

function sliced([x, begin, size]: readonly KnownTensor[]): Output {
  const [from, lengths] = [begin?.values, size?.values];
  if (x === undefined || from === undefined || lengths === undefined) return undefined;
  if (from.length !== x.shape.length || lengths.length !== from.length) return undefined;
  const shape = lengths.map((length, axis) =>
    length === -1 ? (x.shape[axis] as number) - (from[axis] as number) : length,
  );
  const fits = shape.every((length, axis) => {
    const start = from[axis] as number;
    return length >= 0 && start >= 0 && start + length <= (x.shape[axis] as number);
  });
  return fits ? { dtype: x.dtype, shape } : undefined;
}

function reduction(keep: boolean): OutputRule {
  return ([x, axes]) => {
    if (x?.dtype !== FLOAT || axes?.values === undefined) return undefined;
    const rank = x.shape.length;
    const gone = axes.values.map((axis) => (axis < 0 ? axis + rank : axis));
    if (gone.some((axis, i) => axis < 0 || axis >= rank || gone.indexOf(axis) !== i)) return undefined;
    const shape = keep
      ? x.shape.map((length, axis) => (gone.includes(axis) ? 1 : length))
      : x.shape.filter((_, axis) => !gone.includes(axis));
    return { dtype: FLOAT, shape };
  };
}

/** Only equal batches: matrices that are broadcast are left to TensorFlow. */
function product(flipA: boolean, flipB: boolean): OutputRule {
  return ([a, b]) => {
    if (a?.dtype !== FLOAT || b?.dtype !== FLOAT) return undefined;
    const rank = a.shape.length;
    if (rank < 2 || b.shape.length !== rank) return undefined;
    const batch = a.shape.slice(0, -2);
    if (!sameShape(batch, b.shape.slice(0, -2))) return undefined;
    const [rows, inner] = lastTwo(a.shape, flipA);
    const [innerB, columns] = lastTwo(b.shape, flipB);
    return inner === innerB ? { dtype: FLOAT, shape: [...batch, rows, columns] } : undefined;
  };
}

function lastTwo(shape: Shape, flipped: boolean): [number, number] {
  const [first, second] = [shape.at(-2) as number, shape.at(-1) as number];
  return flipped ? [second, first] : [first, second];
}

function isShape(lengths: readonly number[]): boolean {
  return lengths.every((length) => length >= 0);
}

function sameShape(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((length, axis) => length === b[axis]);
}

function elements(shape: Shape): number {
  let size = 1;
  for (let i = 0; i < shape.length; i++) size *= shape[i] as number;
  return size;
}
