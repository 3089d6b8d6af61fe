import type { TrainingPhase } from "./training-phases.js";

/** Worst step of Adam in learning rates, (1 - beta1) / sqrt(1 - beta2) at the usual betas (Kingma and Ba, 2015). */
const WORST_STEP = 3.17;

/**
 * How far a base weight can have moved in the phases that opened the base: steps x rate of Adam and its kin. Null
 * when another optimizer was used, whose steps follow the gradient, or when steps or rates are not known.
 */
export function driftBound(phases: readonly TrainingPhase[]): number | null {
  let bound = 0;
  for (const phase of phases) {
    if (!phase.trained.some((tensor) => tensor.part === "base")) continue;
    const adam = phase.fits.every((fit) => /^(custom>)?(adam|nadam|adamax)/i.test(fit.optimizer));
    if (!adam || phase.steps === null || !phase.learningRate) return null;
    bound += WORST_STEP * phase.steps * Math.max(phase.learningRate.first, phase.learningRate.last);
  }
  return bound;
}
