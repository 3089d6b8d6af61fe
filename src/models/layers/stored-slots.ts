import { booleanAt } from "../json-access.js";
import type { LayerNode } from "../network/layer-node.js";
import { snakeCase } from "../snake-case.js";
import { layerClassOf } from "./index.js";

/** A variable of a layer, in the order in which the layer makes them. */
export interface StoredSlot {
  /** Its data set below the layer's group in Keras's own layout, such as `cell/vars/0`. */
  readonly place: string;
  readonly slot: string;
  /** What Keras 3 prints after the layer's name. */
  readonly printed: string;
}

const RECURRENT = new Set(["LSTM", "GRU", "SimpleRNN"]);
const ATTENTION_PARTS = [
  ["query_dense", "query"],
  ["key_dense", "key"],
  ["value_dense", "value"],
  ["output_dense", "attention_output"],
] as const;

/** What Keras keeps of a layer; null for a class that is not known here. */
export function storedSlots(node: LayerNode): StoredSlot[] | null {
  if (node.class === "Bidirectional") return bothDirections(node);
  if (node.kind === "wrapper") {
    const [wrapped] = node.layers;
    const inner = wrapped ? storedSlots(wrapped) : null;
    return inner?.map((slot) => below(slot, "layer", `${wrapped?.name}/`, "")) ?? null;
  }
  if (node.class === "MultiHeadAttention") return attentionSlots(node);
  const slots = layerClassOf(node)?.slots(node.config);
  if (!slots) return null;
  const own = slots.map((slot, i) => ({ place: `vars/${i}`, slot, printed: printedSlot(node, slot) }));
  return RECURRENT.has(node.class)
    ? own.map((slot) => below(slot, "cell", `${snakeCase(node.class)}_cell/`, ""))
    : own;
}

const below = (
  { place, slot, printed }: StoredSlot,
  group: string,
  name: string,
  prefix: string,
): StoredSlot => ({
  place: `${group}/${place}`,
  slot: prefix + slot,
  printed: name + printed,
});

/** The second direction is a copy of the first, whether or not the configuration repeats it. */
function bothDirections(node: LayerNode): StoredSlot[] | null {
  const [forward] = node.layers;
  const slots = forward ? storedSlots(forward) : null;
  const name = forward?.name.replace(/^forward_/, "");
  return (
    slots &&
    ["forward", "backward"].flatMap((direction) =>
      slots.map((slot) => below(slot, `${direction}_layer`, `${direction}_${name}/`, `${direction}/`)),
    )
  );
}

function attentionSlots(node: LayerNode): StoredSlot[] {
  const slots = booleanAt(node.config, "use_bias") === false ? ["kernel"] : ["kernel", "bias"];
  return ATTENTION_PARTS.flatMap(([group, part]) =>
    slots.map((slot, i) => ({
      place: `${group}/vars/${i}`,
      slot: `${part}/${slot}`,
      printed: `${part}/${slot}`,
    })),
  );
}

/** Keras 3 calls the depthwise kernel `kernel`. */
const printedSlot = (node: LayerNode, slot: string): string =>
  node.class.startsWith("DepthwiseConv") && slot === "depthwise_kernel" ? "kernel" : slot;
