import { type Accuracy, FrostlineFault, type Predictions } from "../contract/index.js";
import { calibrationError, logLoss } from "./calibration.js";

/**
 * Predictions held against labels (index of the true class, one a row). One output for two classes is read as the
 * probability, or the logit, of the second.
 * @throws FrostlineFault `prediction-shape` when the outputs are not one a class or the rows not one an image,
 * `prediction-not-finite` when any value is NaN or infinite.
 */
export function measure(
  predictions: Predictions,
  labels: readonly number[],
  classes: readonly string[],
  preprocessing: Accuracy["preprocessing"],
): Accuracy {
  refuseOddShape(predictions, labels, classes);
  refuseNotFinite(predictions.values);
  const rows = asRows(predictions, classes.length);
  const confusion = classes.map(() => classes.map(() => 0));
  const right = rows.map((row, index) => {
    const truth = labels[index] as number;
    const guess = row.indexOf(Math.max(...row));
    (confusion[truth] as number[])[guess] = ((confusion[truth] as number[])[guess] as number) + 1;
    return guess === truth;
  });
  const probabilities = rows.every(isDistribution);
  return {
    n: rows.length,
    correct: right.filter(Boolean).length,
    classes: [...classes],
    confusion,
    logLoss: probabilities ? logLoss(rows, labels) : null,
    calibrationError: probabilities ? calibrationError(rows, labels) : null,
    preprocessing,
    right: rightText(right),
  };
}

/** One character an image: `1` right, `0` wrong. */
export const rightText = (right: readonly boolean[]): string =>
  right.map((one) => (one ? "1" : "0")).join("");

function refuseOddShape(
  { rows, outputs, values }: Predictions,
  labels: readonly number[],
  classes: readonly string[],
): void {
  if (labels.some((label) => classes[label] === undefined) || labels.length === 0) {
    throw new RangeError("Expected one label an image, each the index of a class.");
  }
  const fits = outputs === classes.length || (outputs === 1 && classes.length === 2);
  if (fits && rows === labels.length && values.length === rows * outputs) return;
  const perImage = fits ? values.length / labels.length : outputs;
  throw new FrostlineFault("prediction-shape", {
    found: perImage,
    expected: classes.length,
    classes: classes.join(", "),
  });
}

function refuseNotFinite(values: Float32Array): void {
  const count = values.filter((value) => !Number.isFinite(value)).length;
  if (count > 0) throw new FrostlineFault("prediction-not-finite", { count, total: values.length });
}

function asRows({ rows, outputs, values }: Predictions, classes: number): number[][] {
  if (outputs === classes) {
    return Array.from({ length: rows }, (_, row) => [...values.subarray(row * outputs, (row + 1) * outputs)]);
  }
  const logits = values.some((value) => value < 0 || value > 1);
  return [...values].map((value) => (logits ? [0, value] : [1 - value, value]));
}

function isDistribution(row: readonly number[]): boolean {
  const sum = row.reduce((total, value) => total + value, 0);
  return Math.abs(sum - 1) < 1e-3 && row.every((value) => value >= 0);
}
