import { answerNeverGiven } from "./answer-never-given.js";
import { bitOfTheBase } from "./bit-of-the-base.js";
import { classesInAnotherOrder } from "./classes-in-another-order.js";
import type { FileMutation } from "./file-mutation.js";
import { freshHead } from "./fresh-head.js";
import { lossInTheFile } from "./loss-in-the-file.js";
import { oneAnswer } from "./one-answer.js";
import { oneOutputMore } from "./one-output-more.js";
import { randomBaseFile } from "./random-base-file.js";
import { rateInTheFile } from "./rate-in-the-file.js";
import { scaledAgain } from "./scaled-again.js";

export type { FileMutation } from "./file-mutation.js";
export { fileSeenAnew } from "./file-seen-anew.js";
export { type LayersFile, openLayersFile, writeLayersFile } from "./layers-file.js";

/** Every mistake that can be put into a saved model's bytes, in the order in which a network is made and trained. */
export const FILE_MUTATIONS: readonly FileMutation[] = [
  bitOfTheBase,
  randomBaseFile,
  freshHead,
  rateInTheFile,
  oneOutputMore,
  lossInTheFile,
  scaledAgain,
  classesInAnotherOrder,
  oneAnswer,
  answerNeverGiven,
];
