// Reading a VGG16 `.keras` and a small file into facts, beside keras.models.load_model and its summary.
// FROSTLINE_KERAS_PYTHON names a Python with Keras; without it only the small file is read.
import { spawnSync } from "node:child_process";
import {
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

const ROOT = path.join(import.meta.dirname, "..", "..");
const SMALL = path.join(ROOT, "tests", "models", "fixtures", "augmented-schedule.k3.15.1.keras");
const ROUNDS = 5;
const MEBIBYTE = 1024 * 1024;

const MAKE = `
import sys, keras
keras.applications.VGG16(weights=None, include_top=False, input_shape=(64, 64, 3)).save(sys.argv[1])`;
const LOAD = `
import sys, time
import keras
started = time.perf_counter()
keras.models.load_model(sys.argv[1]).summary(print_fn=lambda line: None)
print(round((time.perf_counter() - started) * 1000))`;

/** Tells the time of its own work and its peak memory, since those of a child cannot be asked for. */
const WATCH = `data:text/javascript,process.on("exit",()=>{const use=process.resourceUsage();
console.log([performance.now()-performance.nodeTiming.bootstrapComplete,(use.userCPUTime+use.systemCPUTime)/1000,use.maxRSS/1024].join())})`;

const folder = mkdtempSync(path.join(tmpdir(), "frostline-bench-"));
try {
  measure("small", SMALL);
  const python = process.env.FROSTLINE_KERAS_PYTHON;
  if (python) compareWithKeras(python);
  else console.log("VGG16 is left out: FROSTLINE_KERAS_PYTHON names no Python with Keras.");
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function compareWithKeras(python) {
  const file = path.join(folder, "vgg16.keras");
  runPython(python, MAKE, file);
  const ours = measure("VGG16", file);
  const started = performance.now();
  const loaded = Number(runPython(python, LOAD, file).trim().split("\n").at(-1));
  const inAll = performance.now() - started;
  console.log(`VGG16 by Keras: ${loaded} ms after its import, ${inAll.toFixed(0)} ms in all`);
  console.log(
    `ratio: ${(loaded / ours.workMs).toFixed(1)} after the start, ${(inAll / ours.wallMs).toFixed(1)} in all`,
  );
}

function runPython(python, program, file) {
  const env = { ...process.env, KERAS_BACKEND: "tensorflow", TF_CPP_MIN_LOG_LEVEL: "3" };
  const run = spawnSync(python, ["-c", program, file], { encoding: "utf8", env });
  if (run.status !== 0) throw new Error(`Python failed: ${run.stderr.slice(-500)}`);
  return run.stdout;
}

/** The engine as a plain process, so that the figures are those of reading and not of the jail. */
function measure(name, file) {
  const job = path.join(folder, name);
  mkdirSync(job);
  symlinkSync(file, path.join(job, "model-0"));
  const model = { main: path.basename(file), files: [{ name: path.basename(file), staged: "model-0" }] };
  writeFileSync(path.join(job, "job.json"), JSON.stringify({ model }));
  const runs = Array.from({ length: ROUNDS }, () => readOnce(job)).sort((a, b) => a.wallMs - b.wallMs);
  const middle = runs[Math.floor(ROUNDS / 2)];
  const bytes = statSync(file).size;
  console.log(
    `${name} (${(bytes / MEBIBYTE).toFixed(1)} MB): ${middle.wallMs.toFixed(0)} ms in all, ` +
      `${middle.workMs.toFixed(0)} ms after the start, ${middle.cpuMs.toFixed(0)} ms of processor, ` +
      `${middle.peakMb.toFixed(0)} MB at most (${((middle.peakMb * MEBIBYTE) / bytes).toFixed(1)} times the file)`,
  );
  return middle;
}

function readOnce(job) {
  const result = openSync(path.join(job, "result"), "w");
  const stdio = ["ignore", "pipe", "inherit", "ignore", "ignore", "ignore", result];
  const engine = path.join(ROOT, "dist", "engine", "read-model.mjs");
  const started = performance.now();
  const run = spawnSync(process.execPath, ["--import", WATCH, engine, job], { stdio, encoding: "utf8" });
  const wallMs = performance.now() - started;
  closeSync(result);
  if (run.status !== 0) throw new Error("The engine failed; run `npm run build` first.");
  const [workMs, cpuMs, peakMb] = run.stdout.split(",").map(Number);
  return { wallMs, workMs, cpuMs, peakMb };
}
