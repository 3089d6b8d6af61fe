import { foundIn, withValues } from "./edit-evidence.js";
import { recordOf, training, withFits } from "./edit-phases.js";
import { moved, pathsOf, trainableBase } from "./edit-weights.js";
import type { Mutation } from "./mutation.js";

/** The flags declared the base frozen, and training opened it all the same. */
export const flagWithoutEffect: Mutation = {
  id: "flag-without-effect",
  title: "the base was frozen by a flag that has no effect",
  apply(evidence) {
    const record = recordOf(evidence);
    if (!record) return null;
    const { phases, weights, first, recorded } = record;
    const base = pathsOf(trainableBase(weights));
    const declared = pathsOf(first.trained);
    if (base.length === 0 || base.every((path) => declared.includes(path))) return null;
    const trained = [...new Set([...base, ...declared])];
    const optimizer = foundIn(evidence, "optimizer");
    return withValues(evidence, {
      phases: withFits(phases, first.places, (fit) => training(fit, weights, trained, declared)),
      weights: moved(weights, new Set(trained)),
      optimizer: recorded.length === 1 && optimizer?.trained ? { ...optimizer, trained } : optimizer,
    });
  },
};
