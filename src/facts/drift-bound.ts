import type { TrainingPhase } from "./training-phases.js";

/** Worst step of Adam in learning rates, (1 - beta1) / sqrt(1 - beta2) at the usual betas (Kingma and Ba, 2015). */
const WORST_STEP = 3.17;

/** How far the steps of one phase can have moved a weight: steps x rate of Adam and its kin; null where not known. */
export function stepsCanMove({ fits, steps, learningRate }: TrainingPhase): number | null {
  const adam = fits.every((fit) => /^(custom>)?(adam|nadam|adamax)/i.test(fit.optimizer));
  if (!adam || steps === null || !learningRate) return null;
  return WORST_STEP * steps * Math.max(learningRate.first, learningRate.last);
}

/**
 * How far a base weight can have moved in the phases that opened the base. Null when another optimizer was used, whose
 * steps follow the gradient, or when steps or rates are not known.
 */
export function driftBound(phases: readonly TrainingPhase[]): number | null {
  const bounds = phases
    .filter((phase) => phase.trained.some((tensor) => tensor.part === "base"))
    .map(stepsCanMove);
  return bounds.reduce((sum, bound) => (sum === null || bound === null ? null : sum + bound), 0);
}
