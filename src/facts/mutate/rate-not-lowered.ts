import { foundIn, withValues } from "./edit-evidence.js";
import { recordedPhases, withFits } from "./edit-phases.js";
import type { Mutation } from "./mutation.js";

/** Layers were opened at the learning rate of the head. */
export const rateNotLowered: Mutation = {
  id: "rate-not-lowered",
  title: "the learning rate was not lowered for fine-tuning",
  apply(evidence) {
    const phases = foundIn(evidence, "phases");
    const weights = foundIn(evidence, "weights");
    const recorded = phases && weights ? recordedPhases(phases, weights) : [];
    const last = recorded.at(-1);
    const learningRate = recorded.at(-2)?.learningRate;
    const lower = (last?.learningRate?.first ?? 0) < (learningRate?.last ?? 0);
    if (!phases || !last || !learningRate || !lower) return null;
    const optimizer = foundIn(evidence, "optimizer");
    return withValues(evidence, {
      phases: withFits(phases, last.places, (fit) => ({ ...fit, learningRate })),
      optimizer: optimizer && {
        ...optimizer,
        learningRate: optimizer.learningRate === null ? null : learningRate.last,
      },
    });
  },
};
