import { foundIn, withValues } from "./edit-evidence.js";
import { recordedPhases, training, withFits } from "./edit-phases.js";
import { flagged, moved, pathsOf, trainableBase, trainableHead } from "./edit-weights.js";
import type { Mutation } from "./mutation.js";

/** Fine-tuning opened the whole base in place of its last layers. */
export const everythingOpened: Mutation = {
  id: "everything-opened",
  title: "fine-tuning opened the whole base",
  apply(evidence) {
    const phases = foundIn(evidence, "phases");
    const weights = foundIn(evidence, "weights");
    const recorded = phases && weights ? recordedPhases(phases, weights) : [];
    const last = recorded.at(-1);
    if (!phases || !weights || !last || recorded.length < 2) return null;
    const all = pathsOf([...trainableBase(weights), ...trainableHead(weights)]);
    if (last.trained.length === all.length) return null;
    const optimizer = foundIn(evidence, "optimizer");
    return withValues(evidence, {
      phases: withFits(phases, last.places, (fit) => training(fit, weights, all)),
      weights: moved(flagged(weights, new Set(all)), new Set(all)),
      optimizer: optimizer?.trained ? { ...optimizer, trained: all } : optimizer,
    });
  },
};
