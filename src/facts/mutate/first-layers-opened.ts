import { pathsOf, trainableBase } from "./edit-weights.js";
import type { Mutation } from "./mutation.js";
import { openedOtherwise } from "./opened-otherwise.js";

/** The slice was taken from the wrong end: `layers[:4]` in place of `layers[-4:]`. */
export const firstLayersOpened: Mutation = {
  id: "first-layers-opened",
  title: "fine-tuning opened the first layers of the base in place of the last",
  apply: (evidence) =>
    openedOtherwise(evidence, ({ trained }, weights) => {
      const base = trainableBase(weights);
      const head = trained.filter(({ part }) => part === "head");
      const opened = trained.length - head.length;
      // With half of the base open or more, the first and the last layers are partly the same.
      if (opened === 0 || opened * 2 > base.length) return null;
      return pathsOf([...base.slice(0, opened), ...head]);
    }),
};
