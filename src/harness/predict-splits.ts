import { readFile } from "node:fs/promises";
import {
  type Accuracy,
  type Artifact,
  absent,
  type Fault,
  failed,
  found,
  type Preprocessing,
  type SavedModel,
  type SplitName,
} from "../contract/index.js";
import { measure } from "../facts/index.js";
import { type JailContext, predict } from "../models/index.js";
import type { OpenDataset } from "../store/index.js";
import { seededOrder } from "./seeded-order.js";

/** Images of a split that are predicted at most; enough for a tight interval, bounded in time. */
const TRAINING_SAMPLE = 300;

export interface SplitRequest {
  key: "heldOut" | "training" | "shifted";
  split: SplitName;
}

export interface SplitAccuracies {
  accuracies: Record<SplitRequest["key"], Artifact<Accuracy>>;
  /** Float32 rows by key, in the data set's order, to be kept beside the evidence. */
  values: Partial<Record<SplitRequest["key"], Float32Array>>;
}

/**
 * Predicts all splits in one jail run and compares with the labels out here. The jail sees images only,
 * in one shuffled row without names, so neither order nor split tells it anything.
 */
export async function predictSplits(
  context: JailContext,
  models: readonly SavedModel[],
  dataset: OpenDataset,
  requests: readonly SplitRequest[],
  how: { step: Preprocessing; origin: string; imageSize: number; seed: number },
): Promise<SplitAccuracies> {
  const wanted = requests.flatMap(({ key, split }) => {
    const examples = dataset.examples(split);
    const chosen =
      key === "training" ? seededOrder(examples.length, how.seed).slice(0, TRAINING_SAMPLE) : examples.keys();
    return [...chosen].flatMap((index) => {
      const example = examples[index];
      return example ? [{ key, ...example }] : [];
    });
  });
  const order = seededOrder(wanted.length, how.seed + 1);
  const images = await Promise.all(order.map((index) => readFile(wanted[index]?.path ?? "")));
  const predicted = await predict(context, models, {
    images,
    imageSize: how.imageSize,
    preprocessing: how.step,
  });

  const accuracies: SplitAccuracies["accuracies"] = {
    heldOut: absent("The data set has no images for it."),
    training: absent("The data set has no images for it."),
    shifted: absent("The data set has no shifted images."),
  };
  const values: SplitAccuracies["values"] = {};
  for (const { key } of requests) {
    if (predicted.state !== "found") {
      accuracies[key] = predicted;
      continue;
    }
    const { outputs } = predicted.value;
    const at = wanted.flatMap((one, index) => (one.key === key ? [{ index, label: one.label }] : []));
    if (at.length === 0) continue;
    const place = new Map(order.map((index, row) => [index, row]));
    const rows = new Float32Array(at.length * outputs);
    at.forEach(({ index }, i) => {
      const row = place.get(index) ?? 0;
      rows.set(predicted.value.values.subarray(row * outputs, (row + 1) * outputs), i * outputs);
    });
    const measured = measure(
      { rows: at.length, outputs, values: rows },
      at.map(({ label }) => label),
      dataset.facts.classes,
      { step: how.step, origin: how.origin },
    );
    accuracies[key] = isFault(measured) ? failed(measured) : found(measured, "measured");
    values[key] = rows;
  }
  return { accuracies, values };
}

function isFault(value: Accuracy | Fault): value is Fault {
  return "code" in value;
}
