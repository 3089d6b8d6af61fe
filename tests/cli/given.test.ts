import { readdirSync, readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Grade, parseJson, type Rubric } from "../../src/contract/index.js";
import { frostline, HONEST, rubric, scratch, write } from "./frostline.js";
import { STORED_RUBRIC, storeRun } from "./stored-run.js";

const WITH_REPORT: Partial<Rubric> = {
  items: [...STORED_RUBRIC.items, { id: "essay", grader: "manual", title: "Report", points: 5 }],
  late: { due: "2026-11-20T12:00:00Z", perDayPercent: 10 },
};

/** A run of three that waits for reports, and a way to judge it again with files beside it. */
async function waiting(more: Partial<Rubric> = {}) {
  return waitingIn(await scratch(), more);
}

async function waitingIn(folder: string, more: Partial<Rubric> = {}) {
  const run = join(folder, "run");
  await storeRun(run, { ana: 170, ben: 120, cy: 60 });
  const file = join(folder, "rubric.json");
  await writeFile(file, JSON.stringify({ ...STORED_RUBRIC, ...WITH_REPORT, ...more }));
  await frostline(["regrade", run, "-r", file]);
  return {
    run,
    async regrade(option: "manual" | "times", name: string, text: string) {
      const file = join(folder, name);
      await writeFile(file, text);
      return frostline(["regrade", run, `--${option}`, file]);
    },
    grade: (id: string): Grade => parseJson(Grade, readFileSync(join(run, `grades/${id}.json`), "utf8"), id),
    page: (path: string): string => readFileSync(join(run, path), "utf8"),
  };
}

describe("--manual", () => {
  it("gives points with a comment that the student reads, and leaves the others pending", async () => {
    const { regrade, grade, page } = await waiting();
    const { code, out } = await regrade(
      "manual",
      "points.csv",
      '\ufeffSubmission,Item,Points,Comment\nana,essay,4.5,"Clear, but why layer 4?"\nben,essay,0,\n',
    );
    expect({ code, out }).toEqual({ code: 2, out: expect.stringContaining("essay 0 → 4.5") });
    expect(grade("ana")).toMatchObject({ earned: 14.5, pending: 0, possible: 15 });
    expect(grade("ben")).toMatchObject({ pending: 0 });
    expect(grade("cy")).toMatchObject({ pending: 5 });
    expect(page("student/ana.html")).toMatch(/Teacher&#8217;s comment<\/span> Clear, but why layer 4\?/);
    expect(page("grades.csv")).toMatch(/comments\r\n.*"essay: Clear, but why layer 4\?"/);
    expect(page("student/ben.html")).not.toContain("why layer 4");
  });

  it("reads JSON and the semicolons and decimal commas of other countries alike", async () => {
    const { regrade, grade } = await waiting();
    await regrade("manual", "points.csv", "submission;item;points\nana;essay;2,5\n");
    expect(grade("ana").earned).toBe(12.5);
    await regrade("manual", "points.json", '[{"submission":"ana","item":"essay","points":3}]');
    expect(grade("ana").earned).toBe(13);
  });

  it("is kept by the run, so that another rubric is judged with it, and undone with it", async () => {
    const { run, regrade, grade } = await waiting();
    await regrade("manual", "points.csv", "submission,item,points\nana,essay,4\n");
    const items = [...STORED_RUBRIC.items, { id: "essay", grader: "manual", points: 10 }];
    const changed = join(run, "../changed.json");
    await writeFile(changed, JSON.stringify({ ...STORED_RUBRIC, items }));
    await frostline(["regrade", run, "-r", changed]);
    expect(grade("ana").earned).toBe(18);
    await frostline(["regrade", run, "--undo"]);
    expect(grade("ana").earned).toBe(14);
    await frostline(["regrade", run, "--undo"]);
    expect(grade("ana")).toMatchObject({ earned: 10, pending: 5 });
    await frostline(["report", run]);
    expect(grade("ana")).toMatchObject({ earned: 10, pending: 5 });
    expect(readdirSync(join(run, "history")).sort()).toEqual(["1", "undone-1", "undone-2"].slice(-2));
  });

  it("stands above what was found where a person decides otherwise", async () => {
    const { regrade, grade, page } = await waiting();
    await regrade("manual", "points.csv", "submission,item,points\ncy,validation-accuracy,1\n");
    expect(grade("cy").items[2]).toMatchObject({ earned: 1, verdict: { proof: "judged" } });
    expect(page("staff/cy.html")).toContain("Judged: a person looked");
  });
});

describe("a table that does not fit", () => {
  let folder = "";
  let refusing: Awaited<ReturnType<typeof waitingIn>>;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "frostline-test-"));
    refusing = await waitingIn(folder);
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it.each([
    ["submission,item,points\nanna,essay,1\n", ["submission `anna`", "Did you mean `ana`?"]],
    ["submission,item,points\nana,esay,1\n", ["item `esay`", "Did you mean `essay`?"]],
    ["submission,item,points\nana,zzzzzzzz,1\n", ["pretrained-base, frozen-base", "Correct the name"]],
    ["submission,item,points\nana,essay,6\n", ["6 points for `essay` of `ana`", "At most 5"]],
    ["submission,item,points\nana,essay,many\n", ["line 2", "/points", '"many"']],
    ["submission,item,points\nana,essay,-1\n", ["line 2", "must be >= 0"]],
    ["submission,item,pints\nana,essay,1\n", ["`points` is missing", "Rename `pints` to `points`."]],
    ["submission,item\nana,essay\n", ["`points` is missing"]],
    ["submission,item,points\nana,essay,1\nana,essay,2\n", ["a second line for essay of ana"]],
    ['submission,item,points\n"ana,essay,1\n', ["cannot be read as a table"]],
  ])("refuses %j with the place and what would do, and changes nothing", async (text, words) => {
    const { regrade, grade } = refusing;
    const { code, err } = await regrade("manual", "points.csv", text);
    expect(code).toBe(1);
    for (const word of words) expect(err).toContain(word);
    expect(grade("ana")).toMatchObject({ earned: 10, pending: 5 });
  });

  it.each([
    ["points.json", "[", "is not JSON"],
    ["points.json", "{}", "its content is no list"],
    ["points.json", '[{"submission":"ana"}]', "entry 1"],
  ])("refuses %s with %j", async (name, text, word) => {
    const { code, err } = await refusing.regrade("manual", name, text);
    expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining(word) });
  });

  it.each([
    ["submission,time\nana,yesterday\n", "2026-11-21T09:30:00+01:00"],
    ["submission,time\nana,2026-13-41T00:00:00Z\n", "the calendar has"],
    ["submission,attempts\nana,0\n", "/attempts"],
    ["submission,attempts\nana,1\nana,2\n", "a second line for ana"],
  ])("refuses the times %j", async (text, word) => {
    const { code, err } = await refusing.regrade("times", "times.csv", text);
    expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining(word) });
  });

  it("says which table it wants when there is none", async () => {
    const { code, err } = await frostline(["regrade", refusing.run, "--manual", "nowhere.csv"]);
    expect({ code, err }).toEqual({
      code: 1,
      err: expect.stringContaining("submission, item, points, comment"),
    });
  });
});

