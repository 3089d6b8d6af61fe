import type { Json, Shape } from "../../contract/index.js";
import { isObject, type JsonObject, listAt, valueAt } from "../json-access.js";

const SHOWN = new Set([
  "strides",
  "padding",
  "dilations",
  "ksize",
  "epsilon",
  "fused_ops",
  "axis",
  "keep_dims",
  "alpha",
]);

/** The settings of a graph's operation that are worth showing, in plain values instead of TensorFlow's tagged ones. */
export function graphAttributes(attributes: JsonObject): JsonObject {
  const plain: JsonObject = {};
  for (const name of Object.keys(attributes)) {
    const value = valueAt(attributes, name);
    if (SHOWN.has(name) && isObject(value)) plain[name] = plainValue(value);
  }
  return plain;
}

function plainValue(tagged: JsonObject): Json {
  const list = valueAt(tagged, "list");
  if (isObject(list))
    return ["i", "f", "s", "b"].flatMap((tag) => listAt(list, tag).map((item) => one(tag, item)));
  const tag = ["i", "f", "s", "b"].find((candidate) => valueAt(tagged, candidate) !== null);
  return tag ? one(tag, valueAt(tagged, tag)) : null;
}

/** Whole numbers come as text, text in base64. */
function one(tag: string, value: Json): Json {
  if (tag === "i") return Number.isSafeInteger(Number(value)) ? Number(value) : null;
  return tag === "s" ? Buffer.from(String(value), "base64").toString("utf8") : value;
}

/** The shape of a placeholder, with -1 for what is not fixed; null when it has none. */
export function graphShape(attribute: Json): Shape | null {
  const shape = isObject(attribute) ? valueAt(attribute, "shape") : null;
  if (!isObject(shape) || !Array.isArray(valueAt(shape, "dim"))) return null;
  return listAt(shape, "dim").map((dimension) => {
    const size = isObject(dimension) ? Number(valueAt(dimension, "size") ?? -1) : -1;
    return Number.isSafeInteger(size) && size >= 0 ? size : null;
  });
}
