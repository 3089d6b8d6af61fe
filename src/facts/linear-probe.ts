import type { Predictions } from "../contract/index.js";

/** Feature vectors, one a row, with the class index of each. */
export interface LabelledFeatures {
  features: Predictions;
  labels: readonly number[];
}

const ITERATIONS = 300;
/** Strength of the L2 penalty on the weights. */
const PENALTY = 0.01;

/**
 * Which of `unseen` a logistic regression fitted to `training` answers right, one a row: the same input gives the
 * same answer, because it starts at zero and takes a fixed number of full steps.
 * @throws RangeError when the two have vectors of different length, or none
 */
export function linearProbe(
  training: LabelledFeatures,
  unseen: LabelledFeatures,
  classes: number,
): boolean[] {
  const columns = training.features.outputs;
  if (columns !== unseen.features.outputs || columns === 0 || unseen.labels.length === 0)
    throw new RangeError("Expected feature vectors of one length, and some images to try them on.");
  const scale = standardiser(training.features);
  const weights = fitted(scale(training.features), training.labels, columns, classes);
  const rows = scale(unseen.features);
  return unseen.labels.map((label, row) => {
    const scores = scoresOf(rows, row, weights, columns, classes);
    return scores.indexOf(Math.max(...scores)) === label;
  });
}

/** To mean 0 and deviation 1 of the training features; a feature that never varies becomes 0. */
function standardiser({ rows, outputs, values }: Predictions): (features: Predictions) => Float64Array {
  const mean = new Float64Array(outputs);
  const spread = new Float64Array(outputs);
  values.forEach((value, index) => {
    mean[index % outputs] = (mean[index % outputs] as number) + value / rows;
  });
  values.forEach((value, index) => {
    const column = index % outputs;
    spread[column] = (spread[column] as number) + (value - (mean[column] as number)) ** 2 / rows;
  });
  return (features) =>
    Float64Array.from(features.values, (value, index) => {
      const column = index % outputs;
      const deviation = Math.sqrt(spread[column] as number);
      return deviation > 1e-12 ? (value - (mean[column] as number)) / deviation : 0;
    });
}

/** Nesterov's accelerated gradient; the weights are `classes` rows of the columns and one bias. */
function fitted(x: Float64Array, labels: readonly number[], columns: number, classes: number): Float64Array {
  const width = columns + 1;
  // The loss bends at most half as much as its longest mean square vector, whose length standardising makes known.
  const step = 1 / (0.5 * width + PENALTY);
  let weights = new Float64Array(classes * width);
  let ahead = weights.slice();
  let momentum = 1;
  for (let iteration = 0; iteration < ITERATIONS; iteration += 1) {
    const gradient = gradientAt(ahead, x, labels, columns, classes);
    const next = ahead.map((weight, index) => weight - step * (gradient[index] as number));
    const after = (1 + Math.sqrt(1 + 4 * momentum * momentum)) / 2;
    const push = (momentum - 1) / after;
    ahead = next.map((weight, index) => weight + push * (weight - (weights[index] as number)));
    weights = next;
    momentum = after;
  }
  return weights;
}

function gradientAt(
  weights: Float64Array,
  x: Float64Array,
  labels: readonly number[],
  columns: number,
  classes: number,
): Float64Array {
  const width = columns + 1;
  const gradient = weights.map((weight, index) => (index % width === columns ? 0 : PENALTY * weight));
  labels.forEach((label, row) => {
    const chances = softmax(scoresOf(x, row, weights, columns, classes));
    chances.forEach((chance, one) => {
      const error = (chance - (one === label ? 1 : 0)) / labels.length;
      const start = one * width;
      for (let column = 0; column < columns; column += 1)
        gradient[start + column] =
          (gradient[start + column] as number) + error * (x[row * columns + column] as number);
      gradient[start + columns] = (gradient[start + columns] as number) + error;
    });
  });
  return gradient;
}

function scoresOf(
  x: Float64Array,
  row: number,
  weights: Float64Array,
  columns: number,
  classes: number,
): number[] {
  return Array.from({ length: classes }, (_, one) => {
    const start = one * (columns + 1);
    let score = weights[start + columns] as number;
    for (let column = 0; column < columns; column += 1)
      score += (weights[start + column] as number) * (x[row * columns + column] as number);
    return score;
  });
}

function softmax(scores: readonly number[]): number[] {
  const most = Math.max(...scores);
  const powers = scores.map((score) => Math.exp(score - most));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}
