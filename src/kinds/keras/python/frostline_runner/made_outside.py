"""
Has optimizers and metrics make their variables outside of the graph of a step. Made inside, as Keras 3 does, they have
TensorFlow trace the whole first step twice, which takes seconds; values and names are the same.
"""

import contextlib
import functools


def make_outside(run, Owner, graphs):
    """`Owner` is an optimizer or a metric, `graphs` TensorFlow's module `python.framework.ops`."""
    original = Owner.add_variable

    @functools.wraps(original)
    def add_variable(owner, *args, **kwargs):
        tensorflow = run.tensorflow
        # A step of the program's own stays as it is, and so does what a strategy makes of variables.
        if not run.depth or tensorflow.executing_eagerly() or tensorflow.distribute.has_strategy():
            return original(owner, *args, **kwargs)
        with tensorflow.init_scope(), _untouched(graphs.get_default_graph()):
            return original(owner, *args, **kwargs)

    Owner.add_variable = add_variable


@contextlib.contextmanager
def _untouched(graph):
    """Let new variables be what they are: the function that is traced would keep them for itself."""
    creators = graph._variable_creator_stack
    graph._variable_creator_stack = []
    try:
        yield
    finally:
        graph._variable_creator_stack = creators
