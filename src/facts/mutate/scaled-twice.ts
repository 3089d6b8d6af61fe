import type { Accuracy } from "../../contract/index.js";
import { withAnswers } from "./edit-answers.js";
import type { Mutation } from "./mutation.js";

/** Pixels were divided by 255 once more than the base expects. */
export const scaledTwice: Mutation = {
  id: "scaled-twice",
  title: "the images are scaled twice",
  apply: (evidence) => withAnswers(evidence, scaled),
};

function scaled(accuracy: Accuracy): Accuracy {
  const { step } = accuracy.preprocessing;
  const twice = { ...step, name: `${step.name}, of x / 255`, scale: step.scale.map((one) => one / 255) };
  return {
    ...accuracy,
    preprocessing: { step: twice, origin: "recognised from the images fed to training" },
  };
}
