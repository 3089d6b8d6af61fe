import type {
  CrossCheck,
  EvidenceWeight,
  OptimizerFacts,
  Phases,
  Structure,
  Weights,
} from "../contract/index.js";
import { compareBytes } from "./byte-comparison.js";
import { checkCompiled } from "./check-compiled.js";
import { checkMoves } from "./check-moves.js";
import { driftBound } from "./drift-bound.js";
import { isMovingStatistic } from "./layer-classes.js";
import { stepCounts } from "./step-counts.js";
import { type TrainingPhase, trainingPhases } from "./training-phases.js";
import { plural, stepSize } from "./wording.js";

/** What the student's process said about training, held against the files. Nothing that was not said is checked. */
export function crossCheck(
  phases: Phases,
  structure: Structure,
  weights: Weights,
  optimizer: OptimizerFacts | null,
): CrossCheck[] {
  const training = trainingPhases(phases, weights);
  const last = training.at(-1);
  if (!last) return [];
  const whole = phases.customSteps === 0;
  return [
    checkSlots(last, optimizer),
    iterations(phases, optimizer, whole),
    checkLearningRate(last, optimizer),
    checkDrift(training, weights),
    untouched(training, structure, weights, whole),
    flags(last, structure, weights),
    checkCompiled(last, structure, optimizer),
    ...checkMoves(phases, weights),
  ];
}

const verdict = (agrees: boolean): CrossCheck["result"] => (agrees ? "agrees" : "contradicts");

/** The weights the last phase trained against those the saved optimizer keeps slots for. */
export function checkSlots(last: TrainingPhase, optimizer: OptimizerFacts | null): CrossCheck {
  const claim = `The last phase trained ${plural(last.trained.length, "weight")}`;
  const kept = optimizer?.trained;
  if (!kept) return { claim, against: "No optimizer slots were saved", result: "unchecked" };
  const same = kept.length === last.trained.length && last.trained.every(({ path }) => kept.includes(path));
  const agrees = same && optimizer.unmatched.length === 0;
  return {
    claim,
    against: `The saved optimizer keeps slots for ${plural(kept.length + optimizer.unmatched.length, "weight")}`,
    result: verdict(agrees),
  };
}

function iterations(phases: Phases, optimizer: OptimizerFacts | null, whole: boolean): CrossCheck {
  const counts = stepCounts(phases.fits);
  const total = counts[0] ?? 0;
  const claim = `Training took ${plural(total, "step")} in all`;
  const counted = optimizer?.iterations ?? null;
  if (counted === null) return { claim, against: "No step counter was saved", result: "unchecked" };
  const against = `The saved optimizer has counted ${plural(counted, "step")} since it was made`;
  // The file of an earlier epoch has counted fewer.
  const earlier = phases.replaced === true && counted < total;
  if (!whole || earlier || counts.includes(null)) return { claim, against, result: "unchecked" };
  return { claim, against, result: verdict(counts.includes(counted)) };
}

/** The rate at the end of the last phase against the one in the file. */
export function checkLearningRate(last: TrainingPhase, optimizer: OptimizerFacts | null): CrossCheck {
  const claimed = last.learningRate?.last ?? null;
  const claim = `The last learning rate was ${claimed === null ? "not told" : stepSize(claimed)}`;
  const saved = optimizer?.learningRate ?? null;
  if (saved === null) return { claim, against: "No learning rate was saved", result: "unchecked" };
  const against = `The saved optimizer has a learning rate of ${stepSize(saved)}`;
  if (claimed === null) return { claim, against, result: "unchecked" };
  return { claim, against, result: verdict(Math.abs(saved - claimed) <= 1e-3 * Math.abs(claimed)) };
}

/** How far base weights moved against how far rate and steps can have moved them. */
export function checkDrift(training: readonly TrainingPhase[], weights: Weights): CrossCheck {
  const bound = driftBound(training);
  const moved = weights.tensors.filter((tensor) => tensor.part === "base" && !isMovingStatistic(tensor.slot));
  const largest = Math.max(0, ...moved.map((tensor) => tensor.drift ?? 0));
  const claim =
    bound === null
      ? "The optimizer sets no bound to how far a weight can move"
      : `At these learning rates and steps a base weight can move by at most ${stepSize(bound)}`;
  const against = weights.checkpoint
    ? `The largest movement found is ${stepSize(largest)}`
    : "No checkpoint to measure a movement from";
  if (bound === null || !weights.checkpoint) return { claim, against, result: "unchecked" };
  return { claim, against, result: verdict(largest <= bound + 1e-6) };
}

function untouched(
  training: readonly TrainingPhase[],
  structure: Structure,
  weights: Weights,
  whole: boolean,
): CrossCheck {
  const open = new Set(training.flatMap((phase) => phase.trained).map((tensor) => tensor.layer));
  const closed = (tensor: EvidenceWeight): boolean =>
    tensor.part === "base" && !open.has(tensor.layer) && !isMovingStatistic(tensor.slot);
  const count = weights.tensors.filter(closed).length;
  if (count === 0) {
    const claim = "The phases trained every weight of the base";
    return { claim, against: "No weight is left that must equal the checkpoint", result: "unchecked" };
  }
  const claim = `No phase trained ${plural(count, "weight")} of the base`;
  const bytes = compareBytes(structure, weights);
  if (!bytes) return { claim, against: "No checkpoint to compare with", result: "unchecked" };
  const differing = bytes.moved.filter(closed).length;
  const against = `${count - differing} of them equal the checkpoint`;
  return { claim, against, result: whole ? verdict(differing === 0) : "unchecked" };
}

function flags(last: TrainingPhase, structure: Structure, weights: Weights): CrossCheck {
  const claim = `${plural(last.declared.length, "weight")} declared trainable in the last phase`;
  if (weights.tensors.some((tensor) => tensor.trainable === null)) {
    return { claim, against: "The file keeps no flags", result: "unchecked" };
  }
  const saved = weights.tensors.filter((tensor) => tensor.trainable);
  const against = `${plural(saved.length, "weight")} trainable by the saved flags`;
  const agrees = saved.length === last.declared.length && last.declared.every((tensor) => tensor.trainable);
  // TensorFlow.js does not save the flag of a nested model, so a difference there proves nothing.
  return { claim, against, result: !agrees && structure.runtime === "tfjs" ? "unchecked" : verdict(agrees) };
}
