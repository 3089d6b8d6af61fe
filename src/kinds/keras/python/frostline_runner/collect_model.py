"""Finds the model that the program leaves, and sends it."""

import ntpath
import os

from .channel import emit, send_file
from .custom_loops import custom_steps
from .describe_training import iterations


def collect(run):
    """Send the trained model as a `.keras` file, or base and head where the head was trained on the base's features."""
    steps = custom_steps(run)
    if steps:
        emit("customSteps", steps=steps)
    if unclear := _unclear_saves(run):
        return emit("severalModels", files=unclear)
    checkpoint = _checkpoint_file(run)
    model = chosen_model(run)
    if model is None:
        return emit("noModel", fits=run.fits)
    if checkpoint is not None:
        emit("checkpoint")
        return send_file("model", checkpoint, "model" + os.path.splitext(checkpoint)[1])
    if model is run.fitted and run.base_of_head is not None:
        _send(run, run.base_of_head, "base")
        return _send(run, model, "head")
    return _send(run, model, "model")


def chosen_model(run):
    """Of the models saved after the last training the one called `model`, else the last; else what was trained last."""
    named = [model for model, path in run.saves if _is_named(path)]
    saved = [model for model, _ in run.saves]
    if named or saved:
        return (named or saved)[-1]
    if run.fitted is not None:
        return run.fitted
    return run.loops[-1].model if custom_steps(run) else None


def _unclear_saves(run):
    """Return the files of several models of which none is called `model` or has any weight that was trained last."""
    models = {id(model): model for model, _ in run.saves}
    if len(models) < 2 or any(_is_named(path) for _, path in run.saves):
        return []
    trained = {id(weight) for weight in _trained_last(run)}
    if any(id(weight) in trained for model in models.values() for weight in model.weights):
        return []
    return [ntpath.basename(path) for _, path in run.saves][:10]


def _is_named(path):
    # Some name a place on Windows, whose separators these are too.
    return ntpath.splitext(ntpath.basename(path))[0].lower() == "model"


def _trained_last(run):
    """Return what the model trained last may have learned: a frozen base that others share says nothing of it."""
    model = run.fitted if run.fitted is not None else run.loops[-1].model if run.loops else None
    return model.trainable_variables if model is not None else []


def _checkpoint_file(run):
    """The best epoch that ModelCheckpoint kept is what counts where the program saves nothing itself."""
    path = run.checkpoint_file
    usable = path is not None and not run.has_saved and path.endswith((".keras", ".h5")) and os.path.isfile(path)
    return path if usable else None


def _send(run, model, role):
    """Send `model` whole; where its class cannot be written, its weights alone."""
    run.depth += 1
    path = os.path.join(run.job.scratch, f"{role}.keras")
    try:
        run.keras.models.save_model(model, path)
        name = "model.keras"
    except Exception as error:
        emit("unsaved", name=model.name, message=f"{type(error).__name__}: {error}")
        if os.path.exists(path):
            os.remove(path)
        path = os.path.join(run.job.scratch, f"{role}.weights.h5")
        model.save_weights(path)
        name = "model.weights.h5"
    finally:
        run.depth -= 1
    optimizer = getattr(model, "optimizer", None)
    emit("model", model=run.ref(model), role=role, steps=iterations(optimizer) if optimizer is not None else None)
    send_file(role, path, name)
