import pMap from "p-map";
import { GRADERS } from "../../graders/index.js";
import type { ClassReport, Depth, Grade, Run } from "../contract/index.js";
import type { Choice } from "./choose-submissions.js";
import { evidenceOf } from "./evidence-of.js";
import { handInGaps } from "./hand-in-gaps.js";
import { judgeOne, judgeRun } from "./judge-run.js";
import { openGrading } from "./open-grading.js";
import { type GivenFiles, readGiven } from "./read-given.js";
import { openRunFolder } from "./run-folder.js";

export interface ClassJob extends Choice {
  root: string;
  /** Class folders, submission folders or archives. */
  paths: readonly string[];
  /** A rubric's file, or the id of one that comes with Frostline. */
  rubric: string;
  out: string;
  /** What people know of the submissions; what the folder has of it is kept where no file is given. */
  given?: GivenFiles;
  /** Submissions graded side by side. */
  jobs: number;
  unsafe: boolean;
  depth?: Depth;
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
  /** A sentence about hand-in times that the rubric counts and nobody gave. */
  handInGaps: string | null;
  /** Submissions left ungraded because the run was stopped. */
  cancelled: number;
}

const SEED = 20260;

/**
 * Grades a class: each submission by itself in its own jails, stored evidence reused where nothing changed, the
 * pages written at the end and also after Ctrl-C for what is finished by then. Submissions that were not chosen stay on
 * the pages with what is known of them from before.
 * @throws FrostlineFault for a rubric, data, sandbox or output fault, before any submission is run.
 */
export async function gradeClass(job: ClassJob): Promise<ClassOutcome> {
  const folder = openRunFolder(job.out);
  const { items, submissions, observer, keyParts, ...opened } = await openGrading({
    ...job,
    unseen: "hidden",
    folder,
    stamp: null,
    wantsBaselines: () => true,
    seed: SEED,
  });
  const before = await folder.readRun().catch(() => null);
  const given = await readGiven(job.given ?? {}, opened.run.submissions, items, before?.given);
  const run: Run = { ...opened.run, ...(given ? { given } : {}) };
  folder.writeRun(run);
  let done = 0;
  job.onStart?.(submissions.length);
  await pMap(
    submissions,
    async ({ id, name, path }) => {
      if (job.signal?.aborted) return;
      const made = await evidenceOf(path, name, observer, keyParts, () => folder.readEvidence(id));
      if (job.signal?.aborted) return;
      if (!made.reused) folder.writeEvidence(id, made.evidence);
      done += 1;
      const grade = judgeOne(made.evidence, run, GRADERS);
      job.onProgress?.({ name, done, total: submissions.length, reused: made.reused, grade });
    },
    { concurrency: job.jobs },
  );
  const { report } = await judgeRun(folder, run);
  return { report, folder: job.out, handInGaps: handInGaps(run), cancelled: submissions.length - done };
}
