import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { engineMissing, eventsOf, modelJson, only, printed, runEngine } from "./run-engine.js";
import { ADDRESS, makeTinyBase } from "./tiny-base.js";

const HEAD = `
  const head = tf.sequential({ layers: [
    tf.layers.flatten({ inputShape: [4, 4, 8] }),
    tf.layers.dense({ units: 3, activation: "softmax", name: "out" }),
  ] });
  head.compile({ optimizer: tf.train.adam(1e-3), loss: "categoricalCrossentropy", metrics: ["accuracy"] });
  const images = tf.randomUniform([9, 16, 16, 3], -1, 1);
  const labels = tf.oneHot(tf.tensor1d([0, 1, 2, 0, 1, 2, 0, 1, 2], "int32"), 3);`;

describe("the ways people write transfer learning", () => {
  let base: Awaited<ReturnType<typeof makeTinyBase>>;
  beforeAll(async () => {
    if (engineMissing() === undefined) base = await makeTinyBase();
  });
  afterAll(() => base?.remove());
  beforeEach((ctx) => {
    const missing = engineMissing();
    if (missing !== undefined) ctx.skip(missing);
  });

  it("trains a head on features of a base that predicted, and hands back both", async () => {
    const run = await runEngine({ program: "two-models.js", bases: [base] });
    expect(run.problem).toBeUndefined();
    expect(only(run, "fitStart").inputsFrom).toMatchObject({ how: "ops", share: 1, through: [] });
    expect(run.files.map((file) => `${file.role}/${file.path}`)).toEqual([
      "head/model.json",
      "head/weights.bin",
      "base/model.json",
      "base/weights.bin",
    ]);
    expect(only(run, "save")).toMatchObject({ target: "file://./output" });
    expect(printed(run).at(-1)).toMatch(/^last loss \d/);
  });

  it("recognises features that went through the program's own arrays", async () => {
    const program = `const tf = require("@tensorflow/tfjs-node");
      (async () => {
        const base = await tf.loadLayersModel("${ADDRESS}");${HEAD}
        const kept = [];
        for (let i = 0; i < 9; i++) kept.push(Array.from(base.predict(images.slice([i, 0, 0, 0], [1, 16, 16, 3])).dataSync()));
        const features = tf.tensor2d(kept).reshape([9, 4, 4, 8]);
        await head.fit(features, labels, { epochs: 1 });
      })();`;
    const run = await runEngine({ program: { "main.js": program }, bases: [base] });
    expect(only(run, "fitStart").inputsFrom).toMatchObject({ how: "rows", share: 1 });
  });

  it("names the ops between base and head", async () => {
    const program = `const tf = require("@tensorflow/tfjs-node");
      (async () => {
        const base = await tf.loadLayersModel("${ADDRESS}");
        const features = base.predict(tf.randomUniform([6, 16, 16, 3])).mean([1, 2]);
        const head = tf.sequential({ layers: [tf.layers.dense({ units: 2, inputShape: [8] })] });
        head.compile({ optimizer: "sgd", loss: "meanSquaredError" });
        await head.fit(features, tf.zeros([6, 2]), { epochs: 1 });
      })();`;
    const run = await runEngine({ program: { "main.js": program }, bases: [base] });
    expect(only(run, "fitStart").inputsFrom?.through).toEqual(["Mean"]);
  });

  it("takes a truncated base in one functional model", async () => {
    const program = `import * as tf from "@tensorflow/tfjs-node";
      const tiny = await tf.loadLayersModel("${ADDRESS}");
      for (const layer of tiny.layers) layer.trainable = false;
      const cut = tiny.getLayer("relu1").output;
      const pooled = tf.layers.globalAveragePooling2d({}).apply(cut);
      const model = tf.model({ inputs: tiny.inputs, outputs: tf.layers.dense({ units: 3, activation: "softmax" }).apply(pooled) });
      model.compile({ optimizer: tf.train.adam(), loss: "sparseCategoricalCrossentropy", metrics: ["acc"] });
      await model.fit(tf.randomUniform([8, 16, 16, 3]), tf.tensor1d([0, 1, 2, 0, 1, 2, 0, 1]), { epochs: 2, validationSplit: 0.25 });
      export default model;`;
    const run = await runEngine({ program: { "main.mjs": program }, bases: [base] });
    const fit = only(run, "fitStart");
    expect(fit).toMatchObject({
      declared: fit.collected,
      validation: "split",
      validationSamples: 2,
      epochs: 2,
    });
    expect(fit.collected).toHaveLength(2);
    expect(eventsOf(run, "epoch")).toHaveLength(2);
    expect(only(run, "artifact")).toMatchObject({ role: "model", source: "export" });
  });

  it("takes a flat copy of the base's layers in one Sequential", async () => {
    const program = `const tf = require("@tensorflow/tfjs");
      require("@tensorflow/tfjs-node");
      (async () => {
        const tiny = await tf.loadModel("https://mirror.example/copies/tinynet_16/model.json");
        const model = tf.sequential();
        for (let i = 0; i <= 3; i++) { const layer = tiny.layers[i]; layer.trainable = false; model.add(layer); }
        model.add(tf.layers.flatten());
        model.add(tf.layers.dense({ units: 10, activation: "relu" }));
        model.add(tf.layers.dense({ units: 3, activation: "softmax" }));
        model.compile({ optimizer: tf.train.adam(1e-4), loss: "categoricalCrossentropy", metrics: ["acc"] });
        await model.fit(tf.randomUniform([6, 16, 16, 3]), tf.oneHot(tf.tensor1d([0, 1, 2, 0, 1, 2], "int32"), 3), { epochs: 1 });
        await model.save("file://" + process.cwd() + "/output");
      })();`;
    const run = await runEngine({ program: { "main.js": program }, bases: [base] });
    expect(eventsOf(run, "error")).toEqual([]);
    const held = eventsOf(run, "model").at(-1);
    expect(held?.bases[0]).toMatchObject({ model: { name: "tinynet" }, weights: 5 });
    const { frostline } = modelJson(run, "model")["userDefinedMetadata"] as {
      frostline: Record<string, unknown>;
    };
    expect(frostline["weights"]).toContain("conv1/kernel");
    expect(frostline["trainable"]).toMatchObject({ conv1: false, bn1: false });
    expect(frostline["collected"]).toHaveLength(4);
  });

  it("takes TypeScript in several files, with JSON and top-level await", async () => {
    const run = await runEngine({
      program: {
        "main.ts": `import * as tf from "@tensorflow/tfjs-node";
          import { layers, type Tensor } from "@tensorflow/tfjs";
          import settings from "./settings.json" with { type: "json" };
          import { labels } from "./lib/data.js";
          enum Mode { Train = "train" }
          const { pathToFileURL } = await import("node:url");
          const ys: Tensor = tf.tensor1d(labels(settings.samples as number));
          const dense = layers.dense({ units: 1, inputShape: [2] });
          export const model = tf.sequential({ layers: [dense] });
          model.compile({ optimizer: "sgd", loss: "meanSquaredError" });
          await model.fit(tf.ones([settings.samples, 2]), ys, { epochs: 1 });
          console.log(Mode.Train, import.meta.url, typeof pathToFileURL);`,
        "settings.json": '{ "samples": 4 }',
        "lib/data.ts":
          "export const labels = (n: number): number[] => Array.from({ length: n }, (_, i) => i % 2);",
      },
    });
    expect(eventsOf(run, "error")).toEqual([]);
    expect(printed(run)).toEqual(["train file:///submission/main.ts function"]);
    expect(only(run, "exports").names).toEqual({ model: "model" });
  });

  it("fits on a data set of a generator", async () => {
    const program = `const tf = require("@tensorflow/tfjs-node");
      (async () => {
        const base = await tf.loadLayersModel("${ADDRESS}");${HEAD}
        const features = base.predict(images).arraySync();
        const ys = labels.arraySync();
        function* samples() { for (let i = 0; i < 9; i++) yield { xs: tf.tensor3d(features[i]), ys: tf.tensor1d(ys[i]) }; }
        await head.fitDataset(tf.data.generator(samples).shuffle(9).batch(3), { epochs: 2, callbacks: { onEpochEnd: (e, logs) => console.log(e, typeof logs.loss) } });
      })();`;
    const run = await runEngine({ program: { "main.js": program }, bases: [base] });
    expect(eventsOf(run, "error")).toEqual([]);
    const end = only(run, "fitEnd");
    expect(end).toMatchObject({ epochs: 2, steps: 6, inputsFrom: { how: "rows", share: 1 } });
    expect(only(run, "fitStart")).toMatchObject({
      call: "fitDataset",
      callbacks: ["onEpochEnd"],
      batchSize: null,
    });
    expect(printed(run)).toEqual(["0 number", "1 number"]);
  });

  it("says which bases there are when another is asked for", async () => {
    const program = `const tf = require("@tensorflow/tfjs-node");
      tf.loadLayersModel("https://elsewhere.example/vgg16/model.json").then((model) => model.summary());`;
    const run = await runEngine({ program: { "main.js": program }, bases: [base] });
    const error = only(run, "error");
    expect(error).toMatchObject({ phase: "unhandled-rejection", name: "BaseNotOfferedError" });
    expect(error.message).toContain(ADDRESS);
    expect(error.message).toContain("frostline store add");
  });

  it("loads a model that was handed in, by path and through tf.io.fileSystem", async () => {
    const saved = await runEngine({ program: "make-base.js" });
    const topology = saved.files[0]?.bytes.toString("utf8") ?? "";
    const program = `const tf = require("@tensorflow/tfjs-node");
      (async () => {
        const model = tf.sequential({ layers: [tf.layers.dense({ units: 2, inputShape: [3] })] });
        await model.save("file://saved");
        for (const source of ["file://saved/model.json", "saved/model.json", tf.io.fileSystem("./saved/model.json")])
          console.log((await tf.loadLayersModel(source)).outputShape);
      })();`;
    const run = await runEngine({ program: { "main.js": program, "unused/model.json": topology } });
    expect(eventsOf(run, "error")).toEqual([]);
    expect(printed(run)).toEqual(Array(3).fill("[ null, 2 ]"));
    expect(eventsOf(run, "base").map((event) => event.base)).toEqual([null, null, null]);
  });

  it("calls an exported main and takes the model it returns", async () => {
    const program = `import * as tf from "@tensorflow/tfjs-node";
      export async function main() {
        const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [2] })] });
        model.compile({ optimizer: "sgd", loss: "meanSquaredError" });
        await model.fit(tf.ones([4, 2]), tf.ones([4, 1]), { epochs: 1 });
        return model;
      }`;
    const run = await runEngine({ program: { "main.mjs": program } });
    expect(only(run, "artifact")).toMatchObject({ role: "model", source: "export" });
  });
});
