import type { Accuracy } from "../contract/index.js";

type Confusion = Pick<Accuracy, "confusion" | "classes">;

/** The class that was answered for every image, or null when answers differ. */
export function onlyClass({ confusion, classes }: Confusion): string | null {
  const answered = classes.filter((_, column) => confusion.some((row) => row[column] !== 0));
  const [only] = answered;
  return answered.length === 1 && only !== undefined ? only : null;
}

/**
 * Whether the answers would be mostly right with the classes in another order: each class is mostly answered by
 * one other answer of its own.
 */
export function classOrderSuspected({ confusion }: Pick<Confusion, "confusion">): boolean {
  const favourite = confusion.map((row) => row.indexOf(Math.max(...row)));
  const decided = confusion.every((row) => Math.max(...row) > row.reduce((sum, count) => sum + count, 0) / 2);
  const moved = favourite.some((answer, truth) => answer !== truth);
  return decided && moved && new Set(favourite).size === favourite.length;
}
