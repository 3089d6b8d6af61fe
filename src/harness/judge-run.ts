import type { ClassReport, Evidence, Grade, Grader, Reporter, Run } from "../contract/index.js";
import { judge } from "../judge/index.js";
import { buildReport, versionsOf } from "./build-report.js";
import type { RunFolder } from "./run-folder.js";
import { sha256 } from "./sha256.js";
import { forStudent } from "./student-report.js";

export interface JudgedRun {
  report: ClassReport;
  grades: Grade[];
}

/**
 * From stored evidence to grades and pages. Pure but for writing: no submission is read, nothing is run.
 * Submissions without usable evidence are left out; they are graded by the next run.
 */
export async function judgeRun(
  folder: RunFolder,
  run: Run,
  graders: readonly Grader[],
  reporters: readonly Reporter[],
): Promise<JudgedRun> {
  const rows: ClassReport["rows"] = [];
  const grades: Grade[] = [];
  for (const { id, name } of run.submissions) {
    const evidence = await folder.readEvidence(id);
    if (!evidence) continue;
    const grade = judgeOne(evidence, run, graders);
    await folder.writeGrade(id, grade);
    grades.push(grade);
    const report = buildReport(evidence, grade, run, { id, name });
    rows.push({
      report,
      student: forStudent(report),
      staffPage: `staff/${id}.html`,
      studentPage: `student/${id}.html`,
    });
  }
  const { id, title, description } = run.rubric;
  const report: ClassReport = {
    assignment: { id, title, description: description ?? "" },
    rows,
    versions: versionsOf(run),
    stamp: run.stamp,
  };
  for (const reporter of reporters) {
    for (const file of reporter.render(report)) await folder.writeFile(file.path, file.text);
  }
  return { report, grades };
}

/** One submission's grade from its evidence. */
export function judgeOne(evidence: Evidence, run: Pick<Run, "rubric">, graders: readonly Grader[]): Grade {
  return judge(evidence, run.rubric, graders, sha256);
}
