import { type Interval, wilson } from "./wilson.js";

interface Counted {
  correct: number;
  n: number;
}

/**
 * Newcombe's hybrid score interval (his method 10) of the difference `a` minus `b` of two independent proportions.
 * @throws RangeError as `wilson` does.
 */
export function newcombe(
  a: Counted,
  b: Counted,
  confidence = 0.95,
  sided: "one" | "two" = "two",
): Interval & { difference: number } {
  const rateA = a.correct / a.n;
  const rateB = b.correct / b.n;
  const boundsA = wilson(a.correct, a.n, confidence, sided);
  const boundsB = wilson(b.correct, b.n, confidence, sided);
  const difference = rateA - rateB;
  return {
    difference,
    low: difference - Math.hypot(rateA - boundsA.low, boundsB.high - rateB),
    high: difference + Math.hypot(boundsA.high - rateA, rateB - boundsB.low),
  };
}
