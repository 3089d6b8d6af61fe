import type { OptimizerFacts, Phases } from "../contract/index.js";

/** Whether the record, or without one the saved optimizer, says that not one step of training was made. */
export function wasNeverTrained(phases: Phases | null, optimizer: OptimizerFacts | null): boolean {
  if (phases) return phases.fits.length === 0 && phases.customSteps === 0;
  return optimizer?.iterations === 0;
}
