"""The data: points of the plane with a class each.

Every entry of `DATASETS` makes X of shape (samples, 2) and Y of shape (samples, 1), Y being 0 or
1. Samples are numbered from 0 in the order in which they stand. Both sets are those of the report
that the project reproduces.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from mlpviz.engine import Array

DATA_PURPOSE = 1  # randomness is default_rng((seed, purpose)): 1 data, 2 initial weights


def linear(samples: int, seed: int) -> tuple[Array, Array]:
    """Draw points uniformly from the unit square; class 0 where x1 > x2, else class 1."""
    X = np.random.default_rng((seed, DATA_PURPOSE)).uniform(0.0, 1.0, (samples, 2))
    Y = np.where(X[:, :1] > X[:, 1:], 0.0, 1.0)
    return X, Y


def xor(samples: int = 21, seed: int = 0) -> tuple[Array, Array]:
    """Return the 21 points of the easy XOR: the two diagonals of the unit square.

    For i = 0 … 10: (0.1 i, 0.1 i) of class 0, then (0.1 i, 1 - 0.1 i) of class 1. The centre,
    where the diagonals meet, stands once, as class 0. There is nothing to draw or to choose:
    `samples` and `seed` are there because every set is called alike.
    """
    points: list[tuple[float, float]] = []
    classes: list[float] = []
    for i in range(11):
        points.append((0.1 * i, 0.1 * i))
        classes.append(0.0)
        if i != 5:
            points.append((0.1 * i, 1.0 - 0.1 * i))
            classes.append(1.0)
    return np.array(points), np.array(classes)[:, np.newaxis]


@dataclass(frozen=True, slots=True)
class Dataset:
    """One entry of the table. `fixed_size` is None where the number of samples can be chosen."""

    label: str
    description: str
    make: Callable[[int, int], tuple[Array, Array]]
    fixed_size: int | None


DATASETS: dict[str, Dataset] = {
    "linear": Dataset(
        "linear", "Points of the unit square, divided by the diagonal x₁ = x₂", linear, None
    ),
    "xor": Dataset("xor", "Two crossing diagonals, 21 points: the easy XOR", xor, 21),
}
