import type { FileMutation } from "./file-mutation.js";
import { withBias } from "./head-output.js";

/** The rarest class for no image. */
export const answerNeverGiven: FileMutation = {
  id: "one-class-missed",
  title: "a bias keeps the network from answering the rarest class",
  answers: true,
  apply: (file, evidence) => withBias(file, evidence, "never"),
};
