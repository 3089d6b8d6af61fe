import { halfLost, perfect } from "./edit-accuracy.js";
import { foundIn, withValues } from "./edit-evidence.js";
import type { Mutation } from "./mutation.js";

/** Training images are known by heart, others are half lost. */
export const learnedByHeart: Mutation = {
  id: "learned-by-heart",
  title: "the training images are known by heart and the others half lost",
  apply(evidence) {
    const heldOut = foundIn(evidence, "heldOut");
    const training = foundIn(evidence, "training");
    const shifted = foundIn(evidence, "shifted");
    if (!heldOut || !training) return null;
    return withValues(evidence, {
      heldOut: halfLost(heldOut),
      shifted: shifted && halfLost(shifted),
      training: perfect(training),
    });
  },
};
