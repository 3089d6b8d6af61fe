"""Predictions of saved Keras models, for those that only Keras can compute."""

import json
import os
import zipfile
from types import SimpleNamespace

import numpy as np

from .channel import emit, send_bytes
from .load_keras import load_keras
from .own_preparation import load_function, prepared_by


def predict_files(job_path):
    """Apply the models of the job one after the other, and send float32 rows."""
    with open(job_path, encoding="utf-8") as file:
        job = json.load(file, object_hook=lambda fields: SimpleNamespace(**fields))
    function = _own_function(job.prepare)
    try:
        models = [load_saved(path) for path in job.models]
    except Exception as error:
        emit("unloadable", message=f"{type(error).__name__}: {error}")
    else:
        send_predictions(models, job.pictures, function)
    emit("done")
    # Taking TensorFlow down in order takes a second, and is of no use to anybody.
    os._exit(0)


def _own_function(prepare):
    if prepare is None:
        return None
    try:
        return load_function(prepare)
    except Exception as error:
        emit("unprepared", message=f"{type(error).__name__}: {error}")
        return None


def load_saved(path):
    """Load a `.keras` or `.h5` file with the Keras that wrote it; its Lambda layers may run, because this is a jail."""
    legacy = _writer(path).startswith("2.")
    keras = load_keras(legacy)
    if not legacy:
        keras.config.enable_unsafe_deserialization()
    return keras.models.load_model(path, compile=False, safe_mode=False)


def send_predictions(models, pictures, function=None):
    """
    Predict `pictures` (`count` files in `folder`, `batch` at once, `imageSize`, `preprocessing`) and send what comes
    out; `function` is the program's own way to prepare them, or None.
    """
    try:
        values = _predict(models, pictures, function)
    except Exception as error:
        return emit("predictionFailed", message=f"{type(error).__name__}: {error}")
    rows = np.ascontiguousarray(values.reshape(len(values), -1), "<f4")
    emit("predictions", rows=rows.shape[0], outputs=rows.shape[1])
    send_bytes("predictions", "values.f32", rows.tobytes())


def _predict(models, pictures, function):
    # A class of the student's own takes pictures of any size.
    shape = getattr(models[0], "input_shape", None) or (None, None, None, 3)
    size = [shape[1] or pictures.imageSize, shape[2] or pictures.imageSize]
    parts, ranges = [], []
    for start in range(0, pictures.count, pictures.batch):
        places = range(start, min(start + pictures.batch, pictures.count))
        current = np.stack([_picture(os.path.join(pictures.folder, f"{index}.png"), size, shape[-1]) for index in places])
        current = _own_way(function, current, pictures) if function else _prepared(current, pictures.preprocessing)
        ranges.append((current.min((0, 1, 2)), current.max((0, 1, 2))))
        for model in models:
            current = model.predict_on_batch(current)
        parts.append(np.asarray(current, "float32"))
        emit("predicting", done=places.stop)
    lows, highs = np.min([low for low, _ in ranges], 0), np.max([high for _, high in ranges], 0)
    emit("prepared", channels=[{"min": float(low), "max": float(high)} for low, high in zip(lows, highs)])
    return np.concatenate(parts)


def _picture(path, size, channels):
    import tensorflow as tf

    pixels = tf.io.decode_image(tf.io.read_file(path), channels=3, expand_animations=False)
    if list(pixels.shape[:2]) != size:
        pixels = tf.image.resize(pixels, size)
    pixels = tf.cast(pixels, tf.float32)
    return (tf.image.rgb_to_grayscale(pixels) if channels == 1 else pixels).numpy()


def _own_way(function, pixels, pictures):
    known = _prepared(pixels, pictures.preprocessing)
    try:
        return prepared_by(function, pixels, known if pictures.recognised else None)
    except Exception as error:
        emit("unprepared", message=f"{type(error).__name__}: {error}")
        return known


def _prepared(pixels, step):
    """Reorder the channels, then scale and shift them in their new order."""
    ordered = pixels[..., ::-1] if step.channels == "bgr" else pixels
    return (ordered * np.asarray(step.scale, "float32") + np.asarray(step.offset, "float32")).astype("float32")


def _writer(path):
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            return str(json.loads(archive.read("metadata.json")).get("keras_version", "3"))
    import h5py

    with h5py.File(path) as file:
        version = file.attrs.get("keras_version", "3")
    return version.decode() if isinstance(version, bytes) else str(version)
