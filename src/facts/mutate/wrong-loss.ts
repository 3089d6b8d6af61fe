import { foundIn, withValues } from "./edit-evidence.js";
import type { Mutation } from "./mutation.js";

const LOSS = "mean_squared_error";

/** A loss for numbers in place of one for classes. */
export const wrongLoss: Mutation = {
  id: "wrong-loss",
  title: "the loss is made for numbers, not for classes",
  apply(evidence) {
    const structure = foundIn(evidence, "structure");
    const phases = foundIn(evidence, "phases");
    if (!structure) return null;
    const fits = (phases?.fits ?? []).map((fit) => ({ ...fit, loss: LOSS, fromLogits: null }));
    return withValues(evidence, {
      structure: { ...structure, loss: structure.loss && { name: LOSS, fromLogits: null } },
      phases: phases && { ...phases, fits },
    });
  },
};
