import { readdirSync, readFileSync } from "node:fs";
import { appendFile, cp, mkdir, symlink } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { runnerVersion } from "../../src/harness/evidence-key.js";
import { ROOT, scratch } from "../cli/frostline.js";

/** These write and hash what others found out. */
const PLUMBING = ["run-folder", "sha256", "write-atomic"];

/** The files of the harness that a file of it imports, and those that these import. */
function stepsFrom(name: string, known = new Set<string>()): Set<string> {
  if (known.has(name)) return known;
  known.add(name);
  const source = readFileSync(join(ROOT, `src/harness/${name}.ts`), "utf8");
  for (const [, next] of source.matchAll(/from "\.\/([a-z-]+)\.js"/g)) stepsFrom(next ?? "", known);
  return known;
}

/** A built Frostline whose rooms are the real ones and whose harness may be changed. */
async function changeable(): Promise<string> {
  const root = await scratch();
  await mkdir(join(root, "dist/src"), { recursive: true });
  await symlink(join(ROOT, "dist/engine"), join(root, "dist/engine"));
  for (const room of readdirSync(join(ROOT, "dist/src")).filter((name) => name !== "harness"))
    await symlink(join(ROOT, "dist/src", room), join(root, "dist/src", room));
  await cp(join(ROOT, "dist/src/harness"), join(root, "dist/src/harness"), { recursive: true });
  return root;
}

describe("runnerVersion", () => {
  it("is another one when any step that makes evidence changes, so that no stale evidence is used", async () => {
    const steps = [...stepsFrom("observe")].filter((name) => !PLUMBING.includes(name));
    expect(steps).toEqual(expect.arrayContaining(["observe", "step-by-answers", "shuffled"]));
    const root = await changeable();
    const unnoticed: string[] = [];
    for (const name of steps) {
      const before = runnerVersion(root);
      await appendFile(join(root, `dist/src/harness/${name}.js`), "// changed\n");
      if (runnerVersion(root) === before) unnoticed.push(name);
    }
    expect(unnoticed).toEqual([]);
  });

  it("stays when only what is made of evidence changes", async () => {
    const root = await changeable();
    const before = runnerVersion(root);
    for (const name of ["build-report", "regrade-text", "judge-run"])
      await appendFile(join(root, `dist/src/harness/${name}.js`), "// changed\n");
    expect(runnerVersion(root)).toBe(before);
  });
});
