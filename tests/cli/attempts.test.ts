import { readdirSync, readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Rubric } from "../../src/contract/index.js";
import { frostline, rubric, scratch, write } from "./frostline.js";
import { STORED_RUBRIC, storeRun } from "./stored-run.js";

/** Right answers of 191: 170 earn 10 points, 120 earn 6. */
const HANDED_IN = { "ana@1": 120, "ana@2": 170, "ana@3": 60, ben: 170 };

/** A run whose rubric has these parts, judged, with its table by column. */
async function judged(changes: Partial<Rubric>, right: Record<string, number> = HANDED_IN) {
  const folder = await scratch();
  const run = join(folder, "run");
  await storeRun(run, right);
  const file = join(folder, "rubric.json");
  await writeFile(file, JSON.stringify({ ...STORED_RUBRIC, ...changes }));
  const { code, out } = await frostline(["regrade", run, "-r", file]);
  const read = (path: string): string => readFileSync(join(run, path), "utf8");
  return { folder, run, code, out, read, table: () => tableOf(read("grades.csv")) };
}

/** Rows of a table without quotes, by the names of its columns. */
function tableOf(csv: string): Record<string, string>[] {
  const [header = [], ...rows] = csv
    .trim()
    .split("\r\n")
    .map((line) => line.split(","));
  return rows.map((row) => Object.fromEntries(header.map((name, index) => [name, row[index] ?? ""])));
}

describe("several attempts of one student", () => {
  it("count by the best, beside the other students, with a page for each attempt", async () => {
    const { table, read, code } = await judged({ attempts: { counts: "best" } });
    expect(code).toBe(0);
    expect(table()).toMatchObject([
      { submission: "ana@2", student: "ana", attempt: "2", earned: "10" },
      { submission: "ben", student: "ben", attempt: "1", earned: "10" },
    ]);
    const page = read("index.html");
    expect(page).toContain("2 submissions, all final");
    expect(page).toContain(
      'attempt 2 of 3, the best; <a href="staff/ana%401.html">1</a>: 6 of 10; <a href="staff/ana%403.html">3</a>: 6 of 10',
    );
    expect(read("student/ana@1.html")).toContain(
      "Attempt 1 of ana. Where several were handed in, the best counts.",
    );
    expect(JSON.parse(read("report.json")).submissions).toMatchObject([
      { id: "ana@2", attempt: { student: "ana", number: 2, counts: "best" } },
      { id: "ben", attempt: { student: "ben", number: 1, counts: "best" } },
    ]);
  });

  it("count by the last, however good the others were", async () => {
    const { table } = await judged({ attempts: { counts: "last" } });
    expect(table()).toMatchObject([{ submission: "ana@3", earned: "6" }, { submission: "ben" }]);
  });

  it("cost what their number says, and the best is the one after that", async () => {
    const cheap = await judged({ attempts: { counts: "best", penaltyPercent: 10 } });
    expect(cheap.table()).toMatchObject([{ submission: "ana@2", earned: "9" }, { earned: "10" }]);
    const dear = await judged({ attempts: { counts: "best", penaltyPercent: 50 } });
    expect(dear.table()).toMatchObject([{ submission: "ana@1", earned: "6" }, { earned: "10" }]);
    const capped = await judged({ attempts: { counts: "last", max: 2 } });
    expect(capped.table()).toMatchObject([{ submission: "ana@3", earned: "0" }, { earned: "10" }]);
  });

  it("are not settled while points of one are pending that could make it the best", async () => {
    const essay = { id: "essay", grader: "manual", points: 5 };
    const items = [...STORED_RUBRIC.items, essay];
    const { code, folder, run, table } = await judged({ attempts: { counts: "best" }, items });
    expect(code).toBe(2);
    expect(table()).toMatchObject([{ submission: "ana@2", status: "pending" }, {}]);
    const points = join(folder, "points.csv");
    await writeFile(points, "submission,item,points\nana@1,essay,5\nana@2,essay,0\nben,essay,1\n");
    await frostline(["regrade", run, "--manual", points]);
    // The third may still get 6 + 5 of 15, which is as much as the first has and more than the second.
    expect(table()[0]).toMatchObject({ submission: "ana@1", status: "final", earned: "11" });
  });

  it("leave a student out whose last attempt has to be graded again", async () => {
    const { run, table } = await judged({ attempts: { counts: "last" } });
    await writeFile(join(run, "evidence/ana@3.json"), "{}");
    const { code, out } = await frostline(["regrade", run]);
    expect({ code, out }).toEqual({ code: 2, out: expect.stringContaining("ana@3") });
    expect(table()).toMatchObject([{ submission: "ben" }]);
  });

  it("are submissions like any other without a word on which counts", async () => {
    const { table } = await judged({ attempts: { penaltyPercent: 10 } });
    expect(table().map(({ submission, student }) => [submission, student])).toEqual(
      Object.keys(HANDED_IN).map((name) => [name, undefined]),
    );
  });

  it("are graded from folders called after them", async () => {
    const folder = await scratch();
    await write(folder, {
      "class/ana@1/main.js": "throw new Error('one')",
      "class/ana@2/main.js": "throw new Error('two')",
      "rubric.json": rubric({ attempts: { counts: "last" } }),
    });
    const out = join(folder, "out");
    await frostline(["grade", join(folder, "class"), "-r", join(folder, "rubric.json"), "-o", out]);
    expect(readdirSync(join(out, "evidence"))).toEqual(["ana@1.json", "ana@2.json"]);
    expect(tableOf(readFileSync(join(out, "grades.csv"), "utf8"))).toMatchObject([{ submission: "ana@2" }]);
  });
});
