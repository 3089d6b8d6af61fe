import { GRADERS } from "../../graders/index.js";
import type { ClassReport } from "../contract/index.js";
import { compileRubric } from "../judge/index.js";
import { judgeRun } from "./judge-run.js";
import { openRunFolder } from "./run-folder.js";

/**
 * Grades and pages of a stored run, made anew from its evidence, under its own rubric; `regrade` is for another one.
 * Nothing is run and no submission is read.
 */
export async function renderRun(path: string): Promise<ClassReport> {
  const folder = openRunFolder(path);
  const run = await folder.readRun();
  compileRubric(run.rubric, GRADERS, `${path}/run.json`);
  const { report } = await judgeRun(folder, run);
  return report;
}
