import { describe, expect, it } from "vitest";
import type { Case } from "../../graders/case.js";
import { GRADERS } from "../../graders/index.js";
import type { Evidence, Report, Rubric } from "../../src/contract/index.js";
import { buildReport } from "../../src/harness/build-report.js";
import { judgeOne } from "../../src/harness/judge-run.js";
import { forStudent } from "../../src/harness/student-report.js";
import { rubricHash } from "../../src/judge/index.js";
import { evidenceOf, sha256 } from "../judge/evidence-of.js";
import { rubricOf } from "../judge/stub-graders.js";

/** Which images were answered right, in an order that stands for the labels. */
const RIGHT = "0110100110010110";
const OTHERS = ["anna-unmistakable", "ben-unmistakable"];

function seenBy(evidence: Evidence, rubric: Rubric): Report {
  const run = {
    schema: "frostline/run/1" as const,
    frostline: "0.1.0",
    rubric,
    rubricHash: rubricHash(rubric, sha256),
    dataset: "emoji",
    bases: [],
    isolation: "bubblewrap",
    backend: "wasm",
    stamp: null,
    submissions: [evidence.submission.id, ...OTHERS].map((id) => ({ id, name: id })),
  };
  const grade = judgeOne(evidence, run, GRADERS);
  return forStudent(buildReport(evidence, grade, run, { id: evidence.submission.id, name: "mine" }));
}

/** The cases of a grader as evidence, with the record of single answers, which students never see. */
const evidencesOf = (cases: readonly Case[]): Evidence[] =>
  cases.map(({ evidence, classes }) => {
    const { heldOut } = evidence;
    return evidenceOf(
      { ...evidence, ...(heldOut ? { heldOut: { ...heldOut, right: RIGHT } } : {}) },
      classes,
    );
  });

describe.each(GRADERS.map((grader) => [grader.id, grader] as const))("what a student sees of %s", (id) => {
  it("is the same whatever is hidden asks for, as long as the points are", async () => {
    const { CASES } = (await import(`../../graders/${id}/cases.ts`)) as { CASES: Case[] };
    const asked = [...new Map(CASES.map(({ options }) => [JSON.stringify(options), options])).values()];
    for (const evidence of evidencesOf(CASES)) {
      const byPoints = new Map<string, Report>();
      for (const options of asked) {
        const hidden = { grader: id, points: 3, hidden: true as const, ...(options ? { options } : {}) };
        const report = seenBy(evidence, rubricOf([hidden, { id: "essay", grader: "manual", points: 1 }]));
        const verdict = report.items[0]?.verdict;
        // How well something is proved is no threshold.
        const proof = verdict?.outcome === "scored" ? verdict.proof : "";
        const key = JSON.stringify([report.mark, verdict?.outcome, proof]);
        expect(report).toEqual(byPoints.get(key) ?? report);
        byPoints.set(key, report);
      }
    }
  });

  it("holds no single answer and no other student, hidden or not", async () => {
    const { CASES } = (await import(`../../graders/${id}/cases.ts`)) as { CASES: Case[] };
    for (const [index, evidence] of evidencesOf(CASES).entries()) {
      const { options } = CASES[index] as Case;
      const item = { grader: id, points: 3, ...(options ? { options } : {}) };
      const text = JSON.stringify(seenBy(evidence, rubricOf([item])));
      for (const secret of [RIGHT, ...OTHERS]) expect(text).not.toContain(secret);
    }
  });
});
