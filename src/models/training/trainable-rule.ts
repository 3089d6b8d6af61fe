import type { Runtime } from "../../contract/index.js";
import type { FlatLayer } from "../network/flat-network.js";

/** Variables that no optimizer touches: statistics, counters. */
const STATISTICS = new Set(["moving_mean", "moving_variance", "count", "seed_generator_state"]);

/** Whether a slot can be trained at all. */
export const isTrainableSlot = (layer: FlatLayer | null, slot: string): boolean =>
  !STATISTICS.has(slot) && layer?.node.class !== "Normalization";

/**
 * Whether a layer's weights would be trained. Keras 3 looks at each variable and the outermost model only;
 * tf.keras 2 and TensorFlow.js let a container with `false` hide everything below it.
 * @returns null where flags are unknown
 */
export function effectiveFlag({ node, within }: FlatLayer, runtime: Runtime): boolean | null {
  const [outermost] = within;
  const innermost = node.kind === "wrapper" && node.layers[0] ? node.layers[0] : node;
  const own = innermost.trainable ?? node.trainable;
  if (runtime === "keras-3") {
    if (outermost?.trainable === false) return false;
    return own;
  }
  if ([...within, node].some((container) => container.trainable === false)) return false;
  return own;
}
