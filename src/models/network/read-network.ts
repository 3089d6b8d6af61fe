import type { Json } from "../../contract/index.js";
import {
  booleanAt,
  classNameOf,
  isObject,
  type JsonObject,
  listAt,
  objectAt,
  stringAt,
  valueAt,
} from "../json-access.js";
import { unreadable } from "../model-problem.js";
import type { LayerCall, LayerNode, TensorRef } from "./layer-node.js";
import { readCalls, readTensorRefs } from "./read-calls.js";

const MAX_LAYERS = 5000;
const MAX_DEPTH = 16;
const NETWORK_CLASSES = new Set(["Sequential", "Functional", "Model", "Network", "Container"]);
const OPERATION_CLASSES = new Set(["TFOpLambda", "SlicingOpLambda", "TensorFlowOpLayer"]);

/** What differs between the writers of a configuration. */
export interface Dialect {
  /** Keras 3 counts the calls of a nested network from 0; Keras 2 and TensorFlow.js from 1. */
  readonly firstNetworkCall: 0 | 1;
}

/**
 * The layer tree that a serialised model (`{class_name, config}`) describes.
 * @throws ModelProblem `model-unreadable` when it is not a network of named layers, or too large or deep
 */
export function readNetwork(model: Json, dialect: Dialect, file: string): LayerNode {
  let budget = MAX_LAYERS;
  const read = (value: Json, depth: number, fallbackName: string): LayerNode => {
    if (--budget < 0) throw unreadable(file, `it has more than ${MAX_LAYERS} layers`);
    if (depth > MAX_DEPTH) throw unreadable(file, `its layers are nested more than ${MAX_DEPTH} deep`);
    if (!isObject(value)) throw unreadable(file, `the configuration of \`${fallbackName}\` is not an object`);
    const className = stringAt(value, "class_name");
    if (className === null) throw unreadable(file, `the layer \`${fallbackName}\` has no class`);
    const config = configOf(value);
    const name = stringAt(config, "name") ?? stringAt(value, "name") ?? fallbackName;
    const module = stringAt(value, "module");
    const registered = stringAt(value, "registered_name");
    const isNetwork = NETWORK_CLASSES.has(className) || Array.isArray(valueAt(config, "layers"));
    const wrapped = isNetwork ? [] : wrappedLayers(config);
    const inboundNodes = listAt(value, "inbound_nodes");
    const isOperation =
      module?.startsWith("keras.src.ops.") ||
      OPERATION_CLASSES.has(className) ||
      (module === null && isBareCall(className, config, inboundNodes));
    const node = {
      name,
      class: className,
      module,
      custom: registered !== null && registered !== className ? registered : null,
      config,
      trainable: booleanAt(config, "trainable"),
      sequential: false,
      calls: readCalls(inboundNodes),
      inputs: [],
      outputs: [],
    };
    if (!isNetwork) {
      const layers = wrapped.map(([key, layer]) => read(layer, depth + 1, `${name}_${key}`));
      const kind = isOperation ? "operation" : wrapped.length > 0 ? "wrapper" : "layer";
      return { ...node, kind, layers };
    }
    const layers = listAt(config, "layers").map((layer, i) => read(layer, depth + 1, `layer_${i}`));
    if (valueAt(config, "output_layers") === null)
      return { ...node, kind: "network", layers, sequential: true };
    const rebased = rebaseCalls(layers, dialect);
    const rebase = rebaser(layers, dialect);
    const inputs = readTensorRefs(valueAt(config, "input_layers")).map(rebase);
    const outputs = readTensorRefs(valueAt(config, "output_layers")).map(rebase);
    return { ...node, kind: "network", layers: rebased, inputs, outputs };
  };
  const root = read(model, 0, "model");
  if (root.kind !== "network") throw unreadable(file, `\`${root.class}\` is not a network of layers`);
  return root;
}

/** Keras 3 writes an operation to HDF5 without its module; unlike a layer it has neither flag nor type. */
const isBareCall = (className: string, config: JsonObject, inboundNodes: readonly Json[]): boolean =>
  className !== "InputLayer" &&
  valueAt(config, "trainable") === null &&
  (valueAt(config, "dtype") === null || className === "Cast") &&
  isObject(inboundNodes[0]);

/** The oldest sequential models have the list of layers itself as their configuration. */
function configOf(value: JsonObject): JsonObject {
  const config = valueAt(value, "config");
  return Array.isArray(config) ? { layers: config } : objectAt(value, "config");
}

function wrappedLayers(config: JsonObject): [string, Json][] {
  return ["layer", "backward_layer"].flatMap((key): [string, Json][] => {
    const value = valueAt(config, key);
    return isObject(value) && classNameOf(value) !== null ? [[key, value]] : [];
  });
}

function rebaser(layers: readonly LayerNode[], { firstNetworkCall }: Dialect): (ref: TensorRef) => TensorRef {
  const uses = new Map(layers.map((layer) => [layer.name, layer]));
  return (ref) => {
    const target = uses.get(ref.layer);
    const first = target?.kind === "network" ? firstNetworkCall : 0;
    // Writers disagree in corner cases; a layer that is used once leaves no doubt.
    const last = Math.max(0, (target?.calls.length ?? 1) - 1);
    return { ...ref, call: Math.min(Math.max(0, ref.call - first), last) };
  };
}

function rebaseCalls(layers: readonly LayerNode[], dialect: Dialect): LayerNode[] {
  const rebase = rebaser(layers, dialect);
  const rebaseCall = (call: LayerCall): LayerCall => ({ ...call, inputs: call.inputs.map(rebase) });
  return layers.map((layer) => ({ ...layer, calls: layer.calls.map(rebaseCall) }));
}
