import { BYTES_PER_ELEMENT, DTYPE, type OpAttribute } from "./addon.js";
import type { TableEntry } from "./tensor-table.js";

type Inputs = readonly TableEntry[];

const SMALL_PRODUCT = 2 ** 24;

/** Bytes that the output of an op will take. */
export type DeclaredBytes = (inputs: Inputs) => number;

/**
 * How the inputs of an op declare the size of its output, so that an op is refused before TensorFlow tries to
 * allocate. Undefined for ops that give no more than their inputs hold.
 */
export function declaredBytesOf(op: string, attributes: readonly OpAttribute[]): DeclaredBytes | undefined {
  const rule = RULES[op];
  if (rule === undefined) return undefined;
  return (inputs) => {
    const elements = rule(inputs, attributes);
    if (elements === undefined || !Number.isFinite(elements)) return 0;
    return Math.max(0, elements) * (BYTES_PER_ELEMENT.get(inputs[0]?.dtype ?? DTYPE.float32) ?? 4);
  };
}

type Rule = (inputs: Inputs, attributes: readonly OpAttribute[]) => number | undefined;

const BROADCASTING =
  "Add Sub Mul Div RealDiv DivNoNan FloorDiv FloorMod Pow Maximum Minimum SquaredDifference Atan2 " +
  "Equal NotEqual Less LessEqual Greater GreaterEqual LogicalAnd LogicalOr";

const RULES: Readonly<Record<string, Rule>> = {
  ...Object.fromEntries(BROADCASTING.split(" ").map((op) => [op, broadcast])),
  Fill: (inputs) => product(inputs[0]?.values),
  Tile: (inputs) => size(inputs[0]) * (product(inputs[1]?.values) ?? 1),
  OneHot: (inputs) => size(inputs[0]) * (inputs[1]?.values?.[0] ?? 1),
  LinSpace: (inputs) => inputs[2]?.values?.[0],
  Range: ([start, limit, delta]) => {
    const [from, to, step] = [start?.values?.[0], limit?.values?.[0], delta?.values?.[0]];
    return from === undefined || to === undefined || step === undefined
      ? undefined
      : Math.abs((to - from) / step);
  },
  ScatterNd: (inputs) => product(inputs[2]?.values),
  SparseToDense: (inputs) => product(inputs[1]?.values),
  PadV2: padded,
  MirrorPad: padded,
  ResizeBilinear: resized,
  ResizeNearestNeighbor: resized,
  CropAndResize: ([image, boxes, , crop]) =>
    dimension(boxes, 0) * (product(crop?.values) ?? 1) * dimension(image, 3),
  UnsortedSegmentSum: ([data, , count]) =>
    ((count?.values?.[0] ?? 0) * size(data)) / Math.max(1, dimension(data, 0)),
  Conv2DBackpropInput: (inputs) => product(inputs[0]?.values),
  Conv3DBackpropInputV2: (inputs) => product(inputs[0]?.values),
  DepthwiseConv2dNativeBackpropInput: (inputs) => product(inputs[0]?.values),
  Conv2D: convolved,
  DepthwiseConv2dNative: convolved,
  BatchMatMulV2: multiplied,
  ConcatV2: total,
  Pack: total,
};

function size(entry: TableEntry | undefined): number {
  let elements = 1;
  for (const length of entry?.shape ?? []) elements *= length;
  return elements;
}

function dimension(entry: TableEntry | undefined, axis: number): number {
  return entry?.shape.at(axis) ?? 1;
}

function product(values: ArrayLike<number> | undefined): number | undefined {
  return values && Array.from(values).reduce((a, b) => a * b, 1);
}

function total(inputs: Inputs): number {
  return inputs.reduce((sum, entry) => sum + size(entry), 0);
}

function padded([x, paddings]: Inputs): number | undefined {
  const pads = paddings?.values;
  if (pads === undefined) return undefined;
  return x?.shape.reduce(
    (sum, length, axis) => sum * (length + (pads[2 * axis] ?? 0) + (pads[2 * axis + 1] ?? 0)),
    1,
  );
}

function resized([images, target]: Inputs): number {
  return dimension(images, 0) * (product(target?.values) ?? 1) * dimension(images, 3);
}

function convolved([x, filter]: Inputs, attributes: readonly OpAttribute[]): number {
  const strides = attributes.find((attribute) => attribute.name === "strides")?.value;
  const area = Array.isArray(strides) ? Math.max(1, strides[1] * strides[2]) : 1;
  return (dimension(x, 0) * dimension(x, 1) * dimension(x, 2) * dimension(filter, 3)) / area;
}

/** Rows of the left matrices times columns of the right ones. */
function multiplied([a, b]: Inputs, attributes: readonly OpAttribute[]): number {
  const flipped = (name: string): boolean =>
    attributes.some((one) => one.name === name && one.value === true);
  const columns = dimension(b, flipped("adj_y") ? -2 : -1);
  return (size(a) / Math.max(1, dimension(a, flipped("adj_x") ? -2 : -1))) * columns;
}

function broadcast([a, b]: Inputs): number | undefined {
  // The usual small tensors cannot make a large one, whatever their shapes.
  if ((a?.bytes ?? 0) * (b?.bytes ?? 0) <= SMALL_PRODUCT) return undefined;
  const rank = Math.max(a?.shape.length ?? 0, b?.shape.length ?? 0);
  let elements = 1;
  for (let axis = 1; axis <= rank; axis++) elements *= Math.max(dimension(a, -axis), dimension(b, -axis));
  return elements;
}
