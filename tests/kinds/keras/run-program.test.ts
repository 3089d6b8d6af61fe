import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { execa } from "execa";
import { beforeEach, expect, test } from "vitest";
import type { ModelFacts, SavedModel } from "../../../src/contract/index.js";
import { addToStore, pullToStore } from "../../../src/harness/store-actions.js";
import type { KindResult } from "../../../src/kinds/kind.js";
import { readModel } from "../../../src/models/index.js";
import { openSandbox, readNativeParts } from "../../../src/sandbox/index.js";
import { openStore } from "../../../src/store/index.js";
import { REFERENCE } from "../../reference.js";
import { serveFile } from "../../store/serve-file.js";
import { fitsOf } from "./read-result.js";
import { pythonIsMissing, ROOT, runKeras } from "./run-keras.js";

beforeEach((ctx) => {
  const missing = pythonIsMissing();
  if (missing) ctx.skip(missing);
});

/** A network that trains in a second, for tests of everything but learning. */
const TINY = `
import keras, numpy as np
x = np.random.default_rng(0).random((32, 8, 8, 3)).astype("float32")
y = np.arange(32) % 3
inner = keras.Sequential([keras.Input((8, 8, 3)), keras.layers.DepthwiseConv2D(3, name="dw"), keras.layers.BatchNormalization(name="bn")], name="base")
model = keras.Sequential([keras.Input((8, 8, 3)), inner, keras.layers.GlobalAveragePooling2D(), keras.layers.Dense(3, activation="softmax", name="head")])
`;
const COMPILE = `model.compile(keras.optimizers.Adam(0.01), "sparse_categorical_crossentropy", metrics=["accuracy"])\n`;

function modelsOf({ models }: KindResult): readonly SavedModel[] {
  if (models.state !== "found") throw new Error(JSON.stringify(models));
  return models.value;
}

async function factsOf(model: SavedModel | undefined): Promise<ModelFacts> {
  if (!model) throw new Error("no model");
  const read = await readModel({ sandbox: await openSandbox({ unsafe: false }), root: ROOT }, model);
  if (read.state !== "found") throw new Error(JSON.stringify(read));
  return read.value;
}

test("phases name weights as the saved model does, and tell what was declared, trained and moved", async () => {
  const result = await runKeras({
    "main.py": `${TINY}
for layer in inner.layers:
    layer.trainable = False
${COMPILE}model.fit(x, y, epochs=2, batch_size=16, validation_split=0.25, callbacks=[keras.callbacks.EarlyStopping(patience=9)])
inner.trainable = True
inner.layers[0].trainable = True
model.fit(x / 255, y, epochs=1)
print("slots", *(v.path for v in model.optimizer.variables))
input("name? ")
print("val_accuracy: 0.75")
`,
  });
  expect(result.fault).toBeNull();
  const [first, second] = fitsOf(result);
  const facts = await factsOf(modelsOf(result)[0]);
  expect(first?.weights.toSorted()).toEqual(facts.weights.map((weight) => weight.path).toSorted());
  expect(first).toMatchObject({
    role: "whole",
    optimizer: "Adam",
    optimizerSettings: expect.objectContaining({ beta_1: 0.9, amsgrad: false }),
    learningRate: { first: 0.01, last: 0.01 },
    loss: "sparse_categorical_crossentropy",
    fromLogits: false,
    recompiled: null,
    declared: ["head/kernel", "head/bias"],
    trained: ["head/kernel", "head/bias"],
    changed: ["head/kernel", "head/bias"],
    epochs: { asked: 2, run: 2 },
    steps: 4,
    batchSize: 16,
    samples: 24,
    inputShape: [null, 8, 8, 3],
    validation: "split",
    callbacks: ["EarlyStopping(monitor=val_loss, patience=9, restore_best_weights=False)"],
    cutShort: null,
  });
  expect(Object.keys(first?.history ?? {}).toSorted()).toEqual([
    "accuracy",
    "loss",
    "val_accuracy",
    "val_loss",
  ]);
  // Opened after compile: declared, but the step as it was traced trains the head alone.
  expect(second).toMatchObject({ recompiled: false, trained: ["head/kernel", "head/bias"] });
  expect(second?.declared).toEqual(["base/dw/depthwise_kernel", "base/dw/bias", "head/kernel", "head/bias"]);
  expect(facts.optimizer?.iterations).toBe(5);
  // As Keras itself makes and names them, whenever the runner has them made.
  const slots = ["sequential_head_kernel", "sequential_head_bias"].flatMap((name) => [
    `${name}_momentum`,
    `${name}_velocity`,
  ]);
  expect(result.run.output).toContain(
    `slots ${["iteration", "learning_rate", ...slots].map((name) => `adam/${name}`).join(" ")}\n`,
  );
  // What each fit left is here as bytes, and the last of it is what was saved.
  const { moved = [], begin, replaced, files } = result.kept ?? {};
  expect(moved.map((one) => one?.map(({ path: name }) => name))).toEqual([
    ["head/kernel", "head/bias"],
    ["head/kernel", "head/bias"],
  ]);
  expect(moved[0]?.[0]?.sha256).not.toBe(moved[1]?.[0]?.sha256);
  expect(moved[1]?.[0]?.sha256).toBe(facts.weights.find(({ path: name }) => name === "head/kernel")?.sha256);
  expect(Object.keys(begin ?? {}).toSorted()).toEqual(first?.weights.toSorted());
  expect(replaced).toBe(false);
  expect([...(files?.keys() ?? [])]).toEqual(["fit-0.safetensors", "fit-1.safetensors"]);
  expect(result.run.notes.join("\n")).toContain("Keras 3 ignores `trainable = True` on `base`");
  expect(result.claims).toMatchObject({ state: "found", value: { accuracy: 0.75 } });
});

