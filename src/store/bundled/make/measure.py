"""Measure what students can reach with the bundled base on the bundled pictures, and print it as tables.

Usage: python measure.py [heads] [baselines] [fine-tuning] [scratch] [splits]   (all when none is named)
"""

import json
import sys
from pathlib import Path

import keras
import numpy as np
from PIL import Image

BUNDLED = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(BUNDLED))

from load_base import load_base
from make_emoji import split_emoji

SEEDS = range(5)
SPLITS = ("train", "validation", "hidden", "shifted")
CLASSES = json.loads((BUNDLED / "emoji" / "dataset.json").read_text())["classes"]


def main(wanted):
    for name, measure in {
        "heads": heads,
        "baselines": baselines,
        "fine-tuning": fine_tuning,
        "scratch": scratch,
        "splits": splits,
    }.items():
        if name in wanted or not wanted:
            print(f"\n{name}\n\n| what | {' | '.join(SPLITS)} |\n|---|---|---|---|---|", flush=True)
            measure()


def heads():
    base = bundled_base()
    cached = features(base, pictures(64))
    for rate in (1e-4, 1e-3, 1e-2, 1e-1):
        for epochs in (5, 10, 20, 40, 80):
            row(f"head, Adam {rate:g}, {epochs} epochs", [head_run(cached, seed, rate, epochs) for seed in SEEDS])
    row("head at 96 px", [head_run(features(base, pictures(96)), seed) for seed in SEEDS])
    scalings = {"x / 255": lambda x: x / 255, "raw x": lambda x: x, "x / 127.5 - 1": lambda x: x / 127.5 - 1}
    for name, scale in scalings.items():
        fed = features(base, pictures(64, scale))
        row(f"head, input {name}", [head_run(fed, seed) for seed in SEEDS])


def baselines():
    labels = {split: y for split, (_, y) in pictures(64).items()}
    most = np.bincount(labels["train"]).argmax()
    row("majority class", [[(labels[split] == most).mean() for split in SPLITS]])
    pixels = {split: (x.reshape(len(x), -1), y) for split, (x, y) in pictures(64).items()}
    row("head on pixels, no base", [head_run(pixels, seed) for seed in SEEDS])
    for calibrated in (False, True):
        runs = []
        for seed in SEEDS:
            base = random_base(seed, pictures(64)["train"][0] if calibrated else None)
            runs.append(head_run(features(base, pictures(64)), seed))
        row("random base" + (", BatchNorm calibrated" if calibrated else ""), runs)


def fine_tuning():
    """The layers below stage 5 stay frozen, so their output is computed once."""
    base = bundled_base()
    below = keras.Model(base.input, base.get_layer("stage4_out").output)
    cached = {split: (below.predict(x, verbose=0), y) for split, (x, y) in pictures(64).items()}
    for batch_norm in ("frozen", "training"):
        for rate in (1e-5, 1e-4, 1e-3, 1e-2, 1e-1):
            runs, drifts = [], []
            for seed in SEEDS:
                scores, drift = fine_tune(bundled_base(), cached, seed, rate, batch_norm == "training")
                runs.append(scores)
                drifts.append(drift)
            row(f"then stage 5, Adam {rate:g}, 10 epochs, BatchNorm {batch_norm}, drift {np.mean(drifts):.1e}", runs)


def fine_tune(base, cached, seed, rate, train_batch_norm):
    keras.utils.set_random_seed(seed)
    top = keras.Model(base.get_layer("stage4_out").output, base.output)
    image = keras.Input((4, 4, 80))
    head = new_head(112)
    model = keras.Model(image, head(keras.layers.GlobalAveragePooling2D()(top(image))))
    top.trainable = False
    fit(model, cached, 1e-3, 20)
    kernels = [layer.weights[0] for layer in top.layers if "Conv2D" in type(layer).__name__]
    before = [np.array(kernel) for kernel in kernels]
    top.trainable = True
    for layer in top.layers:
        if isinstance(layer, keras.layers.BatchNormalization):
            layer.trainable = train_batch_norm
    fit(model, cached, rate, 10)
    drift = [np.linalg.norm(np.array(now) - was) / np.linalg.norm(was) for now, was in zip(kernels, before)]
    return accuracies(model, cached), np.median(drift)


