import type { FileMutation } from "./file-mutation.js";

/** A loss for numbers in place of one for classes. */
export const lossInTheFile: FileMutation = {
  id: "wrong-loss",
  title: "the model was saved with a loss that is made for numbers",
  answers: false,
  apply(file) {
    const { trainingConfig } = file.description;
    if (!trainingConfig?.loss) return null;
    const changed = { ...trainingConfig, loss: "mean_squared_error" };
    return { ...file, description: { ...file.description, trainingConfig: changed } };
  },
};
