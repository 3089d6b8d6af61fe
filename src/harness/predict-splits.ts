import { readFileSync } from "node:fs";
import {
  type Accuracy,
  type Artifact,
  absent,
  FrostlineFault,
  failed,
  found,
  type OwnPreparation,
  type PredictionInputs,
  type Predictions,
  type Preprocessing,
  type SavedModel,
  type SplitName,
} from "../contract/index.js";
import { measure } from "../facts/index.js";
import { type FeatureMaps, type JailContext, predict } from "../models/index.js";
import type { OpenDataset } from "../store/index.js";
import { shuffled } from "./shuffled.js";

/** Images of a split that are predicted at most; enough for a tight interval, bounded in time. */
const TRAINING_SAMPLE = 300;

/** Faults of our own forward pass that another predictor may not have; where that has no answer either, they stand. */
const BEYOND_US: ReadonlySet<string> = new Set(["model-layer", "model-format"]);

export type Predictor = (
  models: readonly SavedModel[],
  inputs: PredictionInputs,
) => Promise<Artifact<Predictions> | null>;

/** What a model's base makes of images, where that is known. */
export type MapsOf = (inputs: PredictionInputs) => Promise<readonly FeatureMaps[]>;

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
  how: {
    step: Preprocessing;
    origin: string;
    imageSize: number;
    seed: number;
    /** The program's own function that prepares images, tried before `step`. */
    prepare: OwnPreparation | null;
    /** Predicts models that our own forward pass cannot express. */
    otherwise: Predictor | null;
    mapsOf: MapsOf;
  },
): Promise<SplitAccuracies> {
  const asked = shuffled(
    requests.flatMap((request) => chosen(dataset, request, how.seed)),
    how.seed + 1,
  );
  // At once: hundreds of small files take ten times as long through a pool of threads.
  const images = asked.map(({ path }) => readFileSync(path));
  const inputs = { images, imageSize: how.imageSize, preprocessing: how.step };
  const byProgram = await preparedByProgram(models, inputs, how);
  const predicted = byProgram ?? (await preparedByUs(context, models, inputs, how));
  const preparation =
    byProgram?.state === "found" && how.prepare
      ? {
          step: byProgram.value.prepared ?? how.step,
          origin: `the program's own \`${how.prepare.name}\``,
        }
      : { step: how.step, origin: how.origin };
  const none = absent("The data set has no images for it.");
  const result: SplitAccuracies = {
    accuracies: { heldOut: none, training: none, shifted: none },
    values: {},
  };
  for (const { key } of requests) {
    const mine = asked
      .map((one, row) => ({ ...one, row }))
      .filter((one) => one.key === key)
      .sort((a, b) => a.index - b.index);
    if (mine.length === 0) continue;
    if (predicted.state !== "found") {
      result.accuracies[key] = predicted;
      continue;
    }
    const { outputs, values } = predicted.value;
    const rows = new Float32Array(mine.length * outputs);
    mine.forEach(({ row }, place) => {
      rows.set(values.subarray(row * outputs, (row + 1) * outputs), place * outputs);
    });
    const labels = mine.map(({ label }) => label);
    const answers = { rows: mine.length, outputs, values: rows };
    result.values[key] = rows;
    result.accuracies[key] = measured(answers, labels, dataset.facts.classes, preparation);
  }
  return result;
}

/** Null where the program has no function for it, or one that cannot do it: then what is known of its inputs counts. */
async function preparedByProgram(
  models: readonly SavedModel[],
  inputs: PredictionInputs,
  { prepare, otherwise }: { prepare: OwnPreparation | null; otherwise: Predictor | null },
): Promise<Artifact<Predictions> | null> {
  if (!prepare || !otherwise) return null;
  const predicted = await otherwise(models, { ...inputs, prepare });
  return predicted?.state === "found" ? predicted : null;
}

async function preparedByUs(
  context: JailContext,
  models: readonly SavedModel[],
  inputs: PredictionInputs,
  { otherwise, mapsOf }: { otherwise: Predictor | null; mapsOf: MapsOf },
): Promise<Artifact<Predictions>> {
  const own = await predict(context, models, inputs, await mapsOf(inputs));
  const beyondUs = own.state === "failed" && BEYOND_US.has(own.fault.code);
  return (beyondUs ? await otherwise?.(models, inputs) : null) ?? own;
}

interface AskedImage {
  key: SplitRequest["key"];
  /** Place in the split, in the data set's order. */
  index: number;
  path: string;
  label: number;
}

function chosen(dataset: OpenDataset, { key, split }: SplitRequest, seed: number): AskedImage[] {
  const all = dataset.examples(split).map((example, index) => ({ key, index, ...example }));
  return key === "training" ? shuffled(all, seed).slice(0, TRAINING_SAMPLE) : all;
}

/** A model that answers with the wrong shape or with no numbers has a fault of its own, for this split. */
function measured(...args: Parameters<typeof measure>): Artifact<Accuracy> {
  try {
    return found(measure(...args), "measured");
  } catch (error) {
    if (error instanceof FrostlineFault) return failed(error.fault);
    throw error;
  }
}
