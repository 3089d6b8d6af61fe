import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { engineMissing, eventsOf, only, printed, runEngine } from "./run-engine.js";
import { ADDRESS, makeTinyBase } from "./tiny-base.js";

const IMAGES = `const xs = tf.randomUniform([8, 16, 16, 3]); const ys = tf.oneHot(tf.tensor1d([0, 1, 0, 1, 0, 1, 0, 1], "int32"), 2);`;
const whole = (head: string): string => `const tf = require("@tensorflow/tfjs-node");
  (async () => { const base = await tf.loadLayersModel("${ADDRESS}"); ${IMAGES} ${head} })();`;

describe("the recorder", () => {
  let base: Awaited<ReturnType<typeof makeTinyBase>>;
  beforeAll(async () => {
    if (engineMissing() === undefined) base = await makeTinyBase();
  });
  afterAll(() => base?.remove());
  beforeEach((ctx) => {
    const missing = engineMissing();
    if (missing !== undefined) ctx.skip(missing);
  });

  it("shows that a container's flag is ignored when the base is the first layer of a sequential", async () => {
    const program = whole(`base.trainable = false;
      const model = tf.sequential({ layers: [base, tf.layers.globalAveragePooling2d({}), tf.layers.dense({ units: 2, activation: "softmax", name: "out" })] });
      model.compile({ optimizer: tf.train.sgd(0.5), loss: "categoricalCrossentropy" });
      await model.fit(xs, ys, { epochs: 2, batchSize: 4 });`);
    const run = await runEngine({ program: { "main.js": program }, bases: [base] });
    const fit = only(run, "fitStart");
    expect(fit.declared).toEqual(["out/kernel", "out/bias"]);
    expect(fit.collected).toContain("tinynet/conv1/kernel");
    expect(only(run, "fitEnd").changed).toContain("tinynet/conv1/kernel");
    const trap = eventsOf(run, "trap").find((event) => event.trap === "container-flag-ignored");
    expect(trap?.paths).toContain("tinynet/conv1/kernel");
    expect(trap?.paths).not.toContain("out/kernel");
  });

  it("shows that frozen BatchNormalization moves its statistics, and nothing else that is frozen moves", async () => {
    const program = whole(`for (const layer of base.layers) layer.trainable = false;
      const model = tf.sequential({ layers: [base, tf.layers.flatten(), tf.layers.dense({ units: 2, activation: "softmax", name: "out" })] });
      model.compile({ optimizer: "adam", loss: "categoricalCrossentropy" });
      await model.fit(xs, ys, { epochs: 1 });`);
    const run = await runEngine({ program: { "main.js": program }, bases: [base] });
    const moving = ["bn1", "bn2"].flatMap((bn) => [
      `tinynet/${bn}/moving_mean`,
      `tinynet/${bn}/moving_variance`,
    ]);
    expect(only(run, "trap")).toMatchObject({ trap: "frozen-batch-norm-moved", paths: moving });
    expect(only(run, "fitEnd").changed.toSorted()).toEqual([...moving, "out/bias", "out/kernel"].toSorted());
  });

  it("tells two phases apart, with their rates and whether the model was compiled again", async () => {
    const program = whole(`for (const layer of base.layers) layer.trainable = false;
      const pooled = tf.layers.globalAveragePooling2d({}).apply(base.outputs[0]);
      const model = tf.model({ inputs: base.inputs, outputs: tf.layers.dense({ units: 2, activation: "softmax" }).apply(pooled) });
      model.compile({ optimizer: tf.train.adam(1e-3), loss: "categoricalCrossentropy", metrics: ["accuracy"] });
      await model.fit(xs, ys, { epochs: 2, validationData: [xs, ys], callbacks: tf.callbacks.earlyStopping({ monitor: "val_loss" }) });
      base.getLayer("conv2").trainable = true;
      model.compile({ optimizer: tf.train.adam(1e-5), loss: "categoricalCrossentropy" });
      await model.fit(xs, ys, { epochs: 1, callbacks: { onEpochEnd: () => { model.optimizer.learningRate = 1e-6; } } });
      await model.fit(xs, ys, { epochs: 1 });`);
    const run = await runEngine({ program: { "main.js": program }, bases: [base] });
    const fits = eventsOf(run, "fitStart");
    expect(fits.map((fit) => fit.optimizer.learningRate)).toEqual([1e-3, 1e-5, 1e-6]);
    expect(fits.map((fit) => fit.recompiled)).toEqual([true, true, false]);
    expect(fits.map((fit) => fit.collected.length)).toEqual([2, 4, 4]);
    expect(fits[0]).toMatchObject({ validation: "data", validationSamples: 8, callbacks: ["EarlyStopping"] });
    expect(fits[0]?.inputs?.channels).toHaveLength(3);
    expect(eventsOf(run, "fitEnd")[1]?.optimizer.learningRate).toBe(1e-6);
    expect(Object.keys(eventsOf(run, "epoch")[0]?.logs ?? {}).sort()).toEqual([
      "acc",
      "loss",
      "val_acc",
      "val_loss",
    ]);
  });

  it("shows a model that was unfrozen without compiling again", async () => {
    const program = whole(`for (const layer of base.layers) layer.trainable = false;
      const model = tf.model({ inputs: base.inputs, outputs: tf.layers.dense({ units: 2 }).apply(tf.layers.flatten().apply(base.outputs[0])) });
      model.compile({ optimizer: "sgd", loss: "meanSquaredError" });
      for (const layer of base.layers) layer.trainable = true;
      await model.fit(xs, ys, { epochs: 1 });`);
    const run = await runEngine({ program: { "main.js": program }, bases: [base] });
    const fit = only(run, "fitStart");
    expect(fit.declared.length).toBeGreaterThan(fit.collected.length);
    expect(only(run, "fitEnd").changed).not.toContain("conv1/kernel");
  });

  it("counts calls of trainOnBatch as one training", async () => {
    const program =
      whole(`const head = tf.sequential({ layers: [tf.layers.flatten({ inputShape: [4, 4, 8] }), tf.layers.dense({ units: 2 })] });
      head.compile({ optimizer: "sgd", loss: "meanSquaredError" });
      const features = base.predict(xs);
      for (let i = 0; i < 5; i++) await head.trainOnBatch(features, ys);`);
    const run = await runEngine({ program: { "main.js": program }, bases: [base] });
    expect(only(run, "fitStart")).toMatchObject({ call: "trainOnBatch", inputsFrom: { how: "ops" } });
    const end = only(run, "fitEnd");
    expect(end).toMatchObject({ steps: 5, iterations: 5 });
    expect(end.loss?.last).toBeLessThan(end.loss?.first ?? 0);
  });

  it.each([
    ["minimize", `optimizer.minimize(() => loss(), false, vars)`],
    [
      "applyGradients",
      `tf.tidy(() => { const { grads } = tf.variableGrads(() => loss(), vars); optimizer.applyGradients(grads); })`,
    ],
  ])("records a loop of the program's own around %s", async (_, step) => {
    const program = whole(`const head = tf.layers.dense({ units: 2, name: "out" });
      const model = tf.model({ inputs: base.inputs, outputs: head.apply(tf.layers.flatten().apply(base.outputs[0])) });
      const optimizer = tf.train.adam(0.01);
      const vars = head.getWeights().map((w) => w);
      const loss = () => tf.losses.meanSquaredError(ys, model.predict(xs));
      for (let i = 0; i < 4; i++) ${step};
      module.exports = model;`);
    const run = await runEngine({ program: { "main.js": program }, bases: [base] });
    expect(eventsOf(run, "error")).toEqual([]);
    expect(only(run, "fitStart")).toMatchObject({
      call: "minimize",
      collected: ["out/kernel", "out/bias"],
      optimizer: { class: "Adam", learningRate: 0.01 },
    });
    expect(only(run, "fitEnd")).toMatchObject({ steps: 4, changed: ["out/kernel", "out/bias"] });
  });

  it("stops a fit at the soft deadline and still hands back a model", async () => {
    const program =
      whole(`const model = tf.sequential({ layers: [tf.layers.flatten({ inputShape: [16, 16, 3] }), tf.layers.dense({ units: 2 })] });
      model.compile({ optimizer: "sgd", loss: "meanSquaredError" });
      await model.fit(xs, ys, { epochs: 1000000, batchSize: 4 });
      await model.save("file://out");`);
    const run = await runEngine({ program: { "main.js": program }, bases: [base], limits: { seconds: 2 } });
    expect(only(run, "fitEnd")).toMatchObject({ stopped: "seconds", failed: false });
    expect(only(run, "artifact").source).toBe("save");
    expect(run.complete).toBe(true);
  });

  it("stops a fit after the steps and epochs it may take", async () => {
    const program =
      whole(`const model = tf.sequential({ layers: [tf.layers.flatten({ inputShape: [16, 16, 3] }), tf.layers.dense({ units: 2 })] });
      model.compile({ optimizer: "sgd", loss: "meanSquaredError" });
      await model.fit(xs, ys, { epochs: 5, batchSize: 2 });`);
    const once = await runEngine({ program: { "main.js": program }, bases: [base], limits: { maxSteps: 1 } });
    expect(only(once, "fitEnd")).toMatchObject({ steps: 1, stopped: "steps" });
    const twice = await runEngine({
      program: { "main.js": program },
      bases: [base],
      limits: { maxEpochs: 2 },
    });
    expect(only(twice, "fitEnd")).toMatchObject({ epochs: 2, stopped: "epochs" });
    const few = await runEngine({
      program: { "main.js": program },
      bases: [base],
      limits: { maxSamples: 5 },
    });
    expect(only(few, "fitEnd")).toMatchObject({ steps: 3, stopped: "samples" });
  });

  it("ends a loop of the program's own after the steps it may take", async () => {
    const program =
      whole(`const model = tf.sequential({ layers: [tf.layers.flatten({ inputShape: [16, 16, 3] }), tf.layers.dense({ units: 2 })] });
      model.compile({ optimizer: "sgd", loss: "meanSquaredError" });
      for (;;) await model.trainOnBatch(xs, ys);`);
    const run = await runEngine({ program: { "main.js": program }, bases: [base], limits: { maxSteps: 3 } });
    expect(only(run, "fitEnd")).toMatchObject({ steps: 3, stopped: "steps" });
    expect(only(run, "exit")).toMatchObject({ why: "steps" });
    expect(only(run, "artifact").source).toBe("last-fit");
  });

  it("tries one row where it must not train: no weight moves, and wrong shapes are found", async () => {
    const program =
      whole(`const model = tf.sequential({ layers: [tf.layers.flatten({ inputShape: [16, 16, 3] }), tf.layers.dense({ units: 2 })] });
      model.compile({ optimizer: tf.train.adam(0.01), loss: "meanSquaredError", metrics: ["mae"] });
      const { history, epoch } = await model.fit(xs, ys, { epochs: 40, validationSplit: 0.5 });
      console.log(epoch.length, Object.keys(history).sort().join());
      await model.fitDataset(tf.data.zip({ xs: tf.data.array(tf.unstack(xs)), ys: tf.data.array(tf.unstack(ys)) }).batch(2), { epochs: 3 });
      console.log((await model.trainOnBatch(xs, ys)).length);
      const optimizer = tf.train.sgd(0.1);
      const cost = optimizer.minimize(() => tf.losses.meanSquaredError(ys, model.apply(xs, { training: true })), true);
      console.log(cost.rank);
      await model.fit(xs, tf.zeros([ys.shape[0], 3]), { epochs: 1 });`);
    const run = await runEngine({
      program: { "main.js": program },
      bases: [base],
      limits: { onlyTry: true },
    });
    expect(printed(run)).toEqual(["40 loss,mae,val_loss,val_mae", "2", "0"]);
    expect(eventsOf(run, "fitEnd").map(({ stopped, changed, failed }) => [stopped, changed, failed])).toEqual(
      [...Array.from({ length: 4 }, () => ["structure", [], false]), ["structure", [], true]],
    );
    expect(only(run, "error").message).toMatch(/shape/);
    expect(only(run, "artifact").source).toBe("last-fit");
  });

  it("gives the same story twice, shuffles and initialisers included", async () => {
    const program =
      whole(`const model = tf.sequential({ layers: [base, tf.layers.flatten(), tf.layers.dropout({ rate: 0.3 }), tf.layers.dense({ units: 2 })] });
      model.compile({ optimizer: "adam", loss: "meanSquaredError" });
      await model.fit(xs, ys, { epochs: 2, batchSize: 3 });`);
    const [first, second] = [
      await runEngine({ program: { "main.js": program }, bases: [base] }),
      await runEngine({ program: { "main.js": program }, bases: [base] }),
    ];
    expect(only(first, "fitEnd").digests).toEqual(only(second, "fitEnd").digests);
    const other = await runEngine({ program: { "main.js": program }, bases: [base], seed: 8 });
    expect(only(other, "fitEnd").digests).not.toEqual(only(first, "fitEnd").digests);
  });
});
