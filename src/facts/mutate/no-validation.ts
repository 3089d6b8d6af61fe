import { foundIn, withValues } from "./edit-evidence.js";
import type { Mutation } from "./mutation.js";

/** Training without validation images. */
export const noValidation: Mutation = {
  id: "no-validation",
  title: "no validation images were watched",
  apply(evidence) {
    const phases = foundIn(evidence, "phases");
    if (!phases || phases.fits.length === 0) return null;
    const fits = phases.fits.map((fit) => ({
      ...fit,
      validation: "none" as const,
      history: Object.fromEntries(Object.entries(fit.history).filter(([name]) => !name.startsWith("val_"))),
    }));
    return withValues(evidence, { phases: { ...phases, fits } });
  },
};
