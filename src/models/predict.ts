import { Type } from "@sinclair/typebox";
import {
  type Artifact,
  type Fault,
  failed,
  fault,
  found,
  type PredictionInputs,
  parse,
  type Predictions,
  type Preprocessing,
  type SavedModel,
  Sha256,
} from "../contract/index.js";
import { jailLimits, readNativeParts } from "../sandbox/index.js";
import type { Frame } from "./engine-frame.js";
import type { PredictJob, StagedMaps } from "./predict-job.js";
import type { FeatureMaps } from "./prediction/feature-maps.js";
import { type JailContext, runEngine } from "./run-engine.js";
import { JOB_FOLDER, type StagedFile, stageModels } from "./staged-models.js";

const MEBIBYTE = 1024 * 1024;
const BYTES_PER_VALUE = 4;
const MAX_OUTPUTS = 1_000_000;
const MapsHeader = Type.Object({
  maps: Type.Array(Type.Object({ weights: Sha256, shape: Type.Array(Type.Integer({ minimum: 0 })) })),
});

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
  const { maps, files } = stageMaps(known);
  return rowsOf(context, models, inputs, [inputs.preprocessing], { what: "answers", known: maps }, files);
};

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
): Promise<Artifact<Predictions>> => rowsOf(context, models, inputs, steps, { what: "answers", known: [] });

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
): Promise<Artifact<Predictions>> =>
  rowsOf(context, [base], inputs, [inputs.preprocessing], { what: "pooled", randomSeed });

/**
 * The feature maps of a base at its end and at some places before, for `predict` of models that were built on it.
 * @param base one we trust: what is computed from it stands for the same layers of others' models
 * @param halfPixelCentres how those models' images are resized; see `ImageFormat`
 * @throws FrostlineFault `sandbox-failed`, `native-missing`
 */
export async function baseMaps(
  context: JailContext,
  base: SavedModel,
  inputs: PredictionInputs,
  halfPixelCentres: boolean,
): Promise<Artifact<FeatureMaps[]>> {
  const answer = await run(context, [base], inputs, [inputs.preprocessing], {
    what: "maps",
    halfPixelCentres,
  });
  if ("code" in answer) return failed(answer);
  const { maps } = parse(MapsHeader, answer.header, "the answer of predict");
  let offset = answer.body.byteOffset;
  const all = maps.map(({ weights, shape }) => {
    const length = shape.reduce((size, side) => size * side, inputs.images.length);
    const values = new Float32Array(answer.body.buffer, offset, length);
    offset += values.byteLength;
    return { weights, shape, values };
  });
  return found(all, "measured");
}

async function rowsOf(
  context: JailContext,
  models: readonly SavedModel[],
  inputs: Omit<PredictionInputs, "preprocessing">,
  steps: readonly Preprocessing[],
  want: PredictJob["want"],
  mapFiles: readonly StagedFile[] = [],
): Promise<Artifact<Predictions>> {
  const answer = await run(context, models, inputs, steps, want, mapFiles);
  if ("code" in answer) return failed(answer);
  const answers = inputs.images.length * steps.length;
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

function run(
  context: JailContext,
  models: readonly SavedModel[],
  { images, imageSize }: Omit<PredictionInputs, "preprocessing">,
  steps: readonly Preprocessing[],
  want: PredictJob["want"],
  mapFiles: readonly StagedFile[] = [],
): Promise<Frame | Fault> {
  const { staged, files } = stageModels(models);
  const lengths = images.map(({ byteLength }) => byteLength);
  const job: PredictJob = { models: staged, images: lengths, imageSize, steps: [...steps], want };
  const answers = images.length * steps.length;
  const packed = { target: `${JOB_FOLDER}/images`, bytes: Buffer.concat(images) };
  const megabytes = files.reduce((total, { bytes }) => total + bytes.byteLength, 0) / MEBIBYTE;
  const memoryMb = Math.ceil(3072 + 4 * megabytes);
  return runEngine(context, {
    engine: "predict",
    job,
    files: [...files, packed, ...mapFiles],
    limits: jailLimits({
      // WebAssembly takes about a second for a large network and a large image.
      cpuSeconds: 60 + 3 * answers,
      wallMs: 1000 * (300 + 10 * answers),
      memoryMb,
      dataMb: 4096 + 2 * memoryMb,
      processes: 256,
      resultBytes: (want.what === "maps" ? 256 : 64) * MEBIBYTE,
    }),
    backends: true,
    overLimit: (why) => fault("prediction-failed", { why }),
  });
}

function stageMaps(known: readonly FeatureMaps[]): { maps: StagedMaps[]; files: StagedFile[] } {
  const maps = known.map(({ weights, shape }, index) => ({ weights, shape, staged: `maps-${index}` }));
  const files = known.map(({ values }, index) => ({
    target: `${JOB_FOLDER}/maps-${index}`,
    bytes: new Uint8Array(values.buffer, values.byteOffset, values.byteLength),
  }));
  return { maps, files };
}

/** What predictions are computed with on this machine. */
export function backendOf(root: string): "tensorflow" | "wasm" {
  return readNativeParts(root)?.tensorflow ? "tensorflow" : "wasm";
}
