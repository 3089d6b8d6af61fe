import type { ModelFacts, Shape } from "../../contract/index.js";

/** Places of base and head among two models, where one takes what the other gives; null where neither does. */
export function baseFirst(facts: readonly ModelFacts[]): [base: number, head: number] | null {
  const [first, second] = facts;
  // The same model after each of two phases takes the same input twice.
  if (!first || !second || fits(first.inputShape, second.inputShape)) return null;
  if (fits(second.inputShape, first.outputShape)) return [0, 1];
  return fits(first.inputShape, second.outputShape) ? [1, 0] : null;
}

/** Whether two shapes can be the same: equal where both are known, and known in the channels. */
const fits = (a: Shape | null, b: Shape | null): boolean =>
  a !== null &&
  b !== null &&
  a.length === b.length &&
  a.at(-1) !== null &&
  a.at(-1) === b.at(-1) &&
  a.slice(1).every((size, axis) => size === null || b[axis + 1] === null || size === b[axis + 1]);
