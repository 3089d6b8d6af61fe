import { foundIn, withValues } from "./edit-evidence.js";
import { recordedPhases } from "./edit-phases.js";
import { moved, pathsOf, trainableBase } from "./edit-weights.js";
import type { Mutation } from "./mutation.js";

/** Layers of the base moved that no recorded training opened: the record is not of this model. */
export const movedBehindTheRecord: Mutation = {
  id: "moved-behind-the-record",
  title: "the base moved although the record of training says it was closed",
  apply(evidence) {
    const phases = foundIn(evidence, "phases");
    const weights = foundIn(evidence, "weights");
    if (!phases || !weights?.checkpoint) return null;
    const recorded = recordedPhases(phases, weights);
    const open = new Set(recorded.flatMap((phase) => phase.trained).map(({ layer }) => layer));
    const closed = pathsOf(trainableBase(weights).filter(({ layer }) => !open.has(layer)));
    if (recorded.length === 0 || closed.length === 0) return null;
    return withValues(evidence, { weights: moved(weights, new Set(closed)) });
  },
};
