import * as tf from "@tensorflow/tfjs";
import type { ModelInternals } from "./model-internals.js";

/** What a program may plot of a fit that was only tried. */
const EPOCHS_SHOWN = 50;
/** In the place of every figure that only training gives. */
const MADE_UP = 0.5;

type Fed = tf.Tensor | tf.Tensor[] | Record<string, tf.Tensor>;
interface Evaluating {
  readonly metricsNames: readonly string[];
  evaluate(x: unknown, y: unknown, args: { batchSize: number }): tf.Scalar | tf.Scalar[];
}

/**
 * `fit` without training: prediction and loss of one row, so that wrong shapes and labels are still found.
 * @returns a History as long as the one the program expects
 * @throws whatever the row throws
 */
export function tryFit(
  model: ModelInternals,
  x: unknown,
  y: unknown,
  args: Record<string, unknown>,
): tf.History {
  const { evaluate, metricsNames } = model as unknown as Evaluating;
  tf.tidy(() => {
    evaluate.call(model, firstRow(x), firstRow(y), { batchSize: 1 });
  });
  const asked = Number(args["epochs"] ?? 1);
  const epochs = Math.max(1, Math.min(asked, EPOCHS_SHOWN));
  const validated = args["validationData"] !== undefined || Number(args["validationSplit"] ?? 0) > 0;
  const history = new tf.History();
  history.epoch = Array.from({ length: epochs }, (_, epoch) => epoch);
  history.history = Object.fromEntries(
    (validated ? ["", "val_"] : [""]).flatMap((prefix) =>
      metricsNames.map((name) => [prefix + name, history.epoch.map(() => MADE_UP)]),
    ),
  );
  return history;
}

/** The same with the first batch of a data set. */
export async function tryFitDataset(
  model: ModelInternals,
  dataset: unknown,
  args: Record<string, unknown>,
): Promise<tf.History> {
  const iterator = await (dataset as tf.data.Dataset<tf.TensorContainer>).iterator();
  const { value } = await iterator.next();
  const { xs, ys } = (Array.isArray(value) ? { xs: value[0], ys: value[1] } : value) as Record<
    string,
    unknown
  >;
  return tryFit(model, xs, ys, args);
}

/** What `trainOnBatch` answers, from one row and without a step. */
export function tryBatch(model: ModelInternals, x: unknown, y: unknown): number | number[] {
  const { evaluate } = model as unknown as Evaluating;
  const values = tf.tidy(() => {
    const found = evaluate.call(model, firstRow(x), firstRow(y), { batchSize: 1 });
    return (Array.isArray(found) ? found : [found]).map((value) => value.dataSync()[0] ?? Number.NaN);
  });
  return values.length === 1 ? (values[0] ?? Number.NaN) : values;
}

function firstRow(fed: unknown): Fed {
  if (fed instanceof tf.Tensor) return fed.rank === 0 ? fed : fed.slice(0, 1);
  if (Array.isArray(fed)) return fed.map((one) => firstRow(one) as tf.Tensor);
  const entries = Object.entries(fed as Record<string, unknown>);
  return Object.fromEntries(entries.map(([name, one]) => [name, firstRow(one) as tf.Tensor]));
}
