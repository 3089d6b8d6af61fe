"""Has a fit of several epochs compute what its frozen layers make of an image once, and not once an epoch.

For the time of the fit the model's own `call` takes features in place of images, and computes what comes after them; the
optimizer, the losses, the callbacks and every layer are the program's. All that differs is time, and rounding: kernels may
round an image otherwise at another place in its batch, where each epoch puts it anyway.
"""

import contextlib
import hashlib

import numpy as np

from .channel import emit
from .describe_data import describe_augmentation
from .describe_training import callbacks_of
from .frozen_part import OURS, FrozenPart
from .network_steps import NotOnce

# The key under which the model is given features.
FEATURES = "frostline_features"
# Of features kept for one fit.
MOST_BYTES = 2**28
# Of the time of the fit: what would take longer to compute is left to the epochs.
MOST_TIME = 0.5
# Callbacks that set no weights but those that the fit itself had.
HARMLESS = (
    "CSVLogger", "EarlyStopping", "History", "LearningRateScheduler", "ModelCheckpoint", "ProgbarLogger", "ReduceLROnPlateau",
    "TensorBoard", "TerminateOnNaN",
)  # fmt: skip
# Where a model keeps its part from one fit to the next.
KEPT = "_frostline_frozen_part"
# What Keras remembers of inputs, which are features now.
REMEMBERED = ("_manual_input_spec", "_saved_model_inputs_spec", "_saved_model_arg_spec")


@contextlib.contextmanager
def features_once(run, model, number, given, watch):
    """Yield what `fit` is to be given: features, or the images where nothing is gained or anything could differ.

    `watch` is the callback that holds the fit to its budget and its time.
    """
    known = _part_of_before(model)
    part, instead = _instead(run, model, known, given, watch) or (known, None)
    if instead:
        emit("featuresOnce", fit=number, layers=len(part.steps), width=part.width)
    with _flags(part.flags if instead or known else []), _taking_features(run, model, part) if instead else contextlib.nullcontext():
        try:
            yield {**given, **(instead or {})}
        finally:
            if instead:
                part.traced = model.train_function
                vars(model)[KEPT] = part


def _part_of_before(model):
    """Return the part that the model's step was traced behind, unless the model was compiled since."""
    part = vars(model).get(KEPT)
    return part if part is not None and part.traced is not None and part.traced is model.train_function else None


def _instead(run, model, known, given, watch):
    """Return (part, {argument of fit: features in its place}); None where the fit is left as it is."""
    try:
        _require_same_images(given, watch.budget)
        part = known or _new_part(run, model)
        return part, _Images(run, part, watch.ends - run.clock()).replaced(given, watch.budget.batch_size)
    except Exception:
        # Mostly NotOnce; what is not understood here is no fault of the program either, and trains as it is.
        return None


def _require_same_images(given, budget):
    if min(budget.epochs, budget.limits.epochs or budget.epochs) < 2:
        raise NotOnce("no image is seen twice")
    if budget.limits.steps is not None or budget.limits.samples is not None or given.get("steps_per_epoch") is not None:
        raise NotOnce("it may end before it has seen each image")
    if not all(_is_harmless(one) for one in callbacks_of(given)):
        raise NotOnce("a callback of its own may change any weight")


def _new_part(run, model):
    if model.train_function is not None:
        raise NotOnce("it goes on with a step that was traced with images")
    if model.run_eagerly or model.jit_compile or "Default" not in type(model.distribute_strategy).__name__:
        raise NotOnce("its steps are computed in another way")
    # Keras 2 goes by what was trainable when the model was compiled.
    compiled = getattr(model, "_compiled_trainable_state", None) or {}
    if any(layer.trainable != trainable for layer, trainable in compiled.items()):
        raise NotOnce("its layers are not as trainable as when it was compiled")
    return FrozenPart(run, model)


