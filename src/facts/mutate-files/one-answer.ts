import type { FileMutation } from "./file-mutation.js";
import { withBias } from "./head-output.js";

/** The most frequent class for every image. */
export const oneAnswer: FileMutation = {
  id: "constant-answer",
  title: "a bias makes the network answer the same class for every image",
  answers: true,
  apply: (file, evidence) => withBias(file, evidence, "always"),
};
