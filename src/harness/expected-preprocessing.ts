import { ASSUMED_INPUT, type Preprocessing, RAW_PIXELS } from "../contract/index.js";
import { BY_ANSWERS } from "./step-by-answers.js";

/**
 * What was fed to training is what the model expects. Where that is not known, a model with its own preprocessing
 * takes raw pixels, and one on a published base takes what that base was published with, unless its answers to the
 * training images say otherwise.
 */
export async function expectedPreprocessing(
  recognised: Preprocessing | null,
  inside: readonly string[],
  published: Preprocessing | null,
  better: (likely: Preprocessing) => Promise<Preprocessing | null>,
): Promise<{ step: Preprocessing; origin: string }> {
  if (recognised) return { step: recognised, origin: "recognised from the images fed to training" };
  if (inside.length > 0) return { step: RAW_PIXELS, origin: `done inside the model (${inside.join(", ")})` };
  const step = await better(published ?? RAW_PIXELS);
  if (step) return { step, origin: BY_ANSWERS };
  if (published) return { step: published, origin: "what the base was published with" };
  return { step: RAW_PIXELS, origin: ASSUMED_INPUT };
}
