import { normalQuantile } from "./normal-quantile.js";

/** Two rates between which the true one lies with the stated confidence. */
export interface Interval {
  low: number;
  high: number;
}

/**
 * Wilson's score interval of a proportion. With `one`, each bound alone holds with the confidence.
 * @throws RangeError when the counts are no proportion or the confidence is not between 0 and 1.
 */
export function wilson(
  correct: number,
  n: number,
  confidence = 0.95,
  sided: "one" | "two" = "two",
): Interval {
  if (!(Number.isInteger(n) && n > 0 && correct >= 0 && correct <= n)) {
    throw new RangeError(`Expected correct of n counted things, got ${correct} of ${n}.`);
  }
  const z = normalQuantile(sided === "one" ? confidence : (1 + confidence) / 2);
  const rate = correct / n;
  const scale = 1 + (z * z) / n;
  const centre = (rate + (z * z) / (2 * n)) / scale;
  const half = (z / scale) * Math.sqrt((rate * (1 - rate)) / n + (z * z) / (4 * n * n));
  return {
    low: correct === 0 ? 0 : Math.max(0, centre - half),
    high: correct === n ? 1 : Math.min(1, centre + half),
  };
}
