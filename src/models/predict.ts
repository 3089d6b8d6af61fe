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
import { jailLimits, readNativeParts } from "../sandbox/index.js";
import { type JailContext, runEngine } from "./run-engine.js";
import { JOB_FOLDER, stageModels } from "./staged-models.js";

const MEBIBYTE = 1024 * 1024;
const BYTES_PER_VALUE = 4;
const MAX_OUTPUTS = 1_000_000;

/**
 * Applies models to images, one after the other (base, then head), in a jail without student code. The answers are
 * checked for their number, not for being finite.
 * @throws FrostlineFault `sandbox-failed`, `native-missing`
 */
export const predict = (
  context: JailContext,
  models: readonly SavedModel[],
  inputs: PredictionInputs,
): Promise<Artifact<Predictions>> => run(context, models, inputs, [inputs.preprocessing], null);

/**
 * Applies models to the same images under each of several steps of preprocessing, in one jail: the rows of the first
 * step, then those of the next.
 * @throws FrostlineFault `sandbox-failed`, `native-missing`
 */
export const predictUnder = (
  context: JailContext,
  models: readonly SavedModel[],
  inputs: Omit<PredictionInputs, "preprocessing">,
  steps: readonly Preprocessing[],
): Promise<Artifact<Predictions>> => run(context, models, inputs, steps, null);

/**
 * The pooled features of a base: one vector an image, from its last feature maps. A head that it was published with
 * is left out.
 * @param randomSeed takes the same architecture with random weights; null for the weights it has
 * @throws FrostlineFault `sandbox-failed`, `native-missing`
 */
export const baseFeatures = (
  context: JailContext,
  base: SavedModel,
  inputs: PredictionInputs,
  randomSeed: number | null,
): Promise<Artifact<Predictions>> => run(context, [base], inputs, [inputs.preprocessing], { randomSeed });

async function run(
  context: JailContext,
  models: readonly SavedModel[],
  inputs: Omit<PredictionInputs, "preprocessing">,
  steps: readonly Preprocessing[],
  features: { randomSeed: number | null } | null,
): Promise<Artifact<Predictions>> {
  const { staged, files } = stageModels(models);
  const { images, imageSize } = inputs;
  const answers = images.length * steps.length;
  const pictures = images.map((bytes, index) => ({ target: `${JOB_FOLDER}/${index}.png`, bytes }));
  const megabytes = files.reduce((total, { bytes }) => total + bytes.byteLength, 0) / MEBIBYTE;
  const memoryMb = Math.ceil(3072 + 4 * megabytes);
  const answer = await runEngine(context, {
    engine: "predict",
    job: { models: staged, images: images.length, imageSize, steps, features },
    files: [...files, ...pictures],
    limits: jailLimits({
      // WebAssembly takes about a second for a large network and a large image.
      cpuSeconds: 60 + 3 * answers,
      wallMs: 1000 * (300 + 10 * answers),
      memoryMb,
      dataMb: 4096 + 2 * memoryMb,
      processes: 256,
      resultBytes: 64 * MEBIBYTE,
    }),
    backends: true,
    overLimit: (why) => fault("prediction-failed", { why }),
  });
  if ("code" in answer) return failed(answer);
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
