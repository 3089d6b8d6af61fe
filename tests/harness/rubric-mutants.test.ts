import { readdirSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import type { MutantResult } from "../../src/harness/rubric-mutants.js";
import { testRubric } from "../../src/harness/rubric-test.js";
import { ROOT } from "../cli/frostline.js";

const READY = readdirSync(join(ROOT, "rubrics"))
  .filter((file) => file.endsWith(".json") && file !== "rubric.schema.json")
  .map((file) => file.replace(".json", ""));

/** Mistakes that every assignment about freezing, training and measuring is made for. */
const ESSENTIAL = [
  "base-never-frozen",
  "random-base",
  "not-recompiled",
  "learning-rate-x100",
  "wrong-units",
  "scaled-twice",
  "shuffled-labels",
  "constant-answer",
];

describe("single mistakes under the ready rubrics", () => {
  const results = new Map<string, MutantResult[]>();
  beforeAll(async () => {
    for (const id of READY) results.set(id, (await testRubric({ root: ROOT, rubric: id })).mutants);
  });
  const killed = (id: string): MutantResult[] =>
    (results.get(id) ?? []).filter(({ outcome }) => outcome === "killed");

  it.each(READY)(
    "cost under %s something at every item that should notice, and nothing at any other",
    (id) => {
      for (const { id: mistake, blind, unintended } of killed(id))
        expect({ mistake, blind, unintended }).toEqual({ mistake, blind: [], unintended: [] });
    },
  );

  it("include the essential ones, each noticed by a rubric", () => {
    const noticed = new Set(READY.flatMap((id) => killed(id).map((mutant) => mutant.id)));
    expect(ESSENTIAL.filter((id) => !noticed.has(id))).toEqual([]);
  });

  it("cost exactly what they did before; run `npx vitest run tests/harness/rubric-mutants.test.ts --update` after a change that is meant", async () => {
    const lines = READY.flatMap((id) => [
      id,
      ...killed(id).map(({ id: mistake, lost }) => {
        const items = lost.map((one) => `${one.id} -${one.points}`).join(", ");
        return `  ${mistake}: ${items}`;
      }),
      "",
    ]);
    await expect(lines.join("\n")).toMatchFileSnapshot("golden/mutants.txt");
  });
});
