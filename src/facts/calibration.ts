const BINS = 10;
/** A float32 softmax can round a true class to 0, whose logarithm would be infinite. */
const SMALLEST = 1e-7;

/** Mean negative log-likelihood of the true class; rows are probabilities. */
export function logLoss(rows: readonly (readonly number[])[], labels: readonly number[]): number {
  const losses = rows.map(
    (row, index) => -Math.log(Math.max(SMALLEST, row[labels[index] as number] as number)),
  );
  return mean(losses);
}

/** Expected calibration error: in 10 bins of confidence, the mean distance between confidence and accuracy. */
export function calibrationError(rows: readonly (readonly number[])[], labels: readonly number[]): number {
  const bins = Array.from({ length: BINS }, () => ({ confidence: 0, correct: 0 }));
  rows.forEach((row, index) => {
    const confidence = Math.max(...row);
    const bin = bins[Math.min(BINS - 1, Math.floor(confidence * BINS))] as {
      confidence: number;
      correct: number;
    };
    bin.confidence += confidence;
    if (row.indexOf(confidence) === labels[index]) bin.correct += 1;
  });
  return bins.reduce((sum, bin) => sum + Math.abs(bin.confidence - bin.correct), 0) / rows.length;
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
