import { foundIn, withValues } from "./edit-evidence.js";
import type { Mutation } from "./mutation.js";

/** Training was stopped after its first epoch. */
export const oneEpoch: Mutation = {
  id: "one-epoch",
  title: "training took one epoch",
  apply(evidence) {
    const phases = foundIn(evidence, "phases");
    const optimizer = foundIn(evidence, "optimizer");
    const [first] = phases?.fits ?? [];
    if (!phases || !first || phases.fits.every((fit) => fit.epochs.run <= 1)) return null;
    const fits = phases.fits.map((fit) => ({
      ...fit,
      epochs: { asked: 1, run: 1 },
      steps: fit.steps === null ? null : Math.max(1, Math.round(fit.steps / Math.max(1, fit.epochs.run))),
      history: Object.fromEntries(
        Object.entries(fit.history).map(([name, values]) => [name, values.slice(0, 1)]),
      ),
    }));
    const steps = fits.at(-1)?.steps ?? null;
    return withValues(evidence, {
      phases: { ...phases, fits },
      optimizer: optimizer && {
        ...optimizer,
        iterations: optimizer.iterations === null ? null : (steps ?? optimizer.iterations),
      },
    });
  },
};
