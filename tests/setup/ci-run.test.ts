import path from "node:path";
import { execa } from "execa";
import { expect, test } from "vitest";
import { linkPackages, projectRoot, scratchProject } from "./scratch-project.js";

const TESTS = {
  "tests/mixed.test.ts": `import { expect, test } from "vitest";
    test("one and one is two", () => expect(1 + 1).toBe(2));
    test("one is two", () => expect(1).toBe(2));
    test("the moon", (ctx) => ctx.skip("there is no moon here"));`,
  "tests/broken.test.ts": 'import "./missing.js";',
};

const CONFIG = `export default { test: { include: ["tests/**/*.test.ts"], reporters: ["./scripts/count-reporter.mjs"] } };`;

function packageThatTestsWith(command: string): string {
  return JSON.stringify({ name: "scratch", type: "module", scripts: { test: command } });
}

function ciRun(folder: string) {
  return execa(path.join(folder, ".ci/run"), { reject: false });
}

test("the last line counts tests that passed, failed and were skipped; a file that cannot be loaded failed", async () => {
  const files = { ...TESTS, "package.json": packageThatTestsWith("vitest run"), "vitest.config.mjs": CONFIG };
  const folder = scratchProject(files);
  linkPackages(folder);
  const { exitCode, stdout } = await ciRun(folder);
  expect(exitCode).toBe(1);
  expect(stdout).toContain("skipped: the moon: there is no moon here");
  expect(stdout.split("\n").at(-1)).toBe("1 passed, 2 failed, 1 skipped");
});

test("a set-up that failed is one failure, whatever counts an earlier run left", async () => {
  const folder = scratchProject({
    "package.json": packageThatTestsWith("exit 7"),
    ".cache/test-counts.txt": "9 passed, 0 failed, 0 skipped\n",
  });
  const { exitCode, stdout } = await ciRun(folder);
  expect(exitCode).not.toBe(0);
  expect(stdout.split("\n").at(-1)).toBe("0 passed, 1 failed, 0 skipped");
});

test("npm test is the set-up and then every test", async () => {
  const { stdout } = await execa("npm", ["pkg", "get", "scripts.test"], { cwd: projectRoot });
  expect(JSON.parse(stdout)).toBe("node scripts/setup.mjs && vitest run");
});
