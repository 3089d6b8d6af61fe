import type { Evidence, Weights } from "../../contract/index.js";
import { foundIn, withValues } from "./edit-evidence.js";
import { type RecordedPhase, recordOf, training, withFits } from "./edit-phases.js";
import { flagged, moved, restored } from "./edit-weights.js";

/**
 * The evidence of a fine-tuning whose last phase trained other weights.
 * @param choose their paths; null where this fine-tuning cannot go wrong in that way
 */
export function openedOtherwise(
  evidence: Evidence,
  choose: (last: RecordedPhase, weights: Weights) => string[] | null,
): Evidence | null {
  const record = recordOf(evidence);
  if (!record || record.recorded.length < 2) return null;
  const { phases, weights, last } = record;
  const trained = choose(last, weights);
  if (!trained) return null;
  const opened = new Set(trained);
  const optimizer = foundIn(evidence, "optimizer");
  return withValues(evidence, {
    phases: withFits(phases, last.places, (fit) => training(fit, weights, trained)),
    weights: moved(restored(flagged(weights, opened)), opened),
    optimizer: optimizer?.trained ? { ...optimizer, trained } : optimizer,
  });
}
