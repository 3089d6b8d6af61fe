import { Type } from "@sinclair/typebox";
import { defineGrader, type Phases, type Verdict } from "../../src/contract/index.js";
import { rate, wilson } from "../../src/facts/index.js";
import { Confidence, Rate } from "../options.js";
import { claimed, measured, notApplicable, scored } from "../verdicts.js";

/** What the program says of its accuracy agrees with what was measured. */
export default defineGrader({
  id: "claimed-results",
  title: "Reported accuracy",
  why: "A result is worth reporting only when others can measure it too.",
  needs: ["heldOut", "claims"],
  uses: ["phases"],
  options: Type.Object(
    {
      tolerance: Rate(0.1, "How far above the upper bound of the measured accuracy a claim may lie."),
      confidence: Confidence,
    },
    { additionalProperties: false },
  ),
  grade({ heldOut, claims, phases }, { tolerance, confidence }): Verdict {
    if (claims.accuracy === null) return notApplicable("The program reported no accuracy.");
    const { correct, n } = heldOut;
    const { low, high } = wilson(correct, n, confidence, "one");
    const honest = claims.accuracy <= high + tolerance;
    const where =
      claims.where === null || claims.where === "printed" ? "printed" : `wrote to ${claims.where}`;
    return scored({
      score: honest ? 1 : 0,
      found: `The program ${where} an accuracy of ${rate(claims.accuracy)}; ${rate(correct / n)} was measured on ${n} unseen images.`,
      expected: `At most ${rate(Math.min(1, high + tolerance))}: the upper bound of what was measured and ${rate(tolerance)} more`,
      advice: isTrainingAccuracy(claims.accuracy, phases)
        ? "The figure is the accuracy on training images. Report `val_accuracy`, or evaluate on images that were not trained on."
        : "Report what `evaluate` gives on images that were not trained on.",
      proof: honest ? "consistent" : "contradicted",
      details: [
        claimed("Reported", rate(claims.accuracy)),
        measured(`Measured, bounds each with confidence ${confidence}`, `${rate(low)} to ${rate(high)}`),
      ],
    });
  },
});

/** The last figure of a fit's history on its own training images, as printed with two or more decimals. */
function isTrainingAccuracy(claim: number, phases: Phases | null): boolean {
  const last = (phases?.fits ?? []).flatMap(({ history }) =>
    (history["accuracy"] ?? history["acc"] ?? []).slice(-1),
  );
  return last.some((value) => Math.abs(value - claim) < 0.006);
}
