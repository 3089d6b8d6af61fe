import { Type } from "@sinclair/typebox";
import { defineGrader, type Phase, type Verdict } from "../../src/contract/index.js";
import { plural } from "../../src/facts/index.js";
import { claimed, scored, undecided } from "../verdicts.js";

/** Validation images watched while training. */
export default defineGrader({
  id: "validation-monitoring",
  title: "Validation watched",
  why: "Only images that are not trained on show, epoch by epoch, when the network begins to learn by heart.",
  needs: ["structure"],
  uses: ["phases"],
  options: Type.Object({}, { additionalProperties: false }),
  grade({ phases }): Verdict {
    if (!phases || (phases.fits.length === 0 && phases.customSteps > 0)) {
      return undecided("There is no record of training to see validation in.");
    }
    const { fits } = phases;
    const expected = "Validation data in every call of `fit`";
    if (fits.length === 0) {
      return scored({
        score: 0,
        found: "Nothing was trained.",
        expected,
        advice: "Call `fit` with validation data.",
        proof: "claimed",
      });
    }
    const watched = fits.filter(isWatched);
    if (watched.length < fits.length && fits.some((fit) => fit.validation === "unknown" && !isWatched(fit))) {
      return undecided("The record does not tell whether training was given validation data.");
    }
    return scored({
      score: watched.length / fits.length,
      found: `${watched.length} of ${plural(fits.length, "call")} of \`fit\` watched validation images.`,
      expected,
      advice:
        "Give every `fit` the validation images: `validationData: [xs, ys]` in TensorFlow.js, `validation_data=(x, y)` in Keras.",
      proof: "claimed",
      details: fits.map((fit, index) => claimed(`Fit ${index + 1}`, fit.validation)),
    });
  },
});

/** Figures of validation in the history show it, whatever the arguments were. */
const isWatched = (fit: Phase): boolean =>
  fit.validation === "data" ||
  fit.validation === "split" ||
  Object.keys(fit.history).some((name) => name.startsWith("val_"));
