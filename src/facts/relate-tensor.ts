import type { CheckpointTensor, TensorRelation, WeightFacts } from "../contract/index.js";

/**
 * A tensor that moved by up to this share of its length is the checkpoint's, trained further; independent tensors
 * of the same spread lie at about 1.4.
 */
const NEAR = 0.7;

export interface TensorDistance {
  relation: TensorRelation;
  /** ||w - w0|| / ||w0|| over the samples; null where there is nothing to compare. */
  distance: number | null;
  /** Largest absolute difference among the samples. */
  drift: number | null;
}

export const NO_RELATION: TensorDistance = { relation: "none", distance: null, drift: null };

/** How a tensor relates to the checkpoint's tensor at its place: by hash, else by its samples. */
export function relateTensor(weight: WeightFacts, origin: CheckpointTensor): TensorDistance {
  if (weight.sha256 === origin.sha256) return { relation: "identical", distance: 0, drift: 0 };
  const differences = origin.samples.map((value, index) => (weight.samples[index] ?? Number.NaN) - value);
  const distance = Math.hypot(...differences) / Math.max(Math.hypot(...origin.samples), 1e-12);
  const drift = Math.max(...differences.map(Math.abs));
  if (!Number.isFinite(distance)) return { relation: "unrelated", distance: null, drift: null };
  return { relation: distance <= NEAR ? "changed" : "unrelated", distance, drift };
}
