import { GRADERS } from "../../graders/index.js";
import type { ClassReport, Rubric, Run } from "../contract/index.js";
import { compileRubric, rubricHash } from "../judge/index.js";
import { REPORTERS } from "../reporters/index.js";
import { judgeOne, judgeRun } from "./judge-run.js";
import { openRunFolder } from "./run-folder.js";
import { sha256 } from "./sha256.js";

/**
 * Grades and pages of a stored run, made anew from its evidence, under its own rubric or a changed one.
 * Nothing is run and no submission is read.
 */
export async function renderRun(path: string, rubric?: Rubric): Promise<ClassReport> {
  const folder = openRunFolder(path);
  const stored = await folder.readRun();
  const run: Run = rubric ? { ...stored, rubric, rubricHash: rubricHash(rubric, sha256) } : stored;
  compileRubric(run.rubric, GRADERS, `${path}/run.json`);
  if (rubric) await folder.writeRun(run);
  const { report } = await judgeRun(folder, run, (evidence) => judgeOne(evidence, run, GRADERS), REPORTERS);
  return report;
}
