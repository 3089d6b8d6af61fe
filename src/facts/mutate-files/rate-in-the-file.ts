import type { FileMutation } from "./file-mutation.js";

/** The saved optimizer with a rate a hundred times as high. */
export const rateInTheFile: FileMutation = {
  id: "learning-rate-x100",
  title: "the saved optimizer has a learning rate a hundred times as high",
  answers: false,
  apply(file) {
    const { trainingConfig } = file.description;
    const optimizer = trainingConfig?.optimizer_config;
    const learningRate = optimizer?.config.learningRate;
    if (!optimizer || !learningRate) return null;
    const config = { ...optimizer.config, learningRate: learningRate * 100 };
    const changed = { ...trainingConfig, optimizer_config: { ...optimizer, config } };
    return { ...file, description: { ...file.description, trainingConfig: changed } };
  },
};
