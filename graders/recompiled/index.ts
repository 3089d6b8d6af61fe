import { Type } from "@sinclair/typebox";
import { defineGrader, type Verdict } from "../../src/contract/index.js";
import { checkSlots, plural, trainingPhases } from "../../src/facts/index.js";
import { claimed, notApplicable, scored, undecided } from "../verdicts.js";
import { byOptimizer } from "./by-optimizer.js";
import { forgottenAt } from "./forgotten-at.js";
import { ADVICE, EXPECTED, neverTrained } from "./words.js";

/** Compiled again after the set of trainable weights was changed. */
export default defineGrader({
  id: "recompiled",
  title: "Compiled again after unfreezing",
  why: "`compile` decides which weights are trained; a flag changed afterwards has no effect, or a half one, until the next.",
  needs: ["structure", "weights"],
  uses: ["phases", "optimizer"],
  options: Type.Object(
    {
      whenNothingChanged: Type.Union([Type.Literal("zero"), Type.Literal("not-applicable")], {
        default: "zero",
        description:
          "What a training counts whose trainable weights never changed: no points, or out of the sum.",
      }),
    },
    { additionalProperties: false },
  ),
  grade({ weights, phases, optimizer }, { whenNothingChanged }): Verdict {
    if (!phases) return byOptimizer(weights, optimizer);
    const training = trainingPhases(phases, weights);
    const last = training.at(-1);
    if (!last) {
      if (phases.customSteps > 0) return undecided("Training ran in your own loop, which has no `compile`.");
      return neverTrained();
    }
    const forgotten = forgottenAt(training);
    if (forgotten) {
      return scored({
        score: 0,
        found: `Before phase ${forgotten.number}, \`trainable\` was changed (${plural(forgotten.declared.length, "weight")} declared trainable), but the model was not compiled again: ${plural(forgotten.trained.length, "weight")} were trained.`,
        expected: EXPECTED,
        advice: ADVICE,
        proof: checkSlots(last, optimizer).result === "agrees" ? "consistent" : "claimed",
      });
    }
    if (training.length === 1) {
      const found = "Training had one phase, so nothing was compiled again.";
      return whenNothingChanged === "zero"
        ? scored({
            score: 0,
            found,
            expected: EXPECTED,
            advice: "Train the head first; then open layers of the base, compile again and fit once more.",
            proof: "claimed",
          })
        : notApplicable(found);
    }
    return scored({
      score: 1,
      found: `The model was compiled again before ${plural(training.length - 1, "later phase")}.`,
      expected: EXPECTED,
      proof: checkSlots(last, optimizer).result === "agrees" ? "consistent" : "claimed",
      details: training.map((phase) =>
        claimed(`Phase ${phase.number}`, `${plural(phase.trained.length, "weight")} trained`),
      ),
    });
  },
});
