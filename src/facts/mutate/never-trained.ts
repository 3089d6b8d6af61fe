import { atChance } from "./edit-accuracy.js";
import { foundIn, withValues } from "./edit-evidence.js";
import { freshHead, restored } from "./edit-weights.js";
import type { Mutation } from "./mutation.js";

/** Built and compiled, and `fit` was never called. */
export const neverTrained: Mutation = {
  id: "never-trained",
  title: "nothing was trained",
  apply(evidence) {
    const phases = foundIn(evidence, "phases");
    const weights = foundIn(evidence, "weights");
    const optimizer = foundIn(evidence, "optimizer");
    const accuracies = (["heldOut", "training", "shifted"] as const).map((key) => {
      const accuracy = foundIn(evidence, key);
      return [key, accuracy && atChance(accuracy)] as const;
    });
    return withValues(evidence, {
      ...Object.fromEntries(accuracies),
      phases: phases && { ...phases, fits: [], customSteps: 0 },
      weights: weights && freshHead(restored(weights)),
      optimizer: optimizer && { ...optimizer, iterations: 0, trained: [] },
    });
  },
};
