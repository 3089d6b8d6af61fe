// The same TensorFlow.js program directly on the native addon, in the isolate, and directly on WebAssembly: a forward
// pass of the bundled base, and training of a head. Same flags and one thread everywhere. Two that are compared run at
// the same time, each on a processor of its own, and change places every turn: what the machine does besides, and a
// processor that is faster than the other, slows both alike.
import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { engineFlags } from "../../dist/src/kinds/tfjs/engine-flags.js";

/** Even, so that each has been in both places as often. */
const TURNS = 36;
const WASM_TURNS = 2;
const run = promisify(execFile);
const root = path.resolve(import.meta.dirname, "../..");
const native = path.join(root, ".cache/native");
const manifest = JSON.parse(readFileSync(path.join(native, "manifest.json"), "utf8"));
const addon = path.join(native, manifest.tensorflow.addon);
const wasm = path.join(root, "node_modules/@tensorflow/tfjs-backend-wasm/dist/");
const base = path.join(root, "src/store/bundled/efficientnet-lite0-stage5");
const folder = mkdtempSync(path.join(tmpdir(), "frostline-bench-"));

/**
 * Prints milliseconds of `forward` and `head`: the least of many rounds, since what disturbs a round only makes it longer
 * and V8 needs a second to compile what is run often. Of the forward pass also the first, where all is cold.
 */
const PROGRAM = `
async function measure(tf, base, withHead) {
  const pictures = tf.randomUniform([96, 64, 64, 3], -1, 1, 'float32', 7);
  const forward = async () => { const out = base.predict(pictures, { batchSize: 32 }); await out.data(); out.dispose(); };
  const xs = tf.randomNormal([512, 1280], 0, 1, 'float32', 1);
  const labels = new Int32Array(512).map((_, i) => (i * 7) % 10);
  const ys = tf.oneHot(tf.tensor1d(labels, 'int32'), 10).toFloat();
  const head = tf.sequential({ layers: [
    tf.layers.dense({ inputShape: [1280], units: 128, activation: 'relu' }),
    tf.layers.dense({ units: 10, activation: 'softmax' }),
  ] });
  head.compile({ optimizer: tf.train.adam(1e-3), loss: 'categoricalCrossentropy' });
  const train = () => head.fit(xs, ys, { epochs: 5, batchSize: 32, verbose: 0, shuffle: false });
  const timed = async (work) => { const from = performance.now(); await work(); return performance.now() - from; };
  const least = async (work, rounds) => {
    let best = Infinity;
    for (let round = 0; round < rounds; round++) best = Math.min(best, await timed(work));
    return best;
  };
  const result = { first: await timed(forward), forward: await least(forward, 15) };
  if (withHead) result.head = await least(train, 5);
  console.log('RESULT ' + JSON.stringify(result));
}
`;

const LOAD = `
const artifacts = JSON.parse(readFileSync(${JSON.stringify(path.join(base, "model.json"))}, 'utf8'));
const weights = readFileSync(${JSON.stringify(path.join(base, "weights.bin"))});
const load = () => tf.loadLayersModel({ load: async () => ({
  modelTopology: artifacts.modelTopology,
  weightSpecs: artifacts.weightsManifest.flatMap((group) => group.weights),
  weightData: weights.buffer.slice(weights.byteOffset, weights.byteOffset + weights.length),
}) });
`;

/** tfjs-node's own JavaScript needs what Node 23 took away. */
const DIRECT = `${PROGRAM}
const { readFileSync } = require('node:fs');
const util = require('node:util');
util.isNullOrUndefined ??= (value) => value === undefined || value === null;
util.isArray ??= Array.isArray;
const tf = require('@tensorflow/tfjs');
const { NodeJSKernelBackend } = require('@tensorflow/tfjs-node/dist/nodejs_kernel_backend');
require('@tensorflow/tfjs-node/dist/register_all_kernels');
${LOAD}
tf.registerBackend('tensorflow', () => new NodeJSKernelBackend(require(${JSON.stringify(addon)}), '@tensorflow/tfjs-node'), 3);
tf.setBackend('tensorflow');
load().then((model) => measure(tf, model, true));
`;

const ON_WASM = `${PROGRAM}
const { readFileSync } = require('node:fs');
const tf = require('@tensorflow/tfjs');
require('@tensorflow/tfjs-backend-wasm').setWasmPaths(${JSON.stringify(wasm)});
${LOAD}
tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
tf.setBackend('wasm').then(load).then((model) => measure(tf, model, false));
`;

const ISOLATED = `${PROGRAM}
const tf = require('@tensorflow/tfjs-node');
tf.loadLayersModel('https://bench.example/base/model.json').then((model) => measure(tf, model, true));
`;

