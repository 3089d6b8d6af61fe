import { Type } from "@sinclair/typebox";
import { defineGrader, type Verdict } from "../../src/contract/index.js";
import { fall, majorityRate, newcombe, rate } from "../../src/facts/index.js";
import { Bound, Compare, Confidence, Rate } from "../options.js";
import { measured, scored } from "../verdicts.js";

/** How much better the network is on the images it was trained on than on unseen ones. */
export default defineGrader({
  id: "train-val-gap",
  title: "Gap between training and unseen images",
  why: "A network far better on its own training images has learned them by heart (overfitting).",
  needs: ["training", "heldOut"],
  uses: [],
  options: Type.Object(
    {
      maxGap: Rate(0.15, "Difference of the two accuracies that still earns all points."),
      partialTo: Bound(
        "Difference at which no points are left, falling from all at `maxGap`; null for all or none.",
        { minimum: 0, maximum: 1 },
      ),
      compare: Compare,
      confidence: Confidence,
    },
    { additionalProperties: false },
  ),
  grade({ training, heldOut }, { maxGap, partialTo, compare, confidence }): Verdict {
    const expected = `A gap of at most ${rate(maxGap)}${compare === "interval" ? ", or not measurably more" : ""}`;
    const trivial = majorityRate(training);
    if (training.correct / training.n <= trivial) {
      return scored({
        score: 0,
        found: `Even on its training images the network is no better (${rate(training.correct / training.n)}) than always answering the largest class (${rate(trivial)}), so its gap means nothing.`,
        expected,
        advice:
          "Make it learn the training images first: check the learning rate, the preprocessing and that `fit` really trains the head.",
        proof: "proved",
      });
    }
    const gap = newcombe(training, heldOut, confidence, "one");
    const counted = compare === "interval" ? gap.low : gap.difference;
    const score = fall(counted, maxGap, partialTo ?? maxGap);
    const doubt =
      score === 1 && gap.difference > maxGap
        ? ` It may be as small as ${rate(Math.max(0, gap.low))}, so you keep the points.`
        : "";
    const apart =
      gap.difference > 0
        ? `${rate(gap.difference)} better on training images`
        : "No better on training images";
    return scored({
      score,
      found: `${apart} than on unseen ones: ${rate(training.correct / training.n)} (n = ${training.n}) against ${rate(heldOut.correct / heldOut.n)} (n = ${heldOut.n}).${doubt}`,
      expected: `A gap of at most ${rate(maxGap)}${compare === "interval" ? ", or not measurably more" : ""}`,
      advice:
        "Use augmentation or dropout, a smaller head, or stop training when the validation loss no longer falls.",
      proof: "proved",
      details: [
        measured(
          `Gap, bounds each with confidence ${confidence}`,
          `${gap.difference.toFixed(2)} (${gap.low.toFixed(2)} to ${gap.high.toFixed(2)})`,
        ),
      ],
    });
  },
});
