// Start of the command line, judging stored evidence again, and the whole demo, as a user runs them.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

const root = path.resolve(import.meta.dirname, "../..");
const out = mkdtempSync(path.join(tmpdir(), "frostline-bench-"));

/** Wall time of one run of the command line, milliseconds. */
function time(args) {
  const started = performance.now();
  const run = spawnSync(process.execPath, [path.join(root, "bin/frostline.mjs"), ...args], {
    env: { ...process.env, CI: "true" },
  });
  if (run.status !== 0)
    throw new Error(`frostline ${args.join(" ")} ended with ${run.status}: ${run.stderr}`);
  return performance.now() - started;
}

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const repeated = (args, runs) => median(Array.from({ length: runs }, () => time(args)));
const bare = median(
  Array.from({ length: 9 }, () => {
    const started = performance.now();
    spawnSync(process.execPath, ["-e", "0"]);
    return performance.now() - started;
  }),
);

try {
  const examples = path.join(root, "submissions/examples");
  const grading = ["grade", examples, "--skip", "keras-*", "--rubric", "fine-tuning", "--out", out];
  const demo = time(grading);
  const again = time(grading);
  const help = repeated(["--help"], 9);
  const regrade = repeated(["report", out], 9);
  const line = (what, ms, aim) =>
    console.log(`${what.padEnd(52)} ${ms.toFixed(0).padStart(7)} ms   aim: ${aim}`);
  line("node -e 0", bare, "-");
  line("frostline --help", help, "under 150 ms");
  line("example class, everything run (the demo)", demo, "under 60 s");
  line("example class, nothing changed", again, "-");
  line("example class judged again from stored evidence", regrade, "under 300 ms");
  console.log(`judging again is ${(demo / regrade).toFixed(0)} times faster than grading`);
} finally {
  rmSync(out, { recursive: true, force: true });
}
