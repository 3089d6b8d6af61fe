import type { Json, Shape } from "../../contract/index.js";
import { isObject, valueAt } from "../json-access.js";
import type { FlatInput } from "./flat-network.js";
import { isInput, type LayerNode } from "./layer-node.js";

const isSize = (size: Json): boolean => size === null || (Number.isSafeInteger(size) && Number(size) >= 0);

/** The shape that an input layer or a first layer declares; null when it declares none. */
function declaredShape(node: LayerNode | undefined): Shape | null {
  if (!node) return null;
  if (node.kind === "network") return networkInputs(node, "")[0]?.shape ?? null;
  for (const key of ["batch_shape", "batch_input_shape"]) {
    const value = valueAt(node.config, key);
    const sizes = Array.isArray(value) ? value : [];
    if (sizes.length > 0 && sizes.every(isSize)) return sizes as Shape;
  }
  const wrapped = valueAt(node.config, "layer");
  return isObject(wrapped) && node.layers.length > 0 ? declaredShape(node.layers[0]) : null;
}

/** What a network takes, with the shapes that its input layers or its first layer declare. */
export function networkInputs(node: LayerNode, prefix: string): FlatInput[] {
  if (node.sequential) {
    const first = node.layers[0];
    const path = first && isInput(first) ? prefix + first.name : null;
    return [{ path, shape: declaredShape(first) }];
  }
  const layers = new Map(node.layers.map((layer) => [layer.name, layer]));
  return node.inputs.map((ref) => ({
    path: prefix + ref.layer,
    shape: declaredShape(layers.get(ref.layer)),
  }));
}
