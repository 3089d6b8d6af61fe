import { describe, expect, it } from "vitest";
import type { Case } from "../../graders/case.js";
import { GRADERS } from "../../graders/index.js";
import { type Evidence, type EvidenceKey, failed, fault, type GradedItem } from "../../src/contract/index.js";
import { judge } from "../../src/judge/index.js";
import { seeded } from "../facts/build-model.js";
import { evidenceOf, sha256 } from "../judge/evidence-of.js";
import { rubricOf } from "../judge/stub-graders.js";

const random = seeded("not a number");

/** A place in a value where a number stands, chosen at random; null where there is none. */
function numberIn(value: unknown): [holder: Record<string, unknown>, key: string] | null {
  const places: [Record<string, unknown>, string][] = [];
  const visit = (inside: unknown): void => {
    if (inside === null || typeof inside !== "object") return;
    for (const [key, inner] of Object.entries(inside)) {
      if (typeof inner === "number") places.push([inside as Record<string, unknown>, key]);
      // A training may diverge: what graders make of that stands in their tables.
      if (key !== "history") visit(inner);
    }
  };
  visit(value);
  return places[Math.floor(random() * places.length)] ?? null;
}

describe.each(GRADERS.map((grader) => [grader.id, grader] as const))("%s", (id) => {
  it("takes a number that is none as a failure of ours, which passes no threshold", async () => {
    const { CASES } = (await import(`../../graders/${id}/cases.ts`)) as { CASES: Case[] };
    for (const { options, evidence: values } of CASES) {
      const rubric = rubricOf([{ grader: id, points: 1, ...(options ? { options } : {}) }]);
      const graded = (evidence: Evidence): GradedItem[] => judge(evidence, rubric, GRADERS, sha256).items;
      for (const key of Object.keys(values) as EvidenceKey[]) {
        const evidence = structuredClone(evidenceOf(values));
        const place = numberIn(evidence.items[key]);
        if (!place) continue;
        const [holder, name] = place;
        const ours = failed(fault("internal", { message: `a number in the evidence \`${key}\` is none` }));
        const lost = graded({ ...evidence, items: { ...evidence.items, [key]: ours } });
        for (const odd of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
          holder[name] = odd;
          expect(graded(evidence)).toEqual(lost);
        }
      }
    }
  });
});
