import { atChance, perfect } from "./edit-accuracy.js";
import { foundIn, withValues } from "./edit-evidence.js";
import type { Mutation } from "./mutation.js";

/** Images and labels were shuffled apart: learned by heart, and worth nothing on other images. */
export const shuffledLabels: Mutation = {
  id: "shuffled-labels",
  title: "images and labels were shuffled apart",
  apply(evidence) {
    const heldOut = foundIn(evidence, "heldOut");
    const training = foundIn(evidence, "training");
    const shifted = foundIn(evidence, "shifted");
    if (!heldOut) return null;
    return withValues(evidence, {
      heldOut: atChance(heldOut),
      shifted: shifted && atChance(shifted),
      training: training && perfect(training),
    });
  },
};
