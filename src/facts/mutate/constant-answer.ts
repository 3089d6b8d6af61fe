import { constant } from "./edit-accuracy.js";
import { withAnswers } from "./edit-answers.js";
import type { Mutation } from "./mutation.js";

/** The network answers the same for every image. */
export const constantAnswer: Mutation = {
  id: "constant-answer",
  title: "the network answers the same class for every image",
  apply: (evidence) => withAnswers(evidence, constant),
};
