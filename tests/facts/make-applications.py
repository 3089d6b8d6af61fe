"""Writes applications.json: the layers of Keras's published architectures, without their names.

    KERAS_BACKEND=numpy python make-applications.py      (keras 3.10.0, numpy, scipy, jax)

A layer is "class:back,back:shape": an index into `classes`, how many layers back its inputs stand, and the shape of
its first kernel, when it has one.
"""

import json
import os
import warnings

os.environ["KERAS_BACKEND"] = "numpy"
warnings.simplefilter("ignore")

import keras  # noqa: E402

NETS = {
    "VGG16": 96, "VGG19": 96, "ResNet50": 96, "ResNet101": 96, "ResNet152": 96, "ResNet50V2": 96, "InceptionV3": 75,
    "InceptionResNetV2": 75, "Xception": 75, "MobileNet": 96, "MobileNetV2": 96, "MobileNetV3Small": 96,
    "MobileNetV3Large": 96, "DenseNet121": 96, "DenseNet169": 96, "DenseNet201": 96, "EfficientNetB0": 96,
    "EfficientNetV2B0": 96, "NASNetMobile": 96, "NASNetLarge": 96, "ConvNeXtTiny": 96,
}


def rows(model, classes):
    place = {}
    for position, layer in enumerate(model.operations):
        place[layer.name] = position
        name = type(layer).__name__
        number = classes.setdefault(name, len(classes))
        backs = [str(position - place[t._keras_history[0].name]) for t in layer._inbound_nodes[0].input_tensors]
        kernels = [w for w in getattr(layer, "weights", []) if w.name.endswith("kernel")]
        shape = "x".join(map(str, kernels[0].shape)) if kernels else ""
        yield f"{number}:{','.join(backs)}:{shape}"


classes = {}
nets = {}
for name, size in NETS.items():
    build = getattr(keras.applications, name)
    model = build(weights=None, include_top=False, input_shape=(size, size, 3))
    nets[name] = " ".join(rows(model, classes))
    keras.backend.clear_session()
with open(os.path.join(os.path.dirname(__file__), "applications.json"), "w") as out:
    json.dump({"classes": list(classes), "nets": nets}, out, indent=1)
    out.write("\n")
