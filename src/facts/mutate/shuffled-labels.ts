import { atChance, perfect } from "./edit-accuracy.js";
import { withAnswers } from "./edit-answers.js";
import type { Mutation } from "./mutation.js";

/** Images and labels were shuffled apart: learned by heart, and worth nothing on other images. */
export const shuffledLabels: Mutation = {
  id: "shuffled-labels",
  title: "images and labels were shuffled apart",
  apply: (evidence) => withAnswers(evidence, atChance, perfect),
};
