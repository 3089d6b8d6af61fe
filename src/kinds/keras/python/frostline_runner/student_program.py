"""Executes the student's program as `__main__`, cell by cell where it is a notebook."""

import ast
import builtins
import linecache
import os
import re
import sys
import types

from .channel import emit
from .errors import TimeIsUp, tell_error
from .optional_modules import Nothing


def run_program(run, folder):
    """Run the parts of the program; what stops it is told, not raised. Returns whether it came to its end."""
    main = types.ModuleType("__main__")
    main.__dict__.update(
        __file__=os.path.join(folder, run.job.entry),
        __builtins__=builtins,
        display=lambda *args, **kwargs: None,
        get_ipython=lambda: Nothing(),
    )
    sys.modules["__main__"] = main
    sys.argv = [main.__file__]
    sys.path.insert(0, folder)
    os.environ["PYTHONPATH"] = folder
    builtins.input = lambda prompt="": ""
    try:
        for part in run.job.program:
            _execute(part, folder, main.__dict__)
        if not run.fits and not run.stepped:
            _second_chance(run, folder, main.__dict__)
        return True
    except SystemExit as stop:
        emit("exit", code=stop.code if isinstance(stop.code, int) else 0 if stop.code is None else 1)
        return True
    except (Exception, KeyboardInterrupt, TimeIsUp) as error:
        tell_error(error, folder)
        return False


def is_readable(run, folder):
    """Tell the first syntax error; returns whether there is none."""
    try:
        for part in run.job.program:
            compile(part.source, os.path.join(folder, part.name), "exec")
        return True
    except (SyntaxError, ValueError) as error:
        tell_error(error, folder)
        return False


def _execute(part, folder, names):
    filename = os.path.join(folder, part.name)
    # Keras reads the source of functions again, which for a cell of a notebook is in no file.
    linecache.cache[filename] = (len(part.source), None, part.source.splitlines(keepends=True), filename)
    exec(compile(part.source, filename, "exec"), names)


def _second_chance(run, folder, names):
    """Training that hides behind an inverted guard or in a function that nobody calls is found all the same."""
    source = "\n".join(part.source for part in run.job.program)
    if re.search(r"__name__\s*!=\s*['\"]__main__", source):
        emit("secondChance", why="its `__name__` guard is the wrong way round")
        names["__name__"] = "submission"
        for part in run.job.program:
            _execute(part, folder, names)
        return
    for node in ast.parse(source).body:
        if isinstance(node, ast.FunctionDef) and _needs_nothing(node) and _trains(node):
            emit("secondChance", why=f"it never calls its function {node.name}()")
            names[node.name]()
            return


def _needs_nothing(function):
    return len(function.args.args) <= len(function.args.defaults)


def _trains(function):
    calls = [node.attr for node in ast.walk(function) if isinstance(node, ast.Attribute)]
    return "fit" in calls or "fit_generator" in calls
