import * as tf from "@tensorflow/tfjs";
import { type ReadyNetwork, runNetwork } from "./run-network.js";

/**
 * The network with the mean and variance of each BatchNormalization taken from one batch, layer by layer, so that
 * what reaches the next one is already normalised. The old statistics are disposed; the input is not.
 */
export function withBatchStatistics(network: ReadyNetwork, batch: tf.Tensor): ReadyNetwork {
  const weights = new Map(network.weights);
  const watching: ReadyNetwork = {
    ...network,
    weights,
    watch: ({ node, path }, [x]) => {
      if (node.class !== "BatchNormalization" || !x) return;
      const { mean, variance } = tf.moments(
        x,
        x.shape.slice(0, -1).map((_, axis) => axis),
      );
      for (const [slot, value] of Object.entries({ moving_mean: mean, moving_variance: variance })) {
        weights.get(`${path}/${slot}`)?.dispose();
        // Layers inside a wrapper are computed in a scope that frees what it made.
        weights.set(`${path}/${slot}`, tf.keep(value));
      }
    },
  };
  runNetwork(watching, batch).dispose();
  return { ...network, weights };
}
