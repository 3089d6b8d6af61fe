import { fresh, knownWeights, withWeights } from "./edit-weights.js";
import type { FileMutation } from "./file-mutation.js";

/** Every weight of the base as its layer is created. */
export const randomBaseFile: FileMutation = {
  id: "random-base",
  title: "the base has the weights that its layers are created with",
  answers: true,
  apply(file, evidence) {
    const base = knownWeights(evidence, ({ part, relation }) => part === "base" && relation !== "none");
    if (base.size === 0) return null;
    return withWeights(file, (weight) => {
      const known = base.get(weight.name);
      return known && fresh(weight, known.slot);
    });
  },
};
