import type { Accuracy, Evidence } from "../../contract/index.js";
import { foundIn, withValues } from "./edit-evidence.js";

type Change = (accuracy: Accuracy) => Accuracy;

/**
 * The evidence of a network with other answers: `unseen` to hidden and shifted images, `fitted` to those of training.
 * Null where no hidden image was answered.
 */
export function withAnswers(evidence: Evidence, unseen: Change, fitted = unseen): Evidence | null {
  const heldOut = foundIn(evidence, "heldOut");
  const training = foundIn(evidence, "training");
  const shifted = foundIn(evidence, "shifted");
  if (!heldOut) return null;
  return withValues(evidence, {
    heldOut: unseen(heldOut),
    shifted: shifted && unseen(shifted),
    training: training && fitted(training),
  });
}
