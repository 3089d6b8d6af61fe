import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { runnerScript } from "./runner-script.js";

const folder = mkdtempSync(path.join(tmpdir(), "frost-test-"));
const jobFile = path.join(folder, "job.json");

/** Works for some seconds in a file of the student's or of a library, then calls into TensorFlow; half a second after the start its time is over. */
const SCRIPT = `
import sys, time
from types import SimpleNamespace
from frostline_runner.deadline import stop_if_late, watch_deadline
from frostline_runner.errors import TimeIsUp
from frostline_runner.run_state import open_run

def counted(file, seconds):
    names = {"time": time}
    exec(compile(f"def count():\\n  end = time.monotonic() + {seconds}\\n  while time.monotonic() < end: pass", file, "exec"), names)
    names["count"]()

run = open_run("${jobFile}")
run.tensorflow = SimpleNamespace(executing_eagerly=lambda: True)
watch_deadline(run)
try:
    counted(sys.argv[1], float(sys.argv[2]))
    print("not interrupted", end=", ")
    stop_if_late(run)
    print("not late")
except TimeIsUp:
    print("ended after %.0f s" % (time.monotonic() - run.started))
`;

beforeAll(() => {
  const lostTime = path.join(folder, "lost-time");
  writeFileSync(jobFile, JSON.stringify({ seconds: 0.5, folder, lostTime }));
  writeFileSync(lostTime, "000000000000");
});
afterAll(() => rmSync(folder, { recursive: true }));

const counting = (file: string, seconds: number): string => runnerScript(SCRIPT, file, String(seconds));

it("a program whose time is over is ended in its own lines", () => {
  expect(counting(path.join(folder, "main.py"), 20)).toMatch(/^ended after [01] s$/);
});

it("inside a library it is left alone until the next call into TensorFlow", () => {
  expect(counting("/usr/lib/library.py", 2)).toBe("not interrupted, ended after 2 s");
});

it("inside a library that does not come back it is ended after three seconds more", () => {
  expect(counting("/usr/lib/library.py", 20)).toMatch(/^ended after [34] s$/);
});

it("a program that is done in time is not late", () => {
  expect(counting("/usr/lib/library.py", 0.1)).toBe("not interrupted, not late");
});
