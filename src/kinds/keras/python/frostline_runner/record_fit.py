"""Records `fit`: what it was given, what it trained, what changed; and keeps it within its budget."""

import functools
import inspect

from .channel import emit
from .describe_data import (
    batch_size_of,
    count_samples,
    describe_augmentation,
    describe_inputs,
    first_batch,
)
from .describe_training import callbacks_of, describe_callback, describe_loss, describe_optimizer, learning_rate, optimizer_of
from .features_once import features_once
from .fit_budget import FitBudget
from .kept_weights import keep_moved
from .probe_fit import probe_fit
from .provenance import predicted_by
from .record_model import defining_class
from .weight_paths import digests, layers_of, paths_of, trainable_paths, weight_paths


def record_fit(run, Model, callbacks):
    """Wrap `Model.fit`; `callbacks` is Keras's module of that name."""
    owner = defining_class(Model, "fit")
    original = owner.fit
    signature = inspect.signature(original)

    class Watch(callbacks.Callback):
        async_safe = True

        def __init__(self, fit, ends, budget):
            super().__init__()
            self.fit, self.ends, self.budget = fit, ends, budget
            self.steps, self.epochs, self.first_rate, self.cut = 0, 0, None, None

        def on_train_batch_begin(self, batch, logs=None):
            if self.first_rate is None:
                self.first_rate = learning_rate(optimizer_of(self.model))

        def on_train_batch_end(self, batch, logs=None):
            self.steps += 1
            run.samples += self.budget.rows_of(batch)
            self.cut = self.cut or self._used_up(batch)
            if self.cut:
                self.model.stop_training = True

        def on_epoch_end(self, epoch, logs=None):
            self.epochs += 1
            emit("epoch", fit=self.fit, epoch=epoch, logs=numbers(logs))
            if self.cut is None and self.budget.epochs_used(self.epochs):
                self.cut = "epochs"
                self.model.stop_training = True

        def _used_up(self, batch):
            if run.clock() > self.ends:
                return "seconds"
            return self.budget.used_up(run, self.steps, self.epochs, batch)

    @functools.wraps(original)
    def fit(model, *args, **kwargs):
        if run.depth:
            return original(model, *args, **kwargs)
        try:
            given = signature.bind(model, *args, **kwargs).arguments
        except TypeError:
            # Keras says in its own words which argument it does not know.
            return original(model, *args, **kwargs)
        given.pop("self", None)
        kwargs = given.pop("kwargs", {})
        number, run.fits = run.fits, run.fits + 1
        run.depth += 1
        try:
            before, targets, budget = _announce(run, model, number, given)
            watch = Watch(number, run.clock() + run.seconds_for_this_fit(), budget)
            failed = True
            try:
                if run.structure_only:
                    history = probe_fit(run, model, given, targets, callbacks)
                else:
                    with features_once(run, model, number, given, watch) as given:
                        history = original(model, **_within_budget(given, watch), **kwargs)
                failed = False
            finally:
                _report(run, model, number, watch, before, failed)
            return history
        finally:
            run.depth -= 1

    owner.fit = fit


def numbers(logs):
    found = {}
    for name, value in (logs or {}).items():
        try:
            found[str(name)] = float(value)
        except (TypeError, ValueError):
            continue
    return found


def _announce(run, model, number, given):
    """Tell what this fit starts from; returns the digests before it, the first batch, and what this fit may use."""
    x, y = given.get("x"), given.get("y")
    inputs, targets, given["x"] = first_batch(x, y)
    if not model.built:
        # A model without an input shape has no weights before its first batch.
        model(_row(inputs))
    record = run.known(model)
    run.fitted, run.saves, run.checkpoint_file, run.leaving = model, [], None, None
    maker, how = predicted_by(run, inputs, model)
    run.base_of_head = maker
    batch_size = batch_size_of(x, given.get("batch_size"), inputs)
    samples = count_samples(x, batch_size, given.get("steps_per_epoch"), inputs)
    split = given.get("validation_split") or 0.0
    samples = int(samples * (1 - split)) if samples is not None else None
    before = digests(model)
    statistics = describe_inputs(inputs)
    name, from_logits = describe_loss(getattr(model, "loss", None))
    epochs = max(0, int(given.get("epochs", 1)) - int(given.get("initial_epoch") or 0))
    emit(
        "fitStart",
        fit=number,
        model=run.ref(model),
        optimizer=describe_optimizer(model),
        loss=name,
        fromLogits=from_logits,
        metrics=record.metrics,
        recompiled=None if number == 0 else record.compiled_since_fit,
        declared=trainable_paths(model),
        declaredAtCompile=record.declared_at_compile,
        weights=[path for path, _ in weight_paths(model)],
        digests={path: sha256 for path, sha256 in before.items() if record.left.get(path) != sha256},
        epochs=epochs,
        batchSize=batch_size,
        samples=samples,
        inputShape=statistics["shape"] if statistics else None,
        inputs=statistics,
        inputsFrom={"model": run.ref(maker), "how": how} if maker is not None else None,
        validation="data" if given.get("validation_data") is not None else "split" if split else "none",
        callbacks=[describe_callback(one) for one in callbacks_of(given)],
        augmentation=describe_augmentation(list(layers_of(model)), x),
    )
    for known in run.models:
        known.compiled_since_fit = False
    return before, (inputs, targets), FitBudget(run.job.budget, epochs, samples, batch_size)


def _within_budget(given, watch):
    callbacks = callbacks_of(given)
    # One line an epoch instead of one a batch: a bar that redraws itself is unreadable in a report.
    verbose = 0 if given.get("verbose", "auto") in (0, False) else 2
    return {**given, "callbacks": [*callbacks, watch], "verbose": verbose}


def _report(run, model, number, watch, before, failed):
    run.known(model).left = after = digests(model)
    moved = {path: sha256 for path, sha256 in after.items() if before.get(path) != sha256}
    optimizer = optimizer_of(model)
    stepped = run.stepped.get(id(optimizer))
    emit(
        "fitEnd",
        fit=number,
        epochs=watch.epochs,
        steps=watch.steps,
        firstRate=watch.first_rate,
        optimizer=describe_optimizer(model),
        trained=paths_of(model, stepped.variables) if stepped and watch.steps else [],
        digests=moved,
        stopped="structure" if run.structure_only else watch.cut,
        failed=failed,
    )
    keep_moved(run, model, number, moved)


def _row(inputs):
    if isinstance(inputs, dict):
        return {name: value[:1] for name, value in inputs.items()}
    if isinstance(inputs, (list, tuple)):
        return [value[:1] for value in inputs]
    return inputs[:1]
