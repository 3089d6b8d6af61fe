# Feature extraction with ImageDataGenerator, which also augments the training pictures.
from tensorflow import keras
from tensorflow.keras.preprocessing.image import ImageDataGenerator


def to_base(image):
    return (image - 127) / 128


train_datagen = ImageDataGenerator(
    preprocessing_function=to_base, rotation_range=10, width_shift_range=0.1, horizontal_flip=True
)
val_datagen = ImageDataGenerator(preprocessing_function=to_base)
train_gen = train_datagen.flow_from_directory("data/train", target_size=(64, 64), batch_size=32, class_mode="categorical")
val_gen = val_datagen.flow_from_directory("data/validation", target_size=(64, 64), batch_size=32, class_mode="categorical")

base_model = keras.models.load_model("bases/efficientnet-lite0-stage5.keras")
base_model.trainable = False
model = keras.Sequential(
    [
        keras.Input(shape=(64, 64, 3)),
        base_model,
        keras.layers.GlobalAveragePooling2D(),
        keras.layers.Dropout(0.2),
        keras.layers.Dense(128, activation="relu"),
        keras.layers.Dense(train_gen.num_classes, activation="softmax"),
    ]
)
model.compile(optimizer="adam", loss="categorical_crossentropy", metrics=["accuracy"])
callbacks = [
    keras.callbacks.EarlyStopping(monitor="val_loss", patience=4, restore_best_weights=True),
    keras.callbacks.ReduceLROnPlateau(monitor="val_loss", factor=0.5, patience=2),
]
model.fit(train_gen, epochs=12, validation_data=val_gen, callbacks=callbacks)
model.save("model.h5")
