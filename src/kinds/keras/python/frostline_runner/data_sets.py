"""The assignment's pictures as `keras.datasets` and `tensorflow_datasets` hand them out."""

import os
import re
import sys
import types

import numpy as np

from .channel import emit
from .errors import NotOfferedError

KERAS_DATASETS = ("cifar10", "cifar100", "mnist", "fashion_mnist")
# In the structure depth nothing is learnt, so a data set that is not there may be made up.
MADE_UP = {"cifar10": ((32, 32, 3), 10), "cifar100": ((32, 32, 3), 100), "mnist": ((28, 28), 10), "fashion_mnist": ((28, 28), 10)}
MADE_UP_ROWS = 256
# The hidden pictures are in no jail, so the validation pictures are what a program tests on.
SPLITS = {"train": "train", "test": "validation", "validation": "validation"}


def load_data(run, name):
    """Return the function that stands in for `keras.datasets.<name>.load_data`."""

    def load(*args, **kwargs):
        if not offers(run, name):
            if not run.structure_only:
                raise NotOfferedError("data", name)
            return _made_up(name)
        emit("data", name=name)
        parts = []
        for split in ("train", "validation"):
            images, labels = read_split(run, split)
            grey = len(MADE_UP[name][0]) == 2
            images = images.mean(axis=-1).round().astype("uint8") if grey else images
            parts.append((images, labels.astype("uint8") if grey else labels.astype("uint8")[:, None]))
        return tuple(parts)

    return load


def offer_tensorflow_datasets(run):
    """Put a module in the place of `tensorflow_datasets` that serves the assignment's pictures."""
    module = types.ModuleType("tensorflow_datasets")
    module.load = lambda name, **options: _tfds_load(run, name, **options)
    module.disable_progress_bar = lambda: None
    module.as_numpy = lambda dataset: dataset.as_numpy_iterator()
    sys.modules.setdefault("tensorflow_datasets", module)


def offers(run, name):
    plain = lambda text: re.sub(r"\W|_", "", text.lower())
    return plain(name.partition(":")[0].partition("/")[0]) == plain(run.job.dataset.name)


def read_split(run, split):
    """Return (uint8 pictures [n, height, width, 3], int64 labels), in the order of the folders."""
    from PIL import Image

    image = run.job.dataset.image
    pictures, labels = [], []
    for label, name in enumerate(run.job.dataset.classes):
        folder = os.path.join(run.job.data, split, name)
        for file in sorted(os.listdir(folder)):
            picture = Image.open(os.path.join(folder, file)).convert("RGB")
            if picture.size != (image.width, image.height):
                picture = picture.resize((image.width, image.height), Image.Resampling.BILINEAR)
            pictures.append(np.asarray(picture))
            labels.append(label)
    order = np.random.default_rng(run.job.seed).permutation(len(labels))
    return np.stack(pictures)[order], np.asarray(labels, "int64")[order]


def _tfds_load(run, name, split=None, as_supervised=False, with_info=False, batch_size=None, **options):
    import tensorflow as tf

    if not offers(run, name):
        raise NotOfferedError("data", name)
    emit("data", name=name)

    def part(wanted):
        base, _, span = str(wanted).partition("[")
        images, labels = read_split(run, SPLITS.get(base, "train"))
        images, labels = images[_span(span, len(labels))], labels[_span(span, len(labels))]
        rows = (images, labels) if as_supervised else {"image": images, "label": labels}
        dataset = tf.data.Dataset.from_tensor_slices(rows)
        return dataset.batch(batch_size) if batch_size else dataset

    if split is None:
        found = {name: part(name) for name in ("train", "validation")}
    else:
        found = [part(one) for one in split] if isinstance(split, (list, tuple)) else part(split)
    return (found, _info(run)) if with_info else found


def _info(run):
    classes = run.job.dataset.classes
    label = types.SimpleNamespace(num_classes=len(classes), names=classes, int2str=lambda index: classes[int(index)])
    counts = {split: types.SimpleNamespace(num_examples=len(read_split(run, part)[1])) for split, part in SPLITS.items()}
    return types.SimpleNamespace(features={"label": label}, splits=counts, name=run.job.dataset.name)


def _span(text, count):
    """Read `:80%]`, `80%:]` or `:500]` into a slice."""
    bounds = text.rstrip("]").partition(":")
    if not text:
        return slice(None)

    def place(bound):
        if not bound:
            return None
        return round(float(bound[:-1]) * count / 100) if bound.endswith("%") else int(bound)

    return slice(place(bounds[0]), place(bounds[2]))


def _made_up(name):
    shape, classes = MADE_UP[name]
    generator = np.random.default_rng(7)
    parts = []
    for rows in (MADE_UP_ROWS, MADE_UP_ROWS // 4):
        labels = (np.arange(rows) % classes).astype("uint8")
        parts.append((generator.integers(0, 256, (rows, *shape), dtype="uint8"), labels if len(shape) == 2 else labels[:, None]))
    return tuple(parts)
