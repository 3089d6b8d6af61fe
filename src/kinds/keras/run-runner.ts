import { join } from "node:path";
import { cpuSecondsIn, type JailFile, type JailResult, jailLimits } from "../../sandbox/index.js";
import type { KindJob } from "../kind.js";
import { countFits, type KerasChoice } from "./choose-keras.js";
import type { PythonEnvironment } from "./python-environment.js";
import type { Program } from "./read-program.js";

/** Loading TensorFlow on a busy machine, which is not the student's time, and writing out the model at the end, seconds. */
const START_SECONDS = 60;
const END_SECONDS = 30;
/** Where in the jail the runner reads how much time it lost. */
const LOST_TIME = "/job/lost-time";
const MB = 2 ** 20;

/** What is asked of a run besides running the program. */
export interface RunnerOrder {
  order: {
    /** `structure` tries one row instead of each fit. */
    depth: "train" | "structure";
    /** Trained weights for the program's model, which then predicts the pictures instead of being sent; else null. */
    weights: string | null;
    pictures: unknown;
    /** The program's own function that prepares the pictures; null to do it by what was recognised. */
    prepare: string | null;
  };
  files: readonly JailFile[];
  /** Seconds for what is done when the program has ended, besides handing back its model. */
  secondsAfterwards?: number;
}

/** Runs the program under the runner; its own limit of seconds begins when Keras is loaded. */
export function runRunner(
  job: KindJob,
  python: PythonEnvironment,
  program: Program,
  choice: KerasChoice,
  { order, files, secondsAfterwards = 0 }: RunnerOrder,
): Promise<JailResult> {
  const { snapshot, assignment, sandbox, signal } = job;
  const { limits, dataset, bases } = assignment;
  const seconds = START_SECONDS + limits.seconds + END_SECONDS + secondsAfterwards;
  return sandbox.run({
    command: [...python.command, "/runner/run.py", "/job/job.json"],
    binds: [
      ...python.binds,
      // The hidden and shifted pictures are not among these, so no path in the jail leads to them.
      { source: join(dataset.folder, "train"), target: "/data/train" },
      { source: join(dataset.folder, "validation"), target: "/data/validation" },
      ...bases.map((base, index) => ({ source: base.folder, target: `/bases/${index}` })),
    ],
    files: [
      {
        target: "/job/job.json",
        bytes: Buffer.from(JSON.stringify({ ...runnerJob(job, program, choice), ...order })),
      },
      ...files,
      ...snapshot.files.map(({ path }) => ({ target: `/submission/${path}`, bytes: snapshot.read(path) })),
    ],
    env: python.env,
    lostTime: LOST_TIME,
    limits: jailLimits({
      wallMs: seconds * 1000,
      cpuSeconds: cpuSecondsIn(seconds),
      memoryMb: limits.memoryMb,
      dataMb: Math.max(8192, limits.memoryMb * 2),
      processes: 512,
      openFiles: 1024,
      fileMb: limits.modelMb * 2,
      scratchMb: limits.modelMb * 2 + 512,
      // The runner keeps the program's own text within its limit; this is for what goes past it.
      outputBytes: limits.outputKb * 1024 + MB,
      resultBytes: (limits.modelMb + 32) * MB + keptBytes(job),
    }),
    ...(signal ? { signal } : {}),
  });
}

/** Of the weights that fits moved, as much is kept as the model itself may be large, within what is worth a disk. */
const keptBytes = ({ assignment }: KindJob): number => Math.min(assignment.limits.modelMb, 128) * MB;

/** What the runner is told, as `run_state.py` reads it. */
function runnerJob(job: KindJob, { parts }: Program, choice: KerasChoice) {
  const { entry, assignment, seed } = job;
  const { limits, dataset, bases, run } = assignment;
  const { name, classes, image, counts } = dataset.facts;
  const trainingPictures = Object.values(counts["train"] ?? {}).reduce((sum, count) => sum + count, 0);
  return {
    program: parts,
    entry,
    submission: "/submission",
    folder: "/work/program",
    scratch: "/tmp/frostline",
    data: "/data",
    dataset: { name, classes, image, trainingPictures },
    bases: bases.map(({ facts }, index) => ({
      name: facts.name,
      family: facts.family,
      addresses: facts.addresses,
      folder: `/bases/${index}`,
      main: facts.files[0]?.path ?? "model.json",
      arguments: facts.arguments ?? null,
    })),
    keras: choice.version,
    seconds: limits.seconds,
    lostTime: LOST_TIME,
    budget: {
      epochs: run.epochs ?? null,
      steps: run.steps ?? null,
      samples: run.samples ?? null,
    },
    fits: countFits(parts.map((part) => part.source).join("\n")),
    outputBytes: limits.outputKb * 1024,
    keptBytes: keptBytes(job),
    seed,
  };
}
