import type { Verdict } from "../../src/contract/index.js";
import { scored } from "../verdicts.js";

export const EXPECTED = "`compile` called again after the trainable layers were changed, before `fit`";
export const ADVICE =
  "Call `compile` again after you change `trainable`: until then, training goes on with the weights that were open at the last `compile`.";

export const neverTrained = (): Verdict =>
  scored({
    score: 0,
    found: "Nothing was trained.",
    expected: EXPECTED,
    advice: "Compile and train the model with `fit`.",
    proof: "claimed",
  });
