import type { Mutation } from "./mutation.js";
import { rateInTheLastPhase } from "./rate-in-the-last-phase.js";

/** Layers were opened at the learning rate of the head. */
export const rateNotLowered: Mutation = {
  id: "rate-not-lowered",
  title: "the learning rate was not lowered for fine-tuning",
  apply: (evidence) =>
    rateInTheLastPhase(evidence, ({ recorded, last }) => {
      const before = recorded.at(-2)?.learningRate;
      return before && last.learningRate && last.learningRate.first < before.last ? before : null;
    }),
};
