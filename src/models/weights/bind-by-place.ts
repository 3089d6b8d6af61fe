import type { Runtime } from "../../contract/index.js";
import type { Hdf5Node } from "../bytes/hdf5/open-hdf5.js";
import { layerClassOf } from "../layers/index.js";
import type { FlatLayer, FlatNetwork } from "../network/flat-network.js";
import type { LayerNode } from "../network/layer-node.js";
import type { BoundWeight } from "../parsed-model.js";
import { snakeCase } from "../snake-case.js";
import { allLayers } from "./bind-by-name.js";
import { canonicalSlot } from "./canonical-slot.js";
import { numberedDatasets } from "./stored-dataset.js";
import type { StoredTensor } from "./stored-tensor.js";

/** Groups that hold the layers of a network; the second is tf.keras 2.12 and 2.13. */
const LAYER_GROUPS = ["layers", "_layer_checkpoint_dependencies"];
/** State of random number generators is no weight. */
const NO_WEIGHTS = new Set(["vars", "seed_generator"]);

/**
 * Gives each data set of Keras's own layout to its layer. Layers are not named there: they are counted by class, in
 * the order of the configuration (`layers/conv2d_3/vars/0`).
 * @throws ModelProblem `model-unreadable` for values that are no numbers
 */
export function bindByPlace(
  root: LayerNode,
  flat: FlatNetwork,
  store: Hdf5Node,
  runtime: Runtime,
  file: string,
): BoundWeight[] {
  const places = new Map(allLayers(flat).map((layer) => [layer.node, layer]));
  const weights: BoundWeight[] = [];

  const visitNetwork = (node: LayerNode, group: Hdf5Node, scope: string): void => {
    const inside = LAYER_GROUPS.flatMap((name) => group.members.get(name) ?? [])[0];
    if (!inside) return;
    const used = new Map<string, number>();
    for (const layer of node.layers) {
      // Python's Sequential does not count its input layer, and operations are no layers.
      if (layer.kind === "operation" || (node.sequential && layer.class === "InputLayer")) continue;
      const name = snakeCase(layer.class);
      const count = used.get(name) ?? 0;
      used.set(name, count + 1);
      const own = inside.members.get(count === 0 ? name : `${name}_${count}`);
      if (own) visit(layer, own, node.sequential ? `${scope}${node.name}/` : "");
    }
  };

  const visit = (node: LayerNode, group: Hdf5Node, scope: string): void => {
    if (node.kind === "network") {
      visitNetwork(node, group, scope);
      return;
    }
    const wrapper = node.kind === "wrapper" ? places.get(node) : undefined;
    if (node.kind === "wrapper" && !wrapper) {
      // Its network is inlined, so the wrapper itself is no layer here.
      const [wrapped] = node.layers;
      const inner = group.members.get("layer");
      if (wrapped && inner) visit(wrapped, inner, `${scope}${node.name}/`);
      return;
    }
    const layer = places.get(node);
    if (layer) bindLayer(layer, group, scope);
  };

  const bindLayer = (layer: FlatLayer, group: Hdf5Node, scope: string): void => {
    const { node, path } = layer;
    const tensors = tensorsUnder(group, "", path, file);
    const slots = slotNames(node, tensors);
    for (const [i, { tensor, place }] of tensors.entries()) {
      const slot = slots[i] ?? place;
      const own = `${node.name}/${printedSlot(node, slot)}`;
      // Keras 2 prints the output number of the variable, and no names of networks.
      const printed = runtime === "tf-keras-2" ? `${node.name}/${slot}:0` : scope + own;
      weights.push({ layer, layerPath: path, slot, printed, tensor });
    }
  };

  visitNetwork(root, store, "");
  return weights;
}

interface PlacedTensor {
  readonly tensor: StoredTensor;
  /** Where it stands below the layer's group, such as `cell/0`. */
  readonly place: string;
}

function tensorsUnder(group: Hdf5Node, prefix: string, name: string, file: string): PlacedTensor[] {
  const own = numberedDatasets(group.members.get("vars"), name, file);
  const placed = own.map((tensor, i) => ({ tensor, place: `${prefix}${i}` }));
  const below = [...group.members].filter(([key, node]) => !NO_WEIGHTS.has(key) && !node.dataset);
  return [...placed, ...below.flatMap(([key, node]) => tensorsUnder(node, `${prefix}${key}/`, name, file))];
}

/** The names of a known layer's slots, if the file holds as many tensors as the layer has slots. */
function slotNames(node: LayerNode, tensors: readonly PlacedTensor[]): readonly string[] {
  const innermost = node.kind === "wrapper" && node.layers[0] ? node.layers[0] : node;
  const slots = layerClassOf(innermost)?.slots(innermost.config) ?? [];
  return slots.length === tensors.length ? slots.map((slot) => canonicalSlot(innermost, slot)) : [];
}

/** Keras 3 prints the depthwise kernel as `kernel`. */
const printedSlot = (node: LayerNode, slot: string): string =>
  node.class.startsWith("DepthwiseConv") && slot === "depthwise_kernel" ? "kernel" : slot;
