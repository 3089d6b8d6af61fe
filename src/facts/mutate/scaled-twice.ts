import type { Accuracy } from "../../contract/index.js";
import { foundIn, withValues } from "./edit-evidence.js";
import type { Mutation } from "./mutation.js";

/** Pixels were divided by 255 once more than the base expects. */
export const scaledTwice: Mutation = {
  id: "scaled-twice",
  title: "the images are scaled twice",
  apply(evidence) {
    const heldOut = foundIn(evidence, "heldOut");
    const training = foundIn(evidence, "training");
    const shifted = foundIn(evidence, "shifted");
    if (!heldOut) return null;
    return withValues(evidence, {
      heldOut: scaled(heldOut),
      training: training && scaled(training),
      shifted: shifted && scaled(shifted),
    });
  },
};

function scaled(accuracy: Accuracy): Accuracy {
  const { step } = accuracy.preprocessing;
  const twice = { ...step, name: `${step.name}, of x / 255`, scale: step.scale.map((one) => one / 255) };
  return {
    ...accuracy,
    preprocessing: { step: twice, origin: "recognised from the images fed to training" },
  };
}
