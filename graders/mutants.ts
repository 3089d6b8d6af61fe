/** What a mistake should cost: which graders must notice it, and which others may, because it is theirs too. */
export interface MutantEffect {
  notices: readonly string[];
  may: readonly string[];
}

const ACCURACY = ["validation-accuracy", "class-recall", "gain-over-baseline"];
/** Graders of what a network answers: another network may cost what its answers earn. */
export const ANSWER_GRADERS: readonly string[] = [
  ...ACCURACY,
  "train-val-gap",
  "domain-shift",
  "calibration",
  "claimed-results",
];
const BASE = ["frozen-base", "unfrozen-layers", "approach", "input-preprocessing"];
/** Graders that any opened layer may concern, where the whole training was to leave the base alone. */
const OPENED = ["approach", "frozen-base"];

/** By the id of the mutation in `src/facts/mutate`. A rubric may ask for few of these graders, or for one of them. */
export const MUTANT_EFFECTS: Readonly<Record<string, MutantEffect>> = {
  "base-never-frozen": {
    notices: ["frozen-base", "approach"],
    may: ["pretrained-base", "unfrozen-layers", "recompiled"],
  },
  "flag-without-effect": {
    notices: ["frozen-base", "approach"],
    may: ["pretrained-base", "unfrozen-layers", "recompiled"],
  },
  "moved-behind-the-record": {
    notices: ["frozen-base"],
    may: ["approach", "unfrozen-layers", "learning-rate"],
  },
  "random-base": { notices: ["pretrained-base", "approach"], may: BASE },
  "no-base": {
    notices: ["pretrained-base", "approach"],
    may: [...BASE, "new-head", "learning-rate", "recompiled"],
  },
  "never-trained": {
    notices: ["training-happened", ...ACCURACY],
    may: [
      ...BASE,
      "learning-rate",
      "recompiled",
      "validation-monitoring",
      "train-val-gap",
      "domain-shift",
      "loss-function",
      "augmentation",
      "regularisation",
      "calibration",
      "claimed-results",
    ],
  },
  "head-not-trained": {
    notices: ["training-happened", ...ACCURACY],
    may: [
      "train-val-gap",
      "domain-shift",
      "learning-rate",
      "recompiled",
      "approach",
      "unfrozen-layers",
      "calibration",
      "claimed-results",
    ],
  },
  "not-recompiled": {
    notices: ["recompiled"],
    may: ["learning-rate", "unfrozen-layers", "approach"],
  },
  "learning-rate-x100": { notices: ["learning-rate"], may: [] },
  "rate-not-lowered": { notices: ["learning-rate"], may: [] },
  "nothing-opened": { notices: ["unfrozen-layers", "approach"], may: ["recompiled"] },
  "everything-opened": { notices: ["unfrozen-layers"], may: [...OPENED, "pretrained-base"] },
  "first-layers-opened": { notices: ["unfrozen-layers"], may: OPENED },
  "wrong-units": {
    notices: ["new-head", ...ACCURACY],
    may: [
      "train-val-gap",
      "domain-shift",
      "calibration",
      "input-preprocessing",
      "loss-function",
      "claimed-results",
    ],
  },
  "wrong-loss": { notices: ["loss-function"], may: [] },
  "softmax-twice": { notices: ["loss-function"], may: [] },
  "scaled-twice": { notices: ["input-preprocessing"], may: [] },
  "no-validation": { notices: ["validation-monitoring"], may: [] },
  "no-augmentation": { notices: ["augmentation"], may: ["regularisation"] },
  "no-regularisation": { notices: ["regularisation"], may: [] },
  "one-epoch": { notices: ["training-happened"], may: ["learning-rate"] },
  "one-epoch-on-noise": {
    notices: ["training-happened", ...ACCURACY],
    may: ["learning-rate", "train-val-gap", "domain-shift", "calibration", "claimed-results"],
  },
  "shuffled-labels": {
    notices: ACCURACY,
    may: ["train-val-gap", "domain-shift", "calibration", "claimed-results"],
  },
  "constant-answer": {
    notices: ACCURACY,
    may: ["train-val-gap", "domain-shift", "calibration", "claimed-results"],
  },
  "learned-by-heart": {
    notices: ["train-val-gap"],
    may: [...ACCURACY, "domain-shift", "calibration", "claimed-results"],
  },
  "one-class-missed": {
    notices: ["class-recall"],
    may: ["validation-accuracy", "gain-over-baseline", "train-val-gap", "claimed-results"],
  },
  "fails-elsewhere": { notices: ["domain-shift"], may: [] },
  overconfident: { notices: ["calibration"], may: [] },
  "leaked-images": { notices: ["data-leakage"], may: [] },
  boasts: { notices: ["claimed-results"], may: [] },
  "flattened-head": { notices: ["new-head", "size-budget"], may: [] },
  wasteful: { notices: ["size-budget"], may: [] },
};
