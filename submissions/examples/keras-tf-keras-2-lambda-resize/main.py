#!/usr/bin/env python3
"""Transfer learning as it was written for tf.keras 2: the pictures are enlarged by a Lambda layer."""
import os

import numpy as np
import tensorflow.keras as K
from PIL import Image


def preprocess_data(X, Y):
    """Scales the pictures and one-hot encodes the labels"""
    return (X.astype("float32") - 127) / 128, K.utils.to_categorical(Y, 3)


def load(split):
    X, Y = [], []
    for label, name in enumerate(sorted(os.listdir("data/" + split))):
        for file in sorted(os.listdir("data/" + split + "/" + name)):
            X.append(np.array(Image.open("data/" + split + "/" + name + "/" + file).convert("RGB")))
            Y.append(label)
    return np.array(X), np.array(Y)


X_train, Y_train = preprocess_data(*load("train"))
X_val, Y_val = preprocess_data(*load("validation"))

base = K.models.load_model(K.utils.get_file("base.h5", "https://frostline.example/models/efficientnet-lite0-stage5/model.json"))
for layer in base.layers:
    layer.trainable = False

inputs = K.Input(shape=(64, 64, 3))
resize = K.layers.Lambda(lambda image: K.backend.resize_images(image, 2, 2, "channels_last", "bilinear"))(inputs)
features = base(resize, training=False)
pooled = K.layers.GlobalAveragePooling2D()(features)
hidden = K.layers.Dense(64, activation="relu")(pooled)
outputs = K.layers.Dense(3, activation="softmax")(hidden)
model = K.models.Model(inputs=inputs, outputs=outputs)

model.compile(optimizer=K.optimizers.Adam(lr=1e-3), loss="categorical_crossentropy", metrics=["accuracy"])
checkpoint = K.callbacks.ModelCheckpoint("emoji.h5", monitor="val_accuracy", mode="max", save_best_only=True)
model.fit(X_train, Y_train, batch_size=32, epochs=5, validation_data=(X_val, Y_val), callbacks=[checkpoint], verbose=1)
