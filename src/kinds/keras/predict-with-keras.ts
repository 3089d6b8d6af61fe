import {
  type Artifact,
  failed,
  fault,
  type PredictionInputs,
  type Predictions,
  type SavedModel,
} from "../../contract/index.js";
import { type JailFile, type JailResult, jailLimits } from "../../sandbox/index.js";
import type { KindJob } from "../kind.js";
import { chooseKeras } from "./choose-keras.js";
import { ownPreparation } from "./own-preparation.js";
import { type PythonEnvironment, pythonEnvironment } from "./python-environment.js";
import { readPredictions } from "./read-predictions.js";
import { readProgram } from "./read-program.js";
import { runRunner } from "./run-runner.js";

const WHOLE_MODEL = /(?<!\.weights)\.(?:keras|h5|hdf5)$/i;
const PICTURES = "/pictures";
const SUBMISSION = "/submission";
const MB = 2 ** 20;
const BATCH = 32;
/** Loading TensorFlow and the model, then predicting with a large network on a slow machine. */
const START_SECONDS = 120;
const SECONDS_PER_IMAGE = 5;

/**
 * Applies models to images with Keras itself, in a jail of its own: for models that Frostline's forward pass cannot
 * express. A model whose classes are the student's own is made by running the program again without training.
 * @returns null for files that Keras cannot load or use, where there is no program to make the model again
 * @throws FrostlineFault `sandbox-failed`
 */
export async function predictWithKeras(
  job: KindJob,
  models: readonly SavedModel[],
  inputs: PredictionInputs,
): Promise<Artifact<Predictions> | null> {
  const python = pythonEnvironment(job.root);
  if (!python) return null;
  const pictures: JailFile[] = inputs.images.map((bytes, index) => ({
    target: `${PICTURES}/${index}.png`,
    bytes,
  }));
  const whole = models.every(({ main }) => WHOLE_MODEL.test(main));
  const alone = whole
    ? await loadAndPredict(job, python, models, inputs, pictures)
    : "it is no whole model of Keras";
  if (typeof alone !== "string") return alone;
  return isProgram(job.entry) ? rebuildAndPredict(job, python, models, inputs, pictures, alone) : null;
}

const isProgram = (entry: string): boolean => /\.(?:py|ipynb)$/.test(entry);

/**
 * Runs a prediction in batches; where these take more memory than there is, once more image by image, since a program
 * may well have trained with smaller ones.
 */
async function withinMemory(run: (batch: number) => Promise<JailResult>): Promise<JailResult> {
  const result = await run(BATCH);
  return result.ended === "memory-limit" ? run(1) : result;
}

/** Returns why the models cannot be loaded or used without their program, where they cannot. */
async function loadAndPredict(
  job: KindJob,
  python: PythonEnvironment,
  models: readonly SavedModel[],
  inputs: PredictionInputs,
  pictures: readonly JailFile[],
): Promise<Artifact<Predictions> | string> {
  const files = models.map((model, index) => stagedModel(model, `/job/model-${index}`));
  const own = preparationOf(job, inputs);
  const order = (batch: number): Buffer =>
    Buffer.from(
      JSON.stringify({
        models: files.map(({ target }) => target),
        pictures: picturesOf(inputs, batch),
        prepare: own?.prepare ?? null,
      }),
    );
  const result = await withinMemory((batch) =>
    job.sandbox.run({
      command: [...python.command, "/runner/predict.py", "/job/job.json"],
      binds: python.binds,
      files: [{ target: "/job/job.json", bytes: order(batch) }, ...files, ...pictures, ...(own?.files ?? [])],
      env: python.env,
      limits: jailLimits({
        wallMs: 1000 * (START_SECONDS + SECONDS_PER_IMAGE * inputs.images.length),
        cpuSeconds: START_SECONDS + 3 * inputs.images.length,
        memoryMb: job.assignment.limits.memoryMb,
        dataMb: Math.max(8192, job.assignment.limits.memoryMb * 2),
        processes: 512,
        openFiles: 1024,
        outputBytes: MB,
        resultBytes: 64 * MB,
      }),
      ...(job.signal ? { signal: job.signal } : {}),
    }),
  );
  return readPredictions(result, inputs);
}

/** Runs the program in the structure depth, gives its model the trained weights and predicts with it. */
async function rebuildAndPredict(
  job: KindJob,
  python: PythonEnvironment,
  models: readonly SavedModel[],
  inputs: PredictionInputs,
  pictures: readonly JailFile[],
  why: string,
): Promise<Artifact<Predictions>> {
  const [model] = models;
  const program = readProgram(job.entry, job.snapshot.read(job.entry));
  if (!model || models.length > 1 || "code" in program) return failed(fault("prediction-failed", { why }));
  const choice = chooseKeras(program.parts.map((part) => part.source).join("\n"), job.assignment.run.keras);
  const weights = stagedModel(model, "/weights/trained");
  const result = await withinMemory((batch) =>
    runRunner(job, python, program, choice, {
      order: {
        depth: "structure",
        weights: weights.target,
        pictures: picturesOf(inputs, batch),
        prepare: inputs.prepare?.name ?? null,
      },
      files: [weights, ...pictures],
      secondsAfterwards: SECONDS_PER_IMAGE * inputs.images.length,
    }),
  );
  const answer = readPredictions(result, inputs);
  return typeof answer === "string" ? failed(fault("prediction-failed", { why: answer })) : answer;
}

function stagedModel({ main, files }: SavedModel, target: string): JailFile {
  const ending = /(?:\.weights)?\.\w+$/.exec(main)?.[0] ?? "";
  return { target: target + ending, bytes: files.get(main) ?? Buffer.alloc(0) };
}

const picturesOf = ({ images, imageSize, preprocessing, prepare }: PredictionInputs, batch: number) => ({
  folder: PICTURES,
  batch,
  count: images.length,
  imageSize,
  preprocessing,
  recognised: prepare?.recognised ?? false,
});

/** What the jail needs to call the program's own function: its definitions, and the files it may import. */
function preparationOf({ entry, snapshot, assignment }: KindJob, { prepare }: PredictionInputs) {
  const program = prepare ? readProgram(entry, snapshot.read(entry)) : null;
  if (!prepare || !program || "code" in program) return null;
  const source = program.parts.map((part) => part.source).join("\n");
  const files = snapshot.files.map(({ path }) => ({
    target: `${SUBMISSION}/${path}`,
    bytes: snapshot.read(path),
  }));
  const { version } = chooseKeras(source, assignment.run.keras);
  const { parts } = ownPreparation(program.parts, snapshot) ?? program;
  return {
    prepare: { name: prepare.name, program: parts, folder: SUBMISSION, keras: version },
    files,
  };
}
