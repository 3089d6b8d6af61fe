import { pathsOf, trainableBase, trainableHead } from "./edit-weights.js";
import type { Mutation } from "./mutation.js";
import { openedOtherwise } from "./opened-otherwise.js";

/** Fine-tuning opened the whole base in place of its last layers. */
export const everythingOpened: Mutation = {
  id: "everything-opened",
  title: "fine-tuning opened the whole base",
  apply: (evidence) =>
    openedOtherwise(evidence, ({ trained }, weights) => {
      const all = [...trainableBase(weights), ...trainableHead(weights)];
      return all.length === trained.length ? null : pathsOf(all);
    }),
};
