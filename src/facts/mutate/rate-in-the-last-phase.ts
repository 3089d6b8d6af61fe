import type { Evidence } from "../../contract/index.js";
import { foundIn, withValues } from "./edit-evidence.js";
import { recordOf, type TrainingRecord, withFits } from "./edit-phases.js";

type Rate = TrainingRecord["last"]["learningRate"];

/**
 * The evidence of a training whose last phase had another learning rate.
 * @param choose that rate; null where it cannot be wrong in that way
 */
export function rateInTheLastPhase(
  evidence: Evidence,
  choose: (record: TrainingRecord) => Rate,
): Evidence | null {
  const record = recordOf(evidence);
  const learningRate = record && choose(record);
  if (!record || !learningRate) return null;
  const optimizer = foundIn(evidence, "optimizer");
  return withValues(evidence, {
    phases: withFits(record.phases, record.last.places, (fit) => ({ ...fit, learningRate })),
    optimizer: optimizer && {
      ...optimizer,
      learningRate: optimizer.learningRate === null ? null : learningRate.last,
    },
  });
}
