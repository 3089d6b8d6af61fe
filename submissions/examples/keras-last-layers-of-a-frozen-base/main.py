# Transfer learning in two phases: feature extraction, then fine-tuning of the last layers.
import os

import matplotlib.pyplot as plt
import numpy as np
import tensorflow as tf
from PIL import Image
from tensorflow.keras.layers import Dense, GlobalAveragePooling2D
from tensorflow.keras.models import Sequential, load_model
from tensorflow.keras.optimizers import Adam
from tensorflow.keras.utils import to_categorical


def load_images(split):
    images, labels = [], []
    for label, name in enumerate(sorted(os.listdir(f"data/{split}"))):
        for file in sorted(os.listdir(f"data/{split}/{name}")):
            images.append(np.array(Image.open(f"data/{split}/{name}/{file}").convert("RGB")))
            labels.append(label)
    # The base was trained on pixels of about -1 to 1.
    return (np.array(images, dtype="float32") - 127) / 128, to_categorical(labels, 3)


x_train, y_train = load_images("train")
x_val, y_val = load_images("validation")

base_model = load_model("bases/efficientnet-lite0-stage5.keras")
for layer in base_model.layers:
    layer.trainable = False

model = Sequential(
    [
        tf.keras.Input(shape=(64, 64, 3)),
        base_model,
        GlobalAveragePooling2D(),
        Dense(128, activation="relu"),
        Dense(3, activation="softmax"),
    ]
)
model.compile(optimizer=Adam(learning_rate=1e-3), loss="categorical_crossentropy", metrics=["accuracy"])
first = model.fit(x_train, y_train, epochs=8, batch_size=32, validation_data=(x_val, y_val))

# Fine-tuning: all but the last four layers stay frozen.
for layer in base_model.layers[:-4]:
    layer.trainable = False
model.compile(optimizer=Adam(learning_rate=1e-5), loss="categorical_crossentropy", metrics=["accuracy"])
second = model.fit(x_train, y_train, epochs=3, batch_size=32, validation_data=(x_val, y_val))

plt.plot(first.history["val_accuracy"] + second.history["val_accuracy"])
plt.title("Validation accuracy")
plt.show()
