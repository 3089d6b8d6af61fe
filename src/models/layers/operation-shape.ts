import type { Json, Shape } from "../../contract/index.js";
import { booleanAt, listAt, numberAt, valueAt } from "../json-access.js";
import { indexParts, type Operation, rangeOver } from "../network/operation.js";
import { mergedShape } from "./shape-classes.js";

const SAME_SHAPE = new Set([
  ...[
    "negative",
    "power",
    "square",
    "sqrt",
    "abs",
    "exp",
    "log",
    "clip",
    "cast",
    "relu",
    "relu6",
    "sigmoid",
    "tanh",
  ],
  ...[
    "softmax",
    "silu",
    "gelu",
    "elu",
    "softplus",
    "hard_sigmoid",
    "hard_silu",
    "leaky_relu",
    "identity",
    "flip",
  ],
]);
const BROADCASTING = new Set(["add", "subtract", "multiply", "true_divide", "maximum", "minimum", "power"]);

/** The shape of an operation's result; null where it cannot be told. */
export function operationShape(
  { name, operands, options }: Operation,
  inputs: readonly Shape[],
): Shape | null {
  const [input] = inputs;
  if (!input) return null;
  if (BROADCASTING.has(name)) {
    const shapes = operands.map((operand) =>
      "tensor" in operand ? (inputs[operand.tensor] ?? []) : constantShape(operand.constant),
    );
    return mergedShape(shapes);
  }
  if (SAME_SHAPE.has(name)) return input;
  const axis = numberAt(options, "axis") ?? -1;
  switch (name) {
    case "get_item": {
      const key = operands.find((operand) => "constant" in operand);
      return key && "constant" in key ? indexedShape(input, key.constant) : null;
    }
    case "stack": {
      const at = axis < 0 ? axis + input.length + 1 : axis;
      return [...input.slice(0, at), inputs.length, ...input.slice(at)];
    }
    case "concatenate": {
      const at = (axis + input.length) % input.length;
      const sizes = inputs.map((shape) => shape[at] ?? null);
      const total = sizes.includes(null) ? null : sizes.reduce<number>((sum, size) => sum + (size ?? 0), 0);
      return input.map((size, i) => (i === at ? total : size));
    }
    case "mean":
    case "max":
    case "sum":
      return reducedShape(input, valueAt(options, "axis"), booleanAt(options, "keepdims") === true);
    case "reshape": {
      const target = listAt(options, "newshape");
      return target.length > 0 ? [input[0] ?? null, ...target.slice(1).map(knownSize)] : null;
    }
    case "expand_dims": {
      const at = axis < 0 ? axis + input.length + 1 : axis;
      return [...input.slice(0, at), 1, ...input.slice(at)];
    }
    case "squeeze":
      return input.filter((_, i) => i !== (axis + input.length) % input.length);
    default:
      return null;
  }
}

const knownSize = (size: Json): number | null => (typeof size === "number" && size >= 0 ? size : null);

function constantShape(value: Json): Shape {
  const shape: number[] = [];
  for (let inner = value; Array.isArray(inner); inner = inner[0] ?? null) shape.push(inner.length);
  return shape;
}

function indexedShape(input: Shape, key: Json): Shape | null {
  const parts = indexParts(key, input.length);
  if (!parts) return null;
  return parts.flatMap((part, axis): Shape => {
    const size = input[axis] ?? null;
    if (part.kind === "at") return [];
    return [size === null || part.kind !== "range" ? size : rangeOver(part, size).count];
  });
}

function reducedShape(input: Shape, given: Json, keep: boolean): Shape {
  const axes =
    given === null ? input.map((_, axis) => axis) : (Array.isArray(given) ? given : [given]).map(Number);
  const reduced = new Set(axes.map((axis) => (axis + input.length) % input.length));
  return input.flatMap((size, axis): Shape => (reduced.has(axis) ? (keep ? [1] : []) : [size]));
}
