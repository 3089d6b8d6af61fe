"""Records which variables an optimizer was really given, as its step was traced, and steps outside `fit`."""

import functools
from dataclasses import dataclass

from .channel import emit
from .describe_training import iterations, learning_rate


@dataclass
class Stepped:
    """An optimizer that took a step: `outside` counts from when a loop of the program's own began."""

    optimizer: object
    variables: list
    outside: bool
    iterations_before: int | None


def record_optimizer(run, Optimizer, method):
    """Wrap the method of `Optimizer` that takes gradients with their variables."""
    original = getattr(Optimizer, method)

    @functools.wraps(original)
    def step(optimizer, gradients, *args, **kwargs):
        gradients = list(gradients)
        variables = _variables(optimizer, method, gradients, args, kwargs)
        known = run.stepped.get(id(optimizer))
        outside = run.depth == 0
        if known is None or not outside or not known.outside:
            run.stepped[id(optimizer)] = Stepped(optimizer, variables, outside, iterations(optimizer))
        if outside and (known is None or not known.outside):
            emit("customLoop", optimizer=type(optimizer).__name__, learningRate=learning_rate(optimizer))
        if run.structure_only:
            return optimizer.iterations
        return original(optimizer, gradients, *args, **kwargs)

    setattr(Optimizer, method, step)


def custom_steps(run):
    """Return how many steps were taken outside `fit`."""
    loops = [stepped for stepped in run.stepped.values() if stepped.outside]
    if run.structure_only:
        # None was taken: each loop counts as the one that was tried.
        return len(loops)
    return sum((iterations(loop.optimizer) or 0) - (loop.iterations_before or 0) for loop in loops)


def _variables(optimizer, method, gradients, args, kwargs):
    if method == "apply_gradients":
        return [variable for _, variable in gradients]
    given = args[0] if args else kwargs.get("trainable_variables")
    return list(given if given is not None else getattr(optimizer, "_trainable_variables", []))

