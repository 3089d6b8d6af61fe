"""Read the bundled TensorFlow.js layers model into Keras, so that its weights are stored once."""

import json
from pathlib import Path

import keras
import numpy as np


def load_base(folder):
    """Return the Keras model of `folder`/model.json with the float32 weights it names; inputs are [n, height, width, 3].

    Keras raises `ValueError` where the weights do not fit the layers.
    """
    folder = Path(folder)
    described = json.loads((folder / "model.json").read_text())
    listed = keras.Model.from_config(described["modelTopology"]["config"])
    # TensorFlow.js lists inputs and outputs; read as they are, the model would return a list of one tensor.
    model = keras.Model(listed.inputs[0], listed.outputs[0], name=listed.name)
    stored = {}
    for group in described["weightsManifest"]:
        flat = np.concatenate([np.fromfile(folder / path, "<f4") for path in group["paths"]])
        for weight in group["weights"]:
            values, flat = np.split(flat, [int(np.prod(weight["shape"]))])
            layer = weight["name"].partition("/")[0]
            stored.setdefault(layer, []).append(values.reshape(weight["shape"]))
    # By layer and order, because Keras 3 calls a depthwise kernel `kernel` and Keras 2 `depthwise_kernel`.
    for layer in model.layers:
        layer.set_weights(stored.get(layer.name, []))
    return model
