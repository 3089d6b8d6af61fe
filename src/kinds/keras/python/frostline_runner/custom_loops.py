"""Loops that a program writes around an optimizer itself: their steps and pictures, and the budget that ends them."""

import functools
import gc
import os
import sys
from dataclasses import dataclass

from .channel import emit
from .deadline import stop_if_late
from .describe_training import iterations, learning_rate
from .errors import BudgetSpent


@dataclass
class Loop:
    """Steps of one optimizer outside `fit`; a loop that was stopped is not `open`, and a step after it begins another."""

    optimizer: object
    # Held, because the function that trains it may be left.
    model: object
    before: int
    ends: float
    steps: int = 0
    samples: int = 0
    open: bool = True


def enter_loop(run, optimizer, variables):
    """Return the loop that a step of `optimizer` belongs to; its first step begins it."""
    if run.leaving is not None:
        # The program caught what was to end its loop.
        raise run.leaving
    for loop in run.loops:
        if loop.open and loop.optimizer is optimizer:
            return loop
    emit("customLoop", optimizer=type(optimizer).__name__, learningRate=learning_rate(optimizer))
    ends = run.clock() + run.seconds_for_this_fit()
    loop = Loop(optimizer, _model_of(run, variables), iterations(optimizer) or 0, ends)
    run.loops.append(loop)
    # What was fitted, or kept by its callbacks, before the loop is no longer what the program leaves.
    run.fitted, run.base_of_head, run.checkpoint_file, run.saves = None, None, None, []
    return loop


def count_steps(run):
    """Count what the optimizers have done since the last call, and end a loop whose budget is spent."""
    for loop in run.loops:
        new = (iterations(loop.optimizer) or 0) - loop.before - loop.steps if loop.open else 0
        if new <= 0:
            continue
        # Where nobody can know the size of a batch, it counts as one picture.
        pictures = new * max(1, run.batch_rows)
        # Two optimizers that step on the same batch have seen its pictures once.
        run.batch_rows = 0
        loop.steps += new
        loop.samples += pictures
        run.samples += pictures
        limit = _used_up(run, loop)
        if limit:
            leave_loop(run, loop, limit)


def leave_loop(run, loop, limit):
    """Raise what ends the statement of the program that the loop is in."""
    loop.open = False
    file, line = _place(run.job.folder)
    emit("loopStopped", stopped=limit, steps=loop.steps, file=file, line=line)
    run.leaving = BudgetSpent(f"the loop has used its {limit}")
    raise run.leaving


def custom_steps(run):
    """Return how many steps were taken outside `fit`; where none is taken, each loop counts as the one that was tried."""
    return len(run.loops) if run.structure_only else sum(loop.steps for loop in run.loops)


def watch_batches(run, Model, Function):
    """Wrap what a loop calls with a batch: a model, its `train_on_batch`, and functions that TensorFlow has compiled.

    Before such a call is also where a program whose time is over is ended.
    """
    for owner, name in ((Model, "__call__"), (Model, "train_on_batch"), (Function, "__call__")):
        setattr(owner, name, _watched(run, getattr(owner, name), counts=owner is Function))


def _watched(run, original, counts):
    @functools.wraps(original)
    def call(owner, *args, **kwargs):
        stop_if_late(run)
        if run.depth or not run.tensorflow.executing_eagerly():
            return original(owner, *args, **kwargs)
        run.batch_rows = _rows((*args, *kwargs.values())) or run.batch_rows
        if run.structure_only and kwargs.get("training"):
            # Statistics of BatchNormalization must stay as they are, too.
            kwargs["training"] = False
        result = original(owner, *args, **kwargs)
        if counts:
            count_steps(run)
        return result

    return call


def _rows(values):
    """Return the first dimension of the first batch among `values`; 0 where none is one."""
    for value in values:
        if isinstance(value, (tuple, list)) and (rows := _rows(value)):
            return rows
        # Inputs of a network that is being built have no first dimension yet.
        if getattr(value, "ndim", 0) > 1 and value.shape[0]:
            return int(value.shape[0])
    return 0


def _model_of(run, variables):
    """Return the largest model that has any of the variables and belongs to no other."""
    known = [one for one in gc.get_objects() if isinstance(one, run.Model) and getattr(one, "built", False)]
    inner = {id(layer) for model in known for layer in model._flatten_layers(include_self=False)}
    trained = {id(variable) for variable in variables}
    return max(
        (model for model in known if id(model) not in inner),
        key=lambda model: (any(id(weight) in trained for weight in model.weights), len(model.weights)),
        default=None,
    )


def _used_up(run, loop):
    budget = run.job.budget
    if run.clock() > loop.ends:
        return "seconds"
    if budget.steps is not None and loop.steps >= budget.steps:
        return "steps"
    if budget.samples is not None and run.samples >= budget.samples:
        return "samples"
    # A loop has no epochs of its own: each is as many pictures as the assignment has for training.
    if budget.epochs is not None and loop.samples >= budget.epochs * run.job.dataset.trainingPictures:
        return "epochs"
    return None


def _place(folder):
    """Return (file, line) of the innermost of the student's lines that run now."""
    frame = sys._getframe()
    while frame and not frame.f_code.co_filename.startswith(folder):
        frame = frame.f_back
    return (os.path.relpath(frame.f_code.co_filename, folder), frame.f_lineno) if frame else (None, None)
