import type { Inspection } from "../../contract/index.js";

type Tensor = Inspection["weights"][number];

/** Tensors that differ from the checkpoint: changed by training, or drifted for no doing of it. */
export interface CheckpointChanges {
  changed: Tensor[];
  drifted: Tensor[];
}

/**
 * What differs from the checkpoint. TensorFlow.js moves the statistics of a frozen BatchNormalization too, so where
 * nothing else of a layer moved they have drifted, and the layer is as it was.
 */
export function checkpointChanges({ runtime, weights }: Inspection): CheckpointChanges {
  const differs = weights.filter(({ relation }) => relation === "changed" || relation === "unrelated");
  if (runtime !== "tfjs") return { changed: differs, drifted: [] };
  const isStatistic = ({ slot }: Tensor): boolean => slot.startsWith("moving_");
  const trained = new Set(differs.filter((tensor) => !isStatistic(tensor)).map(({ layer }) => layer));
  return {
    changed: differs.filter(({ layer }) => trained.has(layer)),
    drifted: differs.filter(({ layer }) => !trained.has(layer)),
  };
}

/** The tensors furthest from the checkpoint, by relative distance. */
export function furthestTensors(
  changed: readonly Tensor[],
  most: number,
): { printed: string; distance: number }[] {
  return changed
    .flatMap(({ printed, distance }) => (distance === null ? [] : [{ printed, distance }]))
    .sort((a, b) => b.distance - a.distance)
    .slice(0, most);
}
