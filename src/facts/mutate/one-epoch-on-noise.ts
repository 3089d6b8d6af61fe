import { atChance } from "./edit-accuracy.js";
import { foundIn, withValues } from "./edit-evidence.js";
import type { Mutation } from "./mutation.js";
import { oneEpoch } from "./one-epoch.js";

/** `fit` was called once on pictures of nothing, so that weights move and nothing is learned. */
export const oneEpochOnNoise: Mutation = {
  id: "one-epoch-on-noise",
  title: "training took one epoch, on noise",
  apply(evidence) {
    const cut = oneEpoch.apply(evidence);
    const heldOut = foundIn(evidence, "heldOut");
    const training = foundIn(evidence, "training");
    const shifted = foundIn(evidence, "shifted");
    if (!cut || !heldOut) return null;
    return withValues(cut, {
      heldOut: atChance(heldOut),
      training: training && atChance(training),
      shifted: shifted && atChance(shifted),
    });
  },
};
