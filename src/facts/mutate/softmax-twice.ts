import { foundIn, withValues } from "./edit-evidence.js";
import type { Mutation } from "./mutation.js";

/** A head that ends in softmax, and a loss told that it is given logits, which takes softmax again. */
export const softmaxTwice: Mutation = {
  id: "softmax-twice",
  title: "the loss takes softmax of a softmax",
  apply(evidence) {
    const structure = foundIn(evidence, "structure");
    const phases = foundIn(evidence, "phases");
    if (structure?.head.activation !== "softmax") return null;
    const fits = (phases?.fits ?? []).map((fit) => ({ ...fit, fromLogits: true }));
    return withValues(evidence, {
      structure: { ...structure, loss: structure.loss && { ...structure.loss, fromLogits: true } },
      phases: phases && { ...phases, fits },
    });
  },
};
