import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import type { Case } from "../../graders/case.js";
import { GRADERS } from "../../graders/index.js";
import {
  type Evidence,
  type EvidenceKey,
  failed,
  fault,
  parseJson,
  Rubric,
} from "../../src/contract/index.js";
import { gradeText, judge } from "../../src/judge/index.js";
import { seeded } from "../facts/build-model.js";
import { evidenceOf, sha256 } from "./evidence-of.js";

const folder = path.join(import.meta.dirname, "../../rubrics");
const RUBRICS = readdirSync(folder)
  .filter((name) => name.endsWith(".json") && name !== "rubric.schema.json")
  .map((name) => {
    const file = path.join(folder, name);
    return parseJson(Rubric, readFileSync(file, "utf8"), file);
  });

const CASES: readonly Case[] = (
  await Promise.all(
    GRADERS.map(
      async ({ id }) => ((await import(`../../graders/${id}/cases.ts`)) as { CASES: Case[] }).CASES,
    ),
  )
).flat();

const random = seeded("properties");
const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;

/** Evidence mixed from the tables of all graders, with some of it failed, absent, or absurd. */
function mixed(): Evidence {
  const evidence = evidenceOf(
    Object.assign({}, pick(CASES).evidence, pick(CASES).evidence, pick(CASES).evidence),
  );
  for (const key of Object.keys(evidence.items) as EvidenceKey[]) {
    const roll = random();
    if (roll < 0.08) Object.assign(evidence.items, { [key]: failed(fault("no-model")) });
    else if (roll < 0.16)
      Object.assign(evidence.items, { [key]: failed(fault("sandbox-failed", { reason: "x" })) });
  }
  return random() < 0.3 ? absurd(evidence) : evidence;
}

/** One number somewhere in the evidence replaced by one that no honest measurement gives. */
function absurd(evidence: Evidence): Evidence {
  const copy = structuredClone(evidence);
  const places: [Record<string, unknown>, string][] = [];
  const visit = (value: unknown): void => {
    if (value === null || typeof value !== "object") return;
    for (const [key, inner] of Object.entries(value)) {
      if (typeof inner === "number") places.push([value as Record<string, unknown>, key]);
      visit(inner);
    }
  };
  visit(copy.items);
  if (places.length === 0) return copy;
  const [holder, key] = pick(places);
  holder[key] = pick([Number.NaN, Number.POSITIVE_INFINITY, -1e30, 1e30, -1, 0]);
  return copy;
}

const MANY = Array.from({ length: 120 }, () => mixed());

describe.each(RUBRICS.map((rubric) => [rubric.id, rubric] as const))("any evidence under %s", (_, rubric) => {
  it("earns at least nothing and, with what is pending, at most what is possible", () => {
    for (const evidence of MANY) {
      const grade = judge(evidence, rubric, GRADERS, sha256);
      expect(grade.earned).toBeGreaterThanOrEqual(0);
      expect(grade.pending).toBeGreaterThanOrEqual(0);
      expect(grade.earned + grade.pending).toBeLessThanOrEqual(grade.possible + 1e-9);
      expect(grade.possible).toBeLessThanOrEqual(20);
      for (const item of grade.items) expect(item.earned + item.pending).toBeLessThanOrEqual(item.points);
    }
  });

  it("earns the same whatever the order of the items", () => {
    const turned = { ...rubric, items: rubric.items.toReversed() };
    for (const evidence of MANY) {
      const { items, ...one } = judge(evidence, rubric, GRADERS, sha256);
      const { items: reversed, ...other } = judge(evidence, turned, GRADERS, sha256);
      expect(reversed.toReversed()).toEqual(items);
      expect({ ...other, rubric: one.rubric }).toEqual(one);
    }
  });

  it("gives the same bytes again", () => {
    for (const evidence of MANY.slice(0, 40)) {
      const text = gradeText(judge(evidence, rubric, GRADERS, sha256));
      expect(gradeText(judge(structuredClone(evidence), rubric, GRADERS, sha256))).toBe(text);
    }
  });

  it("loses nothing when any piece fails through a fault of ours", () => {
    for (const evidence of MANY.slice(0, 40)) {
      const before = judge(evidence, rubric, GRADERS, sha256);
      for (const key of Object.keys(evidence.items) as EvidenceKey[]) {
        const broken = {
          ...evidence,
          items: { ...evidence.items, [key]: failed(fault("internal", { message: "x" })) },
        };
        const after = judge(broken, rubric, GRADERS, sha256);
        expect(after.earned + after.pending).toBeGreaterThanOrEqual(
          before.earned + before.pending - (before.possible - after.possible) - 1e-9,
        );
      }
    }
  });

  it("shows no figure that is not one", () => {
    for (const evidence of MANY) {
      for (const { verdict } of judge(evidence, rubric, GRADERS, sha256).items) {
        if (verdict.outcome === "scored" && verdict.score > 0)
          expect(verdict.found).not.toMatch(/NaN|Infinity/);
      }
    }
  });
});

describe("an accuracy that is not a number", () => {
  it.each([Number.NaN, Number.POSITIVE_INFINITY, -1])("of %f passes no bar", (correct) => {
    const evidence = evidenceOf({
      heldOut: {
        ...(CASES.find((one) => one.evidence.heldOut)?.evidence.heldOut as NonNullable<
          Case["evidence"]["heldOut"]
        >),
        correct,
      },
    });
    for (const compare of ["interval", "point"]) {
      const items = [{ grader: "validation-accuracy", points: 1, options: { threshold: 0.1, compare } }];
      expect(judge(evidence, { ...(RUBRICS[0] as Rubric), items }, GRADERS, sha256).earned).toBe(0);
    }
  });
});

describe("the ready rubrics", () => {
  it.each(RUBRICS.map((rubric) => [rubric.id, rubric] as const))("%s is worth 20 points", (_, rubric) => {
    expect(rubric.items.reduce((sum, item) => sum + item.points, 0)).toBe(20);
  });
});
