import { readFileSync } from "node:fs";
import path from "node:path";
import { beforeEach, expect, test } from "vitest";
import type { Preprocessing, SavedModel } from "../../../src/contract/index.js";
import { predictWithKeras } from "../../../src/kinds/keras/predict-with-keras.js";
import { kerasJob, pythonIsMissing, ROOT, runKeras, snapshotOf } from "./run-keras.js";

beforeEach((ctx) => {
  const missing = pythonIsMissing();
  if (missing) ctx.skip(missing);
});

const STEP: Preprocessing = { name: "x / 255", scale: [1 / 255], offset: [0], channels: "rgb" };
const PICTURES = ["animals/1f333.png", "food/1f351.png", "travel/1f317.png"];
const images = PICTURES.map((name) =>
  readFileSync(path.join(ROOT, "src/store/bundled/emoji/validation", name)),
);

/** Ends a program: prints what its model says of the same pictures. */
const PRINT_ROWS = `
paths = ${JSON.stringify(PICTURES.map((name) => `data/validation/${name}`))}
rows = np.stack([np.asarray(Image.open(p).convert("RGB"), "float32") / 255 for p in paths])
print("ROWS", json.dumps(model.predict(rows).tolist()))
`;

/** @returns the models of the program */
async function compare(source: string): Promise<readonly SavedModel[]> {
  const files = {
    "main.py": `import json, keras, numpy as np, tensorflow as tf\nfrom PIL import Image\n${source}${PRINT_ROWS}`,
  };
  const result = await runKeras(files);
  if (result.models.state !== "found") throw new Error(JSON.stringify(result.models));
  const printed = /ROWS (.*)/.exec(result.run.output)?.[1];
  const rows = (JSON.parse(printed ?? "[]") as number[][]).flat();
  const inputs = { images, imageSize: 64, preprocessing: STEP };
  const predicted = await predictWithKeras(await kerasJob(files), result.models.value, inputs);
  if (predicted?.state !== "found") throw new Error(JSON.stringify(predicted));
  expect([predicted.value.rows, predicted.value.outputs]).toEqual([3, 3]);
  expect(rows).toHaveLength(9);
  for (const [index, value] of predicted.value.values.entries())
    expect(value).toBeCloseTo(rows[index] ?? Number.NaN, 5);
  return result.models.value;
}

/** What is predicted of a saved model that was handed in without its program. */
async function predictedAlone(models: readonly SavedModel[]) {
  const [saved] = models;
  const entry = saved?.main ?? "";
  const job = await kerasJob({ "main.py": "" });
  const alone = { ...job, entry, snapshot: snapshotOf({ [entry]: saved?.files.get(entry) ?? "" }) };
  return predictWithKeras(alone, models, { images, imageSize: 64, preprocessing: STEP });
}

test("a model with a Lambda layer is loaded and predicts as in its program, without it too where it needs nothing of it", async () => {
  const models = await compare(`
model = keras.Sequential([keras.Input((64, 64, 3)), keras.layers.Lambda(lambda t: t[:, ::2, ::2] * 3), keras.layers.GlobalAveragePooling2D(), keras.layers.Dense(3)])
model.compile("adam", "mse")
model.fit(np.ones((8, 64, 64, 3)), np.ones((8, 3)), epochs=2, verbose=0)
`);
  expect(await predictedAlone(models)).toMatchObject({ state: "found", value: { rows: 3, outputs: 3 } });
});

test("a model of the student's own class, trained in a loop of its own, predicts after its program made it again", async () => {
  await compare(`
class Net(keras.Model):
    def __init__(self, units, note):
        super().__init__()
        self.pool = keras.layers.GlobalAveragePooling2D()
        self.head = keras.layers.Dense(units)
        self.scale = 2.0

    def call(self, x):
        return self.head(self.pool(x)) * self.scale

model = Net(3, object())
optimizer = keras.optimizers.SGD(0.1)
x, y = tf.random.uniform((16, 64, 64, 3)), tf.one_hot(tf.range(16) % 3, 3)
data = tf.data.Dataset.from_tensor_slices((x, y)).batch(4)
for epoch in range(2):
    for a, b in data:
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean((model(a, training=True) - b) ** 2)
        gradients = tape.gradient(loss, model.trainable_variables)
        optimizer.apply_gradients(zip(gradients, model.trainable_variables))
`);
});

