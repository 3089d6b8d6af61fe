import { closedBase } from "../mutate/closed-base.js";
import { withWeights } from "./edit-weights.js";
import type { FileMutation } from "./file-mutation.js";

/** The least that can move: the lowest bit of one value in a layer that no training opened. */
export const bitOfTheBase: FileMutation = {
  id: "moved-behind-the-record",
  title: "one bit of one closed layer of the base is another",
  answers: false,
  apply(file, evidence) {
    const name = closedBase(evidence)[0]?.printed;
    if (!name) return null;
    return withWeights(file, (weight) => {
      if (weight.name !== name) return undefined;
      const bytes = weight.bytes.slice();
      bytes[0] = (bytes[0] as number) ^ 1;
      return { ...weight, bytes };
    });
  },
};
