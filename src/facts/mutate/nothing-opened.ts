import { pathsOf } from "./edit-weights.js";
import type { Mutation } from "./mutation.js";
import { openedOtherwise } from "./opened-otherwise.js";

/** A second phase that trained the head only: the loop over layers set no flag that was not set before. */
export const nothingOpened: Mutation = {
  id: "nothing-opened",
  title: "fine-tuning opened no layer of the base",
  apply: (evidence) =>
    openedOtherwise(evidence, ({ trained }) => {
      const head = trained.filter(({ part }) => part === "head");
      return head.length === trained.length ? null : pathsOf(head);
    }),
};
