import { createHash } from "node:crypto";

/** The numbers 0..length-1 in an order that only the seed decides. */
export function seededOrder(length: number, seed: number): number[] {
  const rank = (index: number): string => createHash("sha256").update(`${seed}:${index}`).digest("hex");
  return Array.from({ length }, (_, index) => ({ index, rank: rank(index) }))
    .sort((a, b) => (a.rank < b.rank ? -1 : 1))
    .map(({ index }) => index);
}
