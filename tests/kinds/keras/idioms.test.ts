import { beforeEach, expect, test } from "vitest";
import { fitsOf, lastKept, notesOf, weightsOf } from "./read-result.js";
import { pythonIsMissing, runKeras } from "./run-keras.js";

// What programs of real courses do that a runner has to live with.

beforeEach((ctx) => {
  const missing = pythonIsMissing();
  if (missing) ctx.skip(missing);
});

const PATIENT = { timeout: 180_000 };

/** A base with BatchNormalization and a head, and rows for them. */
const TINY = `
import keras, numpy as np, os
from keras import layers
x = np.random.default_rng(0).random((32, 8, 8, 3)).astype("float32")
y = np.arange(32) % 3
base = keras.Sequential([keras.Input((8, 8, 3)), layers.Conv2D(4, 3, name="conv"), layers.BatchNormalization(name="bn")], name="base")
def build():
    inputs = keras.Input((8, 8, 3))
    pooled = layers.GlobalAveragePooling2D()(base(inputs, training=False))
    return keras.Model(inputs, layers.Dense(3, activation="softmax", name="head")(pooled))
model = build()
def compiled(optimizer="adam"):
    model.compile(optimizer, "sparse_categorical_crossentropy", metrics=["accuracy"])
`;

test("code for GPUs, Colab and pictures on a screen runs where there is none of them", PATIENT, async () => {
  const result = await runKeras({
    "main.py": `${TINY}
import cv2, seaborn as sns, tensorflow as tf
from google.colab import drive
from IPython.display import Image
drive.mount("/content/drive")
for gpu in tf.config.list_physical_devices("GPU"):
    tf.config.experimental.set_memory_growth(gpu, True)
x = np.stack([cv2.resize(picture, (8, 8)) for picture in x])
with tf.distribute.MirroredStrategy().scope():
    model = keras.Sequential([keras.Input((8, 8, 3)), layers.Flatten(), layers.Dense(3, activation="softmax", name="head")])
    compiled()
with tf.device("/GPU:0"):
    history = model.fit(x, y, epochs=1)
sns.lineplot(history.history["loss"])
cv2.imwrite("first.png", x[0] * 255)
`,
  });
  expect(result.fault).toBeNull();
  expect(fitsOf(result)).toHaveLength(1);
  expect(notesOf(result)).toContain("`google.colab` is not installed here");
  expect((await weightsOf(result)).has("head/kernel")).toBe(true);
});

test(
  "mixed precision and a rate that is a function keep their optimizer and their rate",
  PATIENT,
  async () => {
    const result = await runKeras({
      "main.py": `import keras
keras.mixed_precision.set_global_policy("mixed_float16")
${TINY}
base.trainable = False
compiled(keras.optimizers.Adam(lambda: 1e-3))
model.fit(x, y, epochs=1)
`,
    });
    expect(result.fault).toBeNull();
    expect(fitsOf(result)).toMatchObject([
      { optimizer: "Adam", learningRate: { first: 0.001 }, trained: ["head/kernel", "head/bias"] },
    ]);
    const weights = await weightsOf(result);
    expect(Object.keys(lastKept(result))).toEqual(["head/kernel", "head/bias"]);
    for (const [path, sha256] of Object.entries(lastKept(result))) expect(weights.get(path)).toBe(sha256);
  },
);

test(
  "traps of Keras 3 are named: a flag that opens nothing, statistics that move in spite of training=False",
  PATIENT,
  async () => {
    const result = await runKeras({
      "main.py": `${TINY}
compiled()
model.fit(x, y, epochs=1)
base.trainable = False
compiled()
best = keras.callbacks.ModelCheckpoint("best.keras", monitor="val_acc", mode="max", save_best_only=True)
model.fit(x, y, epochs=1, validation_data=(x, y), callbacks=[best])
model.trainable = True
compiled("sgd")
model.fit(x, y, epochs=1)
`,
    });
    expect(result.fault).toBeNull();
    const [all, head, opened] = fitsOf(result);
    expect(all?.changed).toContain("base/bn/moving_mean");
    expect(notesOf(result)).toContain(
      "Keras 3 ignores `training=False` on a base inside `fit`: 2 moving statistics",
    );
    expect(head?.changed).toEqual(["head/kernel", "head/bias"]);
    expect(opened?.trained).toEqual(["head/kernel", "head/bias"]);
    expect(notesOf(result)).toMatch(/Keras 3 ignores `trainable = True` on `functional/);
  },
);

test(
  "a head that was fitted on features counts in the model it is joined to, which nobody fitted",
  PATIENT,
  async () => {
    const result = await runKeras({
      "main.py": `${TINY}
features = base.predict(x)
head = keras.Sequential([layers.GlobalAveragePooling2D(), layers.Dense(3, activation="softmax", name="head")])
head.compile("adam", "sparse_categorical_crossentropy")
head.fit(features, y, epochs=2)
joined = keras.Sequential([keras.Input((8, 8, 3)), base, *head.layers])
head.save("head.keras")
joined.save("C:\\\\Users\\\\me\\\\joined.keras")
`,
    });
    expect(result.fault).toBeNull();
    expect(result.models.state === "found" && result.models.value).toHaveLength(1);
    const weights = await weightsOf(result);
    expect([...weights.keys()]).toEqual(expect.arrayContaining(["base/conv/kernel", "head/kernel"]));
    expect(notesOf(result)).toContain(
      "Several models were saved: `head.keras`, `C:\\Users\\me\\joined.keras`. What is graded is `C:\\Users\\me\\joined.keras`.",
    );
    for (const [path, sha256] of Object.entries(lastKept(result))) expect(weights.get(path)).toBe(sha256);
  },
);

test(
  "of several models that were fitted the last is handed back, and the rest is told",
  PATIENT,
  async () => {
    const result = await runKeras({
      "main.py": `${TINY}
compiled()
model.fit(x, y, epochs=1)
other = keras.Sequential([keras.Input((8, 8, 3)), layers.Flatten(), layers.Dense(3, name="other")])
other.compile("sgd", "mse")
other.fit(x, np.eye(3)[y], epochs=1)
`,
    });
    expect(fitsOf(result).map((fit) => fit.weights.at(-1))).toEqual(["head/bias", "other/bias"]);
    expect(notesOf(result)).toContain("Several models were fitted and none was saved: `functional");
    expect([...(await weightsOf(result)).keys()]).toEqual(["other/kernel", "other/bias"]);
  },
);

test("training behind an inverted guard is found", PATIENT, async () => {
  const result = await runKeras({
    "main.py": `${TINY}\nif __name__ != "__main__":\n    compiled()\n    model.fit(x, y, epochs=1)\n`,
  });
  expect(notesOf(result)).toContain("its `__name__` guard is the wrong way round");
  expect(fitsOf(result)).toHaveLength(1);
});

test("a copy of the process that hangs in TensorFlow is stopped, and named", PATIENT, async () => {
  const result = await runKeras(
    {
      "main.py": `${TINY}
compiled()
model.fit(x, y, epochs=1)
child = os.fork()
if child == 0:
    model.predict(x)
    os._exit(0)
os.waitpid(child, 0)
`,
    },
    { limits: { seconds: 8 } },
  );
  expect(notesOf(result)).toContain("in such a copy TensorFlow hangs");
  expect(result.fault?.code).toBe("time-limit");
});
