"""The data: points of the plane with a class each, or with a number each.

Every entry of `DATASETS` makes X of shape (samples, 2) and Y of shape (samples, 1). Y is the number
of the class, 0 or 1, in the sets that leave the choice up to 5; or in the sets for regression a
number from -1 to 1. Samples are numbered from 0 in the order in which
they stand. `linear` and `xor` are those of the report that the project reproduces, and lie in the
unit square; all others lie in the square from -1 to 1. There classes take turns, and so they are
balanced.

Noise is a share from 0 to 0.5. It never changes a target, which is that of the place before the
noise, and the same seed gives the same points, displaced the further the more noise there is. 0
leaves them as they are.

What depends on a sine, an exponential or a logarithm is rounded to six decimals: the last digit of
such functions differs between machines, that of the data should not.
"""

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from mlpviz.engine import Array
from mlpviz.engine.marked import marked

# Randomness is default_rng((seed, purpose)): 1 data, 2 initial weights, 3 batches, 4 split.
DATA_PURPOSE, SPLIT_PURPOSE = 1, 4
MAX_CLASSES = 6  # as many as colours and markers tell apart
DECIMALS = 6
BUMP_COLUMNS, BUMP_ROWS, BUMP_WIDTH = (-0.65, 0.0, 0.65), (-0.45, 0.45), 0.25
DISPLACED = marked(
    "how far at most a point is displaced in each direction, in half sides of the square"
)


def linear(samples: int, seed: int, noise: float = 0.0) -> tuple[Array, Array]:
    """Draw points uniformly from the unit square; class 0 where x1 > x2, else class 1."""
    rng = np.random.default_rng((seed, DATA_PURPOSE))
    X = rng.uniform(0.0, 1.0, (samples, 2))
    Y = np.where(X[:, :1] > X[:, 1:], 0.0, 1.0)
    return _displaced(X, 0.5 * noise, rng), Y


def xor(samples: int = 21, seed: int = 0, noise: float = 0.0) -> tuple[Array, Array]:
    """Return the 21 points of the easy XOR: the two diagonals of the unit square.

    For i = 0 … 10: (0.1 i, 0.1 i) of class 0, then (0.1 i, 1 - 0.1 i) of class 1. The centre,
    where the diagonals meet, stands once, as class 0. There are always 21: `samples` is there
    because every set is called alike, and `seed` matters for the noise alone.
    """
    points: list[tuple[float, float]] = []
    classes: list[float] = []
    for i in range(11):
        points.append((0.1 * i, 0.1 * i))
        classes.append(0.0)
        if i != 5:
            points.append((0.1 * i, 1.0 - 0.1 * i))
            classes.append(1.0)
    rng = np.random.default_rng((seed, DATA_PURPOSE))
    return _displaced(np.array(points), 0.5 * noise, rng), np.array(classes)[:, np.newaxis]


def circle(samples: int, seed: int, noise: float = 0.0) -> tuple[Array, Array]:
    """Draw a disc of class 0, radius 0 to 0.5, in a ring of class 1, radius 0.7 to 1."""
    rng, classes = _start(samples, seed)
    share, turn = rng.uniform(0.0, 1.0, (2, samples))
    radius = np.where(classes == 0, 0.5 * share, 0.7 + 0.3 * share)
    return _finish(_polar(radius, turn), classes, noise, rng)


def quadrants(samples: int, seed: int, noise: float = 0.0) -> tuple[Array, Array]:
    """Draw the XOR of two signs: class 0 where x1 and x2 have the same one, 0.05 off the axes."""
    rng, classes = _start(samples, seed)
    size = rng.uniform(0.05, 1.0, (samples, 2))
    is_left = rng.integers(0, 2, samples) == 1
    signs = np.where(np.stack((is_left, is_left ^ (classes == 1)), axis=1), -1.0, 1.0)
    return _finish(signs * size, classes, noise, rng)


