import type { Mutation } from "./mutation.js";
import { rateInTheLastPhase } from "./rate-in-the-last-phase.js";

/** The last phase of training with a learning rate a hundred times too high. */
export const learningRateTimes100: Mutation = {
  id: "learning-rate-x100",
  title: "the learning rate is a hundred times too high",
  apply: (evidence) =>
    rateInTheLastPhase(evidence, ({ last: { learningRate: rate } }) =>
      rate ? { first: rate.first * 100, last: rate.last * 100 } : null,
    ),
};
