import { foundIn, withValues } from "./edit-evidence.js";
import { recordOf, withFits } from "./edit-phases.js";
import { pathsOf, restored } from "./edit-weights.js";
import type { Mutation } from "./mutation.js";

/** Layers were opened after the first phase, but without a new compile training went on as before. */
export const notRecompiled: Mutation = {
  id: "not-recompiled",
  title: "the model was not compiled again after opening layers",
  apply(evidence) {
    const record = recordOf(evidence);
    if (record?.recorded.length !== 2) return null;
    const { phases, weights, first, last: second } = record;
    const trained = pathsOf(first.trained);
    if (trained.length === pathsOf(second.trained).length) return null;
    const fits = withFits(phases, second.places, (fit) => ({
      ...fit,
      recompiled: false,
      learningRate: first.learningRate,
      trained,
      declaredAtCompile: trained,
      changed: fit.changed && trained,
    }));
    const steps = [first.steps, second.steps].reduce<number>((sum, count) => sum + (count ?? 0), 0);
    const optimizer = foundIn(evidence, "optimizer");
    return withValues(evidence, {
      phases: fits,
      weights: restored(weights),
      optimizer: optimizer && {
        ...optimizer,
        trained: optimizer.trained && trained,
        learningRate: first.learningRate?.last ?? optimizer.learningRate,
        iterations: optimizer.iterations === null ? null : steps,
      },
    });
  },
};
