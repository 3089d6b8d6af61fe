import { sha256 } from "./sha256.js";

/** As many things as there are, drawn with replacement; the seed decides which. */
export function drawn<T>(things: readonly T[], seed: number): T[] {
  return things.map((_, index) => {
    const place = Number.parseInt(sha256(`${seed}:${index}`).slice(0, 8), 16) % things.length;
    return things[place] as T;
  });
}
