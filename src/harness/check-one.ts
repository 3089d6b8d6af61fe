import { GRADERS } from "../../graders/index.js";
import type { Depth, Report } from "../contract/index.js";
import { buildReport } from "./build-report.js";
import { evidenceOf } from "./evidence-of.js";
import { judgeOne } from "./judge-run.js";
import { openGrading } from "./open-grading.js";
import { fileId } from "./run-folder.js";
import { forStudent } from "./student-report.js";

export interface CheckJob {
  root: string;
  path: string;
  rubric: string;
  unsafe: boolean;
  depth?: Depth;
  store?: string;
  signal?: AbortSignal;
}

/**
 * One submission as its student may check it: the validation images stand in for the hidden ones, nothing is
 * stored, and the report is the student's.
 */
export async function checkOne(job: CheckJob): Promise<Report> {
  const { run, submissions, observer, keyParts } = await openGrading({
    ...job,
    paths: [job.path],
    unseen: "validation",
    folder: null,
    stamp: "SELF-CHECK",
    // A student waits for this answer, so nothing is measured that no item asks for.
    wantsBaselines: (items) => items.some(({ grader }) => grader.needs.includes("baselines")),
    seed: 1,
  });
  const name = submissions[0]?.name ?? job.path;
  const { evidence } = await evidenceOf(job.path, name, observer, keyParts, () => null);
  return forStudent(buildReport(evidence, judgeOne(evidence, run, GRADERS), run, { id: fileId(name), name }));
}
