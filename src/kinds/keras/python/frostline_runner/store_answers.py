"""Answers `get_file`: a base of the assignment, weights of a published network, or a clear no. There is no network."""

import os
import re

from .channel import emit
from .checkpoint_files import model_file, weights_file
from .errors import NotOfferedError
from .stand_in import stand_in_path

ENDINGS = re.compile(r"\.(?:json|keras|h5|hdf5|weights)$")
# Names that say nothing by themselves; the folder before them does.
GENERIC = {"model.json", "model.keras", "model.h5"}
# What Keras calls the weight files of its networks; the rest is read from the file's name as it stands.
PUBLISHED = (
    ("mobilenet_v2_weights", "MobileNetV2"),
    ("mobilenet_", "MobileNet"),
    ("weights_mobilenet_v3_small", "MobileNetV3Small"),
    ("weights_mobilenet_v3_large", "MobileNetV3Large"),
    ("inception_v3", "InceptionV3"),
    ("inception_resnet_v2", "InceptionResNetV2"),
    ("nasnet_mobile", "NASNetMobile"),
    ("nasnet_large", "NASNetLarge"),
)
NO_TOP = re.compile(r"_?no_?top(?:_v2)?")
NETWORK = re.compile(r"^(vgg\d+|resnet\d+(?:v2)?|xception|densenet\d+|efficientnet(?:v2-)?[a-z]\d?|convnext_[a-z]+)(?=_|$)")


def get_file(run):
    """Return the function that stands in for `keras.utils.get_file`."""

    def answer(fname=None, origin=None, untar=False, *args, extract=False, **kwargs):
        address = str(origin or fname or "")
        asked = os.path.basename(str(fname or address).split("?")[0])
        published = os.path.basename(address.split("?")[0])
        for name in (published, asked):
            family = published_family(name)
            if family:
                return published_weights(run, name, *family)
        base = match_base(run.job.bases, address) or match_base(run.job.bases, asked)
        if base:
            return base_file(run, base, asked)
        if untar or extract or "dataset" in address or run.job.dataset.name in address:
            return _data_folder(run, asked)
        raise NotOfferedError("base", address)

    return answer


def published_family(file_name):
    """Return (family, alpha or None) of a weight file of `keras.applications`; None for other files."""
    name = file_name.lower()
    if not name.endswith(".h5"):
        return None
    found = next((family for start, family in PUBLISHED if name.startswith(start)), None)
    network = NETWORK.match(name)
    if found is None and network is None:
        return None
    return found or network[1], _alpha(name)


def match_base(bases, address):
    """Return the base that `address` means, compared by its ending."""
    asked = _parts(address)
    for base in bases:
        if any(_ending(_parts(known)) == _ending(asked) for known in base.addresses):
            return base
    names = [ENDINGS.sub("", part) for part in asked[-2:]]
    return next((base for base in bases if base.name.lower() in names), None)


def base_file(run, base, asked):
    """Return the path of a base as a whole model, written once."""
    ending = ".h5" if asked.endswith((".h5", ".hdf5")) else ".keras"
    path = os.path.join(run.job.scratch, base.name + ending)
    if not os.path.exists(path):
        model_file(run, base, path)
    emit("base", name=base.name, file=os.path.basename(path))
    return path


def published_weights(run, name, family, alpha):
    """Return the path of the weight file `name` of a published network, from a base of it; else of random weights."""
    for base in run.job.bases:
        # The published file itself needs no converting.
        if base.main == name:
            emit("base", name=base.name, file=name)
            return os.path.join(base.folder, name)
    with_top = not NO_TOP.search(name)
    for base in run.job.bases:
        if _same(base.family, family) and _is_variant(base, name, alpha):
            path = os.path.join(run.job.scratch, name)
            if os.path.exists(path) or weights_file(base, path, with_top):
                emit("base", name=base.name, file=name)
                return path
    emit("standIn", file=name, family=family)
    return stand_in_path(name)


def _is_variant(base, name, alpha):
    """Tell whether `base` may hold the weights of the file `name`: a published file is one variant and no other."""
    if published_family(base.main):
        return NO_TOP.sub("", base.main) == NO_TOP.sub("", name)
    return alpha is None or _alpha(base.name) in (None, alpha)


def _data_folder(run, asked):
    known = re.sub(r"\W", "", run.job.dataset.name.lower())
    if known not in re.sub(r"\W", "", asked.lower()):
        raise NotOfferedError("data", asked)
    return os.path.abspath("data")


def _alpha(name):
    """Return the width multiplier in a name such as `mobilenet_2_5_224_tf.h5` or `mobilenet_v1_0.25_224`."""
    decimal = re.search(r"(\d\.\d+)", name)
    if decimal:
        return float(decimal[1])
    # Keras writes 0.25 as `2_5`, 0.5 as `5_0`, 0.75 as `7_5` and 1 as `1_0`.
    spelled = re.match(r"mobilenet_(\d)_(\d)_", name)
    return {"1_0": 1.0, "7_5": 0.75, "5_0": 0.5, "2_5": 0.25}.get(f"{spelled[1]}_{spelled[2]}") if spelled else None


def _same(first, second):
    return re.sub(r"\W|_", "", first.lower()) == re.sub(r"\W|_", "", second.lower())


def _parts(address):
    return [part for part in re.split(r"[/\\]+", re.sub(r"[?#].*$", "", address.lower())) if part]


def _ending(parts):
    last = ENDINGS.sub("", parts[-1]) if parts else ""
    return "/".join(parts[-2:-1]) if parts and parts[-1] in GENERIC else last