def gaussians(samples: int, seed: int, noise: float = 0.0, classes: int = 2) -> tuple[Array, Array]:
    """Draw a normal cloud per class: two around (-0.5, -0.5) and (0.5, 0.5), more on a circle.

    The circle has a radius of 0.7, on which the first of them stands at the top. The standard
    deviation of each coordinate is 0.15 + 0.7 noise.
    """
    rng, number = _start(samples, seed, classes)
    if classes == 2:
        centres = np.where(number == 0, -0.5, 0.5)[:, np.newaxis]
    else:
        centres = np.round(_polar(np.full(samples, 0.7), 0.25 + number / classes), DECIMALS)
    clouds = centres + (0.15 + 0.7 * noise) * rng.standard_normal((samples, 2))
    return _finish(clouds, number, 0.0, rng)


def spiral(samples: int, seed: int, noise: float = 0.0, classes: int = 2) -> tuple[Array, Array]:
    """Draw an arm per class, from radius 0.1 to 1, evenly turned against each other.

    Each makes three turns divided by the number of classes, so that neighbours lie equally far
    apart however many there are. The root spreads the points evenly along the arms.
    """
    rng, number = _start(samples, seed, classes)
    way = np.sqrt(rng.uniform(0.0, 1.0, samples))
    arms = _polar(0.1 + 0.9 * way, 3.0 / classes * way + number / classes)
    return _finish(arms, number, noise, rng)


def moons(samples: int, seed: int, noise: float = 0.0) -> tuple[Array, Array]:
    """Draw two half circles that reach into each other.

    The upper one is class 0, (cos t, sin t), the lower class 1, (1 - cos t, 0.5 - sin t), with t
    from 0 to π; both are then moved and shrunk into x1 from -1 to 1.
    """
    rng, classes = _start(samples, seed)
    upper = _polar(np.ones(samples), 0.5 * rng.uniform(0.0, 1.0, samples))
    halves = np.where(classes[:, np.newaxis] == 0, upper, np.array((1.0, 0.5)) - upper)
    return _finish((halves - np.array((0.5, 0.25))) / 1.5, classes, noise, rng)


def checkerboard(samples: int, seed: int, noise: float = 0.0) -> tuple[Array, Array]:
    """Draw points in the squares of a board of 4 by 4, the one at the lower left of class 0.

    A twentieth of each square's side is left free at its edges.
    """
    rng, classes = _start(samples, seed)
    row = rng.integers(0, 4, samples)
    column = 2 * rng.integers(0, 2, samples) + (row + classes) % 2
    inside = rng.uniform(0.05, 0.95, (samples, 2))
    squares = 0.5 * (np.stack((column, row), axis=1) + inside) - 1.0
    return _finish(squares, classes, noise, rng)


def plane(samples: int, seed: int, noise: float = 0.0) -> tuple[Array, Array]:
    """Draw points uniformly from the square, of target (x1 + x2)/2, before the noise."""
    X, rng = _square(samples, seed)
    return _displaced(X, noise, rng), X.mean(axis=1, keepdims=True)


def multi_gaussian(samples: int, seed: int, noise: float = 0.0) -> tuple[Array, Array]:
    """Draw points uniformly from the square, of target the sum of six bumps, before the noise.

        Σ ± exp(-|x - c|² / 2σ²),   σ = 0.25

    The centres c stand in three columns and two rows; neighbours have opposite signs.
    """
    X, rng = _square(samples, seed)
    Y = np.zeros((samples, 1))
    for i, x1 in enumerate(BUMP_COLUMNS):
        for j, x2 in enumerate(BUMP_ROWS):
            squares = ((X - np.array((x1, x2))) ** 2).sum(axis=1, keepdims=True)
            Y += (-1.0) ** (i + j) * np.exp(-squares / (2.0 * BUMP_WIDTH**2))
    return _displaced(X, noise, rng), np.round(Y, DECIMALS)


