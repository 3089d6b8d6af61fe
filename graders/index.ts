import type { Grader } from "../src/contract/index.js";
import frozenBase from "./frozen-base/index.js";
import learningRate from "./learning-rate/index.js";
import lossFunction from "./loss-function/index.js";
import newHead from "./new-head/index.js";
import pretrainedBase from "./pretrained-base/index.js";
import recompiled from "./recompiled/index.js";
import trainValGap from "./train-val-gap/index.js";
import trainingHappened from "./training-happened/index.js";
import unfrozenLayers from "./unfrozen-layers/index.js";
import validationAccuracy from "./validation-accuracy/index.js";

/** Every grader a rubric may name. */
export const GRADERS: readonly Grader[] = [
  pretrainedBase,
  frozenBase,
  newHead,
  lossFunction,
  trainingHappened,
  unfrozenLayers,
  recompiled,
  learningRate,
  validationAccuracy,
  trainValGap,
];
