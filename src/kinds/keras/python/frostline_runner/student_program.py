"""Executes the student's program as `__main__`, cell by cell where it is a notebook."""

import ast
import builtins
import linecache
import os
import re
import sys
import traceback
import types

from .channel import emit
from .errors import BudgetSpent, TimeIsUp, tell_error
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
            _execute(run, part, folder, main.__dict__)
        if not run.fits and not run.stepped:
            _second_chance(run, folder, main.__dict__)
        return True
    except BudgetSpent:
        # In a function that nobody else calls, nothing follows.
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


def _execute(run, part, folder, names):
    """Run a part; after a loop whose budget is spent, what follows the statement that the loop is in."""
    filename = os.path.join(folder, part.name)
    # Keras reads the source of functions again, which for a cell of a notebook is in no file.
    linecache.cache[filename] = (len(part.source), None, part.source.splitlines(keepends=True), filename)
    statements = ast.parse(part.source).body
    future = [one for one in statements if isinstance(one, ast.ImportFrom) and one.module == "__future__"]
    code = compile(part.source, filename, "exec")
    while code:
        try:
            exec(code, names)
            return
        except BudgetSpent as spent:
            run.leaving = None
            statements = _statements_after(statements, _line_in(filename, spent))
            emit("wentOn", file=part.name, line=statements[0].lineno if statements else None)
            code = compile(ast.Module(future + statements, []), filename, "exec") if statements else None


def _line_in(filename, error):
    """Return the line of the part that was being run: the outermost frame of its file."""
    return next(line for frame, line in traceback.walk_tb(error.__traceback__) if frame.f_code.co_filename == filename)


def _statements_after(statements, line):
    """Return what follows the statement of this line; inside an `if`, such as that of `__main__`, it goes on there."""
    for place, statement in enumerate(statements):
        if statement.lineno <= line <= statement.end_lineno:
            branches = [statement.body, statement.orelse] if isinstance(statement, ast.If) else []
            return [one for branch in branches for one in _statements_after(branch, line)] + statements[place + 1 :]
    return []


def _second_chance(run, folder, names):
    """Training that hides behind an inverted guard or in a function that nobody calls is found all the same."""
    source = "\n".join(part.source for part in run.job.program)
    if re.search(r"__name__\s*!=\s*['\"]__main__", source):
        emit("secondChance", why="its `__name__` guard is the wrong way round")
        names["__name__"] = "submission"
        for part in run.job.program:
            _execute(run, part, folder, names)
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