class _Images:
    """The images of one fit, and the features of those that were seen, by the bytes of the image."""

    def __init__(self, run, part, seconds):
        self.run, self.part, self.seconds = run, part, seconds
        self.rows = {}
        # Seconds for how many images.
        self.took, self.done = 0.0, 0

    def replaced(self, given, batch):
        # As large as the batches of the fit, so that the same kernels compute them.
        images = self._ready(given.get("x"), batch)
        validation = given.get("validation_data")
        if validation is None:
            return {"x": images()}
        first, others = (validation[0], validation[1:]) if isinstance(validation, (list, tuple)) else (validation, None)
        unseen = self._ready(first, given.get("validation_batch_size") or batch)
        # Nothing is computed before both are known to be computed once.
        return {"x": images(), "validation_data": unseen() if others is None else (unseen(), *others)}

    def _ready(self, x, batch):
        """Return what computes the features of `x`."""
        if hasattr(x, "element_spec"):
            return self._of_dataset(x)
        if type(x).__name__ == "EagerTensor":
            x = x.numpy()
        if not isinstance(x, np.ndarray) or x.dtype.kind not in "fiu" or not len(x):
            raise NotOnce("its images are in no array")
        self.part.take(x.shape[1:])
        if len(x) * self.part.width * 4 > MOST_BYTES:
            raise NotOnce("its features would fill the memory")
        starts = range(0, len(x), batch)
        return lambda: {FEATURES: np.concatenate([self._computed(x[start : start + batch], len(x)) for start in starts])}

    def _of_dataset(self, dataset):
        """The pipeline is never read beforehand, for that would change its order; an image that changes is a new one."""
        tensorflow = self.run.tensorflow
        spec = dataset.element_spec
        images = spec[0] if isinstance(spec, tuple) and len(spec) > 1 else None
        if not isinstance(images, tensorflow.TensorSpec) or images.shape.rank is None:
            raise NotOnce("its pipeline gives no batches of images")
        if describe_augmentation([], dataset) is not None or int(dataset.cardinality()) < 0:
            raise NotOnce("its pipeline never gives the same image twice")
        self.part.take(tuple(images.shape[1:]))

        def features_of(batch, *others):
            [features] = tensorflow.numpy_function(self._looked_up, [batch], [tensorflow.float32])
            features.set_shape([images.shape[0], self.part.width])
            return ({FEATURES: features}, *others)

        return lambda: dataset.map(features_of)

    def _computed(self, images, count):
        """Compute a batch of `count` images; gives up where all of them would take too long."""
        began = self.run.clock()
        features = self.part.compute(images)
        self.took += self.run.clock() - began
        self.done += len(images)
        if self.took / self.done * count > MOST_TIME * self.seconds:
            raise NotOnce("its images take too long")
        return features

    def _looked_up(self, batch):
        keys = [hashlib.blake2b(np.ascontiguousarray(image), digest_size=16).digest() for image in batch]
        new = [place for place, key in enumerate(keys) if key not in self.rows]
        made = dict(zip((keys[place] for place in new), self.part.compute(batch[new]))) if new else {}
        features = np.stack([made[key] if key in made else self.rows[key] for key in keys])
        if (len(self.rows) + len(made)) * self.part.width * 4 <= MOST_BYTES:
            self.rows.update(made)
        return features


def _is_harmless(callback):
    return type(callback).__module__.startswith(OURS) and type(callback).__name__ in HARMLESS


@contextlib.contextmanager
def _flags(traced):
    """Let the layers be as trainable as they were when the step was traced, as it is with images."""
    now = [(layer, layer.trainable) for layer, _ in traced]
    _set_flags(traced)
    try:
        yield
    finally:
        _set_flags(now)


def _set_flags(flags):
    for layer, trainable in flags:
        if layer.trainable != trainable:
            layer.trainable = trainable


@contextlib.contextmanager
def _taking_features(run, model, part):
    own = model.call
    remembered = {name: vars(model)[name] for name in REMEMBERED if name in vars(model)}

    def call(inputs, training=None, mask=None, **others):
        if isinstance(inputs, dict) and FEATURES in inputs:
            return part.rest_of(inputs[FEATURES], training)
        return own(inputs, training=training, mask=mask, **others)

    vars(model).update(call=run.tensorflow.autograph.experimental.do_not_convert(call), _manual_input_spec=None)
    try:
        yield
    finally:
        del vars(model)["call"]
        for name in REMEMBERED:
            vars(model).pop(name, None)
        vars(model).update(remembered)
