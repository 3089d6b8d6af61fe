import { closest, distance } from "fastest-levenshtein";

/** The known name most like `name`, or null when none is like it. */
export function nearest(name: string, known: readonly string[]): string | null {
  if (known.length === 0) return null;
  const best = closest(name, [...known]);
  return distance(name, best) <= Math.max(2, Math.ceil(name.length / 3)) ? best : null;
}
