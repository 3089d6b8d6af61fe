import type { Checkpoint, CheckpointTensor, WeightFacts } from "../contract/index.js";
import { isKernel } from "./layer-classes.js";
import { type WeightedLayer, weightedLayers } from "./weighted-layers.js";

type ModelLayer = WeightedLayer<WeightFacts>;
type OriginLayer = WeightedLayer<CheckpointTensor>;

/** A chance run of equal shapes is shorter than this many layers. */
const SHORTEST_RUN = 3;

/**
 * Which tensor of the checkpoint stands at the place of which tensor of the model, by weight path. Layers are
 * paired by equal bytes first, then by their place beside paired layers, then by name; names alone are not
 * trusted, because frameworks number them anew in every session.
 */
export function alignCheckpoint(
  weights: readonly WeightFacts[],
  checkpoint: Checkpoint,
): Map<string, CheckpointTensor> {
  const layers = weightedLayers(weights);
  const origins = weightedLayers(checkpoint.tensors);
  const pairs = new Map<number, number>();
  pairByBytes(layers, origins, pairs);
  if (pairs.size === 0) pairByRun(layers, origins, pairs);
  pairNeighbours(layers, origins, pairs);
  pairByName(layers, origins, pairs);
  const tensors = new Map<string, CheckpointTensor>();
  for (const [index, other] of pairs) {
    const [layer, origin] = [layers[index] as ModelLayer, origins[other] as OriginLayer];
    for (const weight of layer.tensors) {
      const tensor = origin.tensors.find(({ slot }) => slot === weight.slot);
      if (tensor) tensors.set(weight.path, tensor);
    }
  }
  return tensors;
}

function pairByBytes(layers: ModelLayer[], origins: OriginLayer[], pairs: Map<number, number>): void {
  const byHash = new Map<string, number>();
  origins.forEach((origin, index) => {
    for (const tensor of origin.tensors) if (isKernel(tensor.slot)) byHash.set(tensor.sha256, index);
  });
  layers.forEach((layer, index) => {
    for (const tensor of layer.tensors) {
      const other = isKernel(tensor.slot) ? byHash.get(tensor.sha256) : undefined;
      if (other !== undefined) pairs.set(index, other);
    }
  });
}

/** The longest stretch of the model whose layers have the shapes of the checkpoint's first layers. */
function pairByRun(layers: ModelLayer[], origins: OriginLayer[], pairs: Map<number, number>): void {
  let best = { start: 0, length: 0 };
  layers.forEach((_, start) => {
    let length = 0;
    while (same(layers[start + length], origins[length])) length += 1;
    if (length > best.length) best = { start, length };
  });
  if (best.length < Math.min(SHORTEST_RUN, origins.length)) return;
  for (let step = 0; step < best.length; step += 1) pairs.set(best.start + step, step);
}

/** Grows the pairing up and down from paired layers while shapes agree, over layers that were changed by training. */
function pairNeighbours(layers: ModelLayer[], origins: OriginLayer[], pairs: Map<number, number>): void {
  const used = new Set(pairs.values());
  const grow = (index: number, step: 1 | -1): void => {
    const beside = pairs.get(index - step);
    if (pairs.has(index) || beside === undefined) return;
    const other = beside + step;
    if (used.has(other) || !same(layers[index], origins[other])) return;
    pairs.set(index, other);
    used.add(other);
  };
  for (let index = 0; index < layers.length; index += 1) grow(index, 1);
  for (let index = layers.length - 1; index >= 0; index -= 1) grow(index, -1);
}

function pairByName(layers: ModelLayer[], origins: OriginLayer[], pairs: Map<number, number>): void {
  if (pairs.size === 0) return;
  const used = new Set(pairs.values());
  layers.forEach((layer, index) => {
    if (pairs.has(index)) return;
    const other = origins.findIndex((origin) => origin.name === layer.name && same(layer, origin));
    if (other < 0 || used.has(other)) return;
    pairs.set(index, other);
    used.add(other);
  });
}

const same = (layer: ModelLayer | undefined, origin: OriginLayer | undefined): boolean =>
  layer !== undefined && layer.signature === origin?.signature;
