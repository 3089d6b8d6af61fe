"""Tells an exception with the place in the student's own file."""

import os
import re
import traceback

from .channel import emit


# HDF5, Keras, the operations and the files of TensorFlow.
MISSING_FILE = re.compile(
    r"unable to open file: name = '([^']+)', errno = 2|File not found: filepath=(.+?)\. Please|^(?:\{\{.*?\}\} )?([^;]+); No such file or directory|Could not find directory (\S+)"
)
SHAPES = re.compile(r"\bshapes?\b|\bndim\b|\bdimensions?\b|\bincompatible\b", re.IGNORECASE)


class NotOfferedError(OSError):
    """The program asked for something that the assignment does not have. `what` is `base` or `data`."""

    def __init__(self, what, asked):
        super().__init__(f"{asked} is not part of this assignment, and there is no network")
        self.what, self.asked = what, asked


class TimeIsUp(BaseException):
    """Raised in the student's code at its deadline; not an Exception, so that ordinary handlers let it pass."""


class BudgetSpent(BaseException):
    """Raised in a training loop of the student's own where its budget ends; the program goes on after the loop."""


def tell_error(error, folder):
    """Emit what stopped the program; `folder` holds the student's files."""
    reason, cause = _root(error, folder)
    if isinstance(cause, NotOfferedError):
        return emit("notOffered", what=cause.what, asked=cause.asked)
    file, line = _place(error, folder)
    message = str(error)
    if reason is not error:
        message = f"{message} The reason: {type(reason).__name__}: {reason}"
    if isinstance(error, SyntaxError):
        message = error.msg
    kind = _kind(error)
    emit(
        "error",
        kind=kind,
        name=type(error).__name__,
        message=message,
        file=file,
        line=line,
        code=_code(error, folder, line),
        missing=_missing(error, kind, folder),
    )


def _kind(error):
    if isinstance(error, SyntaxError):
        return "syntax"
    if isinstance(error, TimeIsUp):
        return "seconds"
    if isinstance(error, MemoryError) or type(error).__name__ == "ResourceExhaustedError":
        return "memory"
    if isinstance(error, ModuleNotFoundError):
        return "import"
    if _missing_file(error):
        return "file"
    if isinstance(error, ValueError) or type(error).__name__ == "InvalidArgumentError":
        return "shape" if SHAPES.search(str(error)) else "run"
    return "run"


def _missing(error, kind, folder):
    """Return the module or the file that is not there, where that is what is wrong."""
    if kind == "import":
        return (error.name or "a module").partition(".")[0]
    if kind == "file":
        path = _missing_file(error)
        return os.path.relpath(path, folder) if path.startswith(folder) else path
    return None


def _missing_file(error):
    """Return the path that was looked for in vain; libraries tell it in words of their own."""
    if isinstance(error, FileNotFoundError) and error.filename:
        return os.fsdecode(error.filename)
    if isinstance(error, (OSError, ValueError)) or type(error).__name__ == "NotFoundError":
        found = MISSING_FILE.search(str(error))
        return next(filter(None, found.groups())) if found else None
    return None


def _root(error, folder):
    """Keras wraps what went wrong in a Lambda or a data set; returns (what the student caused, the innermost cause)."""
    reason = cause = error
    seen = set()
    while id(cause) not in seen:
        seen.add(id(cause))
        # Keras raises its own words `from None`, but keeps what they are about.
        inner = cause.__cause__ or cause.__context__
        if inner is None:
            break
        cause = inner
        if _frames(cause, folder) and isinstance(error, NotImplementedError):
            reason = cause
    return reason, cause


def _place(error, folder):
    if isinstance(error, SyntaxError) and error.filename:
        return _shown(error.filename, folder), error.lineno
    frames = _frames(error, folder)
    return (_shown(frames[-1].filename, folder), frames[-1].lineno) if frames else (None, None)


def _code(error, folder, line):
    if isinstance(error, SyntaxError):
        return (error.text or "").strip()[:200] or None
    frames = _frames(error, folder)
    return (frames[-1].line or "").strip()[:200] or None if frames else None


def _frames(error, folder):
    return [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename.startswith(folder)]


def _shown(filename, folder):
    return os.path.relpath(filename, folder) if filename.startswith(folder) else os.path.basename(filename)
