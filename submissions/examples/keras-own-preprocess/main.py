#!/usr/bin/env python3
"""Feature extraction; the pictures are prepared by a function of its own, outside the model."""

import os

import keras
import numpy as np
from PIL import Image


def preprocess_data(X, Y):
    """Stretch each picture's contrast to -1..1, and make the labels one-hot."""
    X = X.astype("float32")
    darkest = X.min(axis=(1, 2, 3), keepdims=True)
    brightest = X.max(axis=(1, 2, 3), keepdims=True)
    return 2 * (X - darkest) / (brightest - darkest + 1e-7) - 1, keras.utils.to_categorical(Y, 3)


def load(split):
    pictures, labels = [], []
    for label, name in enumerate(sorted(os.listdir(f"data/{split}"))):
        for file in sorted(os.listdir(f"data/{split}/{name}")):
            pictures.append(np.array(Image.open(f"data/{split}/{name}/{file}").convert("RGB")))
            labels.append(label)
    return np.array(pictures), np.array(labels)


if __name__ == "__main__":
    x_train, y_train = preprocess_data(*load("train"))
    x_val, y_val = preprocess_data(*load("validation"))

    base = keras.models.load_model("bases/efficientnet-lite0-stage5.keras")
    base.trainable = False
    model = keras.Sequential(
        [
            keras.Input((64, 64, 3)),
            base,
            keras.layers.GlobalAveragePooling2D(),
            keras.layers.Dense(128, activation="relu"),
            keras.layers.Dense(3, activation="softmax"),
        ]
    )
    model.compile(keras.optimizers.Adam(1e-3), "categorical_crossentropy", metrics=["accuracy"])
    history = model.fit(x_train, y_train, batch_size=32, epochs=5, validation_data=(x_val, y_val), verbose=1)
    print(f"Validation accuracy: {history.history['val_accuracy'][-1]:.3f}")
    model.save("emoji.h5")
