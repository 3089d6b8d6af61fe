import type { Phase, Phases, Weights } from "../../contract/index.js";
import { type TrainingPhase, trainingPhases } from "../training-phases.js";

/** The phases of training with the places of their fits in the record. */
export interface RecordedPhase extends TrainingPhase {
  places: number[];
}

export function recordedPhases(phases: Phases, weights: Weights): RecordedPhase[] {
  return trainingPhases(phases, weights).map((phase) => ({
    ...phase,
    places: phases.fits.flatMap((fit, place) => (phase.fits.includes(fit) ? [place] : [])),
  }));
}

/** The record with the fits at some places changed. */
export function withFits(phases: Phases, places: readonly number[], edit: (fit: Phase) => Phase): Phases {
  return { ...phases, fits: phases.fits.map((fit, place) => (places.includes(place) ? edit(fit) : fit)) };
}

/** A fit of the whole network that trained the named weights; `declared` where the flags said something else. */
export function training(
  fit: Phase,
  weights: Weights,
  trained: readonly string[],
  declared: readonly string[] = trained,
): Phase {
  return {
    ...fit,
    role: "whole",
    weights: weights.tensors.map(({ path }) => path),
    trained: [...trained],
    declared: [...declared],
    declaredAtCompile: [...declared],
    changed: fit.changed && [...trained],
  };
}
