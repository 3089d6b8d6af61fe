"""Optimizers, losses, metrics and callbacks in plain values."""

import re

CALLBACK_SETTINGS = ("monitor", "patience", "factor", "min_lr", "restore_best_weights", "save_best_only")


def optimizer_of(model):
    optimizer = getattr(model, "optimizer", None)
    # Mixed precision wraps the optimizer in one that scales the loss.
    return getattr(optimizer, "inner_optimizer", None) or optimizer


def describe_optimizer(model):
    optimizer = optimizer_of(model)
    if optimizer is None:
        return {"class": "none", "learningRate": None, "schedule": None, "iterations": None}
    schedule = _schedule(optimizer)
    return {
        "class": type(optimizer).__name__,
        "learningRate": learning_rate(optimizer),
        "schedule": type(schedule).__name__ if schedule is not None else None,
        "iterations": iterations(optimizer),
        "settings": _settings(optimizer),
    }


def _settings(optimizer):
    """Return what else the optimizer was made with, such as momentum or weight decay."""
    try:
        config = optimizer.get_config()
    except Exception:
        return {}
    told = ("name", "learning_rate")
    return {name: value for name, value in config.items() if name not in told and isinstance(value, (bool, int, float, str))}


def learning_rate(optimizer):
    """Return the rate of the next step; None where it has no value outside a graph."""
    try:
        schedule = _schedule(optimizer)
        if schedule is not None:
            return float(schedule(optimizer.iterations))
        rate = optimizer.learning_rate
        return float(rate.numpy() if hasattr(rate, "numpy") else rate)
    except Exception:
        return None


def iterations(optimizer):
    try:
        count = optimizer.iterations
        return int(count.numpy() if hasattr(count, "numpy") else count)
    except Exception:
        return None


def _schedule(optimizer):
    given = getattr(optimizer, "_learning_rate", None)
    return given if callable(given) and hasattr(given, "get_config") else None


def describe_loss(loss):
    """Return (name as Keras's function is called, from_logits); of several losses the first."""
    if isinstance(loss, dict):
        loss = next(iter(loss.values()), None)
    if isinstance(loss, (list, tuple)):
        loss = loss[0] if loss else None
    if loss is None:
        return None, None
    if isinstance(loss, str):
        return snake_case(loss), False
    config = {}
    try:
        config = loss.get_config()
    except Exception:
        pass
    own = getattr(loss, "__name__", None)
    logits = config.get("from_logits", getattr(loss, "from_logits", None))
    return snake_case(own or type(loss).__name__), bool(logits) if logits is not None else False


def snake_case(name):
    spaced = re.sub(r"(.)([A-Z][a-z]+)", r"\1_\2", re.sub(r"\W", "", name))
    return re.sub(r"([a-z])([A-Z])", r"\1_\2", spaced).lower()


def metric_names(metrics):
    if metrics is None:
        return []
    if isinstance(metrics, dict):
        return [name for value in metrics.values() for name in metric_names(value)]
    if isinstance(metrics, (list, tuple)):
        return [name for value in metrics for name in metric_names(value)]
    if isinstance(metrics, str):
        return [metrics]
    return [str(getattr(metrics, "name", None) or getattr(metrics, "__name__", None) or type(metrics).__name__)]


def callbacks_of(given):
    """Return the callbacks among the arguments of a fit as a list."""
    callbacks = given.get("callbacks") or []
    if hasattr(callbacks, "callbacks"):
        callbacks = callbacks.callbacks
    return list(callbacks) if isinstance(callbacks, (list, tuple)) else [callbacks]


def describe_callback(callback):
    settings = [
        f"{name}={value}"
        for name, value in vars(callback).items()
        if name in CALLBACK_SETTINGS and isinstance(value, (int, float, str, bool))
    ]
    return f"{type(callback).__name__}({', '.join(settings)})"[:400]
