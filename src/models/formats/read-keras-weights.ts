import type { Hdf5Node } from "../bytes/hdf5/open-hdf5.js";
import { unreadable } from "../model-problem.js";
import type { BoundWeight, ParsedModel } from "../parsed-model.js";
import { namedWeights } from "../weights/listed-weights.js";
import { numberedDatasets } from "../weights/stored-dataset.js";
import type { StoredTensor } from "../weights/stored-tensor.js";

/**
 * Weights alone, as `save_weights` writes them in either layout: no layers, no flags, no optimizer settings.
 * @throws ModelProblem `model-unreadable` when the file holds no weights of Keras
 */
export function readKerasWeights(store: Hdf5Node, file: string): ParsedModel {
  const legacy = namedWeights(store, file).map(({ tensor }) => bindNamed(tensor));
  const weights = legacy.length > 0 ? legacy : bindNumbered(store, "", file);
  if (weights.length === 0) throw unreadable(file, "it holds neither a model nor weights of Keras");
  const finding = {
    code: "weights-only",
    layer: "",
    detail: "The file holds weights without the layers they belong to.",
  };
  return {
    format: "keras-weights",
    runtime: "unknown",
    writtenBy: null,
    network: null,
    weights,
    optimizer: null,
    loss: null,
    metrics: [],
    findings: [finding],
  };
}

function bindNamed(tensor: StoredTensor): BoundWeight {
  const parts = tensor.name.replace(/:\d+$/, "").split("/");
  const slot = parts.pop() ?? "";
  return { layer: null, layerPath: parts.at(-1) ?? "", slot, printed: tensor.name, tensor };
}

/** Keras's own layout; since Keras 3.6 each group of variables says which layer it is of. */
function bindNumbered(group: Hdf5Node, path: string, file: string): BoundWeight[] {
  return [...group.members].flatMap(([name, node]) => {
    if (node.dataset || (path === "" && name === "optimizer")) return [];
    if (name !== "vars") return bindNumbered(node, path === "" ? name : `${path}/${name}`, file);
    const said = node.attributes.get("name")?.[0];
    const layerPath = typeof said === "string" ? said : path;
    const tensors = numberedDatasets(node, layerPath, file);
    const slots = likelySlots(tensors);
    return tensors.map((tensor, i): BoundWeight => {
      const slot = slots[i] ?? String(i);
      return { layer: null, layerPath, slot, printed: `${layerPath}/${slot}`, tensor };
    });
  });
}

/** What variables without names most likely are, by their ranks. */
function likelySlots(tensors: readonly StoredTensor[]): readonly string[] {
  const ranks = tensors.map(({ shape }) => shape.length).join(",");
  if (ranks === "1,1,1,1") return ["gamma", "beta", "moving_mean", "moving_variance"];
  return /^[2-5](,1)?$/.test(ranks) ? ["kernel", "bias"] : [];
}
