import { readdirSync, readFileSync } from "node:fs";
import { readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { execa } from "execa";
import { describe, expect, it } from "vitest";
import type { Rubric } from "../../src/contract/index.js";
import { frostline, ROOT, scratch } from "./frostline.js";
import { STORED_RUBRIC, storeRun } from "./stored-run.js";

const filesOf = (folder: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((file) => /\.(?:html|json|csv)$/.test(file) && !file.startsWith("history"))
      .map((file) => [file, readFileSync(join(folder, file), "utf8")]),
  );

const THREE = { ana: 170, ben: 120, cy: 60 };

async function graded(
  right: Record<string, number> = THREE,
): Promise<{ run: string; rubric(changes: Partial<Rubric>): Promise<string> }> {
  const folder = await scratch();
  const run = join(folder, "run");
  await storeRun(run, right);
  expect((await frostline(["report", run])).code).toBe(0);
  const rubric = async (changes: Partial<Rubric>): Promise<string> => {
    const path = join(folder, "changed.json");
    await writeFile(path, JSON.stringify({ ...STORED_RUBRIC, ...changes }));
    return path;
  };
  return { run, rubric };
}

/** `regrade` by a Node that may read only Frostline and the run, write only the run, and start nothing. */
async function confined(run: string, changed: string, flags: readonly string[] = []) {
  const permission = process.allowedNodeEnvironmentFlags.has("--permission")
    ? "--permission"
    : "--experimental-permission";
  const allowed = ["dist", "bin", "node_modules", "rubrics"].map((name) => `${ROOT}/${name}/*`);
  return execa(
    process.execPath,
    [
      permission,
      ...flags,
      ...[...allowed, `${ROOT}/package.json`, `${dirname(run)}/*`].map((path) => `--allow-fs-read=${path}`),
      `--allow-fs-write=${run}/*`,
      join(ROOT, "bin/frostline.mjs"),
      "regrade",
      run,
      "-r",
      changed,
    ],
    { env: { PATH: "", NO_COLOR: "1" }, extendEnv: false, reject: false },
  );
}

const bar = (threshold: number): Rubric["items"] => [
  ...STORED_RUBRIC.items.slice(0, 2),
  { grader: "validation-accuracy", points: 4, options: { threshold } },
];

describe("regrade", () => {
  it("says who moved, by how much and by which item", async () => {
    const { run, rubric } = await graded();
    const changed = await rubric({ items: bar(0.6) });
    const { code, out } = await frostline([
      "regrade",
      run,
      "-r",
      changed,
      "--reason",
      "the bar was too high",
    ]);
    expect(code).toBe(0);
    expect(out).toContain("1 of 3 submissions moved: 1 up, 0 down. Mean 7.33 → 8.67 points.");
    expect(out).toMatch(/ben +\+4 +6 → 10 of 10\n +validation-accuracy 0 → 4/);
    expect(out).not.toMatch(/^cy /m);
    const history = (await frostline(["judge", run, "--history"])).out;
    expect(history).toMatch(/^1 +until 20.*Replaced\s+because:\s+the bar was too high/s);
  });

  it("keeps the grades and says who moved where a page cannot be written; `report` draws it later", async () => {
    const { run, rubric } = await graded();
    await rm(join(run, "student"), { recursive: true });
    await writeFile(join(run, "student"), "a file in the way\n");
    const { code, out, err } = await frostline(["regrade", run, "-r", await rubric({ items: bar(0.6) })]);
    expect(code).toBe(2);
    expect(out).toContain("1 of 3 submissions moved");
    expect(err).toContain("a file stands where a folder is needed");
    expect(JSON.parse(await readFile(join(run, "grades/ben.json"), "utf8"))).toMatchObject({ earned: 10 });
    await rm(join(run, "student"));
    expect((await frostline(["report", run])).code).toBe(0);
    expect(await readFile(join(run, "student/ben.html"), "utf8")).toContain("<strong>10 of 10</strong>");
  });

  it("names new and dropped items, and counts who only got another possible total", async () => {
    const { run, rubric } = await graded();
    const items = [...bar(0.8).slice(0, 2), { grader: "new-head", points: 5 }];
    const { out } = await frostline(["regrade", run, "-r", await rubric({ items })]);
    expect(out).toMatch(/ana +\+1 +10 of 10 → 11 of 11\n +new-head new: 5, validation-accuracy gone: 4/);
    const dearer = await frostline(["regrade", run, "-r", await rubric({ items: bar(0.999) })]);
    expect(dearer.out).toContain("3 of 3 submissions moved");
    const dear = bar(0.999).map((item, index) => (index === 2 ? { ...item, points: 9 } : item));
    expect((await frostline(["regrade", run, "-r", await rubric({ items: dear })])).out).toContain(
      "3 submissions with the same points of another possible total",
    );
  });

  it("goes back to the very bytes it had, one change at a time, and keeps what was undone", async () => {
    const { run, rubric } = await graded();
    const first = filesOf(run);
    await frostline(["regrade", run, "-r", await rubric({ items: bar(0.6) })]);
    const second = filesOf(run);
    await frostline(["regrade", run, "-r", await rubric({ items: bar(0.3) })]);
    expect(readdirSync(join(run, "history"))).toEqual(["1", "2"]);
    await frostline(["regrade", run, "--undo"]);
    expect(filesOf(run)).toEqual(second);
    await frostline(["regrade", run, "--undo"]);
    expect({ ...filesOf(run), "run.json": null }).toEqual({ ...first, "run.json": null });
    expect(JSON.parse(filesOf(run)["run.json"] ?? "")).toEqual(JSON.parse(first["run.json"] ?? ""));
    expect(readdirSync(join(run, "history"))).toEqual(["undone-1", "undone-2"]);
    const { code, err } = await frostline(["regrade", run, "--undo"]);
    expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining("nothing to take back") });
  });

  it("adds nothing to the history when nothing changed", async () => {
    const { run } = await graded();
    const { out } = await frostline(["regrade", run]);
    expect(out).toContain("None of 3 submissions moved");
    expect((await frostline(["regrade", run, "--history"])).out).toContain("one rubric only");
  });

  it("keeps the history too when `report` is given another rubric", async () => {
    const { run, rubric } = await graded();
    await frostline(["report", run, "-r", await rubric({ items: bar(0.6) })]);
    expect(readdirSync(join(run, "history/1")).sort()).toEqual(["grades.json", "note.json", "rubric.json"]);
  });

  it("takes up a change that was killed between the rubric and the grades", async () => {
    const { run, rubric } = await graded();
    const changed = await rubric({ items: bar(0.6) });
    const old = filesOf(run);
    await frostline(["regrade", run, "-r", changed]);
    const done = filesOf(run);
    for (const id of ["ana", "ben"])
      await writeFile(join(run, `grades/${id}.json`), old[`grades/${id}.json`] ?? "");
    await frostline(["regrade", run, "-r", changed]);
    expect(filesOf(run)).toEqual(done);
    expect(readdirSync(join(run, "history"))).toEqual(["1"]);
    await frostline(["regrade", run, "--undo"]);
    expect(filesOf(run)["grades/ana.json"]).toEqual(old["grades/ana.json"]);
  });

  it("reads no submission and starts no process", async () => {
    const { run, rubric } = await graded();
    const changed = await rubric({ items: bar(0.6) });
    const { exitCode, stdout, stderr } = await confined(run, changed);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: expect.not.stringContaining("ERR_ACCESS") });
    expect(stdout).toContain("1 of 3 submissions moved");
  });

  it("judges a large class in threads, with the bytes that a small one gets, and starts no process", async () => {
    const small = await graded();
    const names = Array.from({ length: 117 }, (_, index) => [`student-${index}`, index + 50]);
    const large = await graded({ ...THREE, ...Object.fromEntries(names) });
    for (const { run, rubric } of [small, large]) {
      const changed = await rubric({ items: bar(0.6) });
      const { exitCode, stdout, stderr } = await confined(run, changed, ["--allow-worker"]);
      expect({ exitCode, stderr }).toEqual({
        exitCode: 0,
        stderr: expect.not.stringContaining("ERR_ACCESS"),
      });
      expect(stdout).toContain("submissions moved");
    }
    const written = filesOf(large.run);
    expect(Object.keys(written)).toHaveLength(120 * 4 + 4);
    for (const [file, text] of Object.entries(filesOf(small.run)))
      if (file.includes("/")) expect(written[file], file).toBe(text);
    const { rows } = { rows: JSON.parse(written["report.json"] ?? "").submissions };
    expect(rows.map(({ id }: { id: string }) => id)).toEqual([
      ...Object.keys(THREE),
      ...names.map(([name]) => name),
    ]);
  });

  it("says which file of a large class cannot be written, and why", async () => {
    const names = Array.from({ length: 120 }, (_, index) => [`student-${index}`, index + 50]);
    const { run, rubric } = await graded(Object.fromEntries(names));
    await rm(join(run, "student"), { recursive: true });
    await writeFile(join(run, "student"), "a file stands here");
    const { code, err } = await frostline(["regrade", run, "-r", await rubric({ items: bar(0.6) })]);
    expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining("a file stands") });
  });

  it("leaves a submission without usable evidence to the next grading and says so", async () => {
    const { run } = await graded();
    await writeFile(join(run, "evidence/cy.json"), "{}");
    const { code, out } = await frostline(["regrade", run]);
    expect(code).toBe(2);
    expect(out).toContain("1 submission without usable evidence, to be graded again");
    expect(await readFile(join(run, "grades/cy.json"), "utf8")).toContain('"earned"');
  });

  it.each([
    ["a folder without a run", [], "A folder that `frostline grade` wrote"],
    ["undo with a rubric", ["--undo", "-r", "fine-tuning"], "Leave out --rubric"],
    ["history with undo", ["--history", "--undo"], "Leave out --undo"],
  ])("answers %s with code 1 and a word on what to do", async (_, options, word) => {
    const folder = await scratch();
    await rm(folder, { recursive: true });
    const { code, err } = await frostline(["regrade", folder, ...options]);
    expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining(word) });
  });
});
