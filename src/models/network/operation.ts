import type { Json } from "../../contract/index.js";
import { isObject, type JsonObject, listAt, numberAt, stringAt, valueAt } from "../json-access.js";
import { snakeCase } from "../snake-case.js";
import type { LayerCall, LayerNode } from "./layer-node.js";

/** What an operation works on: one of the values it reads, or a constant of the configuration. */
export type Operand = { readonly tensor: number } | { readonly constant: Json };

/** A function that was applied to a tensor directly, such as `x / 127.5`, whichever Keras recorded it. */
export interface Operation {
  /** As Keras 3 calls it: `true_divide`, `get_item`, `stack`. */
  readonly name: string;
  readonly operands: readonly Operand[];
  readonly options: JsonObject;
}

/** TensorFlow's names for what tf.keras 2 records. */
const TENSORFLOW_NAMES: ReadonlyMap<string, string> = new Map([
  ["math.truediv", "true_divide"],
  ["__operators__.truediv", "true_divide"],
  ["math.divide", "true_divide"],
  ["math.add", "add"],
  ["__operators__.add", "add"],
  ["nn.bias_add", "add"],
  ["math.subtract", "subtract"],
  ["__operators__.sub", "subtract"],
  ["math.multiply", "multiply"],
  ["__operators__.mul", "multiply"],
  ["__operators__.getitem", "get_item"],
  ["__operators__.neg", "negative"],
  ["math.negative", "negative"],
  ["math.pow", "power"],
  ["math.reduce_mean", "mean"],
  ["math.reduce_max", "max"],
  ["math.reduce_sum", "sum"],
  ["concat", "concatenate"],
  ["nn.relu", "relu"],
  ["nn.relu6", "relu6"],
  ["nn.softmax", "softmax"],
  ["math.sigmoid", "sigmoid"],
  ["clip_by_value", "clip"],
]);

const KERAS_NAMES: ReadonlyMap<string, string> = new Map([["divide", "true_divide"]]);

/** Keywords under which a second operand may be given. */
const OPERAND_KEYS = ["x", "x1", "x2", "y", "bias", "value", "values"];

export function operationOf(node: LayerNode, call: LayerCall): Operation {
  const recorded = stringAt(node.config, "function");
  const given = snakeCase(node.class);
  const name =
    recorded === null
      ? (KERAS_NAMES.get(given) ?? given)
      : (TENSORFLOW_NAMES.get(recorded) ?? recorded.replace(/^.*\./, ""));
  const operands = call.args.flatMap(operandsIn);
  for (const key of OPERAND_KEYS) {
    const value = valueAt(call.kwargs, key);
    if (value !== null) operands.push(...operandsIn(value));
  }
  const slice = listAt(call.kwargs, "slice_spec");
  if (slice.length > 0) operands.push({ constant: [...slice] });
  return { name, operands, options: { ...node.config, ...call.kwargs } };
}

/** A list with tensors in it is several operands; any other list is one constant. */
function operandsIn(value: Json): Operand[] {
  if (Array.isArray(value)) return value.some(isTensor) ? value.flatMap(operandsIn) : [{ constant: value }];
  if (!isObject(value)) return [{ constant: value }];
  const tensor = numberAt(value, "tensor");
  if (tensor !== null) return [{ tensor }];
  return Object.hasOwn(value, "constant")
    ? [{ constant: valueAt(value, "constant") }]
    : [{ constant: value }];
}

const isTensor = (value: Json): boolean => isObject(value) && numberAt(value, "tensor") !== null;

/** One part of what stands between the brackets of `x[..., 1:7, 2]`. */
export type IndexPart =
  | { readonly kind: "all" }
  | { readonly kind: "ellipsis" }
  | { readonly kind: "at"; readonly index: number }
  | {
      readonly kind: "range";
      readonly start: number | null;
      readonly stop: number | null;
      readonly step: number;
    };

/** The parts of an index, without its ellipsis: one for each axis of a tensor of this rank. Null if it cannot be read. */
export function indexParts(key: Json, rank: number): IndexPart[] | null {
  const parts = (Array.isArray(key) ? key : [key]).map(indexPart);
  if (!parts.every((part) => part !== null)) return null;
  const ellipses = parts.filter(({ kind }) => kind === "ellipsis").length;
  const open = rank - (parts.length - ellipses);
  if (ellipses > 1 || open < 0) return null;
  const filling = Array.from({ length: open }, (): IndexPart => ({ kind: "all" }));
  const at = parts.findIndex(({ kind }) => kind === "ellipsis");
  return at === -1 ? [...parts, ...filling] : [...parts.slice(0, at), ...filling, ...parts.slice(at + 1)];
}

function indexPart(value: Json): IndexPart | null {
  if (typeof value === "number") return Number.isInteger(value) ? { kind: "at", index: value } : null;
  if (!isObject(value)) return null;
  if (Object.hasOwn(value, "ellipsis") || stringAt(value, "class_name") === "__ellipsis__")
    return { kind: "ellipsis" };
  const config = valueAt(value, "config");
  const range = isObject(config) ? config : value;
  if (!Object.hasOwn(range, "start") && !Object.hasOwn(range, "stop")) return null;
  const [start, stop, step] = [
    numberAt(range, "start"),
    numberAt(range, "stop"),
    numberAt(range, "step") ?? 1,
  ];
  return start === null && stop === null && step === 1
    ? { kind: "all" }
    : { kind: "range", start, stop, step };
}

/** First element and number of elements of a range over an axis. */
export function rangeOver(
  { start, stop, step }: Extract<IndexPart, { kind: "range" }>,
  length: number,
): { first: number; count: number } {
  const clamp = (index: number): number => {
    const fromFront = index < 0 ? index + length : index;
    return step > 0
      ? Math.min(Math.max(fromFront, 0), length)
      : Math.min(Math.max(fromFront, -1), length - 1);
  };
  const first = start === null ? (step > 0 ? 0 : length - 1) : clamp(start);
  const end = stop === null ? (step > 0 ? length : -1) : clamp(stop);
  return { first, count: Math.max(0, Math.ceil((end - first) / step)) };
}
