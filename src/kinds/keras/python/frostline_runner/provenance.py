"""Recognises rows that a model predicted when they come back as the inputs of another model."""

import hashlib

import numpy as np

from .describe_data import first_array

ROWS_KEPT = 2000
ROWS_TRIED = 32
SHARE_NEEDED = 0.5


def remember_rows(run, model, outputs):
    """Keep fingerprints of what `model` predicted, whatever shape the rows are given later."""
    array = first_array(outputs)
    if array is None or len(array) == 0:
        return
    rows = np.asarray(array)
    marks = {_mark(row) for row in rows[:ROWS_KEPT]}
    run.predicted_rows.append((model, int(np.prod(rows.shape[1:])), marks))


def predicted_by(run, inputs, model):
    """Return (the model that made these inputs, how it was recognised), or (None, None)."""
    array = first_array(inputs)
    if array is None or len(array) == 0 or not run.predicted_rows:
        return None, None
    step = max(1, len(array) // ROWS_TRIED)
    rows = [np.asarray(row) for row in array[::step][:ROWS_TRIED]]
    others = [(maker, size, marks) for maker, size, marks in run.predicted_rows if maker is not model]
    for maker, _, marks in reversed(others):
        if sum(_mark(row) in marks for row in rows) >= SHARE_NEEDED * len(rows):
            return maker, "rows"
    for maker, size, _ in reversed(others):
        # Pictures have three channels; features that were scaled or normalised still have the size of what was predicted.
        if rows[0].size == size and not (rows[0].ndim == 3 and rows[0].shape[-1] == 3):
            return maker, "shape"
    return None, None


def _mark(row):
    return hashlib.blake2b(np.ascontiguousarray(row, "<f4").tobytes(), digest_size=12).digest()
