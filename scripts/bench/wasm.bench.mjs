// The same TensorFlow.js program in the engine on TensorFlow and on WebAssembly: a forward pass of the bundled base,
// training of a head, and training of the whole network. One run after the other.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { engineFlags } from "../../dist/src/kinds/tfjs/engine-flags.js";

const root = path.resolve(import.meta.dirname, "../..");
const native = path.join(root, ".cache/native");
const manifest = JSON.parse(readFileSync(path.join(native, "manifest.json"), "utf8"));
const base = path.join(root, "src/store/bundled/efficientnet-lite0-stage5");
const folder = mkdtempSync(path.join(tmpdir(), "frostline-bench-"));

/** Prints milliseconds; the first round of each warms up. */
const PROGRAM = `
const tf = require('@tensorflow/tfjs-node');
const best = async (work) => {
  await work();
  let least = Infinity;
  for (let round = 0; round < 3; round++) { const from = performance.now(); await work(); least = Math.min(least, performance.now() - from); }
  return least;
};
const classes = (count, of) => tf.oneHot(tf.randomUniform([count], 0, of, 'int32', 2), of).toFloat();
tf.loadLayersModel('https://bench.example/base/model.json').then(async (base) => {
  const pictures = tf.randomUniform([96, 64, 64, 3], -1, 1, 'float32', 7);
  const forward = async () => { const out = base.predict(pictures, { batchSize: 32 }); await out.data(); out.dispose(); };
  const head = tf.sequential({ layers: [
    tf.layers.dense({ inputShape: [1280], units: 128, activation: 'relu' }),
    tf.layers.dense({ units: 10, activation: 'softmax' }),
  ] });
  head.compile({ optimizer: tf.train.adam(1e-3), loss: 'categoricalCrossentropy' });
  const [xs, ys] = [tf.randomNormal([512, 1280], 0, 1, 'float32', 1), classes(512, 10)];
  const trainHead = () => head.fit(xs, ys, { epochs: 2, batchSize: 32, verbose: 0, shuffle: false });
  const pooled = tf.layers.globalAveragePooling2d({}).apply(base.outputs[0]);
  const whole = tf.model({ inputs: base.inputs, outputs: tf.layers.dense({ units: 3, activation: 'softmax' }).apply(pooled) });
  whole.compile({ optimizer: tf.train.adam(1e-5), loss: 'categoricalCrossentropy' });
  const [few, labels] = [pictures.slice([0, 0, 0, 0], [16, 64, 64, 3]), classes(16, 3)];
  const trainWhole = () => whole.fit(few, labels, { epochs: 1, batchSize: 16, verbose: 0 });
  console.log('RESULT ' + JSON.stringify({ forward: await best(forward), head: await best(trainHead), whole: await best(trainWhole) }));
});
`;

function measure(backend) {
  const job = {
    submission: folder,
    entry: "main.js",
    bases: [{ addresses: ["https://bench.example/base/model.json"], folder: base }],
    limits: { seconds: 300, memoryMb: 3072, consoleBytes: 65536, outputBytes: 2 ** 29 },
    seed: 1,
  };
  writeFileSync(path.join(folder, "main.js"), PROGRAM);
  writeFileSync(path.join(folder, "job.json"), JSON.stringify(job));
  const bundle = backend === "wasm" ? "tfjs-run-wasm.mjs" : "tfjs-run.mjs";
  const run = spawnSync(
    process.execPath,
    [...engineFlags(backend), path.join(root, "dist/engine", bundle), path.join(folder, "job.json")],
    {
      env: {
        TF_CPP_MIN_LOG_LEVEL: "3",
        TF_NUM_INTRAOP_THREADS: "1",
        OMP_NUM_THREADS: "1",
        FROSTLINE_ISOLATED_VM: path.join(native, manifest.isolatedVm[process.versions.modules]),
        ...(manifest.tensorflow ? { FROSTLINE_TF_ADDON: path.join(native, manifest.tensorflow.addon) } : {}),
      },
      stdio: ["ignore", "ignore", "pipe", "ignore", "ignore", "ignore", "pipe"],
      maxBuffer: 2 ** 30,
    },
  );
  const text = run.output[6]?.toString("latin1") ?? "";
  const found = /RESULT (\{[^}]*\})/.exec(text);
  if (!found) throw new Error(`The program gave no result: ${text.slice(0, 1500)} ${run.stderr}`);
  return JSON.parse(found[1].replaceAll('\\"', '"'));
}

try {
  if (!manifest.tensorflow) throw new Error("TensorFlow's native backend is not here to compare with.");
  const runs = { tensorflow: measure("tensorflow"), wasm: measure("wasm") };
  for (const what of ["forward", "head", "whole"]) {
    const [native, portable] = [runs.tensorflow[what], runs.wasm[what]];
    console.log(
      `${what.padEnd(8)} TensorFlow ${native.toFixed(0)} ms · WebAssembly ${portable.toFixed(0)} ms, ${(portable / native).toFixed(1)} times`,
    );
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
