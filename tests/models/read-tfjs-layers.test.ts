import path from "node:path";
import * as tf from "@tensorflow/tfjs";
import { beforeAll, expect, test } from "vitest";
import type { ModelFacts, SavedModel } from "../../src/contract/index.js";
import { readModel } from "../../src/models/index.js";
import { openSandbox, type Sandbox } from "../../src/sandbox/index.js";
import { saveWithTfjs, smallBase, trainBriefly, withHead } from "./save-with-tfjs.js";

const ROOT = path.join(import.meta.dirname, "..", "..");

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await openSandbox({ unsafe: false });
  await tf.setBackend("cpu");
});

async function factsOf(saved: SavedModel): Promise<ModelFacts> {
  const read = await readModel({ sandbox, root: ROOT }, saved);
  if (read.state !== "found") throw new Error(JSON.stringify(read));
  return read.value;
}

test("a base under a head is read with its container in the paths and its graph inlined", async () => {
  const facts = await factsOf(await saveWithTfjs(withHead(smallBase())));
  expect(facts.layers.map(({ path: at, inputs }) => [at, ...inputs])).toEqual([
    ["base/conv1"],
    ["base/conv1_bn", "base/conv1"],
    ["base/conv1_relu", "base/conv1_bn"],
    ["base/conv2", "base/conv1_relu"],
    ["pool", "base/conv2"],
    ["hidden", "pool"],
    ["classes", "hidden"],
  ]);
  expect(facts).toMatchObject({ format: "tfjs-layers", runtime: "tfjs", inputShape: [null, 16, 16, 3] });
  expect(facts.outputShape).toEqual([null, 3]);
  expect(facts.layers[3]).toMatchObject({ class: "Conv2D", outputShape: [null, 7, 7, 6], parameters: 222 });
  expect(facts.layers[6]).toMatchObject({ units: 3, activation: "softmax" });
});

test("the slots of the saved optimizer name the weights that were trained, and their steps", async () => {
  const base = smallBase();
  for (const layer of base.layers) layer.trainable = false;
  const model = withHead(base);
  await trainBriefly(model);
  const facts = await factsOf(await saveWithTfjs(model, { includeOptimizer: true }));
  expect(facts.optimizer).toEqual({
    class: "Adam",
    learningRate: 0.001,
    schedule: null,
    iterations: 2,
    trained: ["hidden/kernel", "hidden/bias", "classes/kernel", "classes/bias"],
    unmatched: [],
  });
  expect(facts.loss).toEqual({ name: "categorical_crossentropy", fromLogits: false });
  const trainable = facts.weights.filter((weight) => weight.trainable).map((weight) => weight.path);
  expect(trainable).toEqual(facts.optimizer?.trained);
});

test("moving statistics are never trainable, even in an open layer", async () => {
  const facts = await factsOf(await saveWithTfjs(withHead(smallBase())));
  const normal = facts.weights.filter(({ layer }) => layer === "base/conv1_bn");
  expect(normal.map(({ slot, trainable }) => [slot, trainable])).toEqual([
    ["gamma", true],
    ["beta", true],
    ["moving_mean", false],
    ["moving_variance", false],
  ]);
});

test("a flag that TensorFlow.js loses on saving is reported from what the program said", async () => {
  const base = smallBase();
  base.trainable = false;
  const metadata = { frostline: { trainable: { base: false, pool: true } } };
  const facts = await factsOf(await saveWithTfjs(withHead(base), { metadata }));
  expect(facts.findings).toEqual([
    {
      code: "flags-differ",
      layer: "base",
      detail: "The program had trainable = false here, the saved model says true.",
    },
  ]);
  expect(facts.layers[0]).toMatchObject({ trainable: true, effective: true });
});

test("a functional model around a base finds the base's output whatever number its call has", async () => {
  const input = tf.input({ shape: [16, 16, 3] });
  const features = smallBase().apply(input) as tf.SymbolicTensor;
  const flat = tf.layers.flatten({ name: "flat" }).apply(features);
  const output = tf.layers.dense({ units: 2, name: "out" }).apply(flat) as tf.SymbolicTensor;
  const facts = await factsOf(await saveWithTfjs(tf.model({ inputs: input, outputs: output })));
  expect(facts.layers.at(-2)).toMatchObject({
    path: "flat",
    inputs: ["base/conv2"],
    outputShape: [null, 294],
  });
});

test("weights stored as bytes are read as what they stand for", async () => {
  const kernel = { name: "out/kernel", shape: [2, 2], dtype: "float32" };
  const quantized = {
    ...kernel,
    quantization: { dtype: "uint8", original_dtype: "float32", scale: 0.5, min: -1 },
  };
  const layer = {
    class_name: "Dense",
    config: { name: "out", units: 2, use_bias: false, batch_input_shape: [null, 2] },
  };
  const model = {
    modelTopology: {
      keras_version: "2.15.0",
      model_config: { class_name: "Sequential", config: { name: "s", layers: [layer] } },
    },
    weightsManifest: [{ paths: ["w.bin"], weights: [quantized] }],
  };
  const files = new Map([
    ["model.json", new TextEncoder().encode(JSON.stringify(model))],
    ["w.bin", Uint8Array.from([0, 1, 2, 4])],
  ]);
  const facts = await factsOf({ main: "model.json", files });
  expect(facts.weights[0]).toMatchObject({ samples: [-1, -0.5, 0, 1], dtype: "uint8", quantised: true });
});

test("weights that are no numbers are a finding, not a crash", async () => {
  const model = withHead(smallBase());
  const layer = model.getLayer("classes");
  layer.setWeights([tf.fill([5, 3], Number.NaN), tf.zeros([3])]);
  const facts = await factsOf(await saveWithTfjs(model));
  expect(facts.findings).toEqual([
    {
      code: "weight-not-finite",
      layer: "classes",
      detail: "15 of 15 values of classes/kernel are not numbers.",
    },
  ]);
});
