import { fresh, knownWeights, withWeights } from "./edit-weights.js";
import type { FileMutation } from "./file-mutation.js";

/** The head as it was before training, whatever the record says was trained. */
export const freshHead: FileMutation = {
  id: "head-not-trained",
  title: "the head has the weights that its layers are created with",
  answers: true,
  apply(file, evidence) {
    const head = knownWeights(evidence, ({ part }) => part === "head");
    if (head.size === 0) return null;
    return withWeights(file, (weight) => {
      const known = head.get(weight.name);
      return known && fresh(weight, known.slot);
    });
  },
};
