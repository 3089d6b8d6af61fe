import type { Accuracy } from "../contract/index.js";
import { majorityRate } from "./majority-rate.js";
import { newcombe } from "./newcombe.js";
import { wilson } from "./wilson.js";

/** A log loss below this share of another's is lower beyond chance. */
const LESS = 0.75;

/**
 * The answers of a network to the same images, prepared in other ways, that are better beyond doubt than those to
 * images as it is assumed to take them; null where none are. A network whose answers mean nothing, or something else
 * than the classes, is right now and then under every step, which is no sign of the step.
 */
export function betterStep(likely: Accuracy, others: readonly Accuracy[]): Accuracy | null {
  const [best] = [...others].sort((a, b) => b.correct - a.correct);
  return best && isFitted(best) && isBetter(best, likely) ? best : null;
}

/** More right answers than the most frequent class alone would give. */
const isFitted = (one: Accuracy): boolean => wilson(one.correct, one.n).low > majorityRate(one);

/** More right answers than chance gives, or more of them at a loss that is clearly lower, as fitting makes it. */
const isBetter = (a: Accuracy, b: Accuracy): boolean =>
  newcombe(a, b).low > 0 ||
  (a.correct > b.correct && a.logLoss !== null && b.logLoss !== null && a.logLoss < LESS * b.logLoss);
