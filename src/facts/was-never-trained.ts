import type { OptimizerFacts, Phases } from "../contract/index.js";

/** Whether the record says that not one step of training was made. */
export const wasNeverTrained = (phases: Phases | null): boolean =>
  phases !== null && phases.fits.length === 0 && phases.customSteps === 0;

/**
 * Whether nothing but an optimizer without a step is known of training: each `compile` makes a new one, so the model
 * may have been trained before it.
 */
export const madeNoStep = (phases: Phases | null, optimizer: OptimizerFacts | null): boolean =>
  phases === null && optimizer?.iterations === 0;
