import {
  absent,
  type Fault,
  FrostlineFault,
  failed,
  fault,
  found,
  type RunFacts,
} from "../../contract/index.js";
import type { JailResult } from "../../sandbox/index.js";
import { claimedAccuracy } from "../claimed-accuracy.js";
import type { KindJob, KindResult } from "../kind.js";
import { lostTimeNotes, runFigures } from "../run-figures.js";
import { chooseKeras, type KerasChoice } from "./choose-keras.js";
import { ownPreparation } from "./own-preparation.js";
import { type PythonEnvironment, pythonEnvironment, pythonMissing } from "./python-environment.js";
import { readKeptWeights } from "./read-kept-weights.js";
import { type RunnerFrames, readModels, readRunnerFrames } from "./read-models.js";
import { readPhases } from "./read-phases.js";
import { readProgram } from "./read-program.js";
import { recognisePreprocessing } from "./recognise-preprocessing.js";
import { runNotes } from "./run-notes.js";
import { runRunner } from "./run-runner.js";
import { stoppedBy } from "./stopped-by.js";

/** Of what was printed, the end is searched for an accuracy. */
const CLAIM_CHARACTERS = 65_536;

/**
 * Runs a Keras program in a jail, under the Keras it was written for. What comes back is claims and the bytes of a model.
 * @throws FrostlineFault for a fault of the sandbox or of the set-up, and `cancelled`.
 */
export async function runProgram(job: KindJob): Promise<KindResult> {
  const program = readProgram(job.entry, job.snapshot.read(job.entry));
  if ("code" in program) return neverRun(job, program);
  const python = pythonEnvironment(job.root);
  if (!python) return neverRun(job, pythonMissing());
  const source = program.parts.map((part) => part.source).join("\n");
  const { depth, keras } = job.assignment.run;
  const choice = chooseKeras(source, keras);
  const result = await runRunner(job, python, program, choice, {
    order: { depth: depth === "structure" ? depth : "train", weights: null, pictures: null, prepare: null },
    files: [],
  });
  if (result.ended === "cancelled") throw new FrostlineFault("cancelled");
  const frames = readRunnerFrames(result.result);
  const stopped = stoppedBy(result, frames, job.assignment);
  const models = readModels(frames);
  const standIn = standInOf(frames);
  const kept = readKeptWeights(frames);
  const prepare = ownPreparation(program.parts, job.snapshot);
  return {
    run: {
      ...runFacts(job, result, frames),
      backend: backendOf(python, choice),
      notes: [...runNotes(frames.events, choice, { notes: program.notes, source }), ...lostTimeNotes(result)],
    },
    models: models ? found(models, "parsed") : failed(stopped ?? noneOf(frames)),
    phases:
      frames.events.length > 0
        ? found(readPhases(frames.events), "claimed")
        : absent("The program told nothing."),
    preprocessing: recognisePreprocessing(frames.events),
    ...(prepare ? { prepare: prepare.name } : {}),
    claims: found(readClaims(result.stdout), "claimed"),
    fault: stopped,
    ...(kept ? { kept } : {}),
    ...(standIn ? { standIn } : {}),
  };
}

/** The result of a program that cannot be read, or not be run here. */
function neverRun(job: KindJob, why: Fault): KindResult {
  const run: RunFacts = {
    executed: false,
    ended: "not started",
    wallMs: 0,
    cpuMs: 0,
    peakMemoryMb: 0,
    backend: "none",
    isolation: job.sandbox.id,
    output: "",
    outputCut: false,
    notes: [],
  };
  const none = failed(why);
  return { run, models: none, phases: none, preprocessing: null, claims: none, fault: why };
}

function noneOf({ events }: RunnerFrames): Fault {
  const several = events.find((event) => event.ev === "severalModels");
  if (several?.ev !== "severalModels") return fault("no-model");
  const expected = "The model that was trained last, saved after that, or one that is called `model`";
  return fault("several-models", { files: several.files.join(", "), expected });
}

function standInOf({ events }: RunnerFrames): Fault | null {
  const event = events.find((one) => one.ev === "standIn");
  return event?.ev === "standIn"
    ? fault("checkpoint-stand-in", { name: event.family, file: event.file })
    : null;
}

function readClaims(printed: string): { accuracy: number | null; where: string | null } {
  const accuracy = claimedAccuracy(printed.slice(-CLAIM_CHARACTERS));
  return { accuracy, where: accuracy === null ? null : "printed" };
}

function runFacts(
  job: KindJob,
  result: JailResult,
  frames: RunnerFrames,
): Omit<RunFacts, "backend" | "notes"> {
  return {
    ...runFigures(result),
    isolation: job.sandbox.id,
    output: result.stdout.slice(0, job.assignment.limits.outputKb * 1024),
    outputCut: frames.events.some((event) => event.ev === "silenced"),
  };
}

function backendOf({ versions }: PythonEnvironment, { version }: KerasChoice): string {
  const keras = version === 3 ? `Keras ${versions.keras}` : `tf.keras ${versions.tfKeras}`;
  return `${keras} on TensorFlow ${versions.tensorflow}`;
}