def train_split(samples: int, share: float, seed: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Choose which samples train and which are kept for the test, each in its order.

    Parameters
    ----------
    samples : at least 2
    share : of the samples that train; at least one trains and one is kept

    Returns
    -------
    The numbers of the samples that train, and of those that do not.
    """
    order = np.random.default_rng((seed, SPLIT_PURPOSE)).permutation(samples)
    count = min(max(round(share * samples), 1), samples - 1)
    return np.sort(order[:count]), np.sort(order[count:])


def _square(samples: int, seed: int) -> tuple[Array, np.random.Generator]:
    """Draw points uniformly from the square from -1 to 1; return the generator too."""
    rng = np.random.default_rng((seed, DATA_PURPOSE))
    return np.round(rng.uniform(-1.0, 1.0, (samples, 2)), DECIMALS), rng


def _start(
    samples: int, seed: int, classes: int = 2
) -> tuple[np.random.Generator, NDArray[np.intp]]:
    """Return the generator of a set, and classes that take turns, from 0."""
    return np.random.default_rng((seed, DATA_PURPOSE)), np.arange(samples) % classes


def _polar(radius: Array, turn: Array) -> Array:
    """Return the points at these radii and turns, (samples, 2)."""
    angle = 2.0 * np.pi * turn
    return np.stack((radius * np.cos(angle), radius * np.sin(angle)), axis=1)


def _displaced(X: Array, reach: float, rng: np.random.Generator) -> Array:
    """Move every point by up to `reach` in each direction, evenly distributed; 0 is not at all."""
    return X + reach * rng.uniform(-1.0, 1.0, X.shape) if reach > 0.0 else X


def _finish(
    X: Array, classes: NDArray[np.intp], noise: float, rng: np.random.Generator
) -> tuple[Array, Array]:
    """Displace the points by the noise, and write the classes as targets."""
    rounded = np.round(X, DECIMALS)
    return _displaced(rounded, noise, rng), classes[:, np.newaxis].astype(np.float64)


class Make(Protocol):
    """How a set is made: X (samples, 2) and Y (samples, 1)."""

    def __call__(self, samples: int, seed: int, noise: float = 0.0) -> tuple[Array, Array]:
        """Make it."""


class MakeClasses(Protocol):
    """How a set is made that leaves the number of its classes to choose."""

    def __call__(
        self, samples: int, seed: int, noise: float = 0.0, classes: int = 2
    ) -> tuple[Array, Array]:
        """Make it."""


@dataclass(frozen=True, slots=True)
class Dataset:
    """One entry of the table.

    Parameters
    ----------
    label, description : for people
    make : makes it from the number of samples, the seed and the noise
    make_classes : does so from the number of classes too, 2 to MAX_CLASSES; None where there are 2
    fixed_size : None where the number of samples can be chosen
    noise : what the noise is
    is_regression : whether the targets are numbers rather than classes
    """

    label: str
    description: str
    make: Make
    make_classes: MakeClasses | None = None
    fixed_size: int | None = None
    noise: str = DISPLACED
    is_regression: bool = False

    def draw(self, samples: int, seed: int, noise: float, classes: int) -> tuple[Array, Array]:
        """Make it; the number of classes matters where the set leaves it to choose."""
        if self.make_classes is None:
            return self.make(samples, seed, noise)
        return self.make_classes(samples, seed, noise, classes)


DATASETS: dict[str, Dataset] = {
    "linear": Dataset(
        marked("linear"),
        marked("Points of the unit square, divided by the diagonal x₁ = x₂"),
        linear,
    ),
    "xor": Dataset(
        marked("xor"), marked("Two crossing diagonals, 21 points: the easy XOR"), xor, fixed_size=21
    ),
    "circle": Dataset(marked("circle"), marked("A disc in a ring"), circle),
    "quadrants": Dataset(marked("quadrants"), marked("XOR of the signs of x₁ and x₂"), quadrants),
    "gaussians": Dataset(
        marked("gaussians"),
        marked("A normal cloud per class"),
        gaussians,
        gaussians,
        noise=marked("how wide the clouds are: their standard deviation is 0.15 + 0.7 · noise"),
    ),
    "spiral": Dataset(marked("spiral"), marked("An arm per class: the hard one"), spiral, spiral),
    "moons": Dataset(marked("moons"), marked("Two half circles that reach into each other"), moons),
    "checkerboard": Dataset(
        marked("checkerboard"), marked("A board of 4 by 4 squares"), checkerboard
    ),
    "plane": Dataset(
        marked("plane"), marked("Regression: the target (x₁ + x₂) / 2"), plane, is_regression=True
    ),
    "multi_gaussian": Dataset(
        marked("multi Gaussian"),
        marked("Regression: the target is the sum of six bumps, up and down in turn"),
        multi_gaussian,
        is_regression=True,
    ),
}
REGRESSIONS = frozenset(key for key, entry in DATASETS.items() if entry.is_regression)
