import { join } from "node:path";
import { absent, FrostlineFault, failed, fault, found, type RunFacts } from "../../contract/index.js";
import { cpuSecondsIn, type JailResult, jailLimits, PATIENCE, runNodeProgram } from "../../sandbox/index.js";
import type { KindJob, KindResult } from "../kind.js";
import { lostTimeNotes, runFigures } from "../run-figures.js";
import { type Frames, readFrames } from "./engine/frames.js";
import { type EngineJob, hardSeconds } from "./engine/job.js";
import { engineFlags } from "./engine-flags.js";
import { type OnBackend, onBackend } from "./on-backend.js";
import { programMs } from "./program-ms.js";
import { readClaims } from "./read-claims.js";
import { readModels } from "./read-models.js";
import { readPhases } from "./read-phases.js";
import { recognisePreprocessing } from "./recognise-preprocessing.js";
import { runNotes } from "./run-notes.js";
import { stoppedBy } from "./stopped-by.js";

/** Time after the program's own end for writing the model out, milliseconds. */
const GRACE_MS = 5000;
/** Where in the jail the engine reads how much time it lost. */
const LOST_TIME = "/job/lost-time";
const MB = 2 ** 20;

/**
 * Runs a TensorFlow.js program: its tf API in an isolate, the isolate in a jailed Node, kernels on TensorFlow or, where
 * that is not set up, on WebAssembly.
 * What comes back is claims and the bytes of a model.
 * @throws FrostlineFault for a fault of the sandbox or of the set-up, and `cancelled`.
 */
export async function runProgram(job: KindJob): Promise<KindResult> {
  const on = onBackend(job.backend, job.assignment.limits);
  const { result, frames } = await runUntilDecided(job, describe(job, on), on);
  const stopped = stoppedBy(result, frames, on, job.assignment.bases);
  const models = readModels(frames);
  return {
    run: runFacts(result, frames, job, on),
    models: models ? found(models, "parsed") : failed(stopped ?? fault("no-model")),
    phases:
      frames.events.length > 0
        ? found(readPhases(frames.events), "claimed")
        : absent("The program told nothing."),
    preprocessing: recognisePreprocessing(frames.events),
    claims: found(readClaims(frames.events), "claimed"),
    fault: stopped,
  };
}

/** Runs it once; and once more, patiently, when it was cut off before it had its seconds. */
async function runUntilDecided(
  job: KindJob,
  engineJob: EngineJob,
  on: OnBackend,
): Promise<{ result: JailResult; frames: Frames }> {
  const result = await runInJail(job, engineJob, on);
  if (result.ended === "cancelled") throw new FrostlineFault("cancelled");
  const frames = readFrames(result.result);
  const cutOff = frames.events.some((event) => event.ev === "error" && event.phase === "seconds");
  const early = programMs(result, frames) < on.limits.seconds * 1000;
  if (!cutOff || !early || engineJob.patient) return { result, frames };
  return runUntilDecided(job, { ...engineJob, patient: true }, on);
}

function describe({ entry, assignment, seed }: KindJob, { limits }: OnBackend): EngineJob {
  const { bases, run } = assignment;
  return {
    submission: "/submission",
    entry,
    data: "/data",
    bases: bases.map((base, index) => ({ addresses: base.facts.addresses, folder: `/bases/${index}` })),
    limits: {
      seconds: limits.seconds,
      memoryMb: limits.memoryMb,
      consoleBytes: limits.outputKb * 1024,
      outputBytes: limits.modelMb * MB,
      ...(run.epochs ? { maxEpochs: run.epochs } : {}),
      ...(run.steps ? { maxSteps: run.steps } : {}),
      ...(run.samples ? { maxSamples: run.samples } : {}),
      ...(run.depth === "structure" ? { onlyTry: true } : {}),
    },
    lostTime: LOST_TIME,
    slowest: PATIENCE,
    seed,
  };
}

function runInJail(
  { snapshot, assignment, root, signal, sandbox }: KindJob,
  engineJob: EngineJob,
  { backend, program, native, limits }: OnBackend,
): Promise<JailResult> {
  const { dataset, bases } = assignment;
  return runNodeProgram(sandbox, {
    root,
    program,
    args: ["/job/job.json"],
    lostTime: LOST_TIME,
    flags: engineFlags(backend),
    native,
    binds: [
      // The hidden and shifted pictures are not among these, so no path in the jail leads to them.
      { source: join(dataset.folder, "train"), target: "/data/train" },
      { source: join(dataset.folder, "validation"), target: "/data/validation" },
      ...bases.map((base, index) => ({ source: base.folder, target: `/bases/${index}` })),
    ],
    files: [
      { target: "/job/job.json", bytes: Buffer.from(JSON.stringify(engineJob)) },
      ...snapshot.files.map(({ path }) => ({ target: `/submission/${path}`, bytes: snapshot.read(path) })),
    ],
    limits: jailLimits({
      wallMs: hardSeconds(engineJob.limits) * 1000 + GRACE_MS,
      cpuSeconds: cpuSecondsIn(hardSeconds(engineJob.limits)),
      memoryMb: limits.memoryMb,
      dataMb: Math.max(8192, limits.memoryMb * 2),
      processes: 256,
      openFiles: 1024,
      resultBytes: (limits.modelMb + 32) * MB,
    }),
    ...(signal ? { signal } : {}),
  });
}

function runFacts(result: JailResult, frames: Frames, job: KindJob, on: OnBackend): RunFacts {
  const printed = frames.events.flatMap((event) => (event.ev === "console" ? [event.text] : []));
  return {
    ...runFigures(result),
    backend: on.backend,
    isolation: job.sandbox.id,
    output: printed.join("\n").slice(0, job.assignment.limits.outputKb * 1024),
    outputCut: frames.events.some((event) => event.ev === "silenced"),
    notes: [...on.notes, ...runNotes(frames.events), ...lostTimeNotes(result)],
  };
}
