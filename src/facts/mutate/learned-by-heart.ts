import { halfLost, perfect } from "./edit-accuracy.js";
import { withAnswers } from "./edit-answers.js";
import { foundIn } from "./edit-evidence.js";
import type { Mutation } from "./mutation.js";

/** Training images are known by heart, others are half lost. */
export const learnedByHeart: Mutation = {
  id: "learned-by-heart",
  title: "the training images are known by heart and the others half lost",
  apply: (evidence) => foundIn(evidence, "training") && withAnswers(evidence, halfLost, perfect),
};
