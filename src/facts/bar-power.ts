import { wilson } from "./wilson.js";

/**
 * The most right answers of `n` that still miss a bar held against the interval; -1 where even none right does not.
 * @param bar rate of 0..1
 */
export function mostThatMiss(n: number, bar: number, confidence = 0.95): number {
  let most = -1;
  while (most + 1 <= n && wilson(most + 1, n, confidence, "one").high < bar) most += 1;
  return most;
}

/** The chance of at most `most` right answers of `n` where each is right at the rate of 0..1. */
export function chanceOfAtMost(most: number, n: number, rate: number): number {
  if (rate <= 0) return most >= 0 ? 1 : 0;
  if (rate >= 1) return most >= n ? 1 : 0;
  let logarithm = n * Math.log1p(-rate);
  let chance = 0;
  for (let right = 0; right <= most; right += 1) {
    chance += Math.exp(logarithm);
    logarithm += Math.log((n - right) / (right + 1)) + Math.log(rate) - Math.log1p(-rate);
  }
  return Math.min(1, chance);
}

/** How well `n` images tell a network at the bar from one `margin` below it. */
export interface BarPower {
  /** Highest accuracy that misses the bar; 0..1. */
  misses: number;
  /** Chance that a network that truly meets the bar is failed, and that one `margin` below it is. */
  wronglyFailed: number;
  caught: number;
}

/**
 * @param bar rate of 0..1
 * @param compare `interval`: held against the upper bound; `point`: against the measured rate itself
 */
export function barPower(
  n: number,
  bar: number,
  margin: number,
  compare: "interval" | "point",
  confidence = 0.95,
): BarPower {
  const most = compare === "interval" ? mostThatMiss(n, bar, confidence) : Math.ceil(bar * n - 1e-9) - 1;
  return {
    misses: Math.max(0, most / n),
    wronglyFailed: chanceOfAtMost(most, n, bar),
    caught: chanceOfAtMost(most, n, Math.max(0, bar - margin)),
  };
}