test("a head trained on predicted features is handed back with the base that predicted them", async () => {
  const result = await runKeras({
    "main.py": `
import keras, numpy as np, sys, tqdm
from sklearn.model_selection import train_test_split
import matplotlib.pyplot as plt
base = keras.models.load_model(keras.utils.get_file("base.keras", "https://frostline.example/models/efficientnet-lite0-stage5/model.json"))
pictures = keras.utils.image_dataset_from_directory("data/validation", image_size=(64, 64), batch_size=16, shuffle=False, verbose=False)
features, labels = [], []
for images, y in tqdm.tqdm(pictures):
    features.append(base.predict((images - 127) / 128))
    labels.append(y.numpy())
x_train, x_test, y_train, y_test = train_test_split(np.concatenate(features), np.concatenate(labels), random_state=0)
head = keras.Sequential([keras.layers.GlobalAveragePooling2D(), keras.layers.Dense(3)])
head.compile(keras.optimizers.Adam(keras.optimizers.schedules.ExponentialDecay(1e-3, 2, 0.5)), keras.losses.SparseCategoricalCrossentropy(from_logits=True))
head.fit(x_train, y_train, validation_data=(x_test, y_test), epochs=2, verbose=0)
plt.plot([1, 2]); plt.show()
sys.exit(0)
`,
  });
  expect(result.fault).toBeNull();
  const [base, head] = modelsOf(result);
  expect((await factsOf(base)).weights).toHaveLength(165);
  expect((await factsOf(head)).weights.map((weight) => weight.slot)).toEqual(["kernel", "bias"]);
  expect(fitsOf(result)[0]).toMatchObject({
    role: "head",
    fromLogits: true,
    learningRate: { first: 0.001, last: 0.00025 },
  });
  expect(result.preprocessing?.name).toBe("(x - 127) / 128");
  expect(result.run.notes.join("\n")).toContain("`tqdm` is not installed here");
});

test("a program that never ends is stopped at its time, and its model is there all the same", async () => {
  const files = { "main.py": `${TINY}${COMPILE}model.fit(x, y, epochs=1000000)\nwhile True:\n    pass\n` };
  const result = await runKeras(files, { limits: { seconds: 5 } });
  expect(result.fault).toMatchObject({
    code: "time-limit",
    params: { where: expect.stringMatching(/^, at main\.py, line (9|10)$/) },
  });
  expect(fitsOf(result)[0]?.cutShort).toBe("seconds");
  expect((await factsOf(modelsOf(result)[0])).weights.length).toBeGreaterThan(0);
});

