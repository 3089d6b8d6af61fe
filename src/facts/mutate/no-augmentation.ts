import { foundIn, withValues } from "./edit-evidence.js";
import type { Mutation } from "./mutation.js";

/** The training images were not varied. */
export const noAugmentation: Mutation = {
  id: "no-augmentation",
  title: "the training images are not varied",
  apply(evidence) {
    const structure = foundIn(evidence, "structure");
    const phases = foundIn(evidence, "phases");
    const told = phases?.fits.some((fit) => fit.augmentation !== null) ?? false;
    if (!structure || (structure.augmentation.length === 0 && !told)) return null;
    const fits = (phases?.fits ?? []).map((fit) => ({ ...fit, augmentation: null }));
    return withValues(evidence, {
      structure: { ...structure, augmentation: [] },
      phases: phases && { ...phases, fits },
    });
  },
};
