import type { OptimizerFacts, Verdict, Weights } from "../../src/contract/index.js";
import { madeNoStep, plural } from "../../src/facts/index.js";
import { NO_STEP, scored, undecided } from "../verdicts.js";
import { ADVICE, EXPECTED } from "./words.js";

/** Without a record, slots that do not fit the saved flags still betray a forgotten compile. */
export function byOptimizer(weights: Weights, optimizer: OptimizerFacts | null): Verdict {
  if (madeNoStep(null, optimizer)) return undecided(NO_STEP);
  const slots = optimizer?.trained;
  if (!slots || weights.tensors.some((tensor) => tensor.trainable === null)) {
    return undecided(
      "There is no record of training, and the file keeps no optimizer or no flags to tell it from.",
    );
  }
  const flagged = weights.tensors.filter((tensor) => tensor.trainable).map((tensor) => tensor.path);
  const same = flagged.length === slots.length && flagged.every((path) => slots.includes(path));
  const counts = `${plural(flagged.length, "weight")} are flagged trainable, and the optimizer has slots for ${slots.length}`;
  if (same)
    return undecided(
      `${counts}: that fits, but one file cannot show whether anything was changed between phases.`,
    );
  return scored({
    score: 0,
    found: `${counts}: \`trainable\` was changed after the last \`compile\`.`,
    expected: EXPECTED,
    advice: ADVICE,
    proof: "proved",
  });
}
