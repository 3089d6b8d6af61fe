import type { Checkpoint, KeptWeights, ModelFacts, Phase, Phases } from "../contract/index.js";
import { alignCheckpoint } from "./align-checkpoint.js";
import { composeModels } from "./compose-models.js";
import { matchCheckpoint } from "./match-checkpoint.js";

/**
 * The phases with what the bytes kept after each fit show: which weights it moved, and how far from where they were
 * before, which for a weight of the base is the checkpoint.
 * @throws RangeError for an empty list of models
 */
export function deriveMoves(
  phases: Phases,
  kept: KeptWeights,
  models: readonly ModelFacts[],
  checkpoints: readonly Checkpoint[],
): Phases {
  const { weights } = composeModels(models);
  const match = matchCheckpoint(weights, checkpoints);
  const origins = match ? alignCheckpoint(weights, match.checkpoint) : new Map<string, never>();
  const before = new Map([...origins].map(([path, { samples }]) => [path, samples]));
  const begun = Object.entries(kept.begin).flatMap(([path, sha256]) => {
    const origin = origins.get(path);
    return origin ? [origin.sha256 === sha256] : [];
  });
  const fits = phases.fits.map((fit, index): Phase => {
    const moved = kept.moved[index];
    return {
      ...fit,
      ...(index === 0 && begun.length > 0
        ? { begun: { compared: begun.length, identical: begun.filter(Boolean).length } }
        : {}),
      moved:
        moved?.map(({ path, sha256, samples }) => {
          const drift = distance(samples, before.get(path));
          before.set(path, samples);
          return { path, sha256, drift };
        }) ?? null,
    };
  });
  return { ...phases, fits, replaced: kept.replaced };
}

function distance(after: readonly number[], before: readonly number[] | undefined): number | null {
  if (before?.length !== after.length) return null;
  return Math.max(0, ...after.map((value, index) => Math.abs(value - (before[index] as number))));
}
