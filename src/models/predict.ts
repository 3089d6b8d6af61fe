import {
  type Artifact,
  failed,
  fault,
  found,
  type PredictionInputs,
  type Predictions,
  type Preprocessing,
  type SavedModel,
} from "../contract/index.js";
import { readNativeParts } from "../sandbox/index.js";
import type { FeatureMaps } from "./prediction/feature-maps.js";
import type { JailContext } from "./run-engine.js";
import { type PredictRun, runPredict } from "./run-predict.js";

const BYTES_PER_VALUE = 4;
const MAX_OUTPUTS = 1_000_000;

/**
 * Applies models to images, one after the other (base, then head), in a jail without student code. The answers are
 * checked for their number, not for being finite.
 * @param known feature maps of a base for the same images; where they are the first model's own, they stand for it
 * @throws FrostlineFault `sandbox-failed`, `native-missing`
 */
export const predict = (
  context: JailContext,
  models: readonly SavedModel[],
  inputs: PredictionInputs,
  known: readonly FeatureMaps[] = [],
): Promise<Artifact<Predictions>> => {
  const { images, imageSize, preprocessing } = inputs;
  return rowsOf(context, {
    models,
    images,
    imageSize,
    steps: [preprocessing],
    want: { what: "answers" },
    known,
  });
};

/**
 * Applies models to the same images under each of several steps of preprocessing, in one jail: the rows of the first
 * step, then those of the next.
 * @throws FrostlineFault `sandbox-failed`, `native-missing`
 */
export const predictUnder = (
  context: JailContext,
  models: readonly SavedModel[],
  { images, imageSize }: Omit<PredictionInputs, "preprocessing">,
  steps: readonly Preprocessing[],
): Promise<Artifact<Predictions>> =>
  rowsOf(context, { models, images, imageSize, steps, want: { what: "answers" } });

/**
 * The pooled features of a base: one vector an image, from its last feature maps. A head that it was published with
 * is left out.
 * @param randomSeed takes the same architecture with random weights; null for the weights it has
 * @throws FrostlineFault `sandbox-failed`, `native-missing`
 */
export const baseFeatures = (
  context: JailContext,
  base: SavedModel,
  { images, imageSize, preprocessing }: PredictionInputs,
  randomSeed: number | null,
): Promise<Artifact<Predictions>> => {
  const want = { what: "pooled", randomSeed } as const;
  return rowsOf(context, { models: [base], images, imageSize, steps: [preprocessing], want });
};

async function rowsOf(context: JailContext, run: PredictRun): Promise<Artifact<Predictions>> {
  const answer = await runPredict(context, run);
  if ("code" in answer) return failed(answer);
  const answers = run.images.length * run.steps.length;
  const { rows, outputs } = answer.header as { rows?: unknown; outputs?: unknown };
  const { body } = answer;
  const fits =
    rows === answers &&
    typeof outputs === "number" &&
    Number.isInteger(outputs) &&
    outputs >= 0 &&
    outputs <= MAX_OUTPUTS &&
    body.byteLength === rows * outputs * BYTES_PER_VALUE;
  if (!fits)
    return failed(fault("internal", { message: "predict answered with another number of rows than images" }));
  return found(
    { rows, outputs, values: new Float32Array(body.buffer, body.byteOffset, rows * outputs) },
    "measured",
  );
}

/** What predictions are computed with on this machine. */
export function backendOf(root: string): "tensorflow" | "wasm" {
  return readNativeParts(root)?.tensorflow ? "tensorflow" : "wasm";
}
