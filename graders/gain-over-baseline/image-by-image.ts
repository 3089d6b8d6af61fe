import type { Accuracy, Baselines, Paired } from "../../src/contract/index.js";
import type { BaselineName } from "./baseline-names.js";

/** The network against a baseline on the same images; null where the baseline's answers were not kept. */
export function imageByImage(
  baselines: Baselines,
  { confusion, n, correct }: Accuracy,
  name: BaselineName,
): Paired | null {
  if (name === "random-base") return baselines.paired?.randomBase ?? null;
  if (name === "linear-probe") return baselines.paired?.linearProbe ?? null;
  // Always answering the largest class is right on the images of that class and on no other.
  const totals = confusion.map((row) => row.reduce((sum, count) => sum + count, 0));
  const largest = Math.max(...totals);
  const both = confusion.find((_, truth) => totals[truth] === largest)?.[totals.indexOf(largest)] ?? 0;
  return { images: n, won: correct - both, lost: largest - both };
}
