"""EfficientNet-Lite0 up to the end of stage 5: its layers, and where each weight is in the published state dict."""

# Of each stage: blocks, kernel, stride, expansion, output channels.
STAGES = [(1, 3, 1, 1, 16), (2, 3, 2, 6, 24), (2, 5, 2, 6, 40), (3, 3, 2, 6, 80), (3, 5, 1, 6, 112)]
STEM_CHANNELS = 32
BATCH_NORM_SLOTS = {
    "gamma": "weight",
    "beta": "bias",
    "moving_mean": "running_mean",
    "moving_variance": "running_var",
}


def layers():
    """Return the layers in order, each {class_name, config, inputs}, as a layers model describes them."""
    graph = [_layer("InputLayer", "image", [], batch_input_shape=[None, None, None, 3], sparse=False)]
    x = _conv_norm(graph, "stem_conv", "stem_bn", "image", _conv(STEM_CHANNELS, 3, 2), relu="stem_relu")
    channels, block = STEM_CHANNELS, 0
    for stage, (repeats, kernel, stride, expansion, out_channels) in enumerate(STAGES, start=1):
        for repeat in range(repeats):
            name, skip = f"block{block}", x
            if expansion > 1:
                expand = _conv(channels * expansion, 1, 1)
                x = _conv_norm(graph, f"{name}_expand", f"{name}_bn0", x, expand, f"{name}_expand_relu")
            depthwise = _depthwise(kernel, stride if repeat == 0 else 1)
            x = _conv_norm(graph, f"{name}_dw", f"{name}_bn1", x, depthwise, f"{name}_dw_relu")
            x = _conv_norm(graph, f"{name}_project", f"{name}_bn2", x, _conv(out_channels, 1, 1))
            if repeat > 0:
                x = _append(graph, _layer("Add", f"{name}_add", [skip, x]))
            channels, block = out_channels, block + 1
        x = _append(graph, _layer("Activation", f"stage{stage}_out", [x], activation="linear"))
    return graph


def weights(state_dict):
    """Yield (layer, slot, float32 array in channels-last order) in the order of the model's weights."""
    for layer in layers():
        name, kind = layer["config"]["name"], layer["class_name"]
        published = _published_name(name)
        if kind == "Conv2D":
            yield name, "kernel", state_dict[f"{published}.weight"].transpose(2, 3, 1, 0)
        elif kind == "DepthwiseConv2D":
            yield name, "depthwise_kernel", state_dict[f"{published}.weight"].transpose(2, 3, 0, 1)
        elif kind == "BatchNormalization":
            for slot, key in BATCH_NORM_SLOTS.items():
                yield name, slot, state_dict[f"{published}.{key}"]


def _published_name(layer):
    scope, _, part = layer.partition("_")
    if scope == "stem":
        return {"conv": "_conv_stem", "bn": "_bn0"}.get(part)
    parts = {"expand": "_expand_conv", "dw": "_depthwise_conv", "project": "_project_conv"}
    return f"_blocks.{scope.removeprefix('block')}.{parts.get(part, '_' + part)}"


def _conv_norm(graph, conv_name, norm_name, x, conv, relu=None):
    class_name, config = conv
    x = _append(graph, _layer(class_name, conv_name, [x], **config))
    x = _append(graph, _layer("BatchNormalization", norm_name, [x], axis=-1, momentum=0.99, epsilon=1e-3))
    return _append(graph, _layer("ReLU", relu, [x], max_value=6.0)) if relu else x


def _conv(filters, size, stride):
    return "Conv2D", {"filters": filters, **_window(size, stride)}


def _depthwise(size, stride):
    return "DepthwiseConv2D", {"depth_multiplier": 1, **_window(size, stride)}


def _window(size, stride):
    return {"kernel_size": [size, size], "strides": [stride, stride], "padding": "same", "use_bias": False}


def _layer(class_name, name, inputs, **config):
    trainable = {} if class_name == "InputLayer" else {"trainable": True}
    return {"class_name": class_name, "inputs": inputs, "config": {"name": name, "dtype": "float32", **trainable, **config}}


def _append(graph, layer):
    graph.append(layer)
    return layer["config"]["name"]
