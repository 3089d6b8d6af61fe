"""What was fed to a model: how much, of which shape, in which range, augmented how."""

import math
import re

import numpy as np

# Rows whose range is looked at; enough for pictures to cover the range of their preprocessing.
STATISTIC_ROWS = 256
RANDOM_OPERATIONS = re.compile(rb"(?:Stateless)?Random(?:Uniform|Normal|Shuffle|Crop)?\w*|ImageProjectiveTransformV\d|StatelessSampleDistortedBoundingBox\w*")
GENERATOR_SETTINGS = (
    "rotation_range", "width_shift_range", "height_shift_range", "shear_range", "zoom_range", "channel_shift_range",
    "brightness_range", "horizontal_flip", "vertical_flip", "zca_whitening",
)  # fmt: skip


def first_batch(x, y=None):
    """Return (inputs, targets or None, x to use from now on) without using up what can be read only once."""
    if hasattr(x, "element_spec"):
        batch = next(iter(x.take(1)), None) if hasattr(x, "take") else None
        return (*_pair(batch), x)
    if _is_array(x) or _is_collection(x):
        return x, y, x
    if hasattr(x, "__getitem__") and hasattr(x, "__len__"):
        return (*_pair(x[0]), x)
    if hasattr(x, "__next__"):
        batch = next(x)
        return (*_pair(batch), _put_back(batch, x))
    return x, y, x


def _put_back(batch, others):
    """A generator, since Keras 3 takes no other iterator."""
    yield batch
    yield from others


def describe_inputs(inputs):
    """Return {samples, shape, channels: [{min, max, mean}]} of the first array in `inputs`, or None."""
    array = first_array(inputs)
    if array is None or not len(array):
        return None
    step = max(1, math.ceil(len(array) / STATISTIC_ROWS))
    rows = np.asarray(array[::step])
    if rows.dtype.kind not in "fiub":
        return None
    rows = rows.astype("float32")
    per_channel = rows.reshape(-1, rows.shape[-1]) if rows.ndim == 4 and rows.shape[-1] <= 4 else rows.reshape(-1, 1)
    return {
        "samples": len(rows),
        "shape": [None, *rows.shape[1:]],
        "channels": [
            {"min": float(values.min()), "max": float(values.max()), "mean": float(values.mean())} for values in per_channel.T
        ],
    }


def first_array(inputs):
    """Return the first array of a batch or of what `fit` was given; None where there is none."""
    if isinstance(inputs, dict):
        inputs = list(inputs.values())
    if _is_collection(inputs):
        inputs = first_array(inputs[0]) if len(inputs) and hasattr(inputs[0], "shape") else np.asarray(inputs, dtype=object)
    if hasattr(inputs, "iloc"):
        inputs = inputs.to_numpy()
    return inputs if _is_array(inputs) and len(inputs.shape) > 0 else None


def count_samples(x, batch_size, steps, batch):
    """Return how many examples an epoch sees; None where nobody can know."""
    array = first_array(x) if _is_array(x) or _is_collection(x) else None
    if array is not None:
        return len(array)
    for name in ("samples", "n"):
        if isinstance(getattr(x, name, None), int):
            return getattr(x, name)
    size = batch_size or len_of(batch)
    if steps is None and hasattr(x, "element_spec"):
        cardinality = int(x.cardinality())
        steps = cardinality if cardinality > 0 else None
    if steps is None and hasattr(x, "__len__"):
        steps = len(x)
    return steps * size if steps is not None and size else None


def batch_size_of(x, given, batch):
    """Return the rows of one step."""
    if _is_array(x) or _is_collection(x):
        return given or 32
    return getattr(x, "batch_size", None) if isinstance(getattr(x, "batch_size", None), int) else len_of(batch)


def len_of(batch):
    array = first_array(batch)
    return int(array.shape[0]) if array is not None else None


def describe_augmentation(model_layers, x):
    """Return in words what changes the pictures at random, in the model and before it; None where nothing was seen."""
    found = []
    layers = sorted({type(layer).__name__ for layer in model_layers if type(layer).__name__.startswith("Random")})
    if layers:
        found.append(f"{', '.join(layers)} in the model")
    generator = getattr(x, "image_data_generator", None)
    if generator is not None:
        # A zoom of [1, 1] is what the generator makes of none.
        settings = [name for name in GENERATOR_SETTINGS if getattr(generator, name, None) not in (None, 0, 0.0, False, [1.0, 1.0])]
        if settings:
            found.append(f"ImageDataGenerator with {', '.join(settings)}")
    if hasattr(x, "element_spec") and _maps_at_random(x):
        found.append("random operations in the tf.data pipeline")
    return "; ".join(found) or None


def _maps_at_random(dataset):
    while dataset is not None:
        mapped = getattr(getattr(dataset, "_map_func", None), "function", None)
        graph = getattr(mapped, "graph", None)
        if graph is not None and RANDOM_OPERATIONS.search(graph.as_graph_def().SerializeToString()):
            return True
        dataset = getattr(dataset, "_input_dataset", None)
    return False


def _pair(batch):
    if isinstance(batch, (tuple, list)):
        return batch[0] if batch else None, batch[1] if len(batch) > 1 else None
    return batch, None


def _is_array(x):
    return hasattr(x, "shape") and hasattr(x, "dtype") or hasattr(x, "iloc")


def _is_collection(x):
    return isinstance(x, (list, tuple, dict))
