import type { LayerNode } from "../network/layer-node.js";

const RECURRENT = new Set(["LSTM", "GRU", "SimpleRNN"]);

/** The name of a slot whichever version wrote it, so that weights can be compared across formats. */
export function canonicalSlot(node: LayerNode, slot: string): string {
  const own = slot.replace(/^.*\//, "");
  // Keras 3 calls it `kernel`, Keras 2 and TensorFlow.js `depthwise_kernel`.
  if (node.class.startsWith("DepthwiseConv") && slot === "kernel") return "depthwise_kernel";
  if (RECURRENT.has(node.class)) return own;
  if (node.class === "Bidirectional")
    return slot.startsWith("backward") ? `backward/${own}` : `forward/${own}`;
  const [wrapped] = node.layers;
  return node.kind === "wrapper" && wrapped ? canonicalSlot(wrapped, own) : slot;
}
