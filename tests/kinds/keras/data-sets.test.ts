import { beforeEach, expect, test } from "vitest";
import keras from "../../../src/kinds/keras/index.js";
import { kerasJob, pythonIsMissing, runKeras } from "./run-keras.js";

beforeEach((ctx) => {
  const missing = pythonIsMissing();
  if (missing) ctx.skip(missing);
});

const PATIENT = { timeout: 180_000 };

test(
  "the assignment's images are what data sets of that name give, in each way of asking",
  PATIENT,
  async () => {
    const job = await kerasJob({
      "main.py": `
import os, keras, numpy as np
import tensorflow_datasets as tfds
(x, y), (x_test, y_test) = keras.datasets.cifar10.load_data()
print("keras", x.shape, x.dtype, y.shape, x_test.shape, sorted(set(y.ravel().tolist())))
(train, rest), info = tfds.load("cifar10", split=["train[:75%]", "test"], as_supervised=True, with_info=True)
print("tfds", len(train), len(rest), info.features["label"].names)
whole = tfds.load("cifar10:3.0.2", batch_size=50)
print("parts", sorted(whole), next(iter(whole["train"]))["image"].shape)
folder = keras.utils.get_file("cifar10.tgz", "https://data.example/cifar10.tgz", untar=True)
print("folder", sorted(os.listdir(os.path.join(folder, "train"))))
model = keras.Sequential([keras.Input((72, 72, 3)), keras.layers.GlobalAveragePooling2D(), keras.layers.Dense(3)])
model.compile("adam", keras.losses.SparseCategoricalCrossentropy(from_logits=True))
model.fit(train.batch(32), verbose=0)
`,
    });
    const { dataset } = job.assignment;
    const { counts, image } = dataset.facts;
    const sum = (split: string): number =>
      Object.values(counts[split] ?? {}).reduce((all, one) => all + one, 0);
    const named = { ...dataset, facts: { ...dataset.facts, name: "cifar10" } };
    const result = await keras.run({ ...job, assignment: { ...job.assignment, dataset: named } });
    expect(result.fault).toBeNull();
    const [train, validation] = [sum("train"), sum("validation")];
    const size = `${image.height}, ${image.width}, 3`;
    for (const line of [
      `keras (${train}, ${size}) uint8 (${train}, 1) (${validation}, ${size}) [0, 1, 2]`,
      `tfds ${Math.round(train * 0.75)} ${validation} ['animals', 'food', 'travel']`,
      `parts ['train', 'validation'] (50, ${size})`,
      "folder ['animals', 'food', 'travel']",
    ])
      expect(result.run.output).toContain(line);
    expect(result.models.state).toBe("found");
  },
);

test("at depth structure a well-known data set that the assignment has not is made up", PATIENT, async () => {
  const result = await runKeras(
    {
      "main.py": `
from tensorflow import keras
(x, y), _ = keras.datasets.mnist.load_data()
model = keras.Sequential([keras.layers.Flatten(), keras.layers.Dense(10)])
model.compile("adam", keras.losses.SparseCategoricalCrossentropy(from_logits=True))
model.fit(x, y)
keras.datasets.imdb.load_data()
`,
    },
    { run: { depth: "structure" } },
  );
  expect(result.phases).toMatchObject({ value: { fits: [{ inputShape: [null, 28, 28] }] } });
  expect(result.fault).toMatchObject({ code: "data-not-offered" });
});
