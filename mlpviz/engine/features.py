"""The input features: what of a point of the plane the network is given.

The points themselves, (x1, x2), are the first two; the others are functions of them that a single
unit could not make. The waves are sin 2πx and not sin x: the data lie in a plane of order 1, over
which sin x hardly bends, so that it would be x once more, and sin πx is nearly 4x (1 - x), which
x and x² already make. A whole wave to each unit of length is what neither of them can do.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from mlpviz.engine import Array
from mlpviz.engine.marked import marked

PLANE = ("x1", "x2")  # the points as they are


@dataclass(frozen=True, slots=True)
class Feature:
    """One entry of the table.

    Parameters
    ----------
    label : exactly what is computed, as briefly as the diagram must
    words : the same in words
    value : computes it from x1 and x2, two arrays of one shape
    """

    label: str
    words: str
    value: Callable[[Array, Array], Array]


FEATURES: dict[str, Feature] = {
    "x1": Feature("x₁", marked("the first coordinate"), lambda x1, _: x1),
    "x2": Feature("x₂", marked("the second coordinate"), lambda _, x2: x2),
    "x1_squared": Feature("x₁²", marked("the square of x₁"), lambda x1, _: x1 * x1),
    "x2_squared": Feature("x₂²", marked("the square of x₂"), lambda _, x2: x2 * x2),
    "x1_x2": Feature("x₁x₂", marked("the product of x₁ and x₂"), lambda x1, x2: x1 * x2),
    "sin_x1": Feature(
        "sin 2πx₁", marked("a wave along x₁"), lambda x1, _: np.sin(2.0 * np.pi * x1)
    ),
    "sin_x2": Feature(
        "sin 2πx₂", marked("a wave along x₂"), lambda _, x2: np.sin(2.0 * np.pi * x2)
    ),
}


def feature_rows(points: Array, names: Sequence[str]) -> Array:
    """Compute features in rows, (features, points); of x1 and x2 alone the points themselves.

    Parameters
    ----------
    points : (2, points)
    names : keys of FEATURES
    """
    if tuple(names) == PLANE:
        return points
    x1, x2 = points
    with np.errstate(all="ignore"):  # the square of a giant is infinite, and a result
        return np.stack([FEATURES[name].value(x1, x2) for name in names])


def features_of(X: Array, names: Sequence[str]) -> Array:
    """Compute the features of points, (samples, features); of x1 and x2 alone X itself.

    Parameters
    ----------
    X : (samples, 2)
    names : keys of FEATURES
    """
    return X if tuple(names) == PLANE else np.ascontiguousarray(feature_rows(X.T, names).T)


def feature_labels(names: Sequence[str], separator: str = ", ") -> str:
    """Write features one after the other."""
    return separator.join(FEATURES[name].label for name in names)
