"""Gives `lr=` and `decay=` their old meaning: tf_keras ignores the first without an error and refuses the second."""

import functools

from .channel import emit


def accept_old_rates(keras):
    """Wrap the optimizers of tf_keras."""
    optimizers = keras.optimizers
    for Optimizer in {one for one in vars(optimizers).values() if isinstance(one, type) and issubclass(one, optimizers.Optimizer)}:
        if "__init__" in vars(Optimizer):
            Optimizer.__init__ = _accepting(Optimizer.__init__, optimizers.schedules)


def _accepting(original, schedules):
    @functools.wraps(original)
    def __init__(optimizer, *args, **kwargs):
        rate, decay = kwargs.pop("lr", None), kwargs.pop("decay", None)
        if rate is not None:
            kwargs["learning_rate"] = rate
        if decay and not args:
            kwargs["learning_rate"] = schedules.InverseTimeDecay(kwargs.get("learning_rate", 0.001), 1, decay)
        if rate is not None or decay:
            emit("oldRate", optimizer=type(optimizer).__name__, lr=rate, decay=decay)
        return original(optimizer, *args, **kwargs)

    return __init__
