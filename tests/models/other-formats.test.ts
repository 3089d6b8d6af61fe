import path from "node:path";
import { unzipSync } from "fflate";
import { beforeAll, expect, test } from "vitest";
import type { ModelFacts, SavedModel } from "../../src/contract/index.js";
import { readModel, recogniseFormat } from "../../src/models/index.js";
import { openSandbox, type Sandbox } from "../../src/sandbox/index.js";
import { ownFixtures } from "./keras-fixtures.js";

const ROOT = path.join(import.meta.dirname, "..", "..");

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await openSandbox({ unsafe: false });
});

async function factsOf(saved: SavedModel): Promise<ModelFacts> {
  const read = await readModel({ sandbox, root: ROOT }, saved);
  if (read.state !== "found") throw new Error(JSON.stringify(read));
  return read.value;
}

const text = (value: unknown): Uint8Array =>
  new TextEncoder().encode(typeof value === "string" ? value : JSON.stringify(value));

/** A field of a protocol buffer that holds bytes shorter than 2 MB. */
function field(number: number, bytes: Uint8Array): Uint8Array {
  const length = bytes.byteLength;
  const size = [(length & 0x7f) | 0x80, ((length >> 7) & 0x7f) | 0x80, length >> 14];
  return Buffer.concat([Uint8Array.of((number << 3) | 2, ...size), bytes]);
}

test("a SavedModel of tf.keras 2 gives its layers, flags and rate, and asks for the weights", async () => {
  const tuple = (...items: unknown[]) => ({ class_name: "__tuple__", items });
  const dense = {
    class_name: "Dense",
    config: { name: "out", trainable: true, units: 3, activation: "softmax" },
  };
  const conv = {
    class_name: "Conv2D",
    config: { name: "conv", trainable: false, filters: 4, kernel_size: tuple(3, 3), strides: tuple(1, 1) },
  };
  const input = { class_name: "InputLayer", config: { name: "in", batch_input_shape: tuple(null, 8, 8, 3) } };
  const pool = { class_name: "GlobalAveragePooling2D", config: { name: "pool", trainable: true } };
  const metadata = {
    model_config: { class_name: "Sequential", config: { name: "s", layers: [input, conv, pool, dense] } },
    training_config: {
      loss: { class_name: "SparseCategoricalCrossentropy", config: { from_logits: true } },
      optimizer_config: { class_name: "Custom>Adam", config: { learning_rate: 0.001 } },
    },
  };
  const node = [field(3, text("root")), field(4, text("_tf_keras_sequential")), field(5, text(metadata))];
  const files = new Map([
    ["saved/saved_model.pb", Uint8Array.of(8, 1)],
    ["saved/keras_metadata.pb", field(1, Buffer.concat(node))],
  ]);
  const facts = await factsOf({ main: "saved/saved_model.pb", files });
  expect(facts.layers.map(({ path: at, effective, outputShape }) => [at, effective, outputShape])).toEqual([
    ["in", null, [null, 8, 8, 3]],
    ["conv", false, [null, 6, 6, 4]],
    ["pool", true, [null, 4]],
    ["out", true, [null, 3]],
  ]);
  expect(facts.optimizer).toMatchObject({ class: "Adam", learningRate: 0.001, trained: null });
  expect(facts.loss).toEqual({ name: "sparse_categorical_crossentropy", fromLogits: true });
  expect(facts.findings.map(({ code }) => code)).toEqual(["weights-missing"]);
});

test("a SavedModel without Keras's metadata is refused with what to hand in", async () => {
  const files = new Map([["saved_model.pb", Uint8Array.of(8, 1)]]);
  const read = await readModel({ sandbox, root: ROOT }, { main: "saved_model.pb", files });
  expect(read).toMatchObject({ state: "failed", fault: { code: "model-format", blame: "submission" } });
});

test("weights alone are read with what they can tell", async () => {
  const [keras] = ownFixtures().filter(({ file }) => file.endsWith(".keras"));
  const stored = unzipSync(keras?.saved.files.get(keras.file) ?? new Uint8Array())["model.weights.h5"];
  const files = new Map([["head.weights.h5", stored ?? new Uint8Array()]]);
  const facts = await factsOf({ main: "head.weights.h5", files });
  expect(facts).toMatchObject({ format: "keras-weights", runtime: "unknown", layers: [], optimizer: null });
  expect(facts.weights.map(({ path: at }) => at)).toContain("conv1_bn/moving_variance");
  expect(facts.weights.every(({ trainable }) => trainable === null || trainable === false)).toBe(true);
  const hashes = new Set(facts.weights.map(({ sha256 }) => sha256));
  expect(keras?.truth.all_weights.every(([, , sha256]) => hashes.has(sha256))).toBe(true);
});

test("the model to open is recognised by its bytes, the one nearest the top first", () => {
  const [fixture] = ownFixtures().filter(({ file }) => file.endsWith(".keras"));
  const archive = fixture?.saved.files.get(fixture.file) ?? new Uint8Array();
  const graph = text({ format: "graph-model", modelTopology: { node: [] } });
  const found = recogniseFormat(
    new Map([
      ["deep/down/model.keras", archive],
      ["results.json", text({ accuracy: 1 })],
      ["web/model.json", graph],
      ["model.keras", text("not an archive")],
      ["notes.txt", text("hello")],
      ["saved/saved_model.pb", Uint8Array.of(8, 1)],
    ]),
  );
  expect(found).toEqual([
    { format: "saved-model", main: "saved/saved_model.pb" },
    { format: "tfjs-graph", main: "web/model.json" },
    { format: "keras-v3", main: "deep/down/model.keras" },
  ]);
});
