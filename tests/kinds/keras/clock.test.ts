import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, it } from "vitest";
import { runnerScript } from "./runner-script.js";

const folder = mkdtempSync(path.join(tmpdir(), "frost-test-"));
const lostTime = path.join(folder, "lost-time");
const jobFile = path.join(folder, "job.json");

afterAll(() => rmSync(folder, { recursive: true }));

/** A runner that loses ten seconds, and its seconds that are left before and after. */
const SCRIPT = `
import sys
from frostline_runner.run_state import open_run
run = open_run("${jobFile}")
before = run.seconds_left()
open("${lostTime}", "w").write("000000010000")
print(before, run.seconds_left(), run.seconds_left_for_fits())
`;

it("the clock of a Keras program stands still for the time lost", () => {
  writeFileSync(jobFile, JSON.stringify({ seconds: 100, lostTime }));
  writeFileSync(lostTime, "000000000000");
  const [before = 0, after = 0, forFits = 0] = runnerScript(SCRIPT).split(" ").map(Number);
  expect(before).toBeLessThanOrEqual(100);
  expect(after - before).toBeCloseTo(10, 0);
  expect(after - forFits).toBeCloseTo(15, 0);
});
