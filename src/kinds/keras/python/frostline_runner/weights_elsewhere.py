"""Weights that a program looks for where it was written, such as `/kaggle/input/`: known by the name of their file."""

import functools
import ntpath
import os

from .store_answers import published_family, published_weights


def local_weights(run, path):
    """Return where the published weights lie that `path` names on another machine; other paths stay as they are."""
    family = _missing_family(path)
    return path if family is None else published_weights(run, ntpath.basename(path), *family)


def find_elsewhere(module):
    """Let `module.exists`, by which networks check the file they are given, say yes to such paths."""
    original = module.exists

    @functools.wraps(original)
    def exists(path):
        return original(path) or _missing_family(str(path)) is not None

    module.exists = exists


def _missing_family(path):
    return None if os.path.exists(path) else published_family(ntpath.basename(path))
