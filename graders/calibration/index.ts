import { Type } from "@sinclair/typebox";
import { defineGrader, type Verdict } from "../../src/contract/index.js";
import { fall, rate } from "../../src/facts/index.js";
import { Bound, Rate } from "../options.js";
import { measured, notApplicable, scored } from "../verdicts.js";

/** The network is as sure as it is right. */
export default defineGrader({
  id: "calibration",
  title: "Calibration",
  why: "A network that says 0.99 and is right in 0.70 of such cases misleads whoever relies on its confidence.",
  needs: ["heldOut"],
  uses: [],
  options: Type.Object(
    {
      maxError: Rate(0.1, "Expected calibration error that still earns all points."),
      partialTo: Bound("Error at which no points are left; null for all or none.", {
        minimum: 0,
        maximum: 1,
      }),
      minImages: Type.Integer({
        minimum: 1,
        default: 500,
        description: "With fewer unseen images the error says too little, and the item does not apply.",
      }),
    },
    { additionalProperties: false },
  ),
  grade({ heldOut }, { maxError, partialTo, minImages }): Verdict {
    const { n, calibrationError, logLoss } = heldOut;
    const expected = `An expected calibration error of at most ${rate(maxError)}`;
    if (n < minImages)
      return notApplicable(
        `${n} unseen images are too few to judge calibration; ${minImages} are asked for.`,
      );
    if (calibrationError === null || logLoss === null) {
      return scored({
        score: 0,
        found: "The outputs are no probabilities: they do not sum to 1.",
        expected,
        advice: "End the network with softmax.",
        proof: "proved",
      });
    }
    return scored({
      score: fall(calibrationError, maxError, partialTo ?? maxError),
      found: `Confidence and accuracy differ by ${rate(calibrationError)} on average (n = ${n}).`,
      expected,
      advice:
        "Train for fewer epochs, use label smoothing or dropout, or scale the outputs by a temperature fitted on validation images.",
      proof: "proved",
      details: [measured("Mean negative log-likelihood", logLoss.toFixed(3))],
    });
  },
});
