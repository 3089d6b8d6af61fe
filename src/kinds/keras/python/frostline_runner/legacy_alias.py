"""In a tf.keras 2 run every `keras` is `tf_keras`: programs mix both names, and two versions in one graph do not work."""

import importlib
import importlib.abc
import importlib.machinery
import sys


class LegacyAlias(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Answers imports of `keras` and of its old module paths."""

    def find_spec(self, name, path, target=None):
        if name == "keras" or name.startswith("keras."):
            return importlib.machinery.ModuleSpec(name, self, is_package=True)
        return None

    def create_module(self, spec):
        _, _, tail = spec.name.partition(".")
        parent = tail.rpartition(".")[0]
        for known in (f"tf_keras.{tail}", f"tf_keras.src.{tail}", f"tf_keras.{parent}", "tf_keras"):
            try:
                return importlib.import_module(known.rstrip("."))
            except ImportError:
                continue
        raise ModuleNotFoundError(f"No module named '{spec.name}'", name=spec.name)

    def exec_module(self, module):
        pass


class MovedModules(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Answers imports of modules such as `tf_keras.utils.np_utils`, which are still there but no longer public."""

    def find_spec(self, name, path, target=None):
        if name.startswith("tf_keras.") and not name.startswith("tf_keras.src"):
            return importlib.machinery.ModuleSpec(name, self, is_package=True)
        return None

    def create_module(self, spec):
        try:
            return importlib.import_module(spec.name.replace("tf_keras.", "tf_keras.src.", 1))
        except ImportError as error:
            raise ModuleNotFoundError(f"No module named '{spec.name}'", name=spec.name) from error

    def exec_module(self, module):
        pass


def alias_keras():
    sys.meta_path.insert(0, LegacyAlias())
    sys.meta_path.append(MovedModules())
