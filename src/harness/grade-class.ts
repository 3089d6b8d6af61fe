import pMap from "p-map";
import { GRADERS } from "../../graders/index.js";
import type { ClassReport, Evidence, Grade, Run } from "../contract/index.js";
import { FrostlineFault, fault } from "../contract/index.js";
import { findSubmissions, takeIn } from "../intake/index.js";
import { compileRubric, rubricHash } from "../judge/index.js";
import { KINDS } from "../kinds/index.js";
import { backendOf } from "../models/index.js";
import { REPORTERS } from "../reporters/index.js";
import { openSandbox } from "../sandbox/index.js";
import { openStore } from "../store/index.js";
import { openBaselines } from "./baselines.js";
import { evidenceKey, runnerVersion } from "./evidence-key.js";
import { judgeOne, judgeRun } from "./judge-run.js";
import { allFailed, type Observer, observe } from "./observe.js";
import { openAssignment, readRubric } from "./open-assignment.js";
import { fileId, openRunFolder } from "./run-folder.js";
import { sha256 } from "./sha256.js";
import { VERSION } from "./version.js";

export interface ClassJob {
  root: string;
  /** Class folders, submission folders or archives. */
  paths: readonly string[];
  /** A rubric's file, or the id of one that comes with Frostline. */
  rubric: string;
  out: string;
  /** Submissions graded side by side. */
  jobs: number;
  unsafe: boolean;
  store?: string;
  signal?: AbortSignal;
  onStart?(total: number): void;
  onProgress?(done: Progress): void;
}

export interface Progress {
  name: string;
  done: number;
  total: number;
  /** Taken from the run's folder without running anything. */
  reused: boolean;
  grade: Grade;
}

export interface ClassOutcome {
  report: ClassReport;
  folder: string;
  /** Submissions left ungraded because the run was stopped. */
  cancelled: number;
}

const SEED = 20260;

/**
 * Grades a class: each submission by itself in its own jails, stored evidence reused where nothing changed, the
 * pages written at the end and also after Ctrl-C for what is finished by then.
 * @throws FrostlineFault for a rubric, data, sandbox or output fault, before any submission is run.
 */
export async function gradeClass(job: ClassJob): Promise<ClassOutcome> {
  const rubric = await readRubric(job.root, job.rubric);
  compileRubric(rubric, GRADERS, job.rubric);
  const store = openStore({ root: job.root, ...(job.store ? { folder: job.store } : {}) });
  const assignment = await openAssignment(store, rubric);
  const submissions = (await findSubmissions(job.paths)).map(({ id, path }) => ({
    id: fileId(id),
    name: id,
    path,
  }));
  const sandbox = await openSandbox({ unsafe: job.unsafe });
  const folder = openRunFolder(job.out);
  const backend = backendOf(job.root);
  const stamp = job.unsafe ? "UNSANDBOXED" : null;
  const run: Run = {
    schema: "frostline/run/1",
    frostline: VERSION,
    rubric,
    rubricHash: rubricHash(rubric, sha256),
    dataset: assignment.dataset.ref,
    bases: assignment.bases.map((base) => base.ref),
    isolation: sandbox.id,
    backend,
    stamp,
    submissions: submissions.map(({ id, name }) => ({ id, name })),
  };
  await folder.writeRun(run);

  const observer: Observer = {
    root: job.root,
    backend,
    assignment,
    kinds: KINDS,
    sandbox,
    folder,
    splits: [
      { key: "heldOut", split: "hidden" },
      { key: "training", split: "train" },
      { key: "shifted", split: "shifted" },
    ],
    baselines: openBaselines({
      context: { sandbox, root: job.root },
      assignment,
      split: "hidden",
      folder: store.folder,
      backend,
    }),
    stamp,
    seed: SEED,
    ...(job.signal ? { signal: job.signal } : {}),
  };
  const keyParts = {
    assignment,
    runner: runnerVersion(job.root),
    isolation: sandbox.id,
    backend,
    heldOutSplit: "hidden",
  };
  let done = 0;
  job.onStart?.(submissions.length);
  await pMap(
    submissions,
    async ({ id, name, path }) => {
      if (job.signal?.aborted) return;
      const made = await evidenceOf(path, name, observer, keyParts, () => folder.readEvidence(id));
      if (job.signal?.aborted) return;
      if (!made.reused) await folder.writeEvidence(id, made.evidence);
      done += 1;
      const grade = judgeOne(made.evidence, run, GRADERS);
      job.onProgress?.({ name, done, total: submissions.length, reused: made.reused, grade });
    },
    { concurrency: job.jobs },
  );
  const { report } = await judgeRun(folder, run, GRADERS, REPORTERS);
  return { report, folder: job.out, cancelled: submissions.length - done };
}

/** Evidence of one submission: stored if it still holds, else made. A failure of ours becomes a harness fault in it. */
export async function evidenceOf(
  path: string,
  name: string,
  observer: Observer,
  keyParts: Omit<Parameters<typeof evidenceKey>[0], "submission">,
  stored: () => Evidence | null,
): Promise<{ evidence: Evidence; reused: boolean }> {
  let snapshot: Awaited<ReturnType<typeof takeIn>>;
  try {
    snapshot = await takeIn(path, observer.assignment.limits);
  } catch (error) {
    return { evidence: unusable(name, observer, error, []), reused: false };
  }
  const key = evidenceKey({ ...keyParts, submission: snapshot.hash });
  const known = stored();
  if (known?.key === key && !hasHarnessFault(known)) return { evidence: known, reused: true };
  try {
    return { evidence: await observe(observer, { ...snapshot, id: name }, key), reused: false };
  } catch (error) {
    return { evidence: unusable(name, observer, error, snapshot.files), reused: false };
  }
}

/** A pending result is tried again by the next run. */
function hasHarnessFault(evidence: Evidence): boolean {
  return Object.values(evidence.items).some(
    (item) => item.state === "failed" && item.fault.blame !== "submission",
  );
}

function unusable(
  name: string,
  observer: Observer,
  error: unknown,
  files: Evidence["submission"]["files"],
): Evidence {
  const why =
    error instanceof FrostlineFault
      ? error.fault
      : fault("internal", { message: String((error as Error).message) });
  const hash = sha256(JSON.stringify([name, why]));
  return {
    schema: "frostline/evidence/1",
    submission: { id: name, hash, files },
    kind: null,
    entry: null,
    key: hash,
    classes: observer.assignment.dataset.facts.classes,
    objects: {},
    stamp: observer.stamp,
    items: allFailed(why),
  };
}
