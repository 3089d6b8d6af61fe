import { beforeEach, expect, test } from "vitest";
import { fitsOf } from "./read-result.js";
import { type KerasRun, pythonIsMissing, runKeras } from "./run-keras.js";

beforeEach((ctx) => {
  const missing = pythonIsMissing();
  if (missing) ctx.skip(missing);
});

/** A frozen base with a way around, a head, and a way to train both twice from the same start: at once, and as Keras does. */
const PROGRAM = `
import keras, numpy as np, tensorflow as tf
layers, seen = keras.layers, np.random.default_rng(0)
x, y = seen.random((40, 16, 16, 3)).astype("float32"), seen.integers(0, 3, 40)
unseen = (seen.random((16, 16, 16, 3)).astype("float32"), seen.integers(0, 3, 16))
batches = lambda: tf.data.Dataset.from_tensor_slices((x, y)).shuffle(40, seed=3).batch(8).prefetch(2)

class Own(keras.callbacks.Callback):
    pass

def base():
    inputs = keras.Input((16, 16, 3))
    stem = layers.BatchNormalization()(layers.Conv2D(8, 3, strides=2, activation="relu", padding="same")(inputs))
    for at in range(3):
        deeper = layers.DepthwiseConv2D(3, padding="same")(stem)
        deeper = layers.ReLU(6.0)(layers.BatchNormalization(name=f"bn{at}")(deeper))
        stem = layers.Add()([stem, layers.Conv2D(8, 1, name=f"point{at}")(deeper)])
    network = keras.Model(inputs, stem, name="base")
    network.trainable = False
    return network

def nested(network, before=()):
    inputs = keras.Input((16, 16, 3))
    value = inputs
    for layer in before:
        value = layer(value)
    value = network(layers.Rescaling(2.0, -1.0)(value), training=False)
    value = layers.Dropout(0.3, seed=5)(layers.GlobalAveragePooling2D()(value))
    return keras.Model(inputs, layers.Dense(3, activation="softmax")(value))

def compiled(model, rate=0.01):
    model.compile(keras.optimizers.Adam(rate), "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model

def trained_twice(name, train):
    made = []
    for callbacks in ([], [Own()]):
        keras.utils.set_random_seed(7)
        model, histories = train(callbacks)
        variables = model.optimizer.variables
        values = [*model.get_weights(), *(np.asarray(one) for one in (variables() if callable(variables) else variables))]
        values += [np.asarray(row) for history in histories for row in history.history.values()]
        values += [np.asarray(model.evaluate(*unseen, verbose=0)), model.predict(unseen[0], verbose=0)]
        made.append(values)
    assert len(made[0]) == len(made[1])
    apart = max(float(np.abs(a.astype("float64") - b).max()) for a, b in zip(*made))
    print(name, "same" if apart == 0 else "rounded" if apart < 1e-5 else f"apart by {apart}")
`;

const SAME = `
def of_arrays(callbacks):
    model = compiled(nested(base()))
    keep = keras.callbacks.ModelCheckpoint("best.keras", save_best_only=True)
    history = model.fit(x, y, epochs=3, batch_size=8, validation_data=unseen, class_weight={0: 1.0, 1: 2.0, 2: 1.0}, callbacks=[keep, *callbacks])
    keras.models.load_model("best.keras").evaluate(*unseen, verbose=0)
    return model, [history]

def of_bytes(callbacks):
    head = [layers.Flatten(), layers.Dropout(0.2, seed=6), layers.Dense(3, activation="softmax")]
    model = compiled(keras.Sequential([keras.Input((16, 16, 3)), base(), *head]))
    stop = keras.callbacks.EarlyStopping(monitor="loss", patience=1, restore_best_weights=True)
    return model, [model.fit((x * 255).astype("uint8"), y, epochs=3, validation_split=0.25, callbacks=[stop, *callbacks])]

def of_uneven_batches(callbacks):
    model = compiled(nested(base()))
    return model, [model.fit(x, y, epochs=3, batch_size=7, callbacks=callbacks)]

def of_pipelines(callbacks):
    model = compiled(nested(base()))
    return model, [model.fit(batches(), epochs=3, validation_data=tf.data.Dataset.from_tensor_slices(unseen).batch(8), callbacks=callbacks)]

def two_phases(callbacks, recompiled=True):
    network = base()
    model = compiled(nested(network))
    first = model.fit(x, y, epochs=2, callbacks=callbacks)
    for layer in [network, *network.layers]:
        layer.trainable = layer is network or layer.name in ("point2", "bn2")
    if recompiled:
        compiled(model, 1e-3)
    second = model.fit(x, y, epochs=2, callbacks=callbacks)
    flags = [layer.name for layer in network.layers if layer.trainable]
    assert flags == ["bn2", "point2"], flags
    return model, [first, second]

def then_a_generator(callbacks):
    model = compiled(nested(base()))
    first = model.fit(x, y, epochs=2, callbacks=callbacks)
    model.get_layer("base").trainable = True
    second = model.fit(((x[:8], y[:8]) for _ in range(4)), steps_per_epoch=2, epochs=2, callbacks=callbacks)
    return model, [first, second]

CASES = {
    "arrays": of_arrays,
    "pipelines": of_pipelines,
    "not compiled again": lambda callbacks: two_phases(callbacks, recompiled=False),
    "bytes": of_bytes,
    "two phases": two_phases,
    "a generator": then_a_generator,
    "uneven batches": of_uneven_batches,
}
for name in CASES:
    trained_twice(name, CASES[name])
`;

