import type { LayerInternals, LayerWeight, ModelInternals } from "./model-internals.js";

export interface NamedWeight {
  /** Container names, layer name and slot, joined by `/`, without the outermost model's name. Unique in the model. */
  path: string;
  weight: LayerWeight;
}

export interface NamedLayer {
  path: string;
  class: string;
  trainable: boolean;
  effective: boolean;
  /** Slots of its own weights. */
  weights: string[];
}

export interface NamedModel {
  layers: NamedLayer[];
  weights: NamedWeight[];
  /** Path of a weight of this model. */
  pathOf(weight: LayerWeight): string | undefined;
}

/** Names every layer and weight of a model, containers and wrappers included, in the order of its layers. */
export function nameWeights(model: ModelInternals): NamedModel {
  const layers: NamedLayer[] = [];
  const weights: NamedWeight[] = [];
  const paths = new Map<LayerWeight, string>();
  const taken = new Set<string>();

  const unique = (path: string): string => {
    let candidate = path;
    for (let i = 1; taken.has(candidate); i++) candidate = `${path}_${i}`;
    taken.add(candidate);
    return candidate;
  };
  const visit = (layer: LayerInternals, parent: string, parentTrains: boolean): void => {
    const path = parent === "" ? layer.name : `${parent}/${layer.name}`;
    const effective = parentTrains && layer.trainable;
    const entry: NamedLayer = {
      path,
      class: layer.getClassName(),
      trainable: layer.trainable,
      effective,
      weights: [],
    };
    layers.push(entry);
    const children = childrenOf(layer);
    for (const child of children) visit(child, path, effective);
    if (children.length > 0) return;
    for (const weight of inOrderOfMaking(layer.weights)) {
      // A layer that is used twice in a model keeps the path of its first place.
      if (paths.has(weight)) continue;
      const own = unique(`${path}/${slotOf(weight)}`);
      entry.weights.push(own.slice(path.length + 1));
      weights.push({ path: own, weight });
      paths.set(weight, own);
    }
  };
  for (const layer of model.layers) visit(layer, "", model.trainable);
  return { layers, weights, pathOf: (weight) => paths.get(weight) };
}

function childrenOf(layer: LayerInternals): LayerInternals[] {
  if (layer.layers !== undefined) return [...layer.layers];
  return [layer.layer, layer.forwardLayer, layer.backwardLayer].filter(
    (child) => child !== undefined && child !== null,
  );
}

/** The order of `layer.weights` changes with the flags; variables are numbered when they are made. */
function inOrderOfMaking(weights: readonly LayerWeight[]): LayerWeight[] {
  return [...weights].sort((a, b) => a.read().id - b.read().id);
}

/** `conv1/kernel` and `dense_Dense1/kernel` name slots of a layer by their last part. */
function slotOf(weight: LayerWeight): string {
  const last = weight.originalName.split("/").at(-1) ?? weight.originalName;
  return last.replace(/:0$/, "");
}
