"""Prepares pictures with the program's own function, such as `preprocess` or `preprocess_data`."""

import ast
import inspect
import os
import sys

import numpy as np

from .legacy_alias import alias_keras
from .load_keras import load_keras, whole_source
from .optional_modules import offer_optional_modules


def load_function(prepare):
    """Return the function called `prepare.name`, from what the program defines: nothing that it calls is run."""
    folder = prepare.folder
    # Before the program does, and so that its own imports find it.
    load_keras(prepare.keras == 2, whole_source(prepare.program, folder))
    if prepare.keras == 2:
        alias_keras()
    offer_optional_modules(folder)
    sys.path.insert(0, folder)
    os.chdir(folder)
    names = {"__name__": "submission"}
    for part in prepare.program:
        filename = os.path.join(folder, part.name)
        for statement in ast.parse(part.source).body:
            if not _defines(statement):
                continue
            try:
                exec(compile(ast.Module([statement], []), filename, "exec"), names)
            except Exception:
                # What the function does not need may be missing; what it needs, it will name when it is called.
                continue
    return names[prepare.name]


def defined_function(name, folder):
    """Return the function of this name in the program that has run: its own, or one of a file beside it; else None."""
    beside = [module for module in list(sys.modules.values()) if str(getattr(module, "__file__", None)).startswith(folder)]
    for module in (sys.modules["__main__"], *beside):
        if callable(found := vars(module).get(name)):
            return found
    return None


def prepared_by(function, pixels, expected):
    """
    Apply `function` to `pixels` (n, height, width, 3; 0..255), as a program does to bytes or to floats: whichever comes
    nearer to `expected`, what was fed to training as far as it was recognised, or None.
    """
    tried, problem = [], None
    for kind in ("uint8", "float32"):
        try:
            tried.append(_called(function, np.rint(pixels).astype(kind) if kind == "uint8" else pixels.astype(kind)))
        except Exception as error:
            problem = problem or error
    if not tried:
        raise problem
    if expected is None or any(one.shape != expected.shape for one in tried):
        return tried[0]
    return min(tried, key=lambda one: float(np.abs(one - expected).mean()))


def _defines(statement):
    if isinstance(statement, (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.ClassDef)):
        return True
    return isinstance(statement, (ast.Assign, ast.AnnAssign)) and not any(isinstance(node, ast.Call) for node in ast.walk(statement))


def _called(function, pixels):
    """Call it on all pictures; on one after the other where it takes them one by one."""
    try:
        return _rows(_call(function, pixels, np.zeros(len(pixels), "int64")), len(pixels))
    except Exception:
        return _rows(np.stack([np.asarray(_call(function, picture, np.int64(0))) for picture in pixels]), len(pixels))


def _call(function, pixels, label):
    needed = [
        parameter
        for parameter in inspect.signature(function).parameters.values()
        if parameter.default is parameter.empty and parameter.kind in (parameter.POSITIONAL_ONLY, parameter.POSITIONAL_OR_KEYWORD)
    ]
    result = function(pixels, label) if len(needed) > 1 else function(pixels)
    return result[0] if isinstance(result, tuple) else result


def _rows(result, count):
    rows = np.asarray(result, "float32")
    if rows.ndim != 4 or len(rows) != count:
        raise ValueError(f"it returns the shape {rows.shape} for {count} pictures")
    return rows
