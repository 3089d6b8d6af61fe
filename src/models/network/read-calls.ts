import type { Json } from "../../contract/index.js";
import { booleanAt, isObject, type JsonObject, listAt, objectAt, stringAt, valueAt } from "../json-access.js";
import type { LayerCall, TensorRef } from "./layer-node.js";

/**
 * The uses of a layer from its `inbound_nodes`, as Keras 3 (`{args, kwargs}`) or Keras 2 and TensorFlow.js
 * (`[["layer", call, output, kwargs], ...]`) write them.
 */
export function readCalls(inboundNodes: readonly Json[]): LayerCall[] {
  return inboundNodes.map((node) => (isObject(node) ? readKeras3Call(node) : readKeras2Call(node)));
}

/** The references of `input_layers` and `output_layers`: a list of them, or a single one. */
export function readTensorRefs(value: Json): TensorRef[] {
  if (!Array.isArray(value)) return isObject(value) ? Object.values(value).flatMap(readTensorRefs) : [];
  const single = tensorRef(value);
  return single ? [single] : value.flatMap(readTensorRefs);
}

function readKeras3Call(node: JsonObject): LayerCall {
  const inputs: TensorRef[] = [];
  const replace = (value: Json): Json => {
    if (Array.isArray(value)) return value.map(replace);
    if (!isObject(value)) return value;
    const config = objectAt(value, "config");
    switch (stringAt(value, "class_name")) {
      case "__keras_tensor__": {
        const ref = tensorRef(listAt(config, "keras_history"));
        return ref ? placeholder(inputs, ref) : null;
      }
      case "__tensor__":
      case "__numpy__":
        return { constant: valueAt(config, "value") };
      case "__ellipsis__":
        return { ellipsis: true };
      case "__tuple__":
        return listAt(value, "items").map(replace);
    }
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, replace(item)]));
  };
  const args = listAt(node, "args").map(replace);
  const kwargs = replace(objectAt(node, "kwargs")) as JsonObject;
  return { inputs, training: booleanAt(kwargs, "training"), args, kwargs };
}

function readKeras2Call(node: Json): LayerCall {
  const inputs: TensorRef[] = [];
  const list = Array.isArray(node) ? node : [];
  const entries = tensorRef(list) ? [list] : list;
  let kwargs: JsonObject = {};
  const args: Json[] = [];
  for (const entry of entries) {
    if (!Array.isArray(entry)) continue;
    const ref = tensorRef(entry);
    // tf.keras writes constant arguments of an operation as ["_CONSTANT_VALUE", -1, value, kwargs].
    if (ref) args.push(ref.layer === "_CONSTANT_VALUE" ? (entry[2] ?? null) : placeholder(inputs, ref));
    const given = entry[3];
    if (isObject(given)) kwargs = { ...kwargs, ...given };
  }
  const replaced = Object.entries(kwargs).map(([key, value]): [string, Json] => {
    const ref = Array.isArray(value) ? tensorRef(value) : null;
    return [key, ref ? placeholder(inputs, ref) : value];
  });
  return { inputs, training: booleanAt(kwargs, "training"), args, kwargs: Object.fromEntries(replaced) };
}

function placeholder(inputs: TensorRef[], ref: TensorRef): Json {
  inputs.push(ref);
  return { tensor: inputs.length - 1 };
}

function tensorRef(value: readonly Json[]): TensorRef | null {
  const [layer, call, output] = value;
  if (typeof layer !== "string" || typeof call !== "number") return null;
  if (layer !== "_CONSTANT_VALUE" && typeof output !== "number") return null;
  return { layer, call, output: typeof output === "number" ? output : 0 };
}
