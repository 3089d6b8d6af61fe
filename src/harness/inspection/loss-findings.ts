import type { InspectionFinding, Structure } from "../../contract/index.js";

const CATEGORICAL = /^(sparse)?categorical(focal)?crossentropy$|^softmaxcrossentropy$/;
const BINARY = /^binary(focal)?crossentropy$|^sigmoidcrossentropy$/;
/** TensorFlow.js's own losses read raw scores whatever is configured. */
const ALWAYS_LOGITS = /^(softmax|sigmoid)crossentropy$/;

/** Whether the loss reads what the last layer gives; losses that are not made for classes are left alone. */
export function lossFindings({ loss, head }: Structure): InspectionFinding[] {
  if (!loss || head.units === null || head.layers.length === 0) return [];
  const name = loss.name.toLowerCase().replace(/[^a-z]/g, "");
  const categorical = CATEGORICAL.test(name);
  if (!categorical && !BINARY.test(name)) return [];
  const logits = loss.fromLogits === true || ALWAYS_LOGITS.test(name);
  const activation = head.activation ?? "linear";
  const [what, advice] = misfit(categorical, logits, activation, head.units) ?? [];
  if (what === undefined || advice === undefined) return [];
  const detail = `The loss ${loss.name} and the last activation ${activation} do not fit: ${what}.`;
  return [{ code: "loss-misfit", level: "warning", layer: "", detail, advice }];
}

function misfit(
  categorical: boolean,
  logits: boolean,
  activation: string,
  units: number,
): [what: string, advice: string] | null {
  if (units === 1 && (categorical || activation === "softmax"))
    return [
      "softmax or categorical cross-entropy over a single output is always 1 and learns nothing",
      "Use one output a class with softmax, or one sigmoid output with binary cross-entropy.",
    ];
  if (!categorical && activation === "softmax")
    return [
      "binary cross-entropy asks each output for its own yes or no, not for one of several classes",
      "Use categorical cross-entropy for one of several classes.",
    ];
  if (categorical && activation === "sigmoid")
    return [
      "sigmoid outputs do not sum to 1, so they are no probabilities of classes",
      "Give the last layer the activation softmax.",
    ];
  const fitting = categorical ? "softmax" : "sigmoid";
  if (logits && activation === fitting)
    return [
      `the loss expects raw scores, but ${fitting} has already been applied: it is applied twice`,
      `Leave out the ${fitting}, or do not set \`from_logits\`.`,
    ];
  if (!logits && activation !== fitting)
    return [
      `the loss expects probabilities, but the last layer gives ${activation === "linear" ? "raw scores" : `${activation} values`}`,
      `Give the last layer the activation ${fitting}, or use the loss with from_logits.`,
    ];
  return null;
}
