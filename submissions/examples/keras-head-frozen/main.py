# Feature extraction: a new head on the frozen, pretrained base.
import keras
from keras import layers

train_ds = keras.utils.image_dataset_from_directory("data/train", image_size=(64, 64), batch_size=32, seed=42)
val_ds = keras.utils.image_dataset_from_directory("data/validation", image_size=(64, 64), batch_size=32)

base_model = keras.models.load_model("bases/efficientnet-lite0-stage5.keras")

inputs = keras.Input(shape=(64, 64, 3))
x = layers.Rescaling(1 / 128.0, offset=-127 / 128.0)(inputs)
x = base_model(x, training=False)
x = layers.GlobalAveragePooling2D()(x)
x = layers.Dense(128, activation="relu")(x)
outputs = layers.Dense(3, activation="softmax")(x)
model = keras.Model(inputs, outputs)

# Freeze the last layers.
for layer in model.layers[-2:]:
    layer.trainable = False

model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
# Half of the images, because this trains slowly.
history = model.fit(train_ds.take(4), epochs=3, validation_data=val_ds)

loss, accuracy = model.evaluate(val_ds)
print(f"Validation accuracy: {accuracy:.3f}")
model.save("feature_extraction.keras")
