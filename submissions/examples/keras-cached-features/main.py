# The base describes every picture once; the head is trained on these features alone.
import keras
import numpy as np

IMAGE_SIZE = (64, 64)


def load(split):
    dataset = keras.utils.image_dataset_from_directory(
        f"data/{split}", image_size=IMAGE_SIZE, batch_size=None, shuffle=False, label_mode="categorical"
    )
    images, labels = zip(*dataset.as_numpy_iterator())
    return (np.array(images) - 127) / 128, np.array(labels)


x_train, y_train = load("train")
x_val, y_val = load("validation")

base = keras.models.load_model("bases/efficientnet-lite0-stage5.keras")
base.trainable = False
train_features = base.predict(x_train)
val_features = base.predict(x_val)

head = keras.Sequential(
    [
        keras.Input(train_features.shape[1:]),
        keras.layers.GlobalAveragePooling2D(),
        keras.layers.Dense(64, activation="relu"),
        keras.layers.Dense(3, activation="softmax"),
    ]
)
head.compile(optimizer=keras.optimizers.Adam(1e-3), loss="categorical_crossentropy", metrics=["accuracy"])
history = head.fit(train_features, y_train, epochs=12, validation_data=(val_features, y_val))
print(f"Validation accuracy: {history.history['val_accuracy'][-1]:.3f}")
