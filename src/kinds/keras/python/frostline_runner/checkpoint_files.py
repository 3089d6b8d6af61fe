"""Writes a base of the store into the files that Keras programs load."""

import json
import os

import h5py
import numpy as np

# Layers of the classifiers of `keras.applications`, which files without the top leave out.
TOP_LAYERS = ("predictions", "fc1", "fc2", "conv_preds", "Logits", "logits")


def weights_file(base, target, with_top):
    """Write `base` as a weights file in the layout of `keras.applications`; returns False where it has no such layers."""
    layers = base_weights(base)
    has_top = any(name in TOP_LAYERS for name, _ in layers)
    if with_top and not has_top:
        return False
    kept = [(name, weights) for name, weights in layers if with_top or name not in TOP_LAYERS]
    with h5py.File(target, "w") as file:
        file.attrs["layer_names"] = [name.encode() for name, _ in kept]
        for name, weights in kept:
            group = file.create_group(name)
            group.attrs["weight_names"] = [f"{name}/{slot}:0".encode() for slot, _ in weights]
            for slot, values in weights:
                group.create_dataset(f"{name}/{slot}:0", data=values)
    return True


def model_file(run, base, target):
    """Write `base` as a whole model; the format follows the ending of `target` (`.keras` or `.h5`)."""
    model = open_base(run, base)
    run.depth += 1
    try:
        model.save(target)
    finally:
        run.depth -= 1


def base_weights(base):
    """Return [(layer, [(slot, values)])] of a base, in the order of its layers."""
    path = os.path.join(base.folder, base.main)
    if base.main.endswith(".json"):
        return list(tensorflow_js_weights(path).items())
    if base.main.endswith(".keras"):
        import keras

        model = keras.models.load_model(path, compile=False)
        return [(layer.name, [(w.name, w.numpy()) for w in layer.weights]) for layer in model.layers if layer.weights]
    with h5py.File(path) as file:
        group = file["model_weights"] if "model_weights" in file else file
        names = [_text(name) for name in group.attrs["layer_names"]]
        return [
            (name, [(_text(slot).rpartition("/")[2].partition(":")[0], group[name][_text(slot)][()]) for slot in slots])
            for name in names
            if len(slots := group[name].attrs["weight_names"])
        ]


def tensorflow_js_weights(path):
    """Return {layer: [(slot, values)]} of a TensorFlow.js layers model, in the order of its layers."""
    with open(path, encoding="utf-8") as file:
        described = json.load(file)
    found = {}
    for group in described["weightsManifest"]:
        folder = os.path.dirname(path)
        parts = [np.fromfile(os.path.join(folder, part), np.uint8) for part in group["paths"]]
        raw, place = np.concatenate(parts).tobytes(), 0
        for weight in group["weights"]:
            count = int(np.prod(weight["shape"]))
            values = np.frombuffer(raw, "<f4", count, place).reshape(weight["shape"])
            place += 4 * count
            layer, _, slot = weight["name"].rpartition("/")
            found.setdefault(layer, []).append((slot, values))
    topology = described["modelTopology"]
    config = topology.get("model_config", topology)["config"]
    listed = config["layers"] if isinstance(config, dict) else config
    names = [layer["config"]["name"] for layer in listed]
    return {name: found[name] for name in names if name in found}


def open_base(run, base):
    """Return the Keras model of a base."""
    path = os.path.join(base.folder, base.main)
    keras = run.keras
    if base.arguments is not None:
        # The file holds the weights of a published network alone.
        network = getattr(keras.applications, base.family)
        return network(weights=path, **vars(base.arguments))
    if not base.main.endswith(".json"):
        return keras.models.load_model(path, compile=False)
    with open(path, encoding="utf-8") as file:
        topology = json.load(file)["modelTopology"]
    topology = topology.get("model_config", topology)
    kind = keras.Sequential if topology["class_name"] == "Sequential" else keras.Model
    listed = kind.from_config(topology["config"])
    # TensorFlow.js lists inputs and outputs; read as they are, the model would return a list of one tensor.
    model = keras.Model(listed.inputs[0], listed.outputs[0], name=listed.name)
    stored = tensorflow_js_weights(path)
    for layer in model.layers:
        layer.set_weights([values for _, values in stored.get(layer.name, [])])
    return model


def _text(value):
    return value.decode() if isinstance(value, bytes) else str(value)
