import { foundIn, withValues } from "./edit-evidence.js";
import { unrelated } from "./edit-weights.js";
import type { Mutation } from "./mutation.js";

/** The architecture of the base with random weights. */
export const randomBaseWeights: Mutation = {
  id: "random-base",
  title: "the base has random weights",
  apply(evidence) {
    const structure = foundIn(evidence, "structure");
    const weights = foundIn(evidence, "weights");
    if (!structure?.base || !weights?.checkpoint) return null;
    const why = "The kernels of the base have exactly the spread that random initialisation gives.";
    return withValues(evidence, {
      structure: { ...structure, base: { ...structure.base, recognisedBy: "its structure" } },
      weights: unrelated(weights, why),
    });
  },
};
