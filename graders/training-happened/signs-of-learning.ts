import type { Accuracy } from "../../src/contract/index.js";
import { majorityRate, rate, type TrainingPhase, wilson } from "../../src/facts/index.js";

const CONFIDENCE = 0.95;

/** What shows, or fails to show, that training taught the network something. */
export interface SignsOfLearning {
  /** Answers are measurably better than always the largest class, on training or on unseen images. */
  measured: boolean;
  /** The record shows a loss that fell from the first to the last epoch of a phase. */
  recorded: boolean;
  /** In words, what was measured; null where nothing could be. */
  answers: string | null;
}

/** @param accuracies on training and on unseen images; null where not measured */
export function signsOfLearning(
  phases: readonly TrainingPhase[],
  accuracies: readonly (Accuracy | null)[],
): SignsOfLearning {
  const usable = accuracies.filter((accuracy) => accuracy !== null).filter(isRate);
  const [first] = usable;
  return {
    measured: usable.some(beatsChance),
    recorded: phases.some(lossFell),
    answers: first
      ? `${rate(first.correct / first.n)} of ${first.n} images are answered right, and always the largest class is ${rate(majorityRate(first))}`
      : null,
  };
}

/** Counts that are none say nothing, neither for the network nor against it. */
const isRate = (accuracy: Accuracy): boolean =>
  [accuracy.correct / accuracy.n, majorityRate(accuracy)].every((one) => one >= 0 && one <= 1);

/** Chance is what the largest class alone gives; even the lower bound must lie above it. */
const beatsChance = (accuracy: Accuracy): boolean =>
  wilson(accuracy.correct, accuracy.n, CONFIDENCE, "one").low > majorityRate(accuracy);

function lossFell({ fits }: TrainingPhase): boolean {
  const losses = fits.flatMap((fit) => fit.history["loss"] ?? []);
  return losses.length > 1 && (losses.at(-1) as number) < (losses[0] as number);
}
