import { Type } from "@sinclair/typebox";
import { type Accuracy, defineGrader, type Verdict } from "../../src/contract/index.js";
import { classOrderSuspected, onlyClass, ramp, rate, wilson } from "../../src/facts/index.js";
import { Bound, Compare, Confidence, Rate } from "../options.js";
import { measured, scored } from "../verdicts.js";

/** Accuracy on images nobody trained on, against a bar. */
export default defineGrader({
  id: "validation-accuracy",
  title: "Accuracy on unseen images",
  why: "A network is worth what it does on images it has never seen.",
  needs: ["heldOut"],
  uses: [],
  options: Type.Object(
    {
      threshold: Rate(0.65, "Accuracy that earns all points, 0..1."),
      partialFrom: Bound(
        "Accuracy from which points begin to count, rising to all at `threshold`; null for all or none.",
        { minimum: 0, maximum: 1 },
      ),
      compare: Compare,
      confidence: Confidence,
    },
    { additionalProperties: false },
  ),
  grade({ heldOut }, { threshold, partialFrom, compare, confidence }): Verdict {
    const { correct, n } = heldOut;
    const accuracy = correct / n;
    const { low, high } = wilson(correct, n, confidence, "one");
    const counted = compare === "interval" ? high : accuracy;
    const score = ramp(counted, partialFrom ?? threshold, threshold);
    const between = `between ${rate(low)} and ${rate(high)}`;
    const doubt =
      score === 1 && accuracy < threshold
        ? ` The bar of ${rate(threshold)} lies inside the interval (${between}), so you keep the points.`
        : "";
    return scored({
      score,
      found: `${correct} of ${n} unseen images are right: ${rate(accuracy)}.${doubt}`,
      expected:
        compare === "interval"
          ? `An accuracy of ${rate(threshold)}, or not measurably less (n = ${n})`
          : `An accuracy of at least ${rate(threshold)}`,
      advice: advise(heldOut, threshold, compare === "interval" ? high : null),
      proof: "proved",
      details: [
        measured("Accuracy", `${rate(accuracy)} (n = ${n})`),
        measured(`Bounds, each with confidence ${confidence}`, between),
        measured("Preprocessing", `${heldOut.preprocessing.step.name}: ${heldOut.preprocessing.origin}`),
      ],
      bar: { on: "heldOut", value: threshold },
    });
  },
});

function advise(heldOut: Accuracy, threshold: number, upper: number | null): string {
  const only = onlyClass(heldOut);
  if (only !== null) {
    return `The network answers "${only}" for every image. Check that the inputs are scaled as the base expects, that the loss fits the labels, and that the learning rate is not too high.`;
  }
  if (classOrderSuspected(heldOut)) {
    return "The answers look right but in another order of classes: use the classes in alphabetical order of their folders.";
  }
  const miss = upper === null ? "" : `Even the upper bound of ${rate(upper)} is below ${rate(threshold)}. `;
  return `${miss}Train the head for more epochs, check the preprocessing that the base expects, and try augmentation.`;
}
