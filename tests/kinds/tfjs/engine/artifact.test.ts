import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { engineMissing, eventsOf, modelJson, only, printed, runEngine } from "./run-engine.js";

const MODEL = `const tf = require("@tensorflow/tfjs-node");
  const inner = tf.sequential({ name: "base", layers: [tf.layers.dense({ units: 3, inputShape: [2], name: "a" }), tf.layers.batchNormalization({ name: "bn" })] });
  inner.trainable = false;
  const x = tf.input({ shape: [2] });
  const model = tf.model({ inputs: x, outputs: tf.layers.dense({ units: 1, name: "out" }).apply(inner.apply(x)) });
  const fit = () => model.fit(tf.randomUniform([6, 2]), tf.ones([6, 1]), { epochs: 1, batchSize: 2 });`;

interface Frostline {
  trainable: Record<string, boolean>;
  collected: string[];
  weights: string[];
  slots: Record<string, string>;
}

const claimed = (json: Record<string, unknown>): Frostline =>
  (json["userDefinedMetadata"] as { frostline: Frostline }).frostline;

describe("the model that is handed back", () => {
  beforeEach((ctx) => {
    const missing = engineMissing();
    if (missing !== undefined) ctx.skip(missing);
  });

  it("keeps flags of containers, paths of weights and the optimizer's slots", async () => {
    const program = `${MODEL} model.compile({ optimizer: tf.train.adam(0.01), loss: "meanSquaredError" });
      fit().then(() => model.save("file://out"));`;
    const run = await runEngine({ program: { "main.js": program } });
    const json = modelJson(run, "model");
    expect(claimed(json)).toMatchObject({
      trainable: { "": true, base: false, "base/a": true, out: true },
      collected: ["out/kernel", "out/bias"],
      weights: [
        "base/a/kernel",
        "base/a/bias",
        "base/bn/gamma",
        "base/bn/beta",
        "base/bn/moving_mean",
        "base/bn/moving_variance",
        "out/kernel",
        "out/bias",
      ],
      slots: { "out/kernel/m": "out/kernel/m", "out/bias/v": "out/bias/v" },
    });
    expect(json["trainingConfig"]).toMatchObject({
      optimizer_config: { class_name: "Adam" },
      loss: "mean_squared_error",
    });
    const [{ weights }] = json["weightsManifest"] as [{ weights: { name: string; shape: number[] }[] }];
    const bytes = weights.reduce((sum, { shape }) => sum + 4 * shape.reduce((a, b) => a * b, 1), 0);
    expect(run.files[1]?.bytes.length).toBe(bytes);
    expect(weights.map(({ name }) => name)).toContain("iter");
  });

  it("is a model that TensorFlow.js itself loads with the same outputs", async () => {
    const program = `${MODEL} model.compile({ optimizer: "adam", loss: "meanSquaredError" });
      fit().then(() => { console.log(model.predict(tf.tensor2d([[1, 2]])).dataSync()[0]); });
      module.exports = { model };`;
    const run = await runEngine({ program: { "main.js": program } });
    const folder = mkdtempSync(path.join(tmpdir(), "frostline-again-"));
    try {
      mkdirSync(path.join(folder, "model"));
      for (const file of run.files) writeFileSync(path.join(folder, "model", file.path), file.bytes);
      const again = `const tf = require("@tensorflow/tfjs-node");
        tf.loadLayersModel("file://data/model/model.json").then((model) => console.log(model.predict(tf.tensor2d([[1, 2]])).dataSync()[0], model.optimizer.iterations));`;
      const second = await runEngine({ program: { "main.js": again }, data: folder });
      expect(eventsOf(second, "error")).toEqual([]);
      expect(printed(second)).toEqual([`${printed(run)[0]} 3`]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it("is the model as it was when it was saved, not as it is at the end", async () => {
    const program = `${MODEL} model.compile({ optimizer: "sgd", loss: "meanSquaredError" });
      (async () => { await model.save("file://early"); console.log(model.getWeights()[0].dataSync().join()); await fit(); })();`;
    const run = await runEngine({ program: { "main.js": program } });
    const weights = run.files[1]?.bytes ?? Buffer.alloc(0);
    const kernel = new Float32Array(weights.buffer.slice(weights.byteOffset + 84, weights.byteOffset + 96));
    expect(printed(run)).toEqual([kernel.join()]);
    expect(only(run, "artifact").source).toBe("save");
    expect(only(run, "fitEnd").changed).toContain("out/kernel");
    expect(claimed(modelJson(run, "model")).slots).toEqual({});
  });

  it("keeps the optimizer of a loss that is a function", async () => {
    const program = `${MODEL} model.compile({ optimizer: tf.train.rmsprop(0.01), loss: function ownLoss(a, b) { return tf.losses.meanSquaredError(a, b); } });
      fit(); module.exports = model;`;
    const run = await runEngine({ program: { "main.js": program } });
    expect(only(run, "compile").loss).toEqual(["ownLoss"]);
    const json = modelJson(run, "model");
    expect(json["trainingConfig"]).toMatchObject({ loss: {}, optimizer_config: { class_name: "RMSProp" } });
    expect(Object.values(claimed(json).slots)).toContain("out/kernel/rms");
  });

  it("gives weights of the same name names of their own", async () => {
    const program = `const tf = require("@tensorflow/tfjs-node");
      const part = (name) => tf.sequential({ name, layers: [tf.layers.dense({ units: 2, inputShape: [2], name: "same" })] });
      const model = tf.sequential({ layers: [part("first"), part("second")] });
      module.exports = model;`;
    const run = await runEngine({ program: { "main.js": program } });
    const json = modelJson(run, "model");
    expect(claimed(json).weights).toEqual([
      "first/same/kernel",
      "first/same/bias",
      "second/same/kernel",
      "second/same/bias",
    ]);
    const [{ weights }] = json["weightsManifest"] as [{ weights: { name: string }[] }];
    expect(new Set(weights.map(({ name }) => name)).size).toBe(4);
  });

  it("follows features of a graph model to its base, which has no file to hand back", async () => {
    const folder = mkdtempSync(path.join(tmpdir(), "frostline-graph-"));
    try {
      writeFileSync(path.join(folder, "model.json"), JSON.stringify(graph()));
      writeFileSync(
        path.join(folder, "group1-shard1of1.bin"),
        Buffer.from(new Float32Array([1, 2, 3, 4, 5, 6]).buffer),
      );
      const address = "https://tfhub.dev/example/tiny/feature_vector/1/default/1";
      const program = `const tf = require("@tensorflow/tfjs-node");
        (async () => {
          const base = await tf.loadGraphModel("${address}", { fromTFHub: true });
          const features = base.predict(tf.tensor2d([[1, 0], [0, 1], [1, 1]]));
          console.log(features.arraySync()[0].join());
          const head = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [3] })] });
          head.compile({ optimizer: "sgd", loss: "meanSquaredError" });
          await head.fit(features, tf.ones([3, 1]), { epochs: 1 });
        })();`;
      const run = await runEngine({
        program: { "main.js": program },
        bases: [{ addresses: [`${address}/model.json`], folder }],
      });
      expect(eventsOf(run, "error")).toEqual([]);
      expect(printed(run)).toEqual(["1,2,3"]);
      expect(only(run, "base")).toMatchObject({ kind: "graph", base: 0, address });
      expect(only(run, "fitStart").inputsFrom).toMatchObject({ how: "ops", model: { id: 0 } });
      expect(eventsOf(run, "artifact").map(({ role }) => role)).toEqual(["head", "base"]);
      expect(run.files.map(({ role }) => role)).toEqual(["head", "head"]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

/** A graph of one matrix product, 2 to 3. */
function graph(): object {
  const float = { type: "DT_FLOAT" };
  const shape = (...sizes: number[]) => ({ dim: sizes.map((size) => ({ size: String(size) })) });
  return {
    format: "graph-model",
    modelTopology: {
      node: [
        { name: "x", op: "Placeholder", attr: { dtype: float, shape: { shape: shape(-1, 2) } } },
        {
          name: "w",
          op: "Const",
          attr: { dtype: float, value: { tensor: { dtype: "DT_FLOAT", tensorShape: shape(2, 3) } } },
        },
        {
          name: "y",
          op: "MatMul",
          input: ["x", "w"],
          attr: { T: float, transpose_a: { b: false }, transpose_b: { b: false } },
        },
      ],
      versions: { producer: 1 },
    },
    weightsManifest: [
      { paths: ["group1-shard1of1.bin"], weights: [{ name: "w", shape: [2, 3], dtype: "float32" }] },
    ],
  };
}
