import { foundIn, withValues } from "./edit-evidence.js";
import { recordOf, training, withFits } from "./edit-phases.js";
import { flagged, moved, pathsOf, trainableBase } from "./edit-weights.js";
import type { Mutation } from "./mutation.js";

/** All of the base was open while the head was still random. */
export const baseNeverFrozen: Mutation = {
  id: "base-never-frozen",
  title: "the base was never frozen",
  apply(evidence) {
    const record = recordOf(evidence);
    if (!record) return null;
    const { phases, weights, first, recorded } = record;
    const base = pathsOf(trainableBase(weights));
    const before = pathsOf(first.trained);
    // A base that was open from the start cannot forget to be frozen.
    if (base.length === 0 || base.every((path) => before.includes(path))) return null;
    const trained = [...new Set([...base, ...before])];
    const all = new Set(trained);
    const optimizer = foundIn(evidence, "optimizer");
    const alone = recorded.length === 1;
    return withValues(evidence, {
      phases: withFits(phases, first.places, (fit) => training(fit, weights, trained)),
      weights: moved(alone ? flagged(weights, all) : weights, all),
      optimizer: alone && optimizer?.trained ? { ...optimizer, trained } : optimizer,
    });
  },
};
