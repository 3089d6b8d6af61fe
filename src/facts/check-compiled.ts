import type { CrossCheck, OptimizerFacts, Structure } from "../contract/index.js";
import type { TrainingPhase } from "./training-phases.js";

/** Optimizer and loss of the last phase against those that the model was saved with. */
export function checkCompiled(
  last: TrainingPhase,
  structure: Structure,
  optimizer: OptimizerFacts | null,
): CrossCheck {
  const [fit] = last.fits;
  const pairs = [
    { said: fit.optimizer, saved: optimizer?.class ?? null },
    { said: fit.loss, saved: structure.loss?.name ?? null },
    { said: logits(fit.fromLogits), saved: logits(structure.loss?.fromLogits ?? null) },
  ].flatMap(({ said, saved }) =>
    // A function of the student's own is saved without its name.
    said === null || saved === null || saved === "function" ? [] : [{ said, saved }],
  );
  const words = (name: "said" | "saved"): string => pairs.map((pair) => pair[name]).join(", ");
  if (pairs.length === 0)
    return {
      claim: "The last phase was compiled with an optimizer and a loss",
      against: "The file keeps neither",
      result: "unchecked",
    };
  const agrees = pairs.every(({ said, saved }) => plain(said) === plain(saved));
  return {
    claim: `The last phase was compiled with ${words("said")}`,
    against: `The model was saved with ${words("saved")}`,
    result: agrees ? "agrees" : "contradicts",
  };
}

const logits = (value: boolean | null): string | null =>
  value === null ? null : value ? "outputs taken as logits" : "outputs taken as probabilities";

const SHORT: Readonly<Record<string, string>> = {
  mse: "meansquarederror",
  mae: "meanabsoluteerror",
  mape: "meanabsolutepercentageerror",
  msle: "meansquaredlogarithmicerror",
  kld: "kldivergence",
};

/** `Custom>Adam` is Adam, `categoricalCrossentropy` is `categorical_crossentropy`, `mse` is `mean_squared_error`. */
function plain(name: string): string {
  const letters = name
    .replace(/^custom>/i, "")
    .replace(/\W|_/g, "")
    .toLowerCase();
  return SHORT[letters] ?? letters;
}
