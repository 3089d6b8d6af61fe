"""Writes src/store/published-checkpoints.json: every weights file of `keras.applications`, asked of Keras itself.

    <python of the set-up> scripts/make-published-checkpoints.py

Each network is built as a program would, and is stopped where Keras asks for its file. Nothing is downloaded.
"""

import inspect
import itertools
import json
import os
import sys

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import keras
import numpy as np
from keras.src.backend.common import variables
from keras.src.backend.common.stateless_scope import StatelessScope
from keras.src.utils import file_utils

TARGET = os.path.join(os.path.dirname(__file__), "..", "src", "store", "published-checkpoints.json")
# What else than the top decides which file is asked for, where it is more than the network's name.
VARIANTS = {
    "MobileNet": {"alpha": (0.25, 0.5, 0.75, 1.0), "size": (128, 160, 192, 224)},
    "MobileNetV2": {"alpha": (0.35, 0.5, 0.75, 1.0, 1.3, 1.4), "size": (96, 128, 160, 192, 224)},
    "MobileNetV3Small": {"alpha": (0.75, 1.0), "minimalistic": (False, True)},
    "MobileNetV3Large": {"alpha": (0.75, 1.0), "minimalistic": (False, True)},
}
LENGTHS = {32: "md5", 64: "sha256"}


class Asked(Exception):
    """Carries what Keras asked for out of the building of a network."""


def get_file(fname=None, origin=None, *args, file_hash=None, md5_hash=None, **kwargs):
    raise Asked(fname, origin, file_hash or md5_hash)


def main():
    file_utils.get_file = get_file
    # Weights are left uninitialised, which spares building gigabytes of them.
    variables.initialize_all_variables = lambda: None
    names = [name for name in dir(keras.applications) if inspect.isfunction(getattr(keras.applications, name))]
    found = [entry for name in names for entry in checkpoints(name)]
    families = {name: preprocessing(name) for name in names}
    listed = {"keras": keras.__version__, "preprocessing": families, "checkpoints": found}
    with open(TARGET, "w", encoding="utf-8") as file:
        json.dump(listed, file, indent=1)
        file.write("\n")
    print(f"{len(found)} files of {len(names)} networks, as Keras {keras.__version__} asks for them")


def checkpoints(name):
    variants = VARIANTS.get(name, {})
    for values in itertools.product(*variants.values()):
        settings = dict(zip(variants, values))
        for top in (False, True):
            arguments = {"include_top": top, **{key: value for key, value in settings.items() if key != "size"}}
            asked = file_of(name, arguments, settings.get("size"))
            if asked is None:
                continue
            file, address, value = asked
            yield {
                "name": "-".join([name.lower(), *map(text, settings.items()), *(["top"] if top else [])]).replace("--", "-").strip("-"),
                "family": name,
                "arguments": arguments,
                "file": file,
                "address": address,
                "hash": {"algorithm": LENGTHS[len(value)], "value": value} if value else None,
            }
    keras.backend.clear_session()


def file_of(name, arguments, size):
    shape = {"input_shape": (size, size, 3)} if size else {}
    try:
        with StatelessScope():
            getattr(keras.applications, name)(weights="imagenet", **arguments, **shape)
    except Asked as asked:
        return asked.args
    except (KeyError, ValueError) as error:
        print(f"{name} {arguments}: not published ({error})", file=sys.stderr)
    return None


def text(setting):
    name, value = setting
    return (name if value else "") if isinstance(value, bool) else str(value)


def preprocessing(name):
    """Return the step of the network's `preprocess_input`, read off from what it does to black, white and red."""
    module = sys.modules[getattr(keras.applications, name).__module__]
    black, white, red = (
        module.preprocess_input(np.array([[[[*pixel]]]], "float32"))[0, 0, 0]
        for pixel in ((0, 0, 0), (255, 255, 255), (255, 0, 0))
    )
    scale = [round(float(value), 9) for value in (white - black) / 255]
    offset = [round(float(value), 6) for value in black]
    return {
        "name": f"keras.applications.{module.__name__.rpartition('.')[2]}.preprocess_input",
        "scale": scale,
        "offset": offset,
        "channels": "bgr" if red[2] != black[2] else "rgb",
    }


main()
