import type { Evidence, EvidenceWeight } from "../../contract/index.js";
import { recordOf } from "./edit-phases.js";
import { trainableBase } from "./edit-weights.js";

/** Weights of the base in layers that no recorded training opened; none where nothing was recorded. */
export function closedBase(evidence: Evidence): EvidenceWeight[] {
  const record = recordOf(evidence);
  if (!record) return [];
  const open = new Set(record.recorded.flatMap((phase) => phase.trained).map(({ layer }) => layer));
  return trainableBase(record.weights).filter(({ layer }) => !open.has(layer));
}
