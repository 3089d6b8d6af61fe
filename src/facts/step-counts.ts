import type { Phase } from "../contract/index.js";

/**
 * Optimizer steps from each fit to the end: an optimizer made at that fit's compile would have counted as many.
 * Null from where a fit's steps are not known.
 */
export function stepCounts(fits: readonly Phase[]): (number | null)[] {
  let total: number | null = 0;
  return fits
    .toReversed()
    .map((fit) => {
      const steps = stepsOf(fit);
      total = total === null || steps === null ? null : total + steps;
      return total;
    })
    .reverse();
}

/** Steps of one fit: as counted, else epochs times the batches of an epoch. */
function stepsOf(fit: Phase): number | null {
  if (fit.steps !== null) return fit.steps;
  if (fit.samples === null || fit.batchSize === null) return null;
  return fit.epochs.run * Math.ceil(fit.samples / fit.batchSize);
}
