"""What of a network gives the same for an image in every epoch: frozen, without chance, and before all that trains."""

import numpy as np

from .network_steps import NotOnce, keras_of, network_steps, run_steps

# Layers whose output depends on nothing but input, weights and settings, in training too, once they are frozen.
PURE = frozenset(
    """InputLayer Conv1D Conv2D Conv2DTranspose DepthwiseConv2D SeparableConv2D Dense BatchNormalization LayerNormalization
    GroupNormalization UnitNormalization MaxPooling2D AveragePooling2D GlobalAveragePooling2D GlobalMaxPooling2D Activation
    ReLU LeakyReLU ELU PReLU Softmax Add Subtract Multiply Average Maximum Minimum Concatenate Flatten Reshape Permute
    ZeroPadding2D Cropping2D UpSampling2D Rescaling Resizing CenterCrop Normalization Identity""".split()
)
# Layers that do nothing at this setting, or in Keras 2 when they are called as if nothing trained.
CHANCE = {"Dropout": "rate", "SpatialDropout2D": "rate", "GaussianDropout": "rate", "GaussianNoise": "stddev"}
# Operations of TensorFlow on the way through a network of Keras 2.
PURE_SYMBOLS = ("math.", "nn.bias_add", "nn.relu", "__operators__.", "cast", "reshape", "concat", "convert_to_tensor", "image.resize")
# Of all steps, so that what is spared is worth the second function that is traced.
LEAST_SHARE = 0.5
# Of features, for each number of an image: the memory that a program may take is its own.
MOST_NUMBERS = 2
OURS = ("keras.src.", "tf_keras.src.")


class FrozenPart:
    """The first steps of a network, and the values (`features`) that the others, the `rest`, read of them."""

    def __init__(self, run, model):
        self.tensorflow, version = run.tensorflow, run.job.keras
        self.keras = keras_of(version)
        self.input, steps, self.output = network_steps(model, self.keras)
        frozen = {self.input.number}
        self.steps, self.rest = [], []
        for step in steps:
            if _is_pure(step, version) and all(value.number in frozen for value in step.inputs):
                frozen.update(value.number for value in step.outputs)
                self.steps.append(step)
            else:
                self.rest.append(step)
        if len(self.steps) < LEAST_SHARE * len(steps) or not any(getattr(step.operation, "weights", None) for step in self.steps):
            raise NotOnce("little that is frozen stands before all that trains")
        if self.output.number in frozen:
            raise NotOnce("nothing is left to train")
        read = {value.number: value for step in self.rest for value in step.inputs if value.number in frozen}
        self.features = [read[number] for number in sorted(read)]
        # Which layers train is settled with the first step after `compile`, and holds until the next.
        self.flags = [(layer, layer.trainable) for layer in model._flatten_layers()]
        # The function of the model that such steps were traced in.
        self.traced = None
        # For images of one shape: the shapes of their features, and how many numbers those are.
        self.image_shape, self.shapes, self.width = None, None, 0
        self._compute = None

    def take(self, image_shape):
        """Get ready for images of this shape, [height, width, channels]. Raises NotOnce for what cannot be."""
        if self.image_shape not in (None, image_shape) or not _fits(image_shape, self.input.shape[1:]):
            raise NotOnce("its images have another shape")
        if self.image_shape is None:
            # Of any number of images, for a second size of batch would be traced anew.
            spec = self.tensorflow.TensorSpec((None, *image_shape), self.input.dtype)
            compute = self.tensorflow.function(self._features_of, input_signature=[spec], autograph=False)
            made = compute.get_concrete_function().structured_outputs
            if any(None in one.shape[1:] or one.dtype.name != "float32" for one in made):
                raise NotOnce("its features have no fixed size")
            shapes = [tuple(one.shape[1:]) for one in made]
            width = sum(map(_size, shapes))
            if width > MOST_NUMBERS * _size(image_shape):
                raise NotOnce("its features take much more memory than its images")
            self.image_shape, self.shapes, self.width, self._compute = image_shape, shapes, width, compute

    def compute(self, images):
        """Return the features of a batch of images, shape [images, width]."""
        made = self._compute(self.tensorflow.constant(images, self.input.dtype))
        return np.concatenate([one.numpy().reshape(len(images), -1) for one in made], axis=1)

    def _features_of(self, images):
        values = run_steps(self.keras, self.steps, {self.input.number: images}, False)
        return [values[one.number] for one in self.features]

    def rest_of(self, features, training):
        """Compute what the network gives, from features of shape [images, width]."""
        parts = self.tensorflow.split(features, [_size(shape) for shape in self.shapes], axis=1)
        values = {
            one.number: self.tensorflow.reshape(part, (-1, *shape)) for one, part, shape in zip(self.features, parts, self.shapes)
        }
        return run_steps(self.keras, self.rest, values, training)[self.output.number]


def _size(shape):
    return int(np.prod(shape))


def _fits(shape, expected):
    return len(shape) == len(expected) and None not in shape and all(wanted in (None, size) for size, wanted in zip(shape, expected))


def _is_pure(step, version):
    operation = step.operation
    name, module = type(operation).__name__, type(operation).__module__
    if not module.startswith(OURS):
        return False
    if module.startswith("keras.src.ops."):
        return "random" not in module and "Random" not in name
    if name in ("TFOpLambda", "SlicingOpLambda"):
        symbol = getattr(operation, "symbol", None) or ""
        return symbol.startswith(PURE_SYMBOLS) and "random" not in symbol
    still = version == 2 and step.kwargs.get("training") is False
    if name in CHANCE:
        return still or getattr(operation, CHANCE[name], None) == 0
    if name not in PURE or operation.trainable_variables or _is_changed(operation):
        return False
    return name != "BatchNormalization" or still or not operation.trainable


def _is_changed(layer):
    """Whether the layer may do more than its class does: a function of the program's, a patched call, half precision."""
    activation = getattr(layer, "activation", None)
    own = activation is not None and not getattr(activation, "__module__", "").startswith((*OURS, "tensorflow"))
    patched = "call" in vars(layer) or "__call__" in vars(layer)
    return own or patched or getattr(layer, "activity_regularizer", None) is not None or layer.compute_dtype != "float32"
