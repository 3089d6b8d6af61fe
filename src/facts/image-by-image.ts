import type { Accuracy, Baselines, Paired } from "../contract/index.js";
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
  const classes = confusion.map((row, truth) => ({
    images: row.reduce((sum, count) => sum + count, 0),
    right: row[truth] as number,
  }));
  const largest = classes.reduce((most, one) => (one.images > most.images ? one : most));
  return { images: n, won: correct - largest.right, lost: largest.images - largest.right };
}
