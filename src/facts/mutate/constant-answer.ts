import { constant } from "./edit-accuracy.js";
import { foundIn, withValues } from "./edit-evidence.js";
import type { Mutation } from "./mutation.js";

/** The network answers the same for every image. */
export const constantAnswer: Mutation = {
  id: "constant-answer",
  title: "the network answers the same class for every image",
  apply(evidence) {
    const heldOut = foundIn(evidence, "heldOut");
    const training = foundIn(evidence, "training");
    const shifted = foundIn(evidence, "shifted");
    if (!heldOut) return null;
    return withValues(evidence, {
      heldOut: constant(heldOut),
      shifted: shifted && constant(shifted),
      training: training && constant(training),
    });
  },
};
