import type { SeedSpread } from "../contract/index.js";

/**
 * Mean and standard deviation of the sample of accuracies that differ in nothing but their seed.
 * @throws RangeError for fewer than two
 */
export function seedSpread(accuracies: readonly number[]): SeedSpread {
  if (accuracies.length < 2) throw new RangeError("Expected at least two accuracies to speak of a spread.");
  const mean = accuracies.reduce((sum, one) => sum + one, 0) / accuracies.length;
  const squares = accuracies.reduce((sum, one) => sum + (one - mean) ** 2, 0);
  return { seeds: accuracies.length, mean, deviation: Math.sqrt(squares / (accuracies.length - 1)) };
}
