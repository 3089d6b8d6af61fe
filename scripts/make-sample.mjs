// Makes reports/sample anew: the whole example class graded, without the models themselves. Time and memory, which
// differ from run to run, are rounded to whole seconds and hundreds of megabytes. `npm run sample`.
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

const root = path.dirname(import.meta.dirname);
const sample = path.join(root, "reports", "sample");
const made = mkdtempSync(path.join(tmpdir(), "frostline-sample-"));

function frostline(...args) {
  const run = spawnSync(process.execPath, [path.join(root, "bin/frostline.mjs"), ...args], {
    cwd: root,
    stdio: "inherit",
  });
  // 2 says that something is pending: an example asks for a checkpoint that is not in the store.
  if (run.status !== 0 && run.status !== 2) throw new Error(`frostline ${args[0]} ended with ${run.status}.`);
}

try {
  frostline("grade", "submissions/examples", "--rubric", "fine-tuning", "--out", made, "--jobs", "1");
  rmSync(sample, { recursive: true, force: true });
  for (const part of ["run.json", "evidence"])
    cpSync(path.join(made, part), path.join(sample, part), { recursive: true });
  for (const file of readdirSync(path.join(sample, "evidence")))
    roundNoise(path.join(sample, "evidence", file));
  frostline("report", sample);
} finally {
  rmSync(made, { recursive: true, force: true });
}

function roundNoise(file) {
  const evidence = JSON.parse(readFileSync(file, "utf8"));
  const run = evidence.items.run;
  if (run.state === "found") {
    const { wallMs, lostMs = 0, cpuMs, peakMemoryMb } = run.value;
    const rounded = (value, step) => Math.ceil(value / step) * step;
    run.value = {
      ...run.value,
      wallMs: rounded(wallMs - lostMs, 1000),
      lostMs: undefined,
      cpuMs: rounded(cpuMs, 1000),
      peakMemoryMb: rounded(peakMemoryMb, 100),
    };
  }
  writeFileSync(file, `${JSON.stringify(evidence)}\n`);
}
