import { foundIn, withValues } from "./edit-evidence.js";
import { recordedPhases, withFits } from "./edit-phases.js";
import type { Mutation } from "./mutation.js";

/** The last phase of training with a learning rate a hundred times too high. */
export const learningRateTimes100: Mutation = {
  id: "learning-rate-x100",
  title: "the learning rate is a hundred times too high",
  apply(evidence) {
    const phases = foundIn(evidence, "phases");
    const weights = foundIn(evidence, "weights");
    const recorded = phases && weights ? recordedPhases(phases, weights) : [];
    const last = recorded.at(-1);
    const rate = last?.learningRate;
    if (!phases || !last || !rate) return null;
    const learningRate = { first: rate.first * 100, last: rate.last * 100 };
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
