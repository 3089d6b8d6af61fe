import { Type } from "@sinclair/typebox";
import { type Accuracy, defineGrader, type Verdict } from "../../src/contract/index.js";
import { classOrderSuspected, onlyClass, ramp, rate, wilson } from "../../src/facts/index.js";
import { measured, scored } from "../verdicts.js";

const Rate = (description: string, fallback: number) =>
  Type.Number({ minimum: 0, maximum: 1, default: fallback, description });

/** Accuracy on images nobody trained on, against a bar. */
export default defineGrader({
  id: "validation-accuracy",
  title: "Accuracy on unseen images",
  why: "A network is worth what it does on images it has never seen.",
  needs: ["heldOut"],
  uses: [],
  options: Type.Object(
    {
      threshold: Rate("Accuracy that earns all points, 0..1.", 0.65),
      partialFrom: Type.Union([Type.Number({ minimum: 0, maximum: 1 }), Type.Null()], {
        default: null,
        description:
          "Accuracy from which points begin to count, rising to all at `threshold`; null for all or none.",
      }),
      compare: Type.Union([Type.Literal("interval"), Type.Literal("point")], {
        default: "interval",
        description:
          "interval: points are lost only when even the upper bound misses the bar. point: the accuracy itself counts.",
      }),
      confidence: Type.Number({
        minimum: 0.5,
        maximum: 0.9999,
        default: 0.95,
        description: "Confidence of the one-sided bound.",
      }),
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
