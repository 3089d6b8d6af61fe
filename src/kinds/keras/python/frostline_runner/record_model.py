"""Records what else a program does with its models: compile, predict, evaluate, save, load weights."""

import functools
import os

import numpy as np

from .channel import emit
from .describe_data import count_samples, describe_inputs, first_batch
from .describe_training import describe_loss, describe_optimizer, metric_names
from .provenance import remember_rows
from .stand_in import fill_with_stand_in, is_stand_in
from .weight_paths import trainable_paths
from .weights_elsewhere import local_weights


def record_model(run, Model):
    """Wrap the methods of `Model`."""
    wraps = {
        "compile": _compile,
        "predict": _predict,
        "evaluate": _evaluate,
        "save": _save,
        "load_weights": _load_weights,
    }
    for name, record in wraps.items():
        owner = defining_class(Model, name)
        setattr(owner, name, _wrapped(run, getattr(owner, name), record))


def defining_class(Model, name):
    """Return the class that `Model` has a method from: Keras compares with it to see whether a student overrode it."""
    return next(owner for owner in Model.__mro__ if name in vars(owner))


def _wrapped(run, original, record):
    @functools.wraps(original)
    def method(model, *args, **kwargs):
        # Weights are loaded from inside Keras too, where a pretrained network is built.
        if run.depth and record is not _load_weights:
            if record is _save and args:
                # ModelCheckpoint saves from inside a fit.
                run.checkpoint_file = os.path.abspath(str(args[0]))
            return original(model, *args, **kwargs)
        run.depth += 1
        try:
            return record(run, original, model, *args, **kwargs)
        finally:
            run.depth -= 1

    return method


def _compile(run, original, model, *args, **kwargs):
    result = original(model, *args, **kwargs)
    record = run.known(model)
    record.compiles += 1
    record.compiled_since_fit = True
    # Positional metrics stand third in Keras 2 and fourth in Keras 3.
    place = 2 if run.job.keras == 2 else 3
    metrics = kwargs.get("metrics", args[place] if len(args) > place else None)
    record.metrics = metric_names(metrics)
    record.declared_at_compile = trainable_paths(model) if model.built else None
    name, from_logits = describe_loss(getattr(model, "loss", None))
    emit(
        "compile",
        model=run.ref(model),
        optimizer=describe_optimizer(model),
        loss=name,
        fromLogits=from_logits,
        metrics=record.metrics,
        declared=record.declared_at_compile,
    )
    return result


def _predict(run, original, model, x, *args, **kwargs):
    kwargs["verbose"] = 0
    inputs, _, x = first_batch(x)
    emit("predict", model=run.ref(model), inputs=describe_inputs(inputs))
    if run.structure_only:
        outputs = _one_row_repeated(model, inputs, count_samples(x, None, kwargs.get("steps"), inputs) or 1)
    else:
        outputs = original(model, x, *args, **kwargs)
    remember_rows(run, model, outputs)
    return outputs


def _one_row_repeated(model, inputs, count):
    row = np.asarray(model(inputs[:1], training=False))
    # A view of one row: it takes no memory, whatever the number of pictures.
    return np.broadcast_to(row, (count, *row.shape[1:]))


def _evaluate(run, original, model, *args, **kwargs):
    names = ["loss", *run.known(model).metrics]
    if run.structure_only:
        values = [0.5] * len(names)
        return dict(zip(names, values)) if kwargs.get("return_dict") else values if len(values) > 1 else values[0]
    kwargs["verbose"] = 0
    return original(model, *args, **kwargs)


def _save(run, original, model, filepath, *args, **kwargs):
    result = original(model, filepath, *args, **kwargs)
    run.has_saved = True
    run.saves.append((model, str(filepath)))
    emit("save", model=run.ref(model), path=str(filepath))
    return result


def _load_weights(run, original, model, filepath, *args, **kwargs):
    path = local_weights(run, str(filepath))
    if is_stand_in(path):
        fill_with_stand_in(model, path, run.job.seed)
        return None
    if run.fits and run.depth == 1:
        emit("weightsLoaded", model=run.ref(model))
    return original(model, path, *args, **kwargs)
