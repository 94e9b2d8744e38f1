"""Checks of what own data are given: each returns what is kept, or says what is wrong."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from mlpviz.engine import Array
from mlpviz.engine.datasets import MAX_CLASSES
from mlpviz.experiment.language import tr
from mlpviz.experiment.plain_text import has_surrogate, one_line, shown

MAX_POINTS = 100_000
MAX_MAGNITUDE = 1e100  # of a number: its square and a sum of squares stay finite
MAX_NAME = 200  # characters
MOST_CHOICES = 20  # of how a table was read


def check_inputs(X: Array, Y: Array) -> None:
    if X.ndim != 2 or X.shape[1] != 2 or Y.shape != X.shape[:1]:
        raise ValueError(tr("own must have two inputs and one class or target for each point."))
    if not 2 <= len(Y) <= MAX_POINTS:
        raise ValueError(
            tr("own must have 2 to {most} points. Got {got}.", most=MAX_POINTS, got=len(Y))
        )
    bad = ~(np.abs(X) <= MAX_MAGNITUDE).all(axis=1)  # NaN is not <= either
    if bad.any():
        number = int(bad.argmax())
        raise ValueError(
            tr(
                "own.points[{number}] must have finite inputs of at most {most}. Got {got}.",
                number=number,
                most=f"{MAX_MAGNITUDE:g}",
                got=X[number].tolist(),
            )
        )


def check_classes(Y: Array, count: int) -> None:
    bad = ~np.isin(Y, range(count))
    if bad.any():
        number = int(bad.argmax())
        raise ValueError(
            tr(
                "own.points[{number}] must have a class number from 0 to {most}. Got {got}.",
                number=number,
                most=count - 1,
                got=f"{Y[number]:g}",
            )
        )
    for number in range(count):
        if number not in Y:
            raise ValueError(
                tr("own must have a point of each class. Class {number} has none.", number=number)
            )


def check_targets(Y: Array) -> None:
    bad = ~(np.abs(Y) <= MAX_MAGNITUDE)  # NaN is not <= either
    if bad.any():
        number = int(bad.argmax())
        raise ValueError(
            tr(
                "own.points[{number}] must have a finite target of at most {most}. Got {got}.",
                number=number,
                most=f"{MAX_MAGNITUDE:g}",
                got=f"{Y[number]:g}",
            )
        )
    if (Y[0] == Y).all():
        raise ValueError(
            tr("own must have two different targets. Got {got} for each point.", got=f"{Y[0]:g}")
        )


def point_array(points: Any) -> Array:
    """Return the points of a JSON file as an array, (points, 3)."""
    if not isinstance(points, list) or not 2 <= len(points) <= MAX_POINTS:
        most = MAX_POINTS
        if not isinstance(points, list):
            got = type(points).__name__
            raise ValueError(
                tr(
                    "own.points must be a list of 2 to {most} points. Got {got}.",
                    most=most,
                    got=got,
                )
            )
        got = str(len(points))
        raise ValueError(
            tr(
                "own.points must be a list of 2 to {most} points. Got {got} points.",
                most=most,
                got=got,
            )
        )
    for number, point in enumerate(points):
        # bool is an int to Python, and a text of digits is no number.
        if not isinstance(point, list) or [type(v) in (int, float) for v in point] != [True] * 3:
            raise ValueError(
                tr(
                    "own.points[{number}] must be [x1, x2, class or target], all numbers. Got "
                    "{got}.",
                    number=number,
                    got=shown(point),
                )
            )
    try:
        return np.array(points, np.float64)
    except OverflowError:  # an int beyond the largest float
        raise ValueError(
            tr("own.points must be at most {most}.", most=f"{MAX_MAGNITUDE:g}")
        ) from None


def own_text(name: str, value: Any) -> str:
    if not isinstance(value, str) or not 1 <= len(value) <= MAX_NAME or has_surrogate(value):
        raise ValueError(
            tr(
                "own.{name} must be 1 to {most} characters. Got {got}.",
                name=name,
                most=MAX_NAME,
                got=shown(value),
            )
        )
    found = one_line(value)
    if not found:
        raise ValueError(
            tr(
                "own.{name} must be a name that can be read. Got {got}.",
                name=name,
                got=shown(value),
            )
        )
    return found


def own_texts(name: str, values: Any, count: int) -> tuple[str, ...]:
    if not isinstance(values, list | tuple) or len(values) != count:
        raise ValueError(
            tr(
                "own.{name} must be {wanted} names. Got {got}.",
                name=name,
                wanted=count,
                got=shown(values),
            )
        )
    return tuple(own_text(f"{name}[{i}]", value) for i, value in enumerate(values))


def own_class_names(values: Any) -> tuple[str, ...]:
    counts = (0, *range(2, MAX_CLASSES + 1))
    if not isinstance(values, list | tuple) or len(values) not in counts:
        raise ValueError(
            tr(
                "own.classes must be 2 to {most} names, or none where the targets are numbers. Got "
                "{got}.",
                most=MAX_CLASSES,
                got=shown(values),
            )
        )
    names = own_texts("classes", values, len(values))
    for number, name in enumerate(names):
        if name in names[:number]:
            raise ValueError(tr("own.classes must differ. Got {name} twice.", name=shown(name)))
    return names


def own_reading(values: Any) -> tuple[tuple[str, str], ...]:
    """Return how a table was read, from the object of a recipe too."""
    items = tuple(values.items()) if isinstance(values, Mapping) else values
    is_known = isinstance(items, tuple) and len(items) <= MOST_CHOICES
    if not is_known or not all(
        isinstance(item, tuple) and len(item) == 2 and all(map(_is_short, item)) for item in items
    ):
        raise ValueError(
            tr(
                "own.reading must have at most {most} choices, each with its value as a text. Got "
                "{got}.",
                most=MOST_CHOICES,
                got=shown(values),
            )
        )
    return tuple((one_line(name), one_line(value)) for name, value in items)


def _is_short(value: Any) -> bool:
    return isinstance(value, str) and len(value) <= MAX_NAME and not has_surrogate(value)


def own_numbers(name: str, values: Any, count: int) -> tuple[float, ...]:
    are_numbers = (
        isinstance(values, list | tuple)
        and len(values) == count
        and [type(v) in (int, float) and abs(v) <= MAX_MAGNITUDE for v in values] == [True] * count
    )
    if not are_numbers:
        most = f"{MAX_MAGNITUDE:g}"
        if count == 1:
            got = shown(values[0])
            raise ValueError(
                tr(
                    "own.{name} must be a number of at most {most}. Got {got}.",
                    name=name,
                    most=most,
                    got=got,
                )
            )
        raise ValueError(
            tr(
                "own.{name} must be {wanted} numbers of at most {most}. Got {got}.",
                name=name,
                wanted=count,
                most=most,
                got=shown(values),
            )
        )
    return tuple(float(value) for value in values)
