import { baseNeverFrozen } from "./base-never-frozen.js";
import { boasts } from "./boasts.js";
import { constantAnswer } from "./constant-answer.js";
import { everythingOpened } from "./everything-opened.js";
import { failsElsewhere } from "./fails-elsewhere.js";
import { firstLayersOpened } from "./first-layers-opened.js";
import { flagWithoutEffect } from "./flag-without-effect.js";
import { flattenedHead } from "./flattened-head.js";
import { headNotTrained } from "./head-not-trained.js";
import { leakedImages } from "./leaked-images.js";
import { learnedByHeart } from "./learned-by-heart.js";
import { learningRateTimes100 } from "./learning-rate-x100.js";
import { movedBehindTheRecord } from "./moved-behind-the-record.js";
import type { Mutation } from "./mutation.js";
import { neverTrained } from "./never-trained.js";
import { noAugmentation } from "./no-augmentation.js";
import { noBase } from "./no-base.js";
import { noRegularisation } from "./no-regularisation.js";
import { noValidation } from "./no-validation.js";
import { notRecompiled } from "./not-recompiled.js";
import { nothingOpened } from "./nothing-opened.js";
import { oneClassMissed } from "./one-class-missed.js";
import { oneEpoch } from "./one-epoch.js";
import { oneEpochOnNoise } from "./one-epoch-on-noise.js";
import { overconfident } from "./overconfident.js";
import { randomBaseWeights } from "./random-base.js";
import { rateNotLowered } from "./rate-not-lowered.js";
import { scaledTwice } from "./scaled-twice.js";
import { shuffledLabels } from "./shuffled-labels.js";
import { softmaxTwice } from "./softmax-twice.js";
import { wasteful } from "./wasteful.js";
import { wrongLoss } from "./wrong-loss.js";
import { wrongUnits } from "./wrong-units.js";

export type { Mutation } from "./mutation.js";

/** Every mistake that can be put into evidence, in the order in which a network is made, trained and measured. */
export const MUTATIONS: readonly Mutation[] = [
  baseNeverFrozen,
  flagWithoutEffect,
  movedBehindTheRecord,
  randomBaseWeights,
  noBase,
  neverTrained,
  headNotTrained,
  notRecompiled,
  learningRateTimes100,
  rateNotLowered,
  nothingOpened,
  everythingOpened,
  firstLayersOpened,
  wrongUnits,
  wrongLoss,
  softmaxTwice,
  scaledTwice,
  noValidation,
  noAugmentation,
  noRegularisation,
  oneEpoch,
  oneEpochOnNoise,
  shuffledLabels,
  constantAnswer,
  learnedByHeart,
  oneClassMissed,
  failsElsewhere,
  overconfident,
  boasts,
  leakedImages,
  flattenedHead,
  wasteful,
];
