import * as tf from "@tensorflow/tfjs";
import type { ReadyNetwork } from "./run-network.js";

/** Where feature maps become a vector: what comes before it is the base, what comes after answers for old classes. */
const ENDS_BASE = /^Global(?:Average|Max)Pooling|^Flatten$/;

/** A base up to its last feature maps, without the head it may have been published with. */
export function featureNetwork(network: ReadyNetwork): ReadyNetwork {
  const { calls } = network.flat;
  const end = calls.findIndex(({ layer }) => ENDS_BASE.test(layer.node.class));
  const [output] = calls[end]?.inputs ?? [];
  if (!output) return network;
  return { ...network, flat: { ...network.flat, calls: calls.slice(0, end), outputs: [output] } };
}

/**
 * The same network as if nobody had ever trained it: kernels of the variance 1 / fan-in, normalisation that changes
 * nothing. The seed decides every value. The old weights are disposed.
 */
export function withRandomWeights(network: ReadyNetwork, seed: number): ReadyNetwork {
  const fresh = [...network.weights].map(([path, tensor], index): [string, tf.Tensor] => {
    const made = initial(path.slice(path.lastIndexOf("/") + 1), tensor.shape, seed + index);
    tensor.dispose();
    return [path, made];
  });
  return { ...network, weights: new Map(fresh) };
}

function initial(slot: string, shape: number[], seed: number): tf.Tensor {
  if (slot === "gamma" || slot === "moving_variance") return tf.ones(shape);
  if (!slot.endsWith("kernel")) return tf.zeros(shape);
  // Each output of a depthwise kernel reads one channel.
  const inputs = slot === "depthwise_kernel" ? shape.slice(0, 2) : shape.slice(0, -1);
  const fanIn = inputs.reduce((product, length) => product * length, 1);
  return tf.randomNormal(shape, 0, 1 / Math.sqrt(Math.max(1, fanIn)), "float32", seed);
}
