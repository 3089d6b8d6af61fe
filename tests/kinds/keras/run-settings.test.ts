import { readFileSync } from "node:fs";
import path from "node:path";
import { beforeEach, expect, test } from "vitest";
import type { KindResult } from "../../../src/kinds/kind.js";
import { fitsOf, weightsOf } from "./read-result.js";
import { pythonIsMissing, ROOT, runKeras } from "./run-keras.js";

beforeEach((ctx) => {
  const missing = pythonIsMissing();
  if (missing) ctx.skip(missing);
});

const PROGRAM = `
import keras, numpy as np, tensorflow as tf
x = np.random.default_rng(0).random((30, 4)).astype("float32")
y = np.arange(30) % 3
model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(3, activation="softmax", name="head")])
model.compile("sgd", "sparse_categorical_crossentropy", metrics=["accuracy"])
before = [w.numpy().tolist() for w in model.weights]
`;

const cuts = (result: KindResult) =>
  fitsOf(result).map(({ epochs, steps, cutShort }) => [epochs.asked, epochs.run, steps, cutShort]);

test("fits are stopped at the epochs of each and the images of all together, and the report says where", async () => {
  const source = `${PROGRAM}
model.fit(x, y, epochs=2, batch_size=10)
model.fit(x, y, epochs=5, batch_size=10)
model.fit(x, y, epochs=9, initial_epoch=5, batch_size=10)
model.fit(tf.data.Dataset.from_tensor_slices((x, y)).batch(10), epochs=4)
`;
  const result = await runKeras({ "main.py": source }, { run: { epochs: 2, samples: 160 } });
  expect(result.fault).toBeNull();
  // 60 images each for the first two fits; the third may have 40 more, and the fourth one batch.
  expect(cuts(result)).toEqual([
    [2, 2, 6, null],
    [5, 2, 6, "epochs"],
    [4, 2, 4, "samples"],
    [4, 1, 1, "samples"],
  ]);
  expect(result.run.notes.filter((note) => note.startsWith("Fit"))).toEqual([
    "Fit 2 was stopped by the limit of epochs.",
    "Fit 3 was stopped by the limit of samples.",
    "Fit 4 was stopped by the limit of samples.",
  ]);
});

test("the Keras that the assignment fixes is used, and a fit cut at its batches still has a history", async () => {
  const source = `${PROGRAM}
history = model.fit(x, y, epochs=3, batch_size=10, validation_split=0.2)
print("losses", len(history.history["loss"]), len(history.history["val_loss"]))
`;
  const result = await runKeras({ "main.py": source }, { run: { keras: "2", steps: 2 } });
  expect(result.fault).toBeNull();
  expect(cuts(result)).toEqual([[3, 1, 2, "steps"]]);
  expect(result.run.output).toContain("losses 1 1");
  expect(result.run.backend).toContain("tf.keras 2");
  expect(result.run.notes[0]).toBe("Run under tf.keras 2: the assignment fixes it.");
});

test("fits too slow for the seconds of the run share them, and each leaves what it has learned by then", async () => {
  const source = `${PROGRAM}
import time
class Slow(keras.callbacks.Callback):
    def on_train_batch_end(self, batch, logs=None): time.sleep(0.1)
model.fit(x, y, epochs=100000, batch_size=10, callbacks=[Slow()])
model.compile(keras.optimizers.SGD(1e-5), "sparse_categorical_crossentropy")
model.fit(x, y, epochs=100000, batch_size=10, callbacks=[Slow()])
print("moved", before != [w.numpy().tolist() for w in model.weights])
model.save("slow.keras")
`;
  const result = await runKeras({ "main.py": source }, { limits: { seconds: 8 } });
  expect(result.fault).toBeNull();
  expect(fitsOf(result).map(({ cutShort }) => cutShort)).toEqual(["seconds", "seconds"]);
  for (const { steps } of fitsOf(result)) expect(steps).toBeGreaterThan(0);
  expect(result.run.output).toContain("moved True");
  expect(result.models.state).toBe("found");
});

