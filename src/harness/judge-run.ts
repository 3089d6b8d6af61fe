import pMap from "p-map";
import type { ClassReport, ClassRow, Evidence, Grade, Grader, Reporter, Run } from "../contract/index.js";
import { judge } from "../judge/index.js";
import { buildReport, versionsOf } from "./build-report.js";
import type { RunFolder } from "./run-folder.js";
import { sha256 } from "./sha256.js";
import { forStudent } from "./student-report.js";

export interface JudgedRun {
  report: ClassReport;
  /** By the submission's id. */
  grades: ReadonlyMap<string, Grade>;
}

/** Files read or written side by side: enough to keep the disk busy, few enough for the limit of open files. */
const FILES_AT_ONCE = 16;

/**
 * From stored evidence to grades and pages. Pure but for writing: no submission is read, nothing is run.
 * Submissions without usable evidence are left out; they are graded by the next run.
 * @param gradeOf the grade of a submission, from its evidence
 */
export async function judgeRun(
  folder: RunFolder,
  run: Run,
  gradeOf: (evidence: Evidence, id: string) => Grade,
  reporters: readonly Reporter[],
): Promise<JudgedRun> {
  const grades = new Map<string, Grade>();
  const judged = await pMap(
    run.submissions,
    async ({ id, name }): Promise<ClassRow | null> => {
      const evidence = await folder.readEvidence(id);
      if (!evidence) return null;
      const grade = gradeOf(evidence, id);
      await folder.writeGrade(id, grade);
      grades.set(id, grade);
      const report = buildReport(evidence, grade, run, { id, name });
      return {
        report,
        student: forStudent(report),
        staffPage: `staff/${id}.html`,
        studentPage: `student/${id}.html`,
      };
    },
    { concurrency: FILES_AT_ONCE },
  );
  const { id, title, description } = run.rubric;
  const report: ClassReport = {
    assignment: { id, title, description: description ?? "" },
    rows: judged.filter((row) => row !== null),
    versions: versionsOf(run),
    stamp: run.stamp,
  };
  const pages = reporters.flatMap((reporter) => reporter.render(report));
  await pMap(pages, ({ path, text }) => folder.writeFile(path, text), { concurrency: FILES_AT_ONCE });
  return { report, grades };
}

/** One submission's grade from its evidence. */
export function judgeOne(evidence: Evidence, run: Pick<Run, "rubric">, graders: readonly Grader[]): Grade {
  return judge(evidence, run.rubric, graders, sha256);
}
