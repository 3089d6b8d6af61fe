"""Notices when setting `trainable` does nothing: Keras 3 returns early where a layer's own flag has that value already."""

import functools

from .channel import emit
from .weight_paths import inner_layers


def notice_flags_without_effect(trackable):
    """Wrap `KerasAutoTrackable.__setattr__` of `keras.src.backend.tensorflow.trackable`."""
    owner = trackable.KerasAutoTrackable
    original = owner.__setattr__

    @functools.wraps(original)
    def __setattr__(layer, name, value):
        if name == "trainable" and getattr(layer, "trainable", None) is value:
            inside = sum(inner.trainable is not value for inner in _all_inside(layer))
            if inside:
                emit("flagWithoutEffect", layer=layer.name, value=value, inside=inside)
        original(layer, name, value)

    owner.__setattr__ = __setattr__


def _all_inside(layer):
    for inner in inner_layers(layer):
        yield inner
        yield from _all_inside(inner)