def scratch():
    """Every layer trains, BatchNorm too: from random weights, and from the pretrained ones."""
    data = pictures(64)
    for name, start, rate in (("random", random_base, 1e-3), ("pretrained", lambda seed: bundled_base(), 1e-4)):
        runs = []
        for seed in SEEDS:
            base = start(seed)
            model = keras.Sequential([base, keras.layers.GlobalAveragePooling2D(), new_head(112)])
            fit(model, data, rate, 30)
            runs.append(accuracies(model, data))
        row(f"all layers from {name} weights, Adam {rate:g}, 30 epochs", runs)


def splits():
    """Twemoji only, split anew: how much of an accuracy is the luck of the split."""
    data = features(bundled_base(), pictures(64))
    twemoji = ("train", "validation", "hidden")
    x, y = (np.concatenate([data[split][part] for split in twemoji]) for part in (0, 1))
    emoji = np.concatenate([[file.stem for file in files_of(split)] for split in twemoji])
    scores = []
    for seed in range(1, 25):
        side = {}
        for label in range(len(CLASSES)):
            side.update(split_emoji(list(emoji[y == label]), seed))
        here = np.array([side[name] for name in emoji])
        drawn = {part: (x[here == part], y[here == part]) for part in ("train", "validation", "heldout")}
        scores.append(np.mean([head_run(drawn, start) for start in SEEDS], axis=0))
    row("head, mean over 24 splits, no shifted set", scores)


def files_of(split):
    return sorted((BUNDLED / "emoji" / split).glob("*/*.png"))


def pictures(size, scale=lambda x: (x - 127) / 128):
    """Return {split: (float32 pictures [n, size, size, 3], labels [n])}."""
    data = {}
    for split in SPLITS:
        files = files_of(split)
        resized = [np.asarray(Image.open(file).resize((size, size), Image.Resampling.BILINEAR)) for file in files]
        labels = np.array([CLASSES.index(file.parent.name) for file in files])
        data[split] = scale(np.stack(resized).astype("float32")), labels
    return data


def bundled_base():
    return load_base(BUNDLED / "efficientnet-lite0-stage5")


def random_base(seed, calibrate_on=None):
    keras.utils.set_random_seed(seed)
    base = keras.Model.from_config(bundled_base().get_config())
    if calibrate_on is not None:
        for layer in base.layers:
            layer.momentum = 0.9
        for _ in range(60):
            base(calibrate_on[np.random.choice(len(calibrate_on), 64)], training=True)
    return base


def features(base, data):
    return {split: (base.predict(x, verbose=0).mean(axis=(1, 2)), y) for split, (x, y) in data.items()}


def new_head(inputs):
    dense = keras.layers.Dense
    return keras.Sequential([keras.Input((inputs,)), dense(128, "relu"), dense(len(CLASSES), "softmax")])


def head_run(cached, seed, rate=1e-3, epochs=20):
    keras.utils.set_random_seed(seed)
    head = new_head(cached["train"][0].shape[1])
    fit(head, cached, rate, epochs)
    return accuracies(head, cached)


def fit(model, data, rate, epochs):
    model.compile(keras.optimizers.Adam(rate), "sparse_categorical_crossentropy")
    model.fit(*data["train"], epochs=epochs, batch_size=32, verbose=0)


def accuracies(model, data):
    return [(np.array(model(x, training=False)).argmax(axis=1) == y).mean() for x, y in data.values()]


def row(name, runs):
    means, deviations = np.mean(runs, axis=0), np.std(runs, axis=0)
    print(f"| {name} |" + "".join(f" {m:.3f} ± {d:.3f} |" for m, d in zip(means, deviations)), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