test("a published network whose weights are not in the store starts from random ones, and the result says so", async () => {
  const result = await runKeras({
    "main.py": `
import os
os.environ["TF_USE_LEGACY_KERAS"] = "1"
import tensorflow as tf
from keras.utils import np_utils
import numpy as np
base = tf.keras.applications.MobileNet(weights="imagenet", include_top=False, alpha=0.25, input_shape=(32, 32, 3))
base.trainable = False
model = tf.keras.Sequential([base, tf.keras.layers.GlobalAveragePooling2D(), tf.keras.layers.Dense(3)])
model.compile(tf.keras.optimizers.Adam(lr=1e-4), "mse")
model.fit(np.zeros((8, 32, 32, 3)), np_utils.to_categorical(np.arange(8) % 3), epochs=1)
`,
  });
  expect(result.fault).toBeNull();
  expect(result.standIn).toMatchObject({ code: "checkpoint-stand-in", params: { name: "MobileNet" } });
  expect(result.run.backend).toContain("tf.keras 2");
  expect(fitsOf(result)[0]?.learningRate?.first).toBe(1e-4);
  const facts = await factsOf(modelsOf(result)[0]);
  expect(facts.runtime).toBe("tf-keras-2");
  expect(fitsOf(result)[0]?.weights.toSorted()).toEqual(
    facts.weights.map((weight) => weight.path).toSorted(),
  );
});

test("`weights='imagenet'` gives the published tensors where the store has them", async (ctx) => {
  const source = path.join(REFERENCE, "data/mobilenet_v1_0.25_224-tfjs");
  if (!existsSync(source)) return ctx.skip("the reference data is not here");
  const store = await mkdtemp(path.join(tmpdir(), "frostline-store-"));
  try {
    await addToStore(ROOT, source, { store });
    const result = await runKeras(
      {
        "main.py": `
from tensorflow.keras.applications import MobileNet
MobileNet(weights="imagenet", include_top=False, alpha=0.25, input_shape=(96, 96, 3)).save("base.keras")
`,
      },
      { bases: ["mobilenet_v1_0.25_224"], store },
    );
    expect(result.standIn).toBeUndefined();
    const facts = await factsOf(modelsOf(result)[0]);
    const { facts: base } = await openStore({ root: ROOT, folder: store }).openBase("mobilenet_v1_0.25_224");
    const registered = new Map(base.tensors.map(({ path: place, sha256 }) => [place, sha256]));
    expect(facts.weights).toHaveLength(135);
    for (const { layer, slot, sha256 } of facts.weights)
      expect([layer, slot, registered.get(`${layer}/${slot}`)]).toEqual([layer, slot, sha256]);
    await pulledIsTheSame(store, registered);
  } finally {
    await rm(store, { recursive: true });
  }
});

/** The same tensors, pulled as the file that Keras itself loads. */
async function pulledIsTheSame(store: string, registered: ReadonlyMap<string, string>): Promise<void> {
  const name = "mobilenet_2_5_224_tf_no_top.h5";
  const target = path.join(store, name);
  const base = path.join(store, "bases", "mobilenet_v1_0.25_224");
  const write = `import sys; sys.path.insert(0, sys.argv[1])
from types import SimpleNamespace; from frostline_runner.checkpoint_files import weights_file
weights_file(SimpleNamespace(folder=sys.argv[2], main="model.json"), sys.argv[3], False)`;
  const python = path.join(readNativeParts(ROOT)?.python?.folder ?? "", "bin", "python");
  await execa(python, ["-I", "-B", "-c", write, path.join(ROOT, "src/kinds/keras/python"), base, target]);
  const { address: from } = await serveFile(await readFile(target));
  const said = await pullToStore(ROOT, { name: "mobilenet-0.25-224", from }, store);
  expect(said.join("\n")).toContain("MobileNet(weights='imagenet', include_top=False, alpha=0.25)");
  const result = await runKeras(
    {
      "main.py": `
import keras, numpy as np
from keras.applications import MobileNet
base = MobileNet(weights="imagenet", include_top=False, alpha=0.25, input_shape=(96, 96, 3))
base.trainable = False
model = keras.Sequential([base, keras.layers.GlobalAveragePooling2D(), keras.layers.Dense(3)])
model.compile("adam", "mse")
model.fit(np.zeros((4, 96, 96, 3)), np.zeros((4, 3)))
keras.models.load_model("bases/mobilenet-0.25-224.keras")
`,
    },
    { bases: ["mobilenet-0.25-224"], store },
  );
  expect(result).toMatchObject({ fault: null });
  expect(result.standIn).toBeUndefined();
  const facts = await factsOf(modelsOf(result)[0]);
  const ofBase = facts.weights.filter(({ layer }) => !layer.startsWith("dense"));
  expect(ofBase).toHaveLength(135);
  const sums = new Set(registered.values());
  expect(ofBase.filter(({ sha256 }) => !sums.has(sha256))).toEqual([]);
}
