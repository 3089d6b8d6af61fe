"""Read a PyTorch state dict (`.pth`, the layout before version 1.6) without PyTorch."""

import collections
import pickle

import numpy as np

_MAGIC = 0x1950A86A20F9469CFC6C
_DTYPES = {"FloatStorage": np.float32, "LongStorage": np.int64}


def read_state_dict(path):
    """Return {name: numpy array}; raise `pickle.UnpicklingError` on anything that is not a plain tensor."""
    with open(path, "rb") as file:
        if _Unpickler(file).load() != _MAGIC:
            raise pickle.UnpicklingError(f"{path} does not start like a state dict")
        for _protocol_and_system in range(2):
            _Unpickler(file).load()
        unpickler = _Unpickler(file)
        tensors = unpickler.load()
        for key in _Unpickler(file).load():
            storage = unpickler.storages[key]
            (count,) = np.fromfile(file, "<i8", 1)
            if count != storage.size:
                raise pickle.UnpicklingError(f"storage {key} holds {count} values, expected {storage.size}")
            storage[:] = np.fromfile(file, storage.dtype, storage.size)
    return tensors


class _Unpickler(pickle.Unpickler):
    """A pickle is a program, so only the three names that build a dict of tensors may be called."""

    def __init__(self, file):
        super().__init__(file)
        self.storages = {}

    def find_class(self, module, name):
        if (module, name) == ("collections", "OrderedDict"):
            return collections.OrderedDict
        if (module, name) == ("torch._utils", "_rebuild_tensor_v2"):
            return _view
        if module == "torch" and name in _DTYPES:
            return _DTYPES[name]
        raise pickle.UnpicklingError(f"{module}.{name} is not allowed in a state dict")

    def persistent_load(self, pid):
        _kind, dtype, key, _device, size, *_view_of = pid
        return self.storages.setdefault(key, np.zeros(size, dtype))


def _view(storage, offset, shape, stride, *_gradient):
    # The values are read after the tensors are built, so a tensor is a view into its storage.
    strides = [step * storage.itemsize for step in stride]
    return np.lib.stride_tricks.as_strided(storage[offset:], shape, strides)
