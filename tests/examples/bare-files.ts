import { readdirSync, readFileSync } from "node:fs";
import { copyFile, mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { expect } from "vitest";
import { GRADERS } from "../../graders/index.js";
import { Evidence, parseJson, type Rubric, type Verdict } from "../../src/contract/index.js";
import { judgeOne } from "../../src/harness/judge-run.js";
import { frostline } from "../cli/frostline.js";

const evidenceOf = (run: string, name: string): Evidence => {
  const path = join(run, "evidence", `${name}.json`);
  return parseJson(Evidence, readFileSync(path, "utf8"), path);
};

/**
 * Grades the saved model of each submission of a run as a submission of its own, without its program.
 * @returns the folder of that run and the names of the submissions that had a model
 */
export async function gradeBareFiles(run: string, rubric: string): Promise<{ out: string; names: string[] }> {
  const submissions = join(run, "bare");
  const out = join(run, "bare-run");
  const names: string[] = [];
  for (const file of readdirSync(join(run, "evidence"))) {
    const name = file.replace(".json", "");
    const models = Object.entries(evidenceOf(run, name).objects).filter(([path]) =>
      path.startsWith("model-"),
    );
    const several = models.some(([path]) => path.startsWith("model-2"));
    for (const [path, hash] of models) {
      const target = join(submissions, name, several ? path : path.replace("model-1/", ""));
      await mkdir(dirname(target), { recursive: true });
      await copyFile(join(run, "objects", hash), target);
    }
    if (models.length > 0) names.push(name);
  }
  const { code, err } = await frostline(["grade", submissions, "--rubric", rubric, "--out", out]);
  // Files alone leave points pending.
  expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining("Grading") });
  return { out, names };
}

/** Items that the bare file decides otherwise than the program did, or leaves open without a reason. */
export function decidedOtherwise(
  runs: { program: string; bare: string },
  name: string,
  rubric: Rubric,
): string[] {
  const [program, bare] = [evidenceOf(runs.program, name), evidenceOf(runs.bare, name)];
  expect(bare.kind).toBe("model");
  expect(bare.items.run).toMatchObject({ value: { executed: false } });
  const verdicts = (evidence: Evidence): Verdict[] =>
    judgeOne(evidence, { rubric }, GRADERS).items.map((item) => item.verdict);
  const expected = verdicts(program);
  return verdicts(bare).flatMap((verdict, index) => {
    const grader = rubric.items[index]?.grader ?? "an item";
    if (verdict.outcome === "ungraded") return verdict.why === "" ? [`${grader}: no reason`] : [];
    const [had, has] = [expected[index], verdict].map(outcomeOf);
    // A program that ran out of time leaves open what its file may still decide.
    if (had === "ungraded") return [];
    return had === has ? [] : [`${grader}: ${had} by the program, ${has} by the file`];
  });
}

const outcomeOf = (verdict: Verdict | undefined): string =>
  verdict?.outcome === "scored" ? verdict.score.toFixed(6) : (verdict?.outcome ?? "missing");
