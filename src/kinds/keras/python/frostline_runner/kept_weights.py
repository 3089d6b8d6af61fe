"""Keeps the weights that a fit moved, as a `.safetensors` file: a length, a table in JSON, and raw float32 values."""

import json

import numpy as np

from .channel import emit, send_bytes
from .weight_paths import values_of, weight_paths


def keep_moved(run, model, number, moved):
    """Send those weights of `model` whose paths are in `moved`, while all that is kept stays within the job's bytes."""
    arrays = {path: np.ascontiguousarray(values_of(variable), "<f4") for path, variable in weight_paths(model) if path in moved}
    size = sum(array.nbytes for array in arrays.values())
    if not arrays:
        return
    if run.kept_bytes + size > run.job.keptBytes:
        return emit("notKept", fit=number, bytes=size)
    run.kept_bytes += size
    send_bytes("weights", f"fit-{number}.safetensors", safetensors(arrays))


def safetensors(arrays):
    """Return the bytes of a file that holds `arrays` by name."""
    table, end = {}, 0
    for name, array in arrays.items():
        table[name] = {"dtype": "F32", "shape": list(array.shape), "data_offsets": [end, end + array.nbytes]}
        end += array.nbytes
    head = json.dumps(table).encode()
    # The values begin at a multiple of eight bytes.
    head += b" " * (-len(head) % 8)
    return b"".join([len(head).to_bytes(8, "little"), head, *(array.tobytes() for array in arrays.values())])