const ENV = {
  PATH: process.env.PATH,
  TF_CPP_MIN_LOG_LEVEL: "3",
  TF_NUM_INTRAOP_THREADS: "1",
  OMP_NUM_THREADS: "1",
  // As in a jail, for both: see `jail-arguments.ts`.
  MALLOC_MMAP_THRESHOLD_: String(2 ** 30),
  MALLOC_TRIM_THRESHOLD_: String(2 ** 32),
};

/** Node on one processor, with what it wrote to its descriptors 1 and 6. */
async function pinned(processor, args, env) {
  // Descriptor 6 is where the engine writes its result.
  const command = `exec taskset -c ${processor} "$0" "$@" 6>&1`;
  const { stdout } = await run("sh", ["-c", command, process.execPath, ...args], {
    cwd: root,
    env: { ...ENV, ...env },
    encoding: "latin1",
    maxBuffer: 2 ** 30,
  });
  const found = /RESULT (\{[^}]*\})/.exec(stdout);
  if (!found) throw new Error(`The benchmark's program gave no result: ${stdout.slice(0, 1500)}`);
  return JSON.parse(found[1].replaceAll('\\"', '"'));
}

async function direct(program, flags, processor) {
  const file = path.join(root, "dist", `bench-${process.pid}-${processor}.cjs`);
  writeFileSync(file, program);
  try {
    return await pinned(processor, [...flags, file], {});
  } finally {
    rmSync(file);
  }
}

async function isolated(processor) {
  writeFileSync(path.join(folder, "main.js"), ISOLATED);
  const job = {
    submission: folder,
    entry: "main.js",
    bases: [{ addresses: ["https://bench.example/base/model.json"], folder: base }],
    limits: { seconds: 300, memoryMb: 3072, consoleBytes: 65536, outputBytes: 2 ** 29 },
    seed: 1,
  };
  writeFileSync(path.join(folder, "job.json"), JSON.stringify(job));
  const isolatedVm = path.join(native, manifest.isolatedVm[process.versions.modules]);
  return pinned(
    processor,
    [...engineFlags(), path.join(root, "dist/engine/tfjs-run.mjs"), path.join(folder, "job.json")],
    { FROSTLINE_ISOLATED_VM: isolatedVm, FROSTLINE_TF_ADDON: addon },
  );
}

/** Results of two kinds of runs, turn by turn. */
async function sideBySide(turns, first, second) {
  const [firsts, seconds] = [[], []];
  for (let turn = 0; turn < turns; turn++) {
    const [a, b] = await Promise.all([first(turn % 2), second(1 - (turn % 2))]);
    firsts.push(a);
    seconds.push(b);
  }
  return [firsts, seconds];
}

const middle = (numbers) => [...numbers].sort((a, b) => a - b)[numbers.length >> 1];
const mean = (numbers) => numbers.reduce((sum, one) => sum + one, 0) / numbers.length;

/** Student's t for 95 % of both sides, by degrees of freedom; for the turns above. */
const T95 = { 1: 12.71, 35: 2.03 };

/** The geometric mean of the ratios of the turns, with its 95 % interval. */
function compare(title, part, [aName, a], [bName, b], aim) {
  const logs = a.map((one, turn) => Math.log(b[turn][part] / one[part]));
  const centre = mean(logs);
  const deviation = Math.sqrt(
    mean(logs.map((log) => (log - centre) ** 2)) * (logs.length / (logs.length - 1)),
  );
  const margin = (T95[logs.length - 1] * deviation) / Math.sqrt(logs.length);
  const [low, ratio, high] = [centre - margin, centre, centre + margin].map((log) =>
    Math.exp(log).toFixed(2),
  );
  const ms = (runs) => `${middle(runs.map((one) => one[part])).toFixed(0)} ms`;
  console.log(
    `${title.padEnd(9)} ${aName} ${ms(a)} · ${bName} ${ms(b)}, ${ratio} times (95 %: ${low} to ${high}${aim})`,
  );
}

try {
  const onNative = (processor) => direct(DIRECT, engineFlags(), processor);
  const onWasm = (processor) => direct(ON_WASM, engineFlags("wasm"), processor);
  const [plain, isolate] = await sideBySide(TURNS, onNative, isolated);
  compare("forward", "forward", ["direct", plain], ["isolate", isolate], "; aim: at most 1.05");
  compare("its first", "first", ["direct", plain], ["isolate", isolate], "");
  compare("head", "head", ["direct", plain], ["isolate", isolate], "; aim: at most 1.15");
  const [again, portable] = await sideBySide(WASM_TURNS, onNative, onWasm);
  compare("forward", "forward", ["native", again], ["wasm", portable], "");
  console.log(`${TURNS} turns, load ${loadavg()[0].toFixed(1)}, Node ${process.versions.node}`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