/** A program of which only the function is looked at; what it calls outside of it would fail. */
const prepares = (body: string): string =>
  `import numpy as np\nimport tensorflow as tf\nimport no_such_package\nSIZE = (64, 64)\nrows = open("rows.csv")\ndef preprocess(image, label):\n    ${body}\n`;

test("pictures are prepared by the program's own function alone; one that cannot is named", {
  timeout: 180_000,
}, async () => {
  const made = await runKeras({
    "main.py": `import keras, numpy as np
model = keras.Sequential([keras.Input((64, 64, 3)), keras.layers.GlobalAveragePooling2D()])
model.compile("sgd", "mse")
model.fit(np.zeros((8, 64, 64, 3)), np.zeros((8, 3)), verbose=0)`,
  });
  if (made.models.state !== "found") throw new Error(JSON.stringify(made.models));
  const { value: models } = made.models;
  const predictedBy = async (files: Record<string, string>) =>
    predictWithKeras(await kerasJob(files), models, {
      images,
      imageSize: 64,
      preprocessing: STEP,
      prepare: { name: "preprocess", recognised: false },
    });
  // It takes one picture with its label, and scales only where it is given bytes.
  const scales = prepares(
    "return tf.image.convert_image_dtype(tf.ensure_shape(image, (*SIZE, 3)), tf.float32), tf.one_hot(label, 3)",
  );
  const cells = ["import helper\n!pip list", "data = data.map(helper.preprocess)"];
  for (const files of [
    { "main.py": scales },
    {
      "main.ipynb": JSON.stringify({ cells: cells.map((source) => ({ cell_type: "code", source })) }),
      "helper.py": scales,
    },
  ]) {
    const own = await predictedBy(files);
    if (own?.state !== "found") throw new Error(JSON.stringify(own));
    expect(own.value.prepared?.name).toBe("x / 255");
    expect(Math.max(...own.value.values)).toBeLessThanOrEqual(1);
  }
  const cannot = { "main.py": prepares("return tf.io.read_file(image), label") };
  expect(await predictedBy(cannot)).toMatchObject({
    state: "failed",
    fault: { code: "prediction-failed", params: { why: expect.stringContaining("its own preparation") } },
  });
});

const LAMBDA = (body: string) => `import keras, numpy as np
FACTOR = 3
model = keras.Sequential([keras.Input((64, 64, 3)), keras.layers.Lambda(${body}), keras.layers.GlobalAveragePooling2D(), keras.layers.Dense(3)])
model.compile("adam", "mse")
model.fit(np.ones((8, 64, 64, 3)), np.ones((8, 3)), epochs=2, verbose=0)
`;

test("a saved model alone whose Lambda layer needs its program is left to whoever has that", async () => {
  const { models } = await runKeras({ "main.py": LAMBDA("lambda t: t * FACTOR") });
  if (models.state !== "found") throw new Error(JSON.stringify(models));
  expect(await predictedAlone(models.value)).toBeNull();
});

test("a model too large for a batch of images predicts them one by one", { timeout: 180_000 }, async () => {
  // Half a gigabyte an image, where two gigabytes are allowed and TensorFlow takes a good part of one.
  const greedy = LAMBDA("lambda t: (t[..., None] * [[1.0] * 10000])[..., 0]");
  const files = { "main.py": greedy.replaceAll("np.ones((8,", "np.ones((1,") };
  const limits = { memoryMb: 2048 };
  const { models } = await runKeras(files, { limits });
  if (models.state !== "found") throw new Error(JSON.stringify(models));
  const inputs = { images, imageSize: 64, preprocessing: STEP };
  const predicted = await predictWithKeras(await kerasJob(files, { limits }), models.value, inputs);
  expect(predicted).toMatchObject({ state: "found", value: { rows: 3 } });
});
