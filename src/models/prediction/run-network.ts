import * as tf from "@tensorflow/tfjs";
import { ModelProblem, unreadable } from "../model-problem.js";
import type { FlatCall, FlatNetwork, Source } from "../network/flat-network.js";
import { isInput } from "../network/layer-node.js";
import type { ParsedModel } from "../parsed-model.js";
import type { LayerInputs } from "./computation.js";
import type { ImageModel } from "./image-model.js";
import { layerFunctionOf, unfolded } from "./layer-function.js";

/** A network with its weights on the backend. */
export interface ReadyNetwork {
  readonly file: string;
  readonly parsed: ParsedModel;
  readonly flat: FlatNetwork;
  readonly weights: ReadonlyMap<string, tf.Tensor>;
}

const NOT_COMPUTED: Partial<Record<ParsedModel["format"], string>> = {
  // As a whole it is computed by TensorFlow.js itself; this is for the part of it that a base would be.
  "tfjs-graph": "a TensorFlow.js graph model",
  "saved-model": "a SavedModel",
};

/**
 * Puts a model's weights on the backend and makes sure that every layer can be computed.
 * @throws ModelProblem `model-layer`, `model-format`
 */
export function readyNetwork(parsed: ParsedModel, file: string): ReadyNetwork {
  if (!parsed.network)
    throw new ModelProblem("model-format", {
      file,
      format: "a file of weights alone",
      why: "nothing can be predicted",
    });
  const notComputed = NOT_COMPUTED[parsed.format];
  if (notComputed)
    throw new ModelProblem("model-format", { file, format: notComputed, why: "nothing can be predicted" });
  requireComputable(parsed.network.flat);
  const weights = parsed.weights.map(({ layerPath, slot, tensor }): [string, tf.Tensor] => [
    `${layerPath}/${slot}`,
    tf.tensor(tensor.values(), [...tensor.shape]),
  ]);
  return { file, parsed, flat: parsed.network.flat, weights: new Map(weights) };
}

function requireComputable(flat: FlatNetwork): void {
  for (const { layer, inner } of flat.calls) {
    const { node, path } = layer;
    if (inner) requireComputable(inner);
    else if (!layerFunctionOf(node))
      throw new ModelProblem("model-layer", { layer: path, class: node.class });
  }
}

/** Told of every value, before it is freed. */
export type Watch = (call: FlatCall, value: tf.Tensor) => void;

/** Computes a network's first output; `run` throws ModelProblem `prediction-failed`, `model-layer`, `model-unreadable`. */
export const asImageModel = (network: ReadyNetwork, watch?: Watch): ImageModel => ({
  inputs: network.flat.inputs,
  halfPixelCentres: network.parsed.runtime !== "tfjs",
  run: (input) => runFlat(network, network.flat, input, { watch }),
});

/** The part of a network behind a cut: takes the value of the cut, and gives what the network gives. Throws alike. */
export const behindCut = (network: ReadyNetwork, cut: FlatCall): ImageModel => ({
  inputs: [{ path: null, shape: null }],
  halfPixelCentres: false,
  run: (value) => runFlat(network, network.flat, value, { cut }),
});

/** @param cut a call that all after it is computed from: `input` is its value then, in place of the network's input */
function runFlat(
  network: ReadyNetwork,
  flat: FlatNetwork,
  input: tf.Tensor,
  { cut, watch }: { cut?: FlatCall; watch?: Watch | undefined } = {},
): tf.Tensor {
  const [output] = flat.outputs;
  if (!output) throw unreadable(network.file, "it has no output");
  const remaining = usesOf(flat);
  const values = new Map<FlatCall, tf.Tensor>(cut ? [[cut, tf.clone(input)]] : []);
  const tensorOf = (source: Source): tf.Tensor => {
    const value =
      source.from === "input" ? (source.index === 0 ? input : undefined) : values.get(source.call);
    if (value) return value;
    throw unreadable(network.file, "a layer reads more inputs or outputs than can be given here");
  };
  // A value is freed with its last reader: all of them together would fill the memory on large images.
  const release = (source: Source): void => {
    if (source.from === "input") return;
    const left = (remaining.get(source.call) ?? 0) - 1;
    remaining.set(source.call, left);
    if (left === 0) values.get(source.call)?.dispose();
  };
  for (const call of flat.calls.slice(cut ? flat.calls.indexOf(cut) + 1 : 0)) {
    if (isInput(call.layer.node)) continue;
    const value = compute(network, call, call.inputs.map(tensorOf));
    values.set(call, value);
    watch?.(call, value);
    for (const source of call.inputs) release(source);
    if (!remaining.has(call)) value.dispose();
  }
  return output.from === "input" ? tf.clone(input) : tensorOf(output);
}

/** How often each call's value is read; the network's output once more, so that it outlives its readers. */
function usesOf(flat: FlatNetwork): Map<FlatCall, number> {
  const uses = new Map<FlatCall, number>();
  for (const source of [...flat.calls.flatMap(({ inputs }) => inputs), ...flat.outputs.slice(0, 1)])
    if (source.from === "call") uses.set(source.call, (uses.get(source.call) ?? 0) + 1);
  return uses;
}

function compute(
  network: ReadyNetwork,
  { layer, call, inner }: FlatCall,
  inputs: readonly tf.Tensor[],
): tf.Tensor {
  const { node, path } = layer;
  const [only] = inputs;
  if (inner && only) return tf.tidy(() => unfolded(only, (x) => runFlat(network, inner, x)));
  const optionalWeight = (slot: string): tf.Tensor | null => network.weights.get(`${path}/${slot}`) ?? null;
  const given: LayerInputs = {
    inputs,
    config: node.config,
    node,
    call,
    runtime: network.parsed.runtime,
    optionalWeight,
    weight: (slot) => {
      const weight = optionalWeight(slot);
      if (weight) return weight;
      throw unreadable(network.file, `the layer \`${path}\` has no ${slot}`);
    },
    refuse: (why) => {
      throw new ModelProblem("model-layer", { layer: path, class: `${node.class}: ${why}` });
    },
  };
  try {
    return tf.tidy(() => {
      const result = layerFunctionOf(node)?.(given) ?? given.refuse("it is not known here");
      // What a layer passes on unchanged must be a value of its own, since each value is freed by itself.
      return inputs.includes(result) ? tf.clone(result) : result;
    });
  } catch (error) {
    if (error instanceof ModelProblem) throw error;
    const why = `the layer \`${path}\` cannot be computed: ${(error as Error).message.slice(0, 300)}`;
    throw new ModelProblem("prediction-failed", { why }, error);
  }
}
