import type { Checkpoint, WeightFacts } from "../contract/index.js";
import { alignCheckpoint } from "./align-checkpoint.js";
import { isKernel } from "./layer-classes.js";
import { NO_RELATION, relateTensor, type TensorDistance } from "./relate-tensor.js";

/** A checkpoint with the relation of every tensor that stands at a place of it, by weight path. */
export interface CheckpointMatch {
  checkpoint: Checkpoint;
  relations: Map<string, TensorDistance>;
  /** Kernels equal to the bit, and kernels near: what makes it the origin of the model. */
  identical: number;
  near: number;
}

/** The checkpoint that explains the model's kernels best, or null when none shares one or comes near. */
export function matchCheckpoint(
  weights: readonly WeightFacts[],
  checkpoints: readonly Checkpoint[],
): CheckpointMatch | null {
  const matches = checkpoints
    .map((checkpoint) => relate(weights, checkpoint))
    .filter((match) => match.identical + match.near > 0);
  return matches.sort((a, b) => b.identical - a.identical || b.near - a.near)[0] ?? null;
}

function relate(weights: readonly WeightFacts[], checkpoint: Checkpoint): CheckpointMatch {
  const aligned = alignCheckpoint(weights, checkpoint);
  const relations = new Map<string, TensorDistance>();
  const kernels: TensorDistance[] = [];
  for (const weight of weights) {
    const origin = aligned.get(weight.path);
    if (!origin) continue;
    const relation = relateTensor(weight, origin);
    relations.set(weight.path, relation);
    if (isKernel(weight.slot)) kernels.push(relation);
  }
  return {
    checkpoint,
    relations,
    identical: kernels.filter(({ relation }) => relation === "identical").length,
    near: kernels.filter(({ relation }) => relation === "changed").length,
  };
}

/** The relation of one tensor under the best match. */
export function relationOf(match: CheckpointMatch | null, path: string): TensorDistance {
  return match?.relations.get(path) ?? NO_RELATION;
}
