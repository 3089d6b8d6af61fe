// Measure what TensorFlow.js reaches with the bundled base: it keeps a frozen BatchNorm in training mode, Keras does not.
// Usage: node measure-tfjs.mjs

import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import * as tf from "@tensorflow/tfjs";
import { setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import { decode } from "fast-png";

const bundled = join(import.meta.dirname, "..");
const baseFolder = join(bundled, "efficientnet-lite0-stage5");
const classes = JSON.parse(readFileSync(join(bundled, "emoji/dataset.json"), "utf8")).classes;
const splits = ["train", "validation", "hidden", "shifted"];
const seeds = [0, 1, 2];
const epochs = 20;

setWasmPaths(`${dirname(createRequire(import.meta.url).resolve("@tensorflow/tfjs-backend-wasm"))}/`);
await tf.setBackend("wasm");

function pictures(split) {
  const files = classes.flatMap((name, label) =>
    readdirSync(join(bundled, "emoji", split, name)).map((file) => ({ path: join(split, name, file), label })),
  );
  const pixels = files.map(({ path }) => tf.tensor3d(decode(readFileSync(join(bundled, "emoji", path))).data, [64, 64, 3]));
  const labels = files.map((file) => file.label);
  return { x: tf.stack(pixels).toFloat().sub(127).div(128), y: tf.oneHot(labels, classes.length), labels };
}

function readBase() {
  const { modelTopology, weightsManifest } = JSON.parse(readFileSync(join(baseFolder, "model.json"), "utf8"));
  const weightData = Uint8Array.from(readFileSync(join(baseFolder, "weights.bin"))).buffer;
  return tf.loadLayersModel(tf.io.fromMemory({ modelTopology, weightSpecs: weightsManifest[0].weights, weightData }));
}

function headOf(seed) {
  const dense = (units, activation, at) =>
    tf.layers.dense({ units, activation, kernelInitializer: tf.initializers.glorotUniform({ seed: 10 * seed + at }) });
  return [dense(128, "relu", 1), dense(classes.length, "softmax", 2)];
}

async function trained(model, data) {
  model.compile({ optimizer: tf.train.adam(1e-3), loss: "categoricalCrossentropy" });
  await model.fit(data.train.x, data.train.y, { epochs, batchSize: 32, verbose: 0 });
  return splits.map((split) => {
    const answers = tf.tidy(() => model.predict(data[split].x).argMax(1).arraySync());
    return answers.filter((answer, i) => answer === data[split].labels[i]).length / answers.length;
  });
}

/** The head is trained on what `base.predict` gave. */
async function onFeatures(seed, data) {
  const base = await readBase();
  const pooled = Object.entries(data).map(([split, { x, ...rest }]) => [split, { x: base.predict(x).mean([1, 2]), ...rest }]);
  const [hidden, output] = headOf(seed);
  const input = tf.input({ shape: [112] });
  return trained(tf.model({ inputs: input, outputs: output.apply(hidden.apply(input)) }), Object.fromEntries(pooled));
}

/** One model, each layer of the base frozen by its flag. */
async function joined(seed, data) {
  const base = await readBase();
  for (const layer of base.layers) layer.trainable = false;
  const [hidden, output] = headOf(seed);
  const pooled = tf.layers.globalAveragePooling2d({}).apply(base.outputs[0]);
  return trained(tf.model({ inputs: base.inputs, outputs: output.apply(hidden.apply(pooled)) }), data);
}

const data = Object.fromEntries(splits.map((split) => [split, pictures(split)]));
console.log(`| what | ${splits.join(" | ")} |\n|---|---|---|---|---|`);
for (const [name, run] of [["head on base.predict", onFeatures], ["joined model, base frozen by flags", joined]]) {
  const runs = [];
  for (const seed of seeds) runs.push(await run(seed, data));
  const cells = splits.map((_, at) => {
    const mean = runs.reduce((sum, scores) => sum + scores[at], 0) / runs.length;
    const variance = runs.reduce((sum, scores) => sum + (scores[at] - mean) ** 2, 0) / runs.length;
    return `${mean.toFixed(3)} ± ${Math.sqrt(variance).toFixed(3)}`;
  });
  console.log(`| ${name}, Adam 0.001, ${epochs} epochs | ${cells.join(" | ")} |`);
}
