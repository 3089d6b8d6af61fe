/** A layer with its tensors, in the order of the model. */
export interface WeightedLayer<T> {
  layer: string;
  name: string;
  tensors: T[];
  /** Slots and shapes: what two layers must share to be the same layer of two models. */
  signature: string;
}

interface TensorPlace {
  layer: string;
  slot: string;
  shape: readonly number[];
}

/** Tensors gathered by layer, in the order in which layers first appear. */
export function weightedLayers<T extends TensorPlace>(tensors: readonly T[]): WeightedLayer<T>[] {
  const byLayer = new Map<string, T[]>();
  for (const tensor of tensors) {
    const known = byLayer.get(tensor.layer);
    if (known) known.push(tensor);
    else byLayer.set(tensor.layer, [tensor]);
  }
  return [...byLayer].map(([layer, own]) => ({
    layer,
    name: layer.slice(layer.lastIndexOf("/") + 1),
    tensors: own,
    signature: own
      .map((tensor) => `${tensor.slot}:${tensor.shape.join("x")}`)
      .sort()
      .join(" "),
  }));
}
