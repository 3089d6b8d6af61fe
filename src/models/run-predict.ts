import { type Fault, fault, type Preprocessing, type SavedModel } from "../contract/index.js";
import { jailLimits } from "../sandbox/index.js";
import type { Frame } from "./engine-frame.js";
import type { PredictJob } from "./predict-job.js";
import type { FeatureMaps } from "./prediction/feature-maps.js";
import { type JailContext, runEngine } from "./run-engine.js";
import { JOB_FOLDER, stageModels } from "./staged-models.js";

const MEBIBYTE = 1024 * 1024;

export interface PredictRun {
  readonly models: readonly SavedModel[];
  readonly images: readonly Uint8Array[];
  readonly imageSize: number;
  readonly steps: readonly Preprocessing[];
  readonly want: PredictJob["want"];
  readonly known?: readonly FeatureMaps[];
}

/**
 * Runs the engine `predict` in a jail.
 * @throws FrostlineFault `sandbox-failed`, `native-missing`
 */
export function runPredict(context: JailContext, run: PredictRun): Promise<Frame | Fault> {
  const { images, imageSize, steps, want, known = [] } = run;
  const models = stageModels(run.models);
  const job: PredictJob = {
    models: models.staged,
    images: images.map(({ byteLength }) => byteLength),
    imageSize,
    steps: [...steps],
    want,
    known: known.map(({ weights, shape }, index) => ({ weights, shape, staged: `maps-${index}` })),
  };
  const maps = known.map(({ values }, index) => ({
    target: `${JOB_FOLDER}/maps-${index}`,
    bytes: new Uint8Array(values.buffer, values.byteOffset, values.byteLength),
  }));
  const packed = { target: `${JOB_FOLDER}/images`, bytes: Buffer.concat(images) };
  const answers = images.length * steps.length;
  const megabytes = models.files.reduce((total, { bytes }) => total + bytes.byteLength, 0) / MEBIBYTE;
  const memoryMb = Math.ceil(3072 + 4 * megabytes);
  return runEngine(context, {
    engine: "predict",
    job,
    files: [...models.files, packed, ...maps],
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
