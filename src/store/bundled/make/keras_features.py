"""Write what Keras computes with the bundled base, for the tests to compare TensorFlow.js with.

Usage: python keras_features.py <output file>
"""

import json
import sys
from pathlib import Path

import numpy as np
from PIL import Image

BUNDLED = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(BUNDLED))

from load_base import load_base

PICTURE = "train/animals/1f404.png"


def keras_features():
    base = load_base(BUNDLED / "efficientnet-lite0-stage5")
    pixels = np.asarray(Image.open(BUNDLED / "emoji" / PICTURE), "float32")
    features = {}
    for size in (64, 96):
        canvas = np.full((1, size, size, 3), 255, "float32")
        canvas[:, :64, :64] = pixels
        output = base.predict((canvas - 127) / 128, verbose=0)
        features[str(size)] = [float(str(value)) for value in output.mean(axis=(0, 1, 2))]
    return {"picture": PICTURE, "input": "top left on white, (x - 127) / 128", "meanOverPlaces": features}


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(json.dumps(keras_features(), indent=2) + "\n")
