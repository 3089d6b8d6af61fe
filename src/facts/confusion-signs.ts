import type { Accuracy } from "../contract/index.js";

type Confusion = Pick<Accuracy, "confusion" | "classes">;

/** The class that was answered for every image, or null when answers differ. */
export function onlyClass({ confusion, classes }: Confusion): string | null {
  const answered = classes.filter((_, column) => confusion.some((row) => (row[column] ?? 0) > 0));
  return answered.length === 1 ? (answered[0] ?? null) : null;
}

/**
 * Whether the answers would be mostly right with the classes in another order: each class is mostly answered by
 * one other answer of its own.
 */
export function classOrderSuspected({ confusion }: Confusion): boolean {
  const favourite = confusion.map((row) => row.indexOf(Math.max(...row)));
  const decided = confusion.every((row, truth) => {
    const total = row.reduce((sum, count) => sum + count, 0);
    return (row[favourite[truth] ?? 0] ?? 0) > total / 2;
  });
  const moved = favourite.some((answer, truth) => answer !== truth);
  return decided && moved && new Set(favourite).size === favourite.length;
}
