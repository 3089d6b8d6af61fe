import { atChance } from "./edit-accuracy.js";
import { foundIn, withValues } from "./edit-evidence.js";
import type { Mutation } from "./mutation.js";

/** Right on ordinary images, at chance on those from elsewhere. */
export const failsElsewhere: Mutation = {
  id: "fails-elsewhere",
  title: "images from elsewhere are recognised by chance only",
  apply(evidence) {
    const shifted = foundIn(evidence, "shifted");
    return shifted && withValues(evidence, { shifted: atChance(shifted) });
  },
};
