import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { execa } from "execa";
import { expect, test } from "vitest";
import { linkPackages, scratchProject } from "./scratch-project.js";

const SOURCES = {
  "src/index.ts": 'export { answer } from "./answer.js";\n',
  "src/answer.ts": "export const answer: number = 42;\n",
  "src/page/page.hbs": "<p>{{answer}}</p>\n",
  "graders/index.ts": "export const graders: string[] = [];\n",
};

function projectToBuild(files: Record<string, string>): string {
  const folder = scratchProject(files);
  // The engine table lists entries that this small project does not have.
  const script = path.join(folder, "scripts", "build.mjs");
  writeFileSync(
    script,
    readFileSync(script, "utf8").replace(/const ENGINES = \[[\s\S]*?\];/, "const ENGINES = [];"),
  );
  linkPackages(folder);
  return folder;
}

const build = (folder: string) => execa("node", ["scripts/build.mjs"], { cwd: folder, reject: false });

test("the build compiles src and graders, and puts templates beside the code", async () => {
  const folder = projectToBuild(SOURCES);
  expect((await build(folder)).exitCode).toBe(0);
  const { answer } = await import(path.join(folder, "dist/src/index.js"));
  expect(answer).toBe(42);
  expect(existsSync(path.join(folder, "dist/graders/index.js"))).toBe(true);
  expect(readFileSync(path.join(folder, "dist/src/page/page.hbs"), "utf8")).toBe("<p>{{answer}}</p>\n");
});

test("a second build of the same sources does nothing", async () => {
  const folder = projectToBuild(SOURCES);
  await build(folder);
  const { stdout } = await build(folder);
  expect(stdout).toBe("");
});

test("a source that was deleted disappears from dist, and what did not change is left alone", async () => {
  const folder = projectToBuild({ ...SOURCES, "src/old.ts": "export const old = 1;\n" });
  await build(folder);
  const unchanged = path.join(folder, "dist/src/answer.js");
  const before = statSync(unchanged).mtimeMs;
  rmSync(path.join(folder, "src/old.ts"));
  await build(folder);
  expect(existsSync(path.join(folder, "dist/src/old.js"))).toBe(false);
  expect(statSync(unchanged).mtimeMs).toBe(before);
});

test("a type error is shown, fails the build and is shown again by the next build", async () => {
  const folder = projectToBuild({ ...SOURCES, "src/answer.ts": 'export const answer: number = "42";\n' });
  for (const run of [await build(folder), await build(folder)]) {
    expect(run.exitCode).toBe(1);
    expect(run.stdout).toContain("src/answer.ts(1,14): error TS2322");
  }
});

test("an engine whose entry does not exist is named and fails the build", async () => {
  const folder = projectToBuild(SOURCES);
  const script = path.join(folder, "scripts/build.mjs");
  const table = 'const ENGINES = [{ entry: "src/no-such.ts", outfile: "dist/engine/no-such.mjs" }];';
  writeFileSync(script, readFileSync(script, "utf8").replace("const ENGINES = [];", table));
  const { exitCode, stderr } = await build(folder);
  expect(exitCode).toBe(1);
  expect(stderr).toContain(
    "scripts/build.mjs lists src/no-such.ts, which does not exist; correct its table.",
  );
});

test("an engine becomes one file that needs nothing beside it", async () => {
  const folder = projectToBuild(SOURCES);
  const script = path.join(folder, "scripts/build.mjs");
  const table = 'const ENGINES = [{ entry: "src/index.ts", outfile: "dist/engine/index.mjs" }];';
  writeFileSync(script, readFileSync(script, "utf8").replace("const ENGINES = [];", table));
  expect((await build(folder)).exitCode).toBe(0);
  expect(readFileSync(path.join(folder, "dist/engine/index.mjs"), "utf8")).not.toContain("import");
});

test("frostline says how to set it up where dist is missing", async () => {
  const folder = scratchProject({});
  const { exitCode, stderr } = await execa("node", ["bin/frostline.mjs", "--help"], {
    cwd: folder,
    reject: false,
  });
  expect(exitCode).toBe(2);
  expect(stderr).toBe(
    "Frostline is not set up in this folder yet: run `npm run setup` here once, then try again.",
  );
});
