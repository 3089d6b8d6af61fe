import type { EvidenceWeight, Structure, Weights } from "../contract/index.js";
import { deriveOnce } from "./derive-once.js";
import { isMovingStatistic, isNormalisation } from "./layer-classes.js";

/** A layer of the base that carries weights. */
export interface BaseLayer {
  path: string;
  name: string;
  /** BatchNormalization and its like, which fine-tuning usually leaves frozen. */
  normalisation: boolean;
  tensors: readonly EvidenceWeight[];
}

/** The weight-carrying layers of the base, from input to output. */
export const baseLayers = deriveOnce((structure: Structure, weights: Weights): readonly BaseLayer[] => {
  const byLayer = new Map<string, EvidenceWeight[]>();
  for (const tensor of weights.tensors) {
    const known = byLayer.get(tensor.layer);
    if (known) known.push(tensor);
    else byLayer.set(tensor.layer, [tensor]);
  }
  return structure.layers.flatMap((layer) => {
    const tensors = byLayer.get(layer.path);
    return layer.part === "base" && tensors
      ? [{ path: layer.path, name: layer.name, normalisation: isNormalisation(layer.class), tensors }]
      : [];
  });
});

/** Those layers of which training opened at least one tensor; moving statistics are never trained. */
export function openedLayers(layers: readonly BaseLayer[], trained: readonly EvidenceWeight[]): BaseLayer[] {
  const open = new Set(
    trained.filter((tensor) => !isMovingStatistic(tensor.slot)).map((tensor) => tensor.path),
  );
  return layers.filter((layer) => layer.tensors.some((tensor) => open.has(tensor.path)));
}
