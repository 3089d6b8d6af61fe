"""Imports TensorFlow and a Keras: in half the time without what Keras only tries to import."""

import contextlib
import gc
import importlib
import os
import pathlib
import re
import sys

# Packages that Keras does without where they are not there, and the words of a program that may use what Keras has of them.
TRIED = {
    "sklearn": re.compile("sklearn", re.IGNORECASE),
    "matplotlib": re.compile("matplotlib|gallery"),
    # scikit-learn can answer with tables of pandas.
    "pandas": re.compile("pandas|sklearn|as_frame", re.IGNORECASE),
}


def load_keras(legacy, source=""):
    """Return `tf_keras` or `keras`, with all that a program of this source can use of it."""
    if legacy:
        os.environ["TF_USE_LEGACY_KERAS"] = "1"
    with _not_trying([name for name, words in TRIED.items() if not words.search(source)]), _not_collecting():
        # Before Keras, which is loaded by it as programs know it.
        importlib.import_module("tensorflow")
        return importlib.import_module("tf_keras" if legacy else "keras")


def whole_source(program, folder):
    """Return the text of the program's parts and of all Python that lies beside it."""
    beside = [path.read_text("utf-8", "ignore") for path in pathlib.Path(folder).rglob("*.py") if path.is_file()]
    return "\n".join([*(part.source for part in program), *beside])


@contextlib.contextmanager
def _not_trying(names):
    """Answer imports of these packages as if they were not installed, and only for now: the program finds them."""
    hidden = [name for name in names if name not in sys.modules]
    sys.modules.update(dict.fromkeys(hidden))
    try:
        yield
    finally:
        for name in hidden:
            del sys.modules[name]


@contextlib.contextmanager
def _not_collecting():
    """Modules stay as long as the process does: to look for garbage among them is lost time, now and in training."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()