describe("grade", () => {
  it("takes the points along, and keeps them when it is called again without", {
    timeout: 180_000,
  }, async () => {
    const folder = await scratch();
    const items = [
      { grader: "frozen-base", points: 2 },
      { id: "essay", grader: "manual", points: 5 },
    ];
    await write(folder, {
      "class/mine/main.js": HONEST,
      "rubric.json": rubric({ items }),
      "points.csv": "submission,item,points\nmine,essay,4\n",
    });
    const args = [
      "grade",
      join(folder, "class"),
      "-r",
      join(folder, "rubric.json"),
      "-o",
      join(folder, "run"),
    ];
    const first = await frostline([...args, "--manual", join(folder, "points.csv")]);
    expect(first.code).toBe(0);
    const grade = () => JSON.parse(readFileSync(join(folder, "run/grades/mine.json"), "utf8"));
    expect(grade()).toMatchObject({ earned: 6, pending: 0 });
    await frostline(args);
    expect(grade()).toMatchObject({ earned: 6, pending: 0 });
  });

  it("refuses data with another number of classes than the rubric asks for", async () => {
    const folder = await scratch();
    const data = { dataset: "emoji", bases: [], classes: { min: 4 } };
    await write(folder, { "mine/main.js": HONEST, "rubric.json": rubric({ data }) });
    const { code, err } = await frostline(["check", join(folder, "mine"), "-r", join(folder, "rubric.json")]);
    expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining("has 3 classes") });
    expect(err).toContain("4 or more classes");
  });
});

describe("--times", () => {
  it("takes off what lateness costs, as a line of its own, and says of whom no time is known", async () => {
    const { run, regrade, grade, page } = await waiting({ items: STORED_RUBRIC.items });
    const { code, out, err } = await regrade(
      "times",
      "times.csv",
      "submission,time,attempts\nana,2026-11-21T13:30:00+01:00,\nben,2026-11-20T12:00:00Z,1\n",
    );
    expect({ code, out }).toEqual({ code: 0, out: expect.stringContaining("late new: -2") });
    expect(err).toContain("The rubric counts the time, which is not known of 1 submission (cy)");
    expect(grade("ana")).toMatchObject({ earned: 8, possible: 10 });
    expect(grade("ana").adjustments).toMatchObject([{ kind: "late", points: -2 }]);
    expect(grade("ben").adjustments).toBeUndefined();
    expect(page("student/ana.html")).toMatch(/Late<\/dt><dd><b>−2<\/b>.*2026-11-21 13:30 \+01:00/);
    expect(page("index.html")).toContain("late −2");
    expect(page("report.json")).toMatch(/"kind": "late",\s+"points": -2/);
    expect(page("grades.csv")).toMatch(/,late\r\n.*,-2\r\n/);
    const silent = await frostline(["report", run]);
    expect(silent.err).toBe("");
    expect(grade("ana").earned).toBe(8);
  });

  it("goes with attempts, whose numbers it also asks for", async () => {
    const { regrade, grade } = await waiting({ attempts: { penaltyPercent: 50 } });
    const { err } = await regrade("times", "times.csv", "submission\tattempts\nana\t2\n");
    expect(err).toContain("the time and the attempts, which are not known of 3 submissions (ana, ben, cy)");
    expect(grade("ana")).toMatchObject({ earned: 5, pending: 2.5 });
  });
});
