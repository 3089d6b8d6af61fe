import type { LossKind } from "./loss-kinds.js";

interface Misfit {
  found: string;
  advice: string;
}

/** Why a loss and a last layer do not belong together, or null when they do. */
export function misfit(kind: LossKind, logits: boolean, activation: string, units: number): Misfit | null {
  if (units === 1) return ofOneOutput(kind, logits, activation);
  if (kind.form === "binary") {
    return {
      found: "binary cross-entropy asks each output for its own yes or no, not for one of several classes",
      advice:
        "Use categorical cross-entropy for one of several classes, with one-hot labels or its sparse form with class numbers.",
    };
  }
  if (activation === "sigmoid") {
    return {
      found: "sigmoid outputs do not sum to 1, so they are no probabilities of classes",
      advice: "Give the last layer the activation softmax.",
    };
  }
  return logitsMisfit(logits, activation, "softmax");
}

function ofOneOutput(kind: LossKind, logits: boolean, activation: string): Misfit | null {
  if (kind.form === "categorical" || activation === "softmax") {
    return {
      found: "softmax or categorical cross-entropy over a single output is always 1 and learns nothing",
      advice: "Use one output a class with softmax, or one sigmoid output with binary cross-entropy.",
    };
  }
  return logitsMisfit(logits, activation, "sigmoid");
}

function logitsMisfit(logits: boolean, activation: string, fitting: string): Misfit | null {
  if (logits && activation === fitting) {
    return {
      found: `the loss expects raw scores, but ${fitting} has already been applied: it is applied twice`,
      advice: `Leave out the ${fitting}, or do not set \`from_logits\`.`,
    };
  }
  if (!logits && activation !== fitting) {
    return {
      found: `the loss expects probabilities, but the last layer gives ${activation === "linear" ? "raw scores" : `${activation} values`}`,
      advice: `Give the last layer the activation ${fitting}, or use the loss with from_logits.`,
    };
  }
  return null;
}
