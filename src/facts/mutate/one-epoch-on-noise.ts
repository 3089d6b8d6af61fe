import { atChance } from "./edit-accuracy.js";
import { withAnswers } from "./edit-answers.js";
import type { Mutation } from "./mutation.js";
import { oneEpoch } from "./one-epoch.js";

/** `fit` was called once on pictures of nothing, so that weights move and nothing is learned. */
export const oneEpochOnNoise: Mutation = {
  id: "one-epoch-on-noise",
  title: "training took one epoch, on noise",
  apply(evidence) {
    const cut = oneEpoch.apply(evidence);
    return cut && withAnswers(cut, atChance);
  },
};
