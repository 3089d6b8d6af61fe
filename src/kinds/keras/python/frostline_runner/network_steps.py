"""A functional network as a straight line of steps, with the networks inside it inlined, for Keras 3 and tf.keras 2."""

import functools
import importlib
import itertools
from dataclasses import dataclass


class NotOnce(Exception):
    """Why a fit is left as it is."""


@dataclass(frozen=True)
class Value:
    """What the network takes, or what one of its steps gives."""

    number: int
    shape: tuple
    dtype: str


@dataclass
class Step:
    """One call of a layer or an operation; its arguments hold a `Value` where the call has a tensor."""

    operation: object
    args: tuple
    kwargs: dict
    inputs: list
    outputs: list


class Keras3:
    def __init__(self):
        functional = importlib.import_module("keras.src.models.functional")
        self.kinds = (functional.Functional, importlib.import_module("keras.src.models.sequential").Sequential)
        self.called = functional.operation_fn
        self.flatten = importlib.import_module("keras.src.tree").flatten
        self.map = importlib.import_module("keras.src.tree").map_structure

    def graph(self, model):
        return getattr(model, "_functional", model)

    def call_of(self, node, values):
        return node.operation, node.outputs, *node.arguments.fill_in(values)

    def run(self, operation, training, args, kwargs):
        return self.called(operation, training=training)(*args, **kwargs)

    def keeps_training(self, kwargs, outer):
        """Keras 3 forgets `base(x, training=False)` when the network around it is called."""
        return None


class Keras2:
    # A tensor may be read several times by one call.
    READS = 64

    def __init__(self):
        self.kinds = tuple(
            getattr(importlib.import_module(f"tf_keras.src.engine.{name}"), name.capitalize()) for name in ("functional", "sequential")
        )
        nest = importlib.import_module("tensorflow").nest
        self.flatten, self.map = nest.flatten, nest.map_structure

    def graph(self, model):
        return model

    def call_of(self, node, values):
        arguments = node.map_arguments({str(key): [value] * self.READS for key, value in values.items()})
        return node.layer, self.flatten(node.outputs), *arguments

    def run(self, operation, training, args, kwargs):
        if getattr(operation, "_expects_training_arg", False) and kwargs.get("training") is None:
            kwargs = {**kwargs, "training": training}
        return operation(*args, **kwargs)

    def keeps_training(self, kwargs, outer):
        given = kwargs.get("training")
        return outer if given is None else given


@functools.cache
def keras_of(version):
    return Keras2() if version == 2 else Keras3()


def network_steps(model, keras):
    """Return (value that the network takes, steps, value that it gives). Raises NotOnce for what is no plain network of layers."""
    steps = []
    graph = _plain_graph(model, keras)
    numbers = itertools.count()

    def value(tensor):
        return Value(next(numbers), tuple(tensor.shape), _dtype_of(tensor))

    def walk(graph, inputs, training):
        if len(graph.inputs) != len(inputs):
            raise NotOnce("a network inside it takes several inputs")
        values = {id(tensor): given for tensor, given in zip(graph.inputs, inputs)}
        for tensor, given in zip(graph.inputs, inputs):
            if _dtype_of(tensor) != given.dtype or len(tensor.shape) != len(given.shape):
                raise NotOnce("a network inside it takes its input in another form")
        for node in _nodes(graph):
            operation, gives, args, kwargs = keras.call_of(node, values)
            training_here = keras.keeps_training(kwargs, training)
            if hasattr(operation, "_nodes_by_depth") or isinstance(operation, keras.kinds):
                if kwargs.get("mask") is not None:
                    raise NotOnce("a network inside it is called with a mask")
                inner = _plain_graph(operation, keras)
                made = walk(inner, [one for one in keras.flatten(args) if isinstance(one, Value)], training_here)
            else:
                if training_here is not None and getattr(operation, "_expects_training_arg", False):
                    kwargs = {**kwargs, "training": training_here}
                made = [value(tensor) for tensor in gives]
                read = [one for one in keras.flatten((args, kwargs)) if isinstance(one, Value)]
                steps.append(Step(operation, args, kwargs, read, made))
            values.update({id(tensor): one for tensor, one in zip(gives, made)})
        return [values[id(tensor)] for tensor in graph.outputs]

    if len(graph.inputs) != 1 or len(graph.outputs) != 1:
        raise NotOnce("it has several inputs or outputs")
    images = value(graph.inputs[0])
    [output] = walk(graph, [images], None)
    return images, steps, output


def run_steps(keras, steps, values, training):
    """Compute the steps; `values` holds tensors by the numbers of their values, and is added to."""
    for step in steps:
        args, kwargs = keras.map(lambda one: values[one.number] if isinstance(one, Value) else one, (step.args, step.kwargs))
        made = keras.flatten(keras.run(step.operation, training, args, kwargs))
        values.update({value.number: tensor for value, tensor in zip(step.outputs, made)})
    return values


def _plain_graph(model, keras):
    """The network must be exactly what Keras makes of layers: a subclass may do anything in its `call` or `train_step`."""
    graph = keras.graph(model)
    if type(model) not in keras.kinds or graph is None or not getattr(graph, "_nodes_by_depth", None):
        raise NotOnce(f"{type(model).__name__} is not a network of layers alone")
    return graph


def _dtype_of(tensor):
    return getattr(tensor.dtype, "name", str(tensor.dtype))


def _nodes(graph):
    for depth in sorted(graph._nodes_by_depth, reverse=True):
        yield from (node for node in graph._nodes_by_depth[depth] if not node.is_input)
