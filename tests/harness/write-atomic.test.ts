import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, it } from "vitest";
import { writeAtomic } from "../../src/harness/write-atomic.js";

const folder = mkdtempSync(path.join(tmpdir(), "frost-test-"));
afterAll(() => rmSync(folder, { recursive: true }));

it("puts a changed file in the place of another, and leaves one that holds the same", () => {
  const file = path.join(folder, "made", "page.html");
  writeAtomic(file, "one");
  const { ino } = statSync(file);
  writeAtomic(file, Buffer.from("one"));
  expect(statSync(file).ino).toBe(ino);
  writeAtomic(file, "two");
  expect(statSync(file).ino).not.toBe(ino);
  expect(readFileSync(file, "utf8")).toBe("two");
  expect(readdirSync(path.dirname(file))).toEqual(["page.html"]);
});
