import { foundIn, withValues } from "./edit-evidence.js";
import { recordedPhases, training, withFits } from "./edit-phases.js";
import { flagged, moved, pathsOf, restored, trainableBase } from "./edit-weights.js";
import type { Mutation } from "./mutation.js";

/** The slice was taken from the wrong end: `layers[:4]` in place of `layers[-4:]`. */
export const firstLayersOpened: Mutation = {
  id: "first-layers-opened",
  title: "fine-tuning opened the first layers of the base in place of the last",
  apply(evidence) {
    const phases = foundIn(evidence, "phases");
    const weights = foundIn(evidence, "weights");
    const recorded = phases && weights ? recordedPhases(phases, weights) : [];
    const last = recorded.at(-1);
    if (!phases || !weights || !last || recorded.length < 2) return null;
    const base = trainableBase(weights);
    const opened = last.trained.filter(({ part }) => part === "base").length;
    // With half of the base open or more, the first and the last layers are partly the same.
    if (opened === 0 || opened * 2 > base.length) return null;
    const head = pathsOf(last.trained.filter(({ part }) => part === "head"));
    const trained = [...pathsOf(base.slice(0, opened)), ...head];
    const optimizer = foundIn(evidence, "optimizer");
    return withValues(evidence, {
      phases: withFits(phases, last.places, (fit) => training(fit, weights, trained)),
      weights: moved(restored(flagged(weights, new Set(trained))), new Set(trained)),
      optimizer: optimizer?.trained ? { ...optimizer, trained } : optimizer,
    });
  },
};
