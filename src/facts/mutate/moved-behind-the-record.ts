import { closedBase } from "./closed-base.js";
import { foundIn, withValues } from "./edit-evidence.js";
import { moved, pathsOf } from "./edit-weights.js";
import type { Mutation } from "./mutation.js";

/** Layers of the base moved that no recorded training opened: the record is not of this model. */
export const movedBehindTheRecord: Mutation = {
  id: "moved-behind-the-record",
  title: "the base moved although the record of training says it was closed",
  apply(evidence) {
    const weights = foundIn(evidence, "weights");
    const closed = new Set(pathsOf(closedBase(evidence)));
    return weights?.checkpoint && closed.size > 0
      ? withValues(evidence, { weights: moved(weights, closed) })
      : null;
  },
};
