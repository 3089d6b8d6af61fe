import { withoutOneClass } from "./edit-accuracy.js";
import { foundIn, withValues } from "./edit-evidence.js";
import type { Mutation } from "./mutation.js";

/** The rarest class is never recognised. */
export const oneClassMissed: Mutation = {
  id: "one-class-missed",
  title: "the rarest class is never recognised",
  apply(evidence) {
    const heldOut = foundIn(evidence, "heldOut");
    return heldOut && withValues(evidence, { heldOut: withoutOneClass(heldOut) });
  },
};
