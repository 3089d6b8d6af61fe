import { sha256 } from "./sha256.js";

/** The same things in an order that only the seed decides. */
export function shuffled<T>(things: readonly T[], seed: number): T[] {
  return things
    .map((thing, index) => ({ thing, rank: sha256(`${seed}:${index}`) }))
    .sort((a, b) => (a.rank < b.rank ? -1 : 1))
    .map(({ thing }) => thing);
}
