"""Random weights in place of a checkpoint that is not in the store: the program runs on, and the report says so."""

import hashlib

import numpy as np

from .weight_paths import weight_paths

PREFIX = "/stand-in/"


def stand_in_path(file_name):
    return PREFIX + file_name


def is_stand_in(path):
    return path.startswith(PREFIX)


def fill_with_stand_in(model, path, seed):
    """Give `model` values that depend on the file's name and `seed` alone, of the size that keeps activations alive."""
    file_seed = int(hashlib.sha256(path.encode()).hexdigest()[:8], 16)
    for index, (name, variable) in enumerate(weight_paths(model)):
        shape = tuple(variable.shape)
        slot = name.rpartition("/")[2]
        if slot in ("gamma", "moving_variance"):
            values = np.ones(shape, "float32")
        elif len(shape) < 2:
            values = np.zeros(shape, "float32")
        else:
            generator = np.random.default_rng([seed, file_seed, index])
            fan_in = max(1, int(np.prod(shape[:-1])))
            values = generator.standard_normal(shape, dtype="float32") * np.float32((2 / fan_in) ** 0.5)
        variable.assign(values)
