import type { Json } from "../../contract/index.js";
import {
  classNameOf,
  isObject,
  type JsonObject,
  numberAt,
  objectAt,
  stringAt,
  valueAt,
} from "../json-access.js";
import type { LayerCall, LayerNode } from "../network/layer-node.js";
import { snakeCase } from "../snake-case.js";

/** Told elsewhere, or bookkeeping of the framework. */
const LEFT_OUT = new Set([
  ...["name", "trainable", "dtype", "batch_shape", "batch_input_shape", "sparse", "ragged", "optional"],
  ...["units", "activation", "layer", "backward_layer", "layers", "registered_name", "build_config"],
]);
const MAX_SETTING_LENGTH = 400;

const ACTIVATION_LAYERS: ReadonlyMap<string, string> = new Map([
  ["ReLU", "relu"],
  ["LeakyReLU", "leaky_relu"],
  ["PReLU", "prelu"],
  ["ELU", "elu"],
  ["Softmax", "softmax"],
  ["ThresholdedReLU", "thresholded_relu"],
]);

/** The activation a layer applies, as Keras's function is called; null when it has none. */
export function activationOf(node: LayerNode): string | null {
  const given = classNameOf(valueAt(node.config, "activation"));
  if (given !== null) return snakeCase(given);
  return ACTIVATION_LAYERS.get(node.class) ?? null;
}

/** A layer's configuration without what LayerFacts tells anyway; nested objects by their class, long values left out. */
export function layerSettings(node: LayerNode, call: LayerCall | null): Record<string, Json> {
  const settings: Record<string, Json> = {};
  for (const [key, value] of Object.entries(node.config)) {
    if (LEFT_OUT.has(key) || value === null) continue;
    const shown = compact(value);
    if (JSON.stringify(shown).length <= MAX_SETTING_LENGTH) settings[key] = shown;
  }
  const [wrapped] = node.kind === "wrapper" ? node.layers : [];
  if (wrapped) settings["wraps"] = wrapped.class;
  if (node.kind === "operation" && call) {
    const constants = [...call.args, call.kwargs].flatMap(constantsIn);
    if (JSON.stringify(constants).length <= MAX_SETTING_LENGTH) settings["constants"] = constants;
  }
  return settings;
}

/** An initializer or policy is its class; a regulariser keeps its numbers. */
function compact(value: Json): Json {
  if (!isObject(value)) return value;
  const name = classNameOf(value);
  if (name === null) return value;
  const config = objectAt(value, "config");
  if (name === "DTypePolicy") return stringAt(config, "name") ?? name;
  const numbers: JsonObject = {};
  for (const key of Object.keys(config)) {
    const number = numberAt(config, key);
    if (number !== null && key !== "seed") numbers[key] = number;
  }
  return { class: name, ...numbers };
}

function constantsIn(value: Json): Json[] {
  if (typeof value === "number") return [value];
  if (Array.isArray(value)) return value.flatMap(constantsIn);
  if (!isObject(value) || Object.hasOwn(value, "tensor")) return [];
  if (Object.hasOwn(value, "constant")) return [valueAt(value, "constant")];
  return Object.values(value).flatMap(constantsIn);
}
