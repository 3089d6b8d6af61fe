import * as tf from "@tensorflow/tfjs";
import { booleanAt, classNameOf, type JsonObject, stringAt, valueAt } from "../json-access.js";
import { activationNamed } from "./activations.js";
import { inputOf, type LayerFunction, type LayerFunctions, type LayerInputs } from "./computation.js";

/** One step: from what the step reads, projected, and the state before it, to the state after it. */
type Step = (projected: tf.Tensor2D, state: readonly tf.Tensor2D[]) => tf.Tensor2D[];

type Cell = (layer: LayerInputs) => {
  units: number;
  states: number;
  inputBias: tf.Tensor | null;
  step: Step;
};

function activation({ config, runtime, refuse }: LayerInputs, key: string, otherwise: string) {
  const name = classNameOf(valueAt(config, key)) ?? otherwise;
  return activationNamed(name, runtime) ?? refuse(`its ${key} ${name} is not known here`);
}

const gates = (x: tf.Tensor, count: number): tf.Tensor2D[] => tf.split(x, count, 1) as tf.Tensor2D[];

const lstm: Cell = (layer) => {
  const recurrent = layer.weight("recurrent_kernel") as tf.Tensor2D;
  const act = activation(layer, "activation", "tanh");
  const gate = activation(layer, "recurrent_activation", "sigmoid");
  const step: Step = (projected, [hidden, memory]) => {
    if (!hidden || !memory) return layer.refuse("its state is missing");
    const [input, forget, candidate, output] = gates(tf.add(projected, tf.matMul(hidden, recurrent)), 4);
    if (!input || !forget || !candidate || !output) return layer.refuse("its kernel has no four parts");
    const next = tf.add(tf.mul(gate(forget), memory), tf.mul(gate(input), act(candidate))) as tf.Tensor2D;
    return [tf.mul(gate(output), act(next)) as tf.Tensor2D, next];
  };
  return { units: recurrent.shape[0], states: 2, inputBias: layer.optionalWeight("bias"), step };
};

const gru: Cell = (layer) => {
  const recurrent = layer.weight("recurrent_kernel") as tf.Tensor2D;
  const act = activation(layer, "activation", "tanh");
  const gate = activation(layer, "recurrent_activation", "sigmoid");
  const bias = layer.optionalWeight("bias");
  const resetAfter = bias ? bias.rank === 2 : booleanAt(layer.config, "reset_after") !== false;
  const [inputBias = null, recurrentBias = null] = bias && resetAfter ? tf.unstack(bias) : [bias, null];
  const units = recurrent.shape[0];
  const mix = (update: tf.Tensor, state: tf.Tensor, candidate: tf.Tensor): tf.Tensor2D =>
    tf.add(tf.mul(update, state), tf.mul(tf.sub(1, update), candidate)) as tf.Tensor2D;
  const step: Step = (projected, [hidden]) => {
    if (!hidden) return layer.refuse("its state is missing");
    const [inUpdate, inReset, inCandidate] = gates(projected, 3);
    if (!inUpdate || !inReset || !inCandidate) return layer.refuse("its kernel has no three parts");
    if (!resetAfter) {
      const [both, last] = tf.split(recurrent, [2 * units, units], 1);
      const [update, reset] = gates(tf.matMul(hidden, both as tf.Tensor2D), 2);
      const open = gate(tf.add(inUpdate, update as tf.Tensor));
      const kept = tf.mul(gate(tf.add(inReset, reset as tf.Tensor)), hidden) as tf.Tensor2D;
      return [mix(open, hidden, act(tf.add(inCandidate, tf.matMul(kept, last as tf.Tensor2D))))];
    }
    const product = tf.matMul(hidden, recurrent);
    const [update, reset, candidate] = gates(recurrentBias ? tf.add(product, recurrentBias) : product, 3);
    const open = gate(tf.add(inUpdate, update as tf.Tensor));
    const kept = tf.mul(gate(tf.add(inReset, reset as tf.Tensor)), candidate as tf.Tensor);
    return [mix(open, hidden, act(tf.add(inCandidate, kept)))];
  };
  return { units, states: 1, inputBias, step };
};

const simpleRnn: Cell = (layer) => {
  const recurrent = layer.weight("recurrent_kernel") as tf.Tensor2D;
  const act = activation(layer, "activation", "tanh");
  const step: Step = (projected, [hidden]) => {
    if (!hidden) return layer.refuse("its state is missing");
    return [act(tf.add(projected, tf.matMul(hidden, recurrent))) as tf.Tensor2D];
  };
  return { units: recurrent.shape[0], states: 1, inputBias: layer.optionalWeight("bias"), step };
};

const recurrent =
  (cell: Cell): LayerFunction =>
  (layer) => {
    const { config } = layer;
    const { units, states, inputBias, step } = cell(layer);
    const given = inputOf(layer) as tf.Tensor3D;
    const x = booleanAt(config, "go_backwards") === true ? tf.reverse(given, 1) : given;
    const [batch, steps, features] = x.shape;
    const kernel = layer.weight("kernel") as tf.Tensor2D;
    const product = tf.matMul(tf.reshape(x, [batch * steps, features]), kernel);
    const projected = tf.reshape(inputBias ? tf.add(product, inputBias) : product, [batch, steps, -1]);
    let state = Array.from({ length: states }, () => tf.zeros<tf.Rank.R2>([batch, units]));
    const outputs: tf.Tensor2D[] = [];
    for (const slice of tf.unstack(projected, 1)) {
      state = step(slice as tf.Tensor2D, state);
      if (state[0]) outputs.push(state[0]);
    }
    if (booleanAt(config, "return_sequences") === true) return tf.stack(outputs, 1);
    return outputs.at(-1) ?? layer.refuse("it reads no steps");
  };

const CELLS: Readonly<Record<string, Cell>> = { LSTM: lstm, GRU: gru, SimpleRNN: simpleRnn };

const bidirectional: LayerFunction = (layer) => {
  const [wrapped] = layer.node.layers;
  const cell = wrapped && Object.hasOwn(CELLS, wrapped.class) ? CELLS[wrapped.class] : undefined;
  if (!wrapped || !cell) return layer.refuse("it wraps a layer that is not known here");
  const direction = (name: string, config: JsonObject): tf.Tensor =>
    recurrent(cell)({
      ...layer,
      config,
      weight: (slot) => layer.weight(`${name}/${slot}`),
      optionalWeight: (slot) => layer.optionalWeight(`${name}/${slot}`),
    });
  const forward = direction("forward", wrapped.config);
  const mirrored = direction("backward", { ...wrapped.config, go_backwards: true });
  const backward = forward.rank === 3 ? tf.reverse(mirrored, 1) : mirrored;
  switch (stringAt(layer.config, "merge_mode")) {
    case "concat":
      return tf.concat([forward, backward], -1);
    case "sum":
      return tf.add(forward, backward);
    case "mul":
      return tf.mul(forward, backward);
    case "ave":
      return tf.div(tf.add(forward, backward), 2);
    default:
      return layer.refuse("it keeps its directions apart");
  }
};

/** Layers that go through a sequence step by step. */
export const RECURRENT_FUNCTIONS: LayerFunctions = {
  ...Object.fromEntries(Object.entries(CELLS).map(([name, cell]) => [name, recurrent(cell)])),
  Bidirectional: bidirectional,
};