/** Loops of a program's own: eager, compiled by TensorFlow, and batch by batch; each would run for ever. */
const LOOPS = `${PROGRAM}
def stepped(optimizer, a, b):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(keras.losses.sparse_categorical_crossentropy(b, model(a, training=True)))
    optimizer.apply_gradients(zip(tape.gradient(loss, model.trainable_variables), model.trainable_variables))

def endless(step):
    while True:
        for a, b in tf.data.Dataset.from_tensor_slices((x, y)).batch(10):
            step(a, b)

first, second = keras.optimizers.SGD(0.1), keras.optimizers.Adam(0.1)
if __name__ == "__main__":
    endless(lambda a, b: stepped(first, a, b))
    print("first", int(first.iterations.numpy()))
    compiled = tf.function(lambda a, b: stepped(second, a, b))
    endless(compiled)
print("second", int(second.iterations.numpy()))
third = keras.optimizers.SGD(0.1)
def main():
    own = keras.Sequential([keras.Input((4,)), keras.layers.Dense(3, activation="softmax", name="own")])
    own.compile(third, "sparse_categorical_crossentropy")
    while True:
        own.train_on_batch(x[:10], y[:10])
main()
import gc; gc.collect()
print("batches", int(third.iterations.numpy()), before != [w.numpy().tolist() for w in model.weights])
`;

const loopNotes = ({ run }: KindResult) => run.notes.filter((note) => note.includes("loop"));

test("loops of the program's own are stopped as fits are, and it goes on after them", async () => {
  const result = await runKeras({ "main.py": LOOPS }, { run: { steps: 7, samples: 180 } });
  expect(result.fault).toBeNull();
  // 70 images for each of the first two loops, which leaves the third 40.
  expect(result.run.output).toMatch(/first 7\n(?:.*\n)*second 7\n(?:.*\n)*batches 4 True/);
  expect(loopNotes(result)).toEqual([
    "The training loop at main.py, line 12 was stopped by the limit of steps, after 7 steps.",
    "After the loop the program went on at main.py, line 22.",
    "The training loop at main.py, line 17 was stopped by the limit of steps, after 7 steps.",
    "After the loop the program went on at main.py, line 25.",
    "The training loop at main.py, line 31 was stopped by the limit of samples, after 4 steps.",
    "After the loop the program went on at main.py, line 33.",
  ]);
  expect(result.phases).toMatchObject({ value: { customSteps: 18 } });
  // The model of the last loop, though the function that made it was left.
  expect([...(await weightsOf(result)).keys()]).toEqual(["own/kernel", "own/bias"]);
});

test("an epoch of a loop is as many images as there are for training, under tf.keras 2 too", async () => {
  const result = await runKeras({ "main.py": LOOPS }, { run: { keras: "2", epochs: 1 } });
  const { counts } = JSON.parse(
    readFileSync(path.join(ROOT, "src/store/bundled/emoji/dataset.json"), "utf8"),
  );
  const pictures = Object.values<number>(counts.train).reduce((sum, count) => sum + count);
  const said = `was stopped by the limit of epochs, after ${Math.ceil(pictures / 10)} steps.`;
  expect(loopNotes(result).filter((note) => note.endsWith(said))).toHaveLength(3);
  expect(result.models.state).toBe("found");
});

test("at depth structure a loop is left before its first step", async () => {
  const result = await runKeras({ "main.py": LOOPS }, { run: { depth: "structure" } });
  expect(result.fault).toBeNull();
  expect(result.run.output).toMatch(/first 0\n(?:.*\n)*second 0\n(?:.*\n)*batches 0 False/);
  expect(loopNotes(result)[0]).toBe("The training loop at main.py, line 12 was tried on one batch and left.");
  expect(result.phases).toMatchObject({ value: { customSteps: 3 } });
  expect(result.models.state).toBe("found");
});

test("at depth structure fits and loops are tried, no weight moves, and wrong shapes are found", async () => {
  const source = `${PROGRAM}
history = model.fit(x, y, epochs=40, validation_data=(x, y), callbacks=[keras.callbacks.ModelCheckpoint("best.keras")])
keras.models.load_model("best.keras")
optimizer = keras.optimizers.SGD(0.1)
with tf.GradientTape() as tape:
    loss = tf.reduce_mean(model(x) ** 2)
optimizer.apply_gradients(zip(tape.gradient(loss, model.trainable_variables), model.trainable_variables))
print("same", before == [w.numpy().tolist() for w in model.weights], len(history.history["val_accuracy"]))
model.fit(x[:, :3], y)
`;
  const result = await runKeras({ "main.py": source }, { run: { depth: "structure" } });
  expect(result.run.output).toContain("same True 40");
  expect(result.fault).toMatchObject({ code: "program-shape", params: { line: 16 } });
  expect(result.phases).toMatchObject({ value: { customSteps: 1 } });
  expect(fitsOf(result)[0]).toMatchObject({
    epochs: { asked: 40, run: 0 },
    trained: ["head/kernel", "head/bias"],
    changed: null,
    cutShort: "structure",
  });
  expect(result.models.state).toBe("found");
});
