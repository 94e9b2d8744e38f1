"""Hand-made frames, curves and updates."""

from dataclasses import fields, is_dataclass, replace
from typing import Any

import numpy as np

from mlpviz.engine import Array
from mlpviz.engine.network import layer_views
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.capture import USUAL, capture
from mlpviz.experiment.run.frame import Frame
from mlpviz.experiment.run.history import LossCurve, Rise
from mlpviz.experiment.run.record import Position
from mlpviz.experiment.run.run import Run
from mlpviz.experiment.run.runner import Update
from mlpviz.experiment.run.want import Want


def make_frame(
    recipe: Recipe | None = None, epochs: int = 0, want: Want = USUAL, **changes: Any
) -> Frame:
    """Take a frame of a real run, and change what a test wants otherwise.

    Where it wants another epoch, that is where the run stands, unless it says `live`, too.
    """
    run = Run(recipe or Recipe())
    run.advance(epochs)
    if "epoch" in changes:
        changes.setdefault("live", Position(changes["epoch"], len(run.changes)))
    return replace(capture(run, want), **changes)


def make_update(recipe: Recipe | None = None, epochs: int = 0, **changes: Any) -> Update:
    """Return an update of a paused run."""
    return replace(Update((make_frame(recipe, epochs),), is_playing=False), **changes)


def with_weights(frame: Frame, everywhere: float = 0.0, **weights: float) -> Frame:
    """Return a frame with all parameters alike but some: `w0_1_2=3.0` is weights[0][1, 2]."""
    parameters = np.full_like(frame.parameters, everywhere)
    matrices, _ = layer_views(parameters, frame.recipe.sizes)
    for name, value in weights.items():
        block, i, j = map(int, name[1:].split("_"))
        matrices[block][i, j] = value
    return replace(frame, parameters=parameters)


def curve_of(
    *losses: float, stride: int = 1, high: Array | None = None, rise: Rise | None = None
) -> LossCurve:
    """Return a curve of these losses; what is not finite leaves its bucket empty and broken."""
    values = np.array(losses, dtype=np.float64)
    finite = np.isfinite(values)
    low = np.where(finite, values, np.nan)
    broken = ~finite
    first = int(np.argmax(broken)) if broken.any() else None
    found = (None, None) if first is None else (first * stride, losses[first])
    return LossCurve(stride, low, low if high is None else high, broken, *found, rise)


def differing_fields(first: Any, second: Any) -> list[str]:
    """Name the fields in which two frames, or other dataclasses, differ by so much as a byte."""
    return [
        field.name
        for field in fields(first)
        if not _are_alike(getattr(first, field.name), getattr(second, field.name))
    ]


def _are_alike(a: Any, b: Any) -> bool:
    if isinstance(a, np.ndarray) and isinstance(b, np.ndarray):
        return (a.dtype, a.shape, a.tobytes()) == (b.dtype, b.shape, b.tobytes())
    if isinstance(a, float) and isinstance(b, float):
        return a.hex() == b.hex()
    if isinstance(a, tuple) and isinstance(b, tuple):
        return len(a) == len(b) and all(map(_are_alike, a, b))
    if is_dataclass(a) and type(a) is type(b):
        return not differing_fields(a, b)
    return bool(a == b)
