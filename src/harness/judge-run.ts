import pMap from "p-map";
import type { ClassReport, ClassRow, Evidence, Grade, Grader, Reporter, Run } from "../contract/index.js";
import { type GivenTo, judge } from "../judge/index.js";
import { buildReport, versionsOf } from "./build-report.js";
import type { RunFolder } from "./run-folder.js";
import { sha256 } from "./sha256.js";
import { forStudent } from "./student-report.js";

export interface JudgedRun {
  report: ClassReport;
  /** By the submission's id. */
  grades: ReadonlyMap<string, Grade>;
}

/**
 * Grades and what pages show of them, from stored evidence. Nothing is written and nothing is run. Submissions
 * without usable evidence are left out; they are graded by the next run.
 * @param gradeOf the grade of a submission, from its evidence
 */
export function judgeStored(folder: RunFolder, run: Run, gradeOf: (evidence: Evidence) => Grade): JudgedRun {
  const grades = new Map<string, Grade>();
  const rows = run.submissions.flatMap(({ id, name }): ClassRow[] => {
    const evidence = folder.readEvidence(id);
    if (!evidence) return [];
    const grade = gradeOf(evidence);
    grades.set(id, grade);
    const report = buildReport(evidence, grade, run, { id, name });
    const student = forStudent(report);
    return [{ report, student, staffPage: `staff/${id}.html`, studentPage: `student/${id}.html` }];
  });
  const { id, title, description } = run.rubric;
  const report: ClassReport = {
    assignment: { id, title, description: description ?? "" },
    rows,
    versions: versionsOf(run),
    stamp: run.stamp,
  };
  return { report, grades };
}

/** Files written side by side: replacing a file waits for the disk, and a class has a thousand of them. */
const FILES_AT_ONCE = 16;

/** Writes the grades and the pages of every reporter. */
export async function writeJudged(
  folder: RunFolder,
  { report, grades }: JudgedRun,
  reporters: readonly Reporter[],
): Promise<void> {
  await pMap(grades, ([id, grade]) => folder.writeGrade(id, grade), { concurrency: FILES_AT_ONCE });
  const pages = reporters.flatMap((reporter) => reporter.render(report));
  await pMap(pages, ({ path, text }) => folder.writeFile(path, text), { concurrency: FILES_AT_ONCE });
}

/** `judgeStored` and `writeJudged`: the grades and pages of a run under its own rubric. */
export async function judgeRun(
  folder: RunFolder,
  run: Run,
  graders: readonly Grader[],
  reporters: readonly Reporter[],
): Promise<JudgedRun> {
  const judged = judgeStored(folder, run, (evidence) => judgeOne(evidence, run, graders));
  await writeJudged(folder, judged, reporters);
  return judged;
}

/** One submission's grade from its evidence. */
export function judgeOne(
  evidence: Evidence,
  run: Pick<Run, "rubric" | "given">,
  graders: readonly Grader[],
): Grade {
  return judge(evidence, run.rubric, graders, sha256, givenTo(evidence.submission.id, run.given));
}

function givenTo(submission: string, given: Run["given"]): GivenTo {
  return {
    handIn: given?.handIns.find((one) => one.submission === submission) ?? null,
    points: given?.points.filter((one) => one.submission === submission) ?? [],
  };
}
