import type { Accuracy } from "../contract/index.js";

/** The accuracy of always answering the most frequent true class, 0..1. */
export function majorityRate(accuracy: Pick<Accuracy, "confusion" | "n">): number {
  const perClass = accuracy.confusion.map((row) => row.reduce((sum, count) => sum + count, 0));
  return Math.max(...perClass) / accuracy.n;
}
