import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "vitest";
import { readRubric } from "../../src/harness/open-assignment.js";
import { frostline, ROOT } from "../cli/frostline.js";

/** Grades examples into a run, beside what it has already; all of them become final. */
export async function gradeExamples(only: readonly string[], rubric: string, out: string): Promise<void> {
  const submissions = join(ROOT, "submissions/examples");
  const args = ["grade", submissions, "--only", ...only, "--rubric", rubric, "--out", out];
  const { code, err } = await frostline(args);
  expect({ code, err }).toEqual({ code: 0, err: expect.stringContaining("Grading") });
}

/** Writes the rubric `fine-tuning` with another limit of time, and gives its path. */
export async function fineTuningWithin(seconds: number, folder: string): Promise<string> {
  const rubric = await readRubric(ROOT, "fine-tuning");
  const file = join(folder, `within-${seconds}-seconds.json`);
  await writeFile(file, JSON.stringify({ ...rubric, limits: { ...rubric.limits, seconds } }));
  return file;
}
