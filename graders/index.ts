import type { Grader } from "../src/contract/index.js";
import approach from "./approach/index.js";
import augmentation from "./augmentation/index.js";
import calibration from "./calibration/index.js";
import claimedResults from "./claimed-results/index.js";
import classRecall from "./class-recall/index.js";
import dataLeakage from "./data-leakage/index.js";
import domainShift from "./domain-shift/index.js";
import frozenBase from "./frozen-base/index.js";
import gainOverBaseline from "./gain-over-baseline/index.js";
import inputPreprocessing from "./input-preprocessing/index.js";
import learningRate from "./learning-rate/index.js";
import lossFunction from "./loss-function/index.js";
import manual from "./manual/index.js";
import newHead from "./new-head/index.js";
import pretrainedBase from "./pretrained-base/index.js";
import recompiled from "./recompiled/index.js";
import regularisation from "./regularisation/index.js";
import sizeBudget from "./size-budget/index.js";
import trainValGap from "./train-val-gap/index.js";
import trainingHappened from "./training-happened/index.js";
import unfrozenLayers from "./unfrozen-layers/index.js";
import validationAccuracy from "./validation-accuracy/index.js";
import validationMonitoring from "./validation-monitoring/index.js";

/** Every grader a rubric may name, in the order in which a network is made, trained and measured. */
export const GRADERS: readonly Grader[] = [
  approach,
  pretrainedBase,
  frozenBase,
  newHead,
  inputPreprocessing,
  augmentation,
  lossFunction,
  regularisation,
  trainingHappened,
  validationMonitoring,
  unfrozenLayers,
  recompiled,
  learningRate,
  validationAccuracy,
  classRecall,
  trainValGap,
  gainOverBaseline,
  domainShift,
  calibration,
  dataLeakage,
  sizeBudget,
  claimedResults,
  manual,
];
