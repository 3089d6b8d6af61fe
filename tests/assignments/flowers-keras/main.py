import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers
from tensorflow.keras.applications import MobileNet
from tensorflow.keras.applications.mobilenet import preprocess_input

SIZE = 96
train = keras.utils.image_dataset_from_directory("data/train", image_size=(SIZE, SIZE), label_mode="categorical", seed=1)
validation = keras.utils.image_dataset_from_directory("data/validation", image_size=(SIZE, SIZE), label_mode="categorical")
classes = len(train.class_names)

base = MobileNet(weights="imagenet", include_top=False, alpha=0.25, input_shape=(SIZE, SIZE, 3))
base.trainable = False

inputs = keras.Input((SIZE, SIZE, 3))
x = layers.Rescaling(1 / 127.5, offset=-1)(inputs)
x = base(x, training=False)
x = layers.GlobalAveragePooling2D()(x)
x = layers.Dense(128, activation="relu")(x)
outputs = layers.Dense(classes, activation="softmax")(x)
model = keras.Model(inputs, outputs)

model.compile(keras.optimizers.Adam(1e-3), loss="categorical_crossentropy", metrics=["accuracy"])
model.fit(train.cache(), validation_data=validation.cache(), epochs=20)
model.save("flowers.keras")
