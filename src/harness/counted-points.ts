import type { CompiledItem } from "../judge/index.js";

/** The points of all items that count towards the possible ones, without bonus and penalties. */
export function countedPoints(items: readonly CompiledItem[]): number {
  const counted = items.filter(({ kind }) => kind === "counted");
  return Math.round(counted.reduce((sum, { points }) => sum + points, 0) * 10_000) / 10_000;
}

/** Whether only a person can decide an item: its grader asks for no evidence at all. */
export const isByHand = ({ grader }: Pick<CompiledItem, "grader">): boolean =>
  grader.needs.length === 0 && grader.uses.length === 0;
