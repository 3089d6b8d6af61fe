import type { ClassReport, ClassRow, Evidence, Grade, Grader, Run } from "../contract/index.js";
import { attemptOf, byStudent, countedAttempt, judge } from "../judge/index.js";
import { REPORTERS } from "../reporters/index.js";
import { versionsOf } from "./build-report.js";
import { givenTo } from "./given-to.js";
import type { JudgedSubmission } from "./judge-lane.js";
import { openLanes } from "./open-lanes.js";
import type { RunFolder } from "./run-folder.js";
import { sha256 } from "./sha256.js";

export interface JudgedRun {
  report: ClassReport;
  /** By the submission's id; those without usable evidence are left out and graded by the next run. */
  grades: ReadonlyMap<string, Grade>;
}

export interface JudgeRunOptions {
  /** Grades to be taken as they are, instead of judging. */
  kept?: readonly Grade[];
  /** Called while threads start, for what has to be read before anything is written. */
  whileStarting?(): void;
  /** Called with the new grades when all is judged and nothing written yet. */
  beforeWriting?(grades: readonly Grade[]): Promise<void>;
  /** Called when the grades are written and no page yet: whoever waits can be told. */
  afterGrades?(judged: JudgedRun): void;
}

/** The grades and pages of a run under its own rubric, from its stored evidence. Nothing is run. */
export async function judgeRun(
  folder: RunFolder,
  run: Run,
  { kept = [], whileStarting, beforeWriting, afterGrades }: JudgeRunOptions = {},
): Promise<JudgedRun> {
  const lanes = openLanes({ path: folder.folder, run, kept });
  try {
    whileStarting?.();
    const byPlace = new Map(await lanes.judge());
    const judged = judgedRun(
      run,
      run.submissions.map((_, place) => byPlace.get(place) ?? null),
    );
    await beforeWriting?.([...judged.grades.values()]);
    await lanes.writeGrades();
    afterGrades?.(judged);
    await Promise.all([lanes.writePages(), writeClass(folder, judged.report)]);
    return judged;
  } finally {
    await lanes.close();
  }
}

function judgedRun(run: Run, submissions: readonly (JudgedSubmission | null)[]): JudgedRun {
  const { id, title, description } = run.rubric;
  return {
    report: {
      assignment: { id, title, description: description ?? "" },
      rows: countedRows(run, submissions),
      versions: versionsOf(run),
      stamp: run.stamp,
    },
    grades: new Map(
      submissions.flatMap((one) => (one ? [[one.row.report.submission.id, one.grade] as const] : [])),
    ),
  };
}

/** A row for each submission, or for the one of each student's attempts that counts. */
function countedRows(run: Run, submissions: readonly (JudgedSubmission | null)[]): ClassRow[] {
  const counts = run.rubric.attempts?.counts;
  const rows = submissions.flatMap((one) => (one ? [one.row] : []));
  if (!counts) return rows;
  const attempts = run.submissions.map(({ name }, index) => {
    const row = submissions[index]?.row ?? null;
    return { name, row, mark: row?.report.mark ?? null };
  });
  return byStudent(attempts).flatMap((own) => {
    const row = countedAttempt(own, counts)?.row;
    return row ? [{ ...row, attempts: own.flatMap(attemptEntry) }] : [];
  });
}

function attemptEntry({ name, row }: { name: string; row: ClassRow | null }) {
  return row ? [{ number: attemptOf(name).number, page: row.staffPage, mark: row.report.mark }] : [];
}

/** A promise, so that a fault of it and one of the lanes are heard in one place. */
async function writeClass(folder: RunFolder, report: ClassReport): Promise<void> {
  for (const { path, text } of REPORTERS.flatMap((reporter) => reporter.render(report)))
    folder.writeFile(path, text);
}

/** One submission's grade from its evidence. */
export function judgeOne(
  evidence: Evidence,
  run: Pick<Run, "rubric" | "given">,
  graders: readonly Grader[],
): Grade {
  return judge(evidence, run.rubric, graders, sha256, givenTo(evidence.submission.id, run));
}
