// The same TensorFlow.js program directly on the native addon and in the isolate: a forward pass of the bundled base,
// and training of a head. Same settings, one run after the other.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { engineFlags } from "../../dist/src/kinds/tfjs/engine-flags.js";

const root = path.resolve(import.meta.dirname, "../..");
const native = path.join(root, ".cache/native");
const manifest = JSON.parse(readFileSync(path.join(native, "manifest.json"), "utf8"));
const addon = path.join(native, manifest.tensorflow.addon);
const base = path.join(root, "src/store/bundled/efficientnet-lite0-stage5");
const folder = mkdtempSync(path.join(tmpdir(), "frostline-bench-"));

/** Prints `forward` and `head`, milliseconds; the first round of each warms up. */
const PROGRAM = `
async function measure(tf, base) {
  const pictures = tf.randomUniform([96, 64, 64, 3], -1, 1, 'float32', 7);
  const forward = async () => { const out = base.predict(pictures, { batchSize: 32 }); await out.data(); out.dispose(); };
  const xs = tf.randomNormal([512, 1280], 0, 1, 'float32', 1);
  const ys = tf.oneHot(tf.randomUniform([512], 0, 10, 'int32', 2), 10).toFloat();
  const head = tf.sequential({ layers: [
    tf.layers.dense({ inputShape: [1280], units: 128, activation: 'relu' }),
    tf.layers.dense({ units: 10, activation: 'softmax' }),
  ] });
  head.compile({ optimizer: tf.train.adam(1e-3), loss: 'categoricalCrossentropy' });
  const train = () => head.fit(xs, ys, { epochs: 5, batchSize: 32, verbose: 0, shuffle: false });
  const best = async (work) => {
    await work();
    let least = Infinity;
    for (let round = 0; round < 5; round++) { const from = performance.now(); await work(); least = Math.min(least, performance.now() - from); }
    return least;
  };
  console.log('RESULT ' + JSON.stringify({ forward: await best(forward), head: await best(train) }));
}
`;

const DIRECT = `${PROGRAM}
const { readFileSync } = require('node:fs');
const tf = require('@tensorflow/tfjs');
const { NodeJSKernelBackend } = require('@tensorflow/tfjs-node/dist/nodejs_kernel_backend');
require('@tensorflow/tfjs-node/dist/register_all_kernels');
tf.registerBackend('tensorflow', () => new NodeJSKernelBackend(require(${JSON.stringify(addon)}), '@tensorflow/tfjs-node'), 3);
tf.setBackend('tensorflow');
const artifacts = JSON.parse(readFileSync(${JSON.stringify(path.join(base, "model.json"))}, 'utf8'));
const weights = readFileSync(${JSON.stringify(path.join(base, "weights.bin"))});
tf.loadLayersModel({ load: async () => ({
  modelTopology: artifacts.modelTopology,
  weightSpecs: artifacts.weightsManifest.flatMap((group) => group.weights),
  weightData: weights.buffer.slice(weights.byteOffset, weights.byteOffset + weights.length),
}) }).then((model) => measure(tf, model));
`;

const ISOLATED = `${PROGRAM}
const tf = require('@tensorflow/tfjs-node');
tf.loadLayersModel('https://bench.example/base/model.json').then((model) => measure(tf, model));
`;

const ENV = {
  PATH: process.env.PATH,
  TF_CPP_MIN_LOG_LEVEL: "3",
  TF_NUM_INTRAOP_THREADS: "1",
  OMP_NUM_THREADS: "1",
};

function direct() {
  const file = path.join(root, "dist", "bench-direct.cjs");
  writeFileSync(file, DIRECT);
  const run = spawnSync(process.execPath, [...engineFlags(), file], {
    cwd: root,
    env: ENV,
    encoding: "utf8",
  });
  rmSync(file);
  return resultOf(run.stdout, run.stderr);
}

function isolated() {
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
  const run = spawnSync(
    process.execPath,
    [...engineFlags(), path.join(root, "dist/engine/tfjs-run.mjs"), path.join(folder, "job.json")],
    {
      env: { ...ENV, FROSTLINE_ISOLATED_VM: isolatedVm, FROSTLINE_TF_ADDON: addon },
      stdio: ["ignore", "pipe", "pipe", "ignore", "ignore", "ignore", "pipe"],
      maxBuffer: 2 ** 30,
    },
  );
  return resultOf(run.output[6]?.toString("latin1") ?? "", String(run.stderr));
}

function resultOf(text, problem) {
  const found = /RESULT (\{[^}]*\})/.exec(text);
  if (!found)
    throw new Error(
      `The benchmark's program gave no result: ${text.slice(0, 1500)} ${problem.slice(0, 1500)}`,
    );
  return JSON.parse(found[1].replaceAll('\\"', '"'));
}

try {
  const runs = { direct: direct(), isolate: isolated() };
  for (const what of ["forward", "head"]) {
    const { direct: plain, isolate } = runs;
    const aim = what === "forward" ? "at most 1.05" : "at most 1.15";
    console.log(
      `${what.padEnd(8)} direct ${plain[what].toFixed(0)} ms · isolate ${isolate[what].toFixed(0)} ms, ${(isolate[what] / plain[what]).toFixed(2)} times (aim: ${aim})`,
    );
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
