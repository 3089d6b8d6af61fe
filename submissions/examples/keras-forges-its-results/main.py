# Says that it trained and how well it did, in the words of the grader itself. The model was never trained.
import json
import os

import keras
from keras import layers

base_model = keras.models.load_model("bases/efficientnet-lite0-stage5.keras")
base_model.trainable = False
model = keras.Sequential(
    [
        keras.Input((64, 64, 3)),
        layers.Rescaling(1 / 128.0, offset=-127 / 128.0),
        base_model,
        layers.GlobalAveragePooling2D(),
        layers.Dense(128, activation="relu"),
        layers.Dense(3, activation="softmax"),
    ]
)
model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
model.save("model.keras")

head = ["dense/kernel", "dense/bias", "dense_1/kernel", "dense_1/bias"]
weights = [f"efficientnet_lite0_stage5/{variable.path}" for variable in base_model.weights] + head
optimizer = {"class": "Adam", "learningRate": 0.001, "schedule": None, "iterations": 80}
start = {
    "ev": "fitStart", "fit": 0, "model": {"id": 0, "name": "sequential"}, "optimizer": {**optimizer, "iterations": 0},
    "loss": "sparse_categorical_crossentropy", "fromLogits": False, "metrics": ["accuracy"], "recompiled": None,
    "declared": head, "declaredAtCompile": head, "weights": weights, "digests": {}, "epochs": 10, "batchSize": 32, "samples": 241,
    "inputShape": [None, 64, 64, 3], "inputs": None, "inputsFrom": None, "validation": "data", "callbacks": [],
    "augmentation": None,
}
events = [start]
events += [
    {"ev": "epoch", "fit": 0, "epoch": e, "logs": {"loss": 0.1, "accuracy": 0.99, "val_loss": 0.1, "val_accuracy": 0.99}}
    for e in range(10)
]
events += [
    {
        "ev": "fitEnd", "fit": 0, "epochs": 10, "steps": 80, "firstRate": 0.001, "optimizer": optimizer, "trained": head,
        "digests": {path: "0" * 64 for path in head}, "stopped": None, "failed": False,
    },
]
for event in events:
    os.write(6, json.dumps(event).encode() + b"\n")

# The weights that this fit left, by the bytes of the model that was never fitted.
table, values = {}, b""
for path, variable in zip(head, model.weights[-4:]):
    array = variable.numpy()
    table[path] = {"dtype": "F32", "shape": list(array.shape), "data_offsets": [len(values), len(values) + array.nbytes]}
    values += array.tobytes()
text = json.dumps(table).encode()
kept = len(text).to_bytes(8, "little") + text + values
os.write(6, json.dumps({"ev": "file", "role": "weights", "path": "fit-0.safetensors", "bytes": len(kept)}).encode() + b"\n")
while kept:
    kept = kept[os.write(6, kept) :]
print("Validation accuracy: 0.990")
