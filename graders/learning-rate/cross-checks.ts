import type { CrossCheck, OptimizerFacts, Proof, Weights } from "../../src/contract/index.js";
import { checkDrift, checkLearningRate, type TrainingPhase } from "../../src/facts/index.js";
import type { RateInQuestion } from "./rate-in-question.js";

/** The check of the files that refutes the rate, if one does: the saved rate, or weights that moved too far for it. */
export function contradiction(
  used: RateInQuestion,
  training: readonly TrainingPhase[],
  weights: Weights,
  optimizer: OptimizerFacts | null,
): CrossCheck | null {
  const checks = used.fromFile
    ? []
    : [...savedRate(used, training, optimizer), checkDrift(training, weights)];
  return checks.find((check) => check.result === "contradicts") ?? null;
}

export function proofOf(
  used: RateInQuestion,
  training: readonly TrainingPhase[],
  optimizer: OptimizerFacts | null,
): Proof {
  if (used.fromFile) return "consistent";
  return savedRate(used, training, optimizer).some((check) => check.result === "agrees")
    ? "consistent"
    : "claimed";
}

function savedRate(
  used: RateInQuestion,
  training: readonly TrainingPhase[],
  optimizer: OptimizerFacts | null,
): CrossCheck[] {
  const last = training.at(-1);
  return used.isLast && last ? [checkLearningRate(last, optimizer)] : [];
}
