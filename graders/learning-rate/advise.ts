import type { Runtime } from "../../src/contract/index.js";
import { inLanguage, stepSize } from "../../src/facts/index.js";
import type { RateBounds, RateInQuestion } from "./rate-in-question.js";

/** Which way to move the rate, with the line of code that does it. */
export function advise(used: RateInQuestion, bounds: RateBounds, runtime: Runtime): string {
  const least = bounds.min ?? 0;
  if (used.rate < least) {
    return `The rate is ${times(least / used.rate)} too low: the network hardly learns. ${compile(least, runtime)}`;
  }
  const most = Math.min(
    bounds.max ?? Number.POSITIVE_INFINITY,
    (used.previous ?? Number.POSITIVE_INFINITY) * (bounds.maxRatioToPrevious ?? Number.POSITIVE_INFINITY),
  );
  return `The rate is ${times(used.rate / most)} too high. ${compile(most, runtime)}`;
}

const times = (ratio: number): string => `${Number(ratio.toPrecision(2))} times`;

function compile(rate: number, runtime: Runtime): string {
  const line = inLanguage(
    runtime,
    `optimizer: tf.train.adam(${stepSize(rate)})`,
    `optimizer=keras.optimizers.Adam(${stepSize(rate)})`,
  );
  return `Compile with \`${line}\` before that phase.`;
}
