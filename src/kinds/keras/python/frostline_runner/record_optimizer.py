"""Records which variables an optimizer was really given, as its step was traced, and hands steps outside `fit` to loops."""

import functools
from dataclasses import dataclass

from .custom_loops import count_steps, enter_loop, leave_loop


@dataclass
class Stepped:
    """An optimizer that took a step, with the variables it was given; held, so that no other gets its id."""

    optimizer: object
    variables: list


def record_optimizer(run, Optimizer, method):
    """Wrap the method of `Optimizer` that takes gradients with their variables."""
    original = getattr(Optimizer, method)

    @functools.wraps(original)
    def step(optimizer, gradients, *args, **kwargs):
        gradients = list(gradients)
        variables = _variables(optimizer, method, gradients, args, kwargs)
        run.stepped[id(optimizer)] = Stepped(optimizer, variables)
        if run.depth:
            return optimizer.iterations if run.structure_only else original(optimizer, gradients, *args, **kwargs)
        loop = enter_loop(run, optimizer, variables)
        if run.structure_only:
            leave_loop(run, loop, "structure")
        result = original(optimizer, gradients, *args, **kwargs)
        # What is only traced here is counted where the function that it becomes has run.
        if run.tensorflow.executing_eagerly():
            count_steps(run)
        return result

    setattr(Optimizer, method, step)


def _variables(optimizer, method, gradients, args, kwargs):
    if method == "apply_gradients":
        return [variable for _, variable in gradients]
    given = args[0] if args else kwargs.get("trainable_variables")
    return list(given if given is not None else getattr(optimizer, "_trainable_variables", []))
