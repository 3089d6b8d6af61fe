import { Type } from "@sinclair/typebox";
import { defineGrader, type Verdict } from "../../src/contract/index.js";
import { fall, madeNoStep, stepSize, trainingPhases, wasNeverTrained } from "../../src/facts/index.js";
import { Bound, WhichPhase } from "../options.js";
import { NO_STEP, scored, undecided } from "../verdicts.js";
import { advise } from "./advise.js";
import { contradiction, proofOf } from "./cross-checks.js";
import { noSuchPhase, type RateBounds, rateOfFile, rateOfPhase } from "./rate-in-question.js";

/** The learning rate of one phase: in its range, and low against the phase before. */
export default defineGrader({
  id: "learning-rate",
  title: "Learning rate",
  why: "A rate that is right for a new head tears the pretrained weights apart when they are opened.",
  needs: ["structure", "weights"],
  uses: ["phases", "optimizer"],
  options: Type.Object(
    {
      phase: WhichPhase("last"),
      min: Bound("Lowest accepted rate; null for any."),
      max: Bound("Highest accepted rate; null for any."),
      maxRatioToPrevious: Bound("Highest accepted ratio to the phase before; null for any."),
      partialFactor: Type.Number({
        minimum: 1,
        maximum: 1000,
        default: 3,
        description: "Points fall from all at the bound to none at this many times beyond it.",
      }),
    },
    { additionalProperties: false },
  ),
  grade({ structure, weights, phases, optimizer }, options): Verdict {
    const expected = expectation(options);
    if (madeNoStep(phases, optimizer)) return undecided(NO_STEP);
    if (wasNeverTrained(phases)) {
      return scored({
        score: 0,
        found: "Nothing was trained, so no learning rate was used.",
        expected,
        advice: "Compile and train the model with `fit`.",
        proof: "claimed",
      });
    }
    const training = phases ? trainingPhases(phases, weights) : [];
    if (phases && training.length > 0 && options.phase !== "last" && options.phase > training.length) {
      return noSuchPhase(options.phase, training.length, expected);
    }
    const used =
      training.length > 0 ? rateOfPhase(training, options.phase) : rateOfFile(optimizer, options.phase);
    if (!used)
      return undecided("Neither a record of training nor the file tells the learning rate of this phase.");
    const refuted = contradiction(used, training, weights, optimizer);
    if (refuted) {
      return scored({
        score: 0,
        found: `${refuted.claim}, but: ${refuted.against}.`,
        expected,
        advice: "Hand in the model that this training produced.",
        proof: "contradicted",
      });
    }
    const excess = beyond(used.rate, used.previous, options);
    return scored({
      score: score(excess, options.partialFactor),
      found: `${used.where} used a learning rate of ${stepSize(used.rate)}${used.previous === null ? "" : `, after ${stepSize(used.previous)} in the phase before`}.`,
      expected,
      advice: advise(used, options, structure.runtime),
      proof: proofOf(used, training, optimizer),
      details: used.details,
    });
  },
});

/** How many times the rate lies beyond its worst bound; at most 1 when it is within all of them. */
function beyond(rate: number, previous: number | null, bounds: RateBounds): number {
  if (!(rate > 0 && Number.isFinite(rate))) return Number.POSITIVE_INFINITY;
  const ratio =
    previous !== null && bounds.maxRatioToPrevious !== null ? rate / previous / bounds.maxRatioToPrevious : 0;
  const over = bounds.max === null ? 0 : rate / bounds.max;
  const under = bounds.min === null ? 0 : bounds.min / rate;
  return Math.max(ratio, over, under);
}

/** Files keep rates as float32, so a bound is met to a millionth. */
function score(excess: number, partialFactor: number): number {
  if (excess <= 1 + 1e-6) return 1;
  return partialFactor > 1 ? fall(Math.log(excess), 0, Math.log(partialFactor)) : 0;
}

function expectation({
  phase,
  min,
  max,
  maxRatioToPrevious,
}: RateBounds & { phase: number | "last" }): string {
  const parts: string[] = [];
  if (min !== null && max !== null) parts.push(`between ${stepSize(min)} and ${stepSize(max)}`);
  else if (max !== null) parts.push(`of at most ${stepSize(max)}`);
  else if (min !== null) parts.push(`of at least ${stepSize(min)}`);
  if (maxRatioToPrevious !== null)
    parts.push(`at most ${stepSize(maxRatioToPrevious)} times that of the phase before`);
  const where = phase === "last" ? "the last phase" : `phase ${phase}`;
  return `In ${where}, a learning rate ${parts.length > 0 ? parts.join(", ") : "above 0"}`;
}
