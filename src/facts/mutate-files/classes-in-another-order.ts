import type { FileMutation } from "./file-mutation.js";
import { headOutput, withColumns } from "./head-output.js";

/** Each output stands for the class after its own, as when labels were numbered in another order. */
export const classesInAnotherOrder: FileMutation = {
  id: "shuffled-labels",
  title: "the outputs stand for the classes in another order",
  answers: true,
  apply(file, evidence) {
    const output = headOutput(file, evidence);
    if (!output) return null;
    const { layer, units } = output;
    return withColumns(
      file,
      layer,
      Array.from({ length: units }, (_, place) => (place + 1) % units),
    );
  },
};
