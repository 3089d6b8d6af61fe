// Every benchmark in scripts/bench, or those named on the command line, one after the other.
// Each prints ratios taken in one run; nothing here is a test.
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import path from "node:path";

const folder = path.join(import.meta.dirname, "bench");
const named = process.argv.slice(2);
const all = readdirSync(folder).filter((file) => file.endsWith(".bench.mjs"));
const chosen = named.length > 0 ? all.filter((file) => named.includes(file.replace(".bench.mjs", ""))) : all;
if (chosen.length === 0) {
  console.error(
    `There are these benchmarks: ${all.map((file) => file.replace(".bench.mjs", "")).join(", ")}.`,
  );
  process.exitCode = 1;
}
for (const file of chosen) {
  console.log(`\n# ${file.replace(".bench.mjs", "")}`);
  const run = spawnSync(process.execPath, [path.join(folder, file)], { stdio: "inherit" });
  if (run.status !== 0) process.exitCode = 1;
}
