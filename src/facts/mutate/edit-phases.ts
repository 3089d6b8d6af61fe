import type { Evidence, Phase, Phases, Weights } from "../../contract/index.js";
import { type TrainingPhase, trainingPhases } from "../training-phases.js";
import { foundIn } from "./edit-evidence.js";

/** The phases of training with the places of their fits in the record. */
export interface RecordedPhase extends TrainingPhase {
  places: number[];
}

/** What was recorded of training, phase by phase. */
export interface TrainingRecord {
  phases: Phases;
  weights: Weights;
  recorded: RecordedPhase[];
  first: RecordedPhase;
  last: RecordedPhase;
}

/** The record of training; null where there is none, or no saved model that it is of. */
export function recordOf(evidence: Evidence): TrainingRecord | null {
  const phases = foundIn(evidence, "phases");
  const weights = foundIn(evidence, "weights");
  const recorded = phases && weights ? recordedPhases(phases, weights) : [];
  const [first] = recorded;
  const last = recorded.at(-1);
  return phases && weights && first && last ? { phases, weights, recorded, first, last } : null;
}

function recordedPhases(phases: Phases, weights: Weights): RecordedPhase[] {
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
