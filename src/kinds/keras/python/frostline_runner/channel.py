"""What goes back to the harness: JSON events a line each, and files as an event followed by that many raw bytes."""

import json
import math
import os
import re

RESULT_DESCRIPTOR = 6
TEXT_LIMIT = 4000
# Keras prints parts of its messages in bold.
COLOURS = re.compile(r"\x1b\[[0-9;]*m")


def emit(event, **fields):
    """Write one event at once, so that a killed program still leaves its story."""
    line = json.dumps({"ev": event, **{name: plain(value) for name, value in fields.items()}}, allow_nan=False)
    _write(line.encode() + b"\n")


def send_file(role, path, name):
    """Send the file at `path` as `name`; `role` is `model`, `base` or `head`."""
    with open(path, "rb") as file:
        send_bytes(role, name, file.read())


def send_bytes(role, name, content):
    """Send `content` as a file called `name`."""
    emit("file", role=role, path=name, bytes=len(content))
    _write(content)


def plain(value):
    """Make `value` fit for JSON: numbers of NumPy become Python's, what is not finite becomes null."""
    if value is None or isinstance(value, (bool, int)):
        return value
    if isinstance(value, str):
        return COLOURS.sub("", value.encode("utf-8", "replace").decode())[:TEXT_LIMIT]
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, dict):
        return {str(key)[:200]: plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, set)):
        return [plain(item) for item in value]
    if hasattr(value, "item") and getattr(value, "ndim", 0) == 0:
        return plain(value.item())
    return str(value)[:TEXT_LIMIT]


def _write(content):
    view = memoryview(content)
    while view:
        view = view[os.write(RESULT_DESCRIPTOR, view) :]
