import type { Curve, Phase, Phases, Weights } from "../contract/index.js";
import { trainingPhases } from "./training-phases.js";

const CURVES = /^(val_)?(loss|acc|accuracy)$/;

/**
 * Loss and accuracy of every epoch, a curve for each name and phase, phases counted from 0 as the timeline counts
 * them. Without the model's weights nothing tells phases apart, and each call of `fit` is one.
 */
export function trainingCurves(phases: Phases, weights: Weights | null): Curve[] {
  const groups = weights
    ? trainingPhases(phases, weights).map((phase) => phase.fits)
    : phases.fits.map((fit) => [fit] as const);
  return groups.flatMap((fits, phase) => joined(fits, phase));
}

/** A name that one of the fits did not record is left out: its epochs would stand at the wrong places. */
function joined(fits: readonly [Phase, ...Phase[]], phase: number): Curve[] {
  return Object.keys(fits[0].history)
    .filter((name) => CURVES.test(name))
    .flatMap((name) => {
      const parts = fits.flatMap((fit) => (fit.history[name] ? [fit.history[name]] : []));
      if (parts.length < fits.length) return [];
      return [{ phase, name: name.replace(/acc$/, "accuracy"), values: parts.flat() }];
    });
}
