"""`fit` without training: one forward pass and loss on one row, so that wrong shapes and labels are still found."""

import os

EPOCHS_SHOWN = 50


class MadeUpHistory(dict):
    """Answers every metric a program may plot."""

    def __missing__(self, name):
        return [0.5] * len(self["loss"])


def probe_fit(run, model, given, batch, callbacks):
    """Try one row and return a History as long as the one the program expects. Raises what the row raises."""
    inputs, targets = (_one_row(part) for part in batch)
    outputs = model(inputs, training=False)
    if targets is not None:
        if run.job.keras == 2:
            model.compiled_loss(_tensor(run, targets), outputs)
        else:
            model.compute_loss(x=inputs, y=_tensor(run, targets), y_pred=outputs)
    epochs = max(1, min(int(given.get("epochs", 1)), EPOCHS_SHOWN))
    validated = given.get("validation_data") is not None or given.get("validation_split")
    names = ["loss", *run.known(model).metrics]
    history = callbacks.History()
    history.set_model(model)
    history.epoch = list(range(epochs))
    history.params = {"epochs": epochs, "steps": 1}
    history.history = MadeUpHistory(
        {prefix + name: [0.5] * epochs for prefix in (("", "val_") if validated else ("",)) for name in names}
    )
    for callback in given.get("callbacks") or []:
        _write_checkpoint(model, callback, history)
    return history


def _write_checkpoint(model, callback, history):
    """Programs load again what their ModelCheckpoint wrote."""
    if type(callback).__name__ != "ModelCheckpoint":
        return
    values = {name: row[-1] for name, row in history.history.items()}
    path = str(callback.filepath).format(epoch=len(history.epoch), **values)
    os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
    (model.save_weights if callback.save_weights_only else model.save)(path)


def _one_row(part):
    if part is None:
        return None
    if isinstance(part, dict):
        return {name: _one_row(value) for name, value in part.items()}
    if isinstance(part, (list, tuple)):
        return [_one_row(value) for value in part]
    return part.iloc[:1].to_numpy() if hasattr(part, "iloc") else part[:1]


def _tensor(run, part):
    if isinstance(part, (dict, list)):
        return part
    return run.tensorflow.convert_to_tensor(part)