/** Cases of the program, and the numbers of their fits that are computed at once; every other one has a callback of its own. */
const ONCE = {
  arrays: [0],
  pipelines: [2],
  "not compiled again": [4, 5],
  bytes: [8],
  "two phases": [10, 11],
  "a generator": [14],
  "uneven batches": [18],
};

const onceIn = (notes: readonly string[]): number[] =>
  notes.flatMap((note) => {
    const [, fit] = /^Fit (\d+): what the frozen layers make/.exec(note) ?? [];
    return fit ? [Number(fit) - 1] : [];
  });

test.each<[string, KerasRun, number]>([
  ["Keras 3", {}, 7],
  ["tf.keras 2", { run: { keras: "2" } }, 3],
])(
  "features computed once train the same as images in every epoch, under %s",
  {
    timeout: 300_000,
  },
  async (_, options, count) => {
    const cases = Object.entries(ONCE).slice(0, count);
    const source = `${PROGRAM}${SAME.replace("CASES:", `list(CASES)[:${count}]:`)}`;
    const result = await runKeras({ "main.py": source }, { ...options, limits: { seconds: 200 } });
    expect(result.fault).toBeNull();
    // Kernels may round an image otherwise at another place in its batch, where each epoch puts it without us.
    expect(result.run.output.split("\n").filter((line) => / (same|rounded|apart by .*)$/.test(line))).toEqual(
      cases.map(([name]) => expect.stringMatching(`${name} (same|rounded)$`)),
    );
    expect(onceIn(result.run.notes)).toEqual(cases.flatMap(([, fits]) => fits));
  },
);

test("images go through the whole network where anything could differ, or nothing is gained", {
  timeout: 300_000,
}, async () => {
  const source = `
def trial(model, *args, settings={}, **kwargs):
    compiled(model).compile("sgd", "sparse_categorical_crossentropy", **settings)
    model.fit(*(args or (x, y)), **{"epochs": 2, "verbose": 0, **kwargs})

class Other(keras.Model):
    def __init__(self, network):
        super().__init__()
        self.network, self.head = network, layers.Dense(3, activation="softmax")
    def call(self, inputs):
        return self.head(layers.GlobalAveragePooling2D()(self.network(inputs)))

trial(nested(base()), epochs=1)
trial(nested(base(), [layers.RandomFlip()]))
trial(nested(base()), batches().map(lambda images, labels: (tf.image.random_flip_left_right(images), labels)))
trial(nested(base()), callbacks=[keras.callbacks.LambdaCallback()])
trial(Other(base()))
open_base = base()
open_base.trainable = True
trial(nested(open_base))
trial(nested(base(), [layers.Dropout(0.1)]))
trial(nested(base()), steps_per_epoch=2, batch_size=8)
trial(nested(base(), [layers.Lambda(lambda images: images * 2.0)]))
trial(nested(base()), settings={"run_eagerly": True})
trial(nested(base()), settings={"jit_compile": True})
wide = keras.Sequential([keras.Input((16, 16, 3)), *(layers.Conv2D(24, 1, trainable=False) for _ in range(4)), layers.Conv2D(3, 16), layers.Flatten()])
trial(wide)
trial(nested(base()))
`;
  const result = await runKeras({ "main.py": PROGRAM + source }, { limits: { seconds: 200 } });
  expect(result.fault).toBeNull();
  expect(fitsOf(result)).toHaveLength(13);
  expect(onceIn(result.run.notes)).toEqual([12]);
});
