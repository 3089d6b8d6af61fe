import type { Rubric } from "../contract/index.js";

/** How far submissions are run, in words for students; nothing where the rubric leaves it as it always is. */
export function runInWords({ run = {} }: Rubric): { label: string; value: string }[] {
  const { depth = "train", keras = "auto", grade = "either" } = run;
  const training = depth === "train" ? budget(run) : UNTRAINED[depth];
  return [
    ...(grade === "either" ? [] : [{ label: "Hand in", value: HANDED_IN[grade] }]),
    ...(training === null || grade === "model" ? [] : [{ label: "Training", value: training }]),
    ...(keras === "auto" ? [] : [{ label: "Keras", value: keras === "3" ? "Keras 3" : "tf.keras 2" }]),
  ];
}

const HANDED_IN = {
  code: "your program",
  model: "your saved model; a program beside it is not run",
};
const UNTRAINED = {
  audit: "your program is read and not run; the saved model that you hand in beside it is judged",
  structure: "your program is run, and each fit tries one row in place of training",
};

function budget({ epochs, steps, samples }: NonNullable<Rubric["run"]>): string | null {
  const fit = [...(epochs ? [`${epochs} epochs`] : []), ...(steps ? [`${steps} batches`] : [])];
  const parts = [
    ...(fit.length > 0 ? [`each fit is stopped after ${fit.join(" or ")}`] : []),
    ...(samples ? [`all fits together after ${samples} images`] : []),
  ];
  return parts.length > 0 ? parts.join(", ") : null;
}
