import { foundIn, withValues } from "./edit-evidence.js";
import { recordedPhases, training, withFits } from "./edit-phases.js";
import { flagged, pathsOf, restored } from "./edit-weights.js";
import type { Mutation } from "./mutation.js";

/** A second phase that trained the head only: the loop over layers set no flag that was not set before. */
export const nothingOpened: Mutation = {
  id: "nothing-opened",
  title: "fine-tuning opened no layer of the base",
  apply(evidence) {
    const phases = foundIn(evidence, "phases");
    const weights = foundIn(evidence, "weights");
    const recorded = phases && weights ? recordedPhases(phases, weights) : [];
    const last = recorded.at(-1);
    if (!phases || !weights || !last || recorded.length < 2) return null;
    const head = pathsOf(last.trained.filter(({ part }) => part === "head"));
    if (head.length === last.trained.length) return null;
    const optimizer = foundIn(evidence, "optimizer");
    return withValues(evidence, {
      phases: withFits(phases, last.places, (fit) => training(fit, weights, head)),
      weights: restored(flagged(weights, new Set(head))),
      optimizer: optimizer?.trained ? { ...optimizer, trained: head } : optimizer,
    });
  },
};
