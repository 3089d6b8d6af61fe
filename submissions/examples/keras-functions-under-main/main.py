"""Feature extraction on the emoji pictures."""

import keras
from keras import layers

from pictures import load_pictures


def build_model(base):
    base.trainable = False
    return keras.Sequential(
        [
            keras.Input((64, 64, 3)),
            base,
            layers.GlobalAveragePooling2D(),
            layers.Dense(128, activation="relu"),
            layers.Dense(3, activation="softmax"),
        ]
    )


def main():
    model = build_model(keras.models.load_model("bases/efficientnet-lite0-stage5.keras"))
    model.compile(keras.optimizers.Adam(1e-3), "sparse_categorical_crossentropy", metrics=["accuracy"])
    model.fit(*load_pictures("train"), epochs=8, validation_data=load_pictures("validation"))
    model.save("model.keras")


if __name__ == "__main__":
    main()
