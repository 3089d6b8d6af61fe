import type { Runtime } from "../../contract/index.js";
import type { Hdf5Node } from "../bytes/hdf5/open-hdf5.js";
import { storedSlots } from "../layers/stored-slots.js";
import type { FlatLayer, FlatNetwork } from "../network/flat-network.js";
import type { LayerNode } from "../network/layer-node.js";
import type { BoundWeight } from "../parsed-model.js";
import { snakeCase } from "../snake-case.js";
import { allLayers } from "./bind-by-name.js";
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
    const places = new Map((storedSlots(node) ?? []).map((known) => [known.place, known]));
    const tensors = tensorsUnder(group, "", path, file);
    const order = [...places.keys()];
    // Groups stand in the order of their names, variables in that of their making.
    for (const { tensor, place } of tensors.toSorted(
      (a, b) => order.indexOf(a.place) - order.indexOf(b.place),
    )) {
      const known = places.get(place);
      const slot = known?.slot ?? place.replace("vars/", "");
      const printed =
        runtime === "tf-keras-2"
          ? printedByKeras2(node, slot, known?.printed ?? slot)
          : `${scope}${node.name}/${known?.printed ?? slot}`;
      weights.push({ layer, layerPath: path, slot, printed, tensor });
    }
  };

  visitNetwork(root, store, "");
  return weights;
}

/** Keras 2 adds the output number of the variable, and leaves out networks and what a wrapper wraps. */
function printedByKeras2(node: LayerNode, slot: string, printed: string): string {
  const plain =
    node.class.startsWith("DepthwiseConv") || (node.kind === "wrapper" && node.class !== "Bidirectional");
  return `${node.name}/${plain ? slot : printed}:0`;
}

interface PlacedTensor {
  readonly tensor: StoredTensor;
  /** Where it stands below the layer's group, such as `cell/vars/0`. */
  readonly place: string;
}

function tensorsUnder(group: Hdf5Node, prefix: string, name: string, file: string): PlacedTensor[] {
  const own = numberedDatasets(group.members.get("vars"), name, file);
  const placed = own.map((tensor, i) => ({ tensor, place: `${prefix}vars/${i}` }));
  const below = [...group.members].filter(([key, node]) => !NO_WEIGHTS.has(key) && !node.dataset);
  return [
    ...placed,
    // tf.keras 2 hides the parts of a layer behind an underscore.
    ...below.flatMap(([key, node]) => tensorsUnder(node, `${prefix}${key.replace(/^_/, "")}/`, name, file)),
  ];
}
