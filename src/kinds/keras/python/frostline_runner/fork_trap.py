"""Notices a fork after TensorFlow has computed something: in such a process its first operation hangs for ever."""

import os

from .channel import emit


def notice_forks_of_tensorflow(context):
    """`context` is TensorFlow's module `python.eager.context`."""

    def tell():
        made = context._context
        if made is not None and made._initialized:
            emit("forkedTensorFlow")

    os.register_at_fork(before=tell)
