// Judging a class of 300 again from stored evidence: copies of a real run under new names, a changed rubric each time.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, loadavg, tmpdir } from "node:os";
import path from "node:path";

const SUBMISSIONS = 300;
const RUNS = 7;
const root = path.resolve(import.meta.dirname, "../..");
const work = mkdtempSync(path.join(tmpdir(), "frostline-bench-"));
const read = (file) => JSON.parse(readFileSync(file, "utf8"));

/** Wall time of the command until it says something and until it ends, milliseconds. */
async function time(...args) {
  const started = performance.now();
  const run = spawn(process.execPath, [path.join(root, "bin/frostline.mjs"), ...args], {
    env: { ...process.env, CI: "true" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let told = Number.NaN;
  run.stdout.once("data", () => {
    told = performance.now() - started;
  });
  run.stdout.resume();
  const [code] = await once(run, "close");
  if (code !== 0 && code !== 2) throw new Error(`frostline ${args.join(" ")} ended with ${code}`);
  return { told, all: performance.now() - started };
}

const sorted = (numbers) => [...numbers].sort((a, b) => a - b);

function makeClass(source, folder) {
  const run = read(path.join(source, "run.json"));
  const stored = readdirSync(path.join(source, "evidence")).map((file) =>
    read(path.join(source, "evidence", file)),
  );
  mkdirSync(path.join(folder, "evidence"), { recursive: true });
  const submissions = Array.from({ length: SUBMISSIONS }, (_, index) => {
    const evidence = stored[index % stored.length];
    const id = `student-${String(index + 1).padStart(3, "0")}`;
    const copy = { ...evidence, submission: { ...evidence.submission, id } };
    writeFileSync(path.join(folder, "evidence", `${id}.json`), `${JSON.stringify(copy)}\n`);
    return { id, name: id };
  });
  writeFileSync(path.join(folder, "run.json"), JSON.stringify({ ...run, submissions }));
  return run.rubric;
}

try {
  // A run named on the command line, else the golden run of the example class.
  const source = process.argv[2] ?? path.join(root, "reports/sample");
  const folder = path.join(work, "class");
  const rubric = makeClass(source, folder);
  const versions = [1, 2].map((step) => {
    const [first, ...others] = rubric.items;
    const file = path.join(work, `rubric-${step}.json`);
    const items = [{ ...first, points: first.points + step }, ...others];
    writeFileSync(file, JSON.stringify({ ...rubric, items }));
    return file;
  });
  await time("report", folder);
  const walls = [];
  for (let run = 0; run < RUNS; run++) walls.push(await time("regrade", folder, "-r", versions[run % 2]));
  const figures = (part) => {
    const [least, middle] = [0, RUNS >> 1].map((at) => sorted(walls.map((wall) => wall[part]))[at]);
    return `${middle.toFixed(0).padStart(6)} ms, the fastest ${least.toFixed(0)} ms`;
  };
  console.log(`regrade of ${SUBMISSIONS} submissions, median of ${RUNS}; aim: under 1000 ms`);
  console.log(`  grades written, who moved is told   ${figures("told")}`);
  console.log(`  and all ${2 * SUBMISSIONS + 1} pages drawn            ${figures("all")}`);
  console.log(
    `frostline --version                   ${(await time("--version")).all.toFixed(0).padStart(6)} ms`,
  );
  console.log(`load ${loadavg()[0].toFixed(1)} on ${availableParallelism()} cores`);
} finally {
  rmSync(work, { recursive: true, force: true });
}
