import { beforeEach, expect, test } from "vitest";
import { fitsOf, lastKept, weightsOf } from "./read-result.js";
import { pythonIsMissing, runKeras } from "./run-keras.js";

// How programs are written in notebooks, on Kaggle, and for the Keras of some years ago.

beforeEach((ctx) => {
  const missing = pythonIsMissing();
  if (missing) ctx.skip(missing);
});

const PATIENT = { timeout: 180_000 };

test(
  "a notebook that shows, asks and rebinds trains, and the model is what its ModelCheckpoint kept",
  PATIENT,
  async () => {
    const cells = [
      "%matplotlib inline\nfrom tensorflow import keras\nimport numpy as np\nget_ipython().run_line_magic('load_ext', 'tensorboard')\n...",
      "def augmented(model, data):\n    ...\n\ndef unused(x, y):\n    model.fit(x, y, epochs=99)",
      "model = keras.models.Sequential()\nmodel.add(keras.layers.Conv2D(4, 3))\nmodel.add(keras.layers.Flatten())\nmodel.add(keras.layers.Dense(3, activation='softmax'))\nmodel?",
      "x = np.random.default_rng(0).random((30, 8, 8, 3))\ny = np.arange(30) % 3\nx_test, y_test = x[20:], y[20:]\nx, y = x[:20], y[:20]\ndisplay(x[0])",
      "model.layers[0].trainable = False\nmodel.compile('adam', 'sparse_categorical_crossentropy', metrics=['accuracy'])\nbest = keras.callbacks.ModelCheckpoint('best.keras', save_best_only=True)\nmodel.fit(x, y, epochs=3, validation_data=(x_test, y_test), callbacks=[best])",
      "keras.models.load_model('best.keras').evaluate(x_test, y_test)",
    ];
    const result = await runKeras({
      "work.ipynb": JSON.stringify({ cells: cells.map((source) => ({ cell_type: "code", source })) }),
    });
    expect(result.fault).toBeNull();
    const trained = fitsOf(result);
    expect(trained).toMatchObject([{ epochs: { asked: 3, run: 3 }, samples: 20 }]);
    expect(trained[0]?.trained).toHaveLength(2);
    expect(trained[0]?.weights).toHaveLength(4);
    expect(result.kept?.replaced).toBe(true);
    expect((await weightsOf(result)).size).toBe(4);
  },
);

test(
  "under tf.keras 2 what was fitted counts: not what was saved before, nor a checkpoint that never had its metric",
  PATIENT,
  async () => {
    const result = await runKeras({
      "main.py": `
import numpy as np
from tensorflow import keras
from tensorflow.keras import layers
x, y = np.random.default_rng(0).random((32, 8, 8, 3)), np.arange(32) % 3
model = keras.Sequential([
    layers.experimental.preprocessing.Rescaling(1.0, input_shape=(8, 8, 3)),
    layers.Flatten(),
    layers.Dense(3, activation="softmax", name="head"),
])
rate = keras.optimizers.schedules.InverseTimeDecay(0.01, 1, 1.0)
model.compile(keras.optimizers.SGD(rate), "sparse_categorical_crossentropy", ["accuracy"])
model.save("model.h5")
best = keras.callbacks.ModelCheckpoint("best.h5", monitor="val_acc", save_best_only=True)
weights = keras.callbacks.ModelCheckpoint("best_weights.h5", monitor="loss", save_best_only=True, save_weights_only=True)
model.fit(x, y, batch_size=16, epochs=2, validation_split=0.5, class_weight={0: 1.0, 1: 2.0, 2: 1.0}, callbacks=[best, weights])
model.load_weights("best_weights.h5")
`,
    });
    expect(result.fault).toBeNull();
    expect(fitsOf(result)).toMatchObject([
      { optimizer: "SGD", learningRate: { first: 0.01, last: 0.003333333 }, steps: 2 },
    ]);
    const weights = await weightsOf(result);
    expect(Object.keys(lastKept(result))).toEqual(["head/kernel", "head/bias"]);
    expect(weights.size).toBe(2);
    // Loading weights after the last fit is told, since what was kept after the fit then proves nothing.
    expect(result.kept?.replaced).toBe(true);
  },
);

