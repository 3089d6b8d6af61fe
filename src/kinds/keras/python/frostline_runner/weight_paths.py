"""Weights by the path that the harness gives them in a saved model: `<container>/<layer>/<slot>`."""

import hashlib

import numpy as np

# Keras 3 calls a depthwise kernel `kernel`; the path keeps the name it has everywhere else.
RENAMED = {("DepthwiseConv2D", "kernel"): "depthwise_kernel", ("DepthwiseConv1D", "kernel"): "depthwise_kernel"}


def weight_paths(model):
    """Return [(path, variable)] of all weights of `model`, in the order of its layers."""
    found, seen = [], set()

    def add(layer, path):
        for variable in getattr(layer, "weights", []):
            if id(variable) not in seen:
                seen.add(id(variable))
                found.append((f"{path}/{slot_of(layer, variable)}" if path else slot_of(layer, variable), variable))

    def visit(container, prefix):
        for layer in inner_layers(container):
            path = prefix + layer.name
            visit(layer, f"{path}/")
            add(layer, path)

    visit(model, "")
    add(model, "")
    return found


def inner_layers(layer):
    """Return the layers that a model or a wrapper holds."""
    listed = getattr(layer, "layers", None)
    if isinstance(listed, (list, tuple)):
        return listed
    return [inner for inner in (getattr(layer, "layer", None), getattr(layer, "backward_layer", None)) if hasattr(inner, "weights")]


def slot_of(layer, variable):
    parts = (getattr(variable, "path", None) or variable.name).partition(":")[0].split("/")
    if layer.name in parts[:-1]:
        parts = parts[len(parts) - parts[::-1].index(layer.name) :]
    else:
        parts = parts[-1:]
    slot = "/".join(parts)
    return RENAMED.get((type(layer).__name__, slot), slot)


def paths_of(model, variables):
    """Return the paths of those of the model's weights that are among `variables`."""
    wanted = {id(variable) for variable in variables}
    return [path for path, variable in weight_paths(model) if id(variable) in wanted]


def trainable_paths(model):
    return paths_of(model, model.trainable_variables)


def digests(model):
    """Return {path: sha256 of the float32 little-endian bytes}."""
    return {path: hashlib.sha256(np.ascontiguousarray(values_of(variable), "<f4")).hexdigest() for path, variable in weight_paths(model)}


def values_of(variable):
    return variable.numpy() if hasattr(variable, "numpy") else np.asarray(variable)


def layers_of(model):
    """Return every layer that holds no others, with containers inlined."""
    for layer in inner_layers(model):
        if inner_layers(layer):
            yield from layers_of(layer)
        else:
            yield layer
