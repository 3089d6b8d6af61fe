import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";

const root = path.join(import.meta.dirname, "../..");

it("finds the compiled templates up to date", () => {
  const fresh = execFileSync(process.execPath, ["scripts/build-templates.mjs", "--print"], {
    cwd: root,
    encoding: "utf8",
  });
  const committed = readFileSync(path.join(root, "src/reporters/html/compiled-templates.ts"), "utf8");
  const message = "Templates, styles or page.js changed: run `node scripts/build-templates.mjs`.";
  expect(committed === fresh, message).toBe(true);
});