test(
  "a base built on a Lambda resize by `input_tensor` trains its head; `layers.pop()` takes nothing away",
  PATIENT,
  async () => {
    const result = await runKeras({
      "main.py": `
import numpy as np, tensorflow as tf
from tensorflow import keras
from tensorflow.keras import backend as K
inputs = keras.Input((16, 16, 3))
resized = keras.layers.Lambda(lambda image: tf.image.resize(image, (32, 32)))(inputs)
doubled = keras.layers.Lambda(lambda image: K.resize_images(image, 2, 2, "channels_last"))(resized)
base = keras.applications.MobileNet(weights=None, alpha=0.25, include_top=False, input_tensor=doubled)
for layer in base.layers:
    layer.trainable = False
pooled = keras.layers.GlobalAveragePooling2D()(base.output)
model = keras.Model(base.input, keras.layers.Dense(3, activation="softmax", name="head")(pooled))
model.layers.pop()
model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
print("layers", len(model.layers), K.get_value(model.optimizer.learning_rate))
model.fit(np.random.default_rng(0).random((8, 16, 16, 3)), np.arange(8) % 3, verbose=0)
...
`,
    });
    expect(result.fault).toBeNull();
    expect(result.run.output).toMatch(/layers 90 0\.001/);
    expect(fitsOf(result)).toMatchObject([
      { trained: ["head/kernel", "head/bias"], inputShape: [null, 16, 16, 3] },
    ]);
    expect((await weightsOf(result)).size).toBe(137);
  },
);

test.each([
  ["3", ""],
  ["2", 'os.environ["TF_USE_LEGACY_KERAS"] = "1"'],
])(
  "weights by a path of Kaggle are known by the name of their file, under Keras %s",
  PATIENT,
  async (_, legacy) => {
    const file = "mobilenet_2_5_224_tf_no_top.h5";
    const result = await runKeras({
      "main.py": `
import os
${legacy}
import numpy as np
from tensorflow import keras
base = keras.applications.MobileNet(weights="/kaggle/input/mobilenet/${file}", alpha=0.25, include_top=False, input_shape=(32, 32, 3))
base.load_weights("/content/drive/MyDrive/${file}")
base.trainable = False
model = keras.Sequential([base, keras.layers.GlobalAveragePooling2D(), keras.layers.Dense(3)])
model.compile(${legacy ? "keras.optimizers.legacy.Adam()" : '"adam"'}, "mse")
model.fit(np.ones((8, 32, 32, 3)), np.ones((8, 3)), verbose=0)
model.load_weights("/content/drive/MyDrive/mine.weights.h5")
`,
    });
    expect(result.standIn).toMatchObject({ code: "checkpoint-stand-in", params: { file } });
    // An optimizer of the old kind is watched as well.
    expect(fitsOf(result)[0]?.trained).toHaveLength(2);
    // A file of the student's own that was not handed in is still missed.
    expect(result.fault).toMatchObject({
      code: "program-file",
      params: { line: 12, name: "/content/drive/MyDrive/mine.weights.h5" },
    });
  },
);

test(
  "a program of Keras 2 with generators, decay and a SavedModel folder trains as it did",
  PATIENT,
  async () => {
    const result = await runKeras({
      "main.py": `
import numpy as np
from keras.preprocessing.image import ImageDataGenerator
from keras.models import Sequential, load_model
from keras.layers import Conv2D, Flatten, Dense
from keras.optimizers import Adam
from keras.callbacks import ModelCheckpoint
x = np.random.default_rng(0).random((32, 8, 8, 3)) * 255
y = np.eye(3)[np.arange(32) % 3]
data = ImageDataGenerator(rescale=1 / 255, horizontal_flip=True)
model = Sequential([Conv2D(4, 3, input_shape=(8, 8, 3)), Flatten(), Dense(3, activation="softmax")])
model.compile(Adam(lr=1e-4, decay=1e-6), "categorical_crossentropy", ["accuracy"])
best = ModelCheckpoint("best.h5", monitor="val_acc", save_best_only=True, period=1)
model.fit_generator(data.flow(x, y, batch_size=8), steps_per_epoch=4, epochs=2, validation_data=data.flow(x, y), callbacks=[best])
print(model.evaluate_generator(data.flow(x, y)))
model.save("emoji")
model = load_model("emoji")
`,
    });
    expect(result.fault).toBeNull();
    expect(result.run.backend).toContain("tf.keras 2");
    expect(fitsOf(result)).toMatchObject([
      {
        learningRate: { first: 1e-4 },
        steps: 8,
        batchSize: 8,
        augmentation: expect.stringContaining("horizontal_flip"),
      },
    ]);
    expect((await weightsOf(result)).size).toBe(4);
  },
);
