import { describe, expect, it } from "vitest";
import type { Case } from "../../graders/case.js";
import { GRADERS } from "../../graders/index.js";
import type { Verdict } from "../../src/contract/index.js";
import { judge } from "../../src/judge/index.js";
import { evidenceOf, sha256 } from "../judge/evidence-of.js";

/** Every grader's table of cases, through the judge. */
const TABLES = await Promise.all(
  GRADERS.map(async ({ id }) => {
    const module: { CASES: readonly Case[] } = await import(`../../graders/${id}/cases.ts`);
    return { id, cases: module.CASES };
  }),
);

describe.each(TABLES)("$id", ({ id, cases }) => {
  it.each(cases.map((one) => [one.name, one] as const))("%s", (_, one) => {
    const grade = judge(evidenceOf(one.evidence, one.classes), rubricFor(id, one), GRADERS, sha256);
    const item = grade.items[0];
    expect(item).toBeDefined();
    check(item?.verdict as Verdict, one);
  });

  it("says something for the absence of everything it needs", () => {
    const grade = judge(evidenceOf({}), rubricFor(id, {}), GRADERS, sha256);
    expect(grade).toMatchObject({ earned: 0, pending: 10, possible: 10 });
  });
});

const rubricFor = (grader: string, { options = {} }: Pick<Case, "options">) => ({
  id: "case",
  title: "Case",
  data: { dataset: "emoji", bases: [] },
  items: [{ grader, points: 10, options }],
});

function check(verdict: Verdict, { expect: expected }: Case): void {
  if (!("score" in expected)) {
    expect(verdict.outcome).toBe(expected.outcome);
    if (verdict.outcome !== "scored" && expected.says) expect(verdict.why).toMatch(expected.says);
    return;
  }
  expect(verdict).toMatchObject({ outcome: "scored" });
  if (verdict.outcome !== "scored") return;
  expect(verdict.score, verdict.found).toBeCloseTo(expected.score, 6);
  if (expected.proof) expect(verdict.proof).toBe(expected.proof);
  if (expected.says) expect(verdict.found).toMatch(expected.says);
  if (expected.advises) expect(verdict.advice ?? "").toMatch(expected.advises);
  if (verdict.score < 1) expect(verdict.advice ?? "", "a lost point without advice").not.toBe("");
  expect(`${verdict.found} ${verdict.expected} ${verdict.advice}`).not.toMatch(/NaN|Infinity|null|\[object/);
}
