import { foundIn, withValues } from "./edit-evidence.js";
import type { Mutation } from "./mutation.js";

const PATHS = ["data/1.png", "data/2.png", "data/3.png"];

/** Hidden images were got hold of and lie among those handed in. */
export const leakedImages: Mutation = {
  id: "leaked-images",
  title: "hidden images are among those handed in for training",
  apply(evidence) {
    const leakage = foundIn(evidence, "leakage");
    return (
      leakage &&
      withValues(evidence, {
        leakage: { ...leakage, pictures: leakage.pictures + PATHS.length, same: PATHS },
      })
    );
  },
};
