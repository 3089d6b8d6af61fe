import type { EvidenceWeight, Phases, Weights } from "../../contract/index.js";
import { recordedPhases } from "./edit-phases.js";
import { trainableBase } from "./edit-weights.js";

/** Weights of the base in layers that no recorded training opened; none where nothing was recorded. */
export function closedBase(phases: Phases, weights: Weights): EvidenceWeight[] {
  const recorded = recordedPhases(phases, weights);
  const open = new Set(recorded.flatMap((phase) => phase.trained).map(({ layer }) => layer));
  return recorded.length === 0 ? [] : trainableBase(weights).filter(({ layer }) => !open.has(layer));
}
