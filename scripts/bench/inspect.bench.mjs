// How long `frostline inspect` takes with small models, as a user runs it, beside what a bare Node takes.
import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

const root = path.resolve(import.meta.dirname, "../..");
const fixture = (name) => path.join(root, "tests/models/fixtures", name);
const page = path.join(tmpdir(), `frostline-bench-${process.pid}.html`);
const RUNS = 15;

/** Wall time of one program, milliseconds. */
function time(args) {
  const started = performance.now();
  const run = spawnSync(process.execPath, args, { env: { ...process.env, CI: "true" } });
  if (run.status !== 0) throw new Error(`${args.join(" ")} ended with ${run.status}: ${run.stderr}`);
  return performance.now() - started;
}

const inspect = (...args) => [path.join(root, "bin/frostline.mjs"), "inspect", ...args];
const keras = fixture("augmented-schedule.k3.15.1.keras");
const COMMANDS = [
  ["node -e 0", ["-e", "0"]],
  ["frostline --help", [path.join(root, "bin/frostline.mjs"), "--help"]],
  ["inspect a small .keras", inspect(keras)],
  ["inspect a small .h5", inspect(fixture("froze-after-fit.k3.10.0.h5"))],
  ["inspect a small .keras --json", inspect(keras, "--json")],
  ["inspect a small .keras --html", inspect(keras, "--html", page)],
  ["inspect the bundled base", inspect(path.join(root, "src/store/bundled/efficientnet-lite0-stage5"))],
];

try {
  // Turn by turn, so that what else the machine does falls on all of them alike.
  const times = COMMANDS.map(() => []);
  for (let run = 0; run < RUNS; run += 1)
    for (const [index, [, args]] of COMMANDS.entries()) times[index].push(time(args));
  const sorted = times.map((values) => values.toSorted((a, b) => a - b));
  const bare = sorted[0][Math.floor(RUNS / 2)];
  console.log(
    `${"".padEnd(34)} median    fastest   times a bare Node   (aim: under 300 ms on an idle machine)`,
  );
  for (const [index, [what]] of COMMANDS.entries()) {
    const median = sorted[index][Math.floor(RUNS / 2)];
    const [fastest] = sorted[index];
    const ms = (value) => `${value.toFixed(0).padStart(6)} ms`;
    console.log(`${what.padEnd(32)} ${ms(median)} ${ms(fastest)} ${(median / bare).toFixed(1).padStart(10)}`);
  }
} finally {
  rmSync(page, { force: true });
}
