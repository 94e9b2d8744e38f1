"""Own data: points from a file, from the clipboard or drawn by hand, as one frozen value.

They keep the units of whoever made them. A network learns badly from inputs of any size, so they
are trained on as (x - offset) / factor, about 0 to 1; an axis that shows x turns this round.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from mlpviz.engine import Array

OWN = "own"  # the key of the data set that is own data
MAX_POINTS = 100_000
MAX_MAGNITUDE = 1e100  # of a coordinate: its square and a sum of squares stay finite
MAX_NAME = 200  # characters
CLASS_COUNT = 2  # as many as one output unit tells apart
FIELDS = ("names", "target", "classes", "offsets", "factors", "points")


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class OwnData:
    """Points of two inputs and their classes. Equal is what has the same content.

    Parameters
    ----------
    X : (points, 2), in the units of the file; read-only
    Y : (points,), the number of the class of each: 0 or 1; read-only
    names : of the two inputs
    target : the name of what the classes are classes of
    classes : the name of each class, as the file has it
    offsets, factors : of each input, for training: (x - offset) / factor

    Raises
    ------
    ValueError
        with a sentence that names what is wrong.
    """

    X: Array
    Y: Array
    names: tuple[str, str] = ("x₁", "x₂")
    target: str = "class"
    classes: tuple[str, ...] = ("0", "1")
    offsets: tuple[float, float] = (0.0, 0.0)
    factors: tuple[float, float] = (1.0, 1.0)
    digest: bytes = field(init=False)  # of all the others: recipes are compared at every frame

    def __post_init__(self) -> None:
        X = np.array(self.X, np.float64)  # a copy: nobody else can change it
        Y = np.array(self.Y, np.float64)
        _check_points(X, Y)
        self._set(
            X=X,
            Y=Y,
            names=_texts("names", self.names, 2),
            target=_text("target", self.target),
            classes=_texts("classes", self.classes, CLASS_COUNT),
            offsets=_numbers("offsets", self.offsets),
            factors=_numbers("factors", self.factors),
        )
        if self.classes[0] == self.classes[1]:
            raise ValueError(f"own.classes must differ. Got {self.classes[0]!r} twice.")
        if min(self.factors) <= 0.0:
            raise ValueError(f"own.factors must be > 0. Got {min(self.factors):g}.")
        with np.errstate(over="ignore"):
            if not np.abs(self._scaled()).max() <= MAX_MAGNITUDE:
                raise ValueError(f"own.factors must keep all inputs within {MAX_MAGNITUDE:g}.")
        for array in (X, Y):
            array.setflags(write=False)
        words = (self.names, self.target, self.classes, self.offsets, self.factors)
        content = hashlib.blake2b(repr(words).encode(), digest_size=16)
        content.update(X.tobytes())
        content.update(Y.tobytes())
        self._set(digest=content.digest())

    @property
    def counts(self) -> tuple[int, int]:
        """How many points each class has."""
        ones = int(self.Y.sum())
        return len(self.Y) - ones, ones

    @property
    def is_scaled(self) -> bool:
        """Whether training has other numbers than the file."""
        return self.offsets != (0.0, 0.0) or self.factors != (1.0, 1.0)

    def training_data(self) -> tuple[Array, Array]:
        """Return X (points, 2), scaled, and Y (points, 1), to train on."""
        return self._scaled(), self.Y[:, np.newaxis]

    def to_dict(self) -> dict[str, Any]:
        """Return everything in plain JSON types; a point is x1, x2 and the number of its class."""
        numbers = zip(self.X.tolist(), self.Y.astype(int).tolist(), strict=True)
        return {
            "names": list(self.names),
            "target": self.target,
            "classes": list(self.classes),
            "offsets": list(self.offsets),
            "factors": list(self.factors),
            "points": [[x1, x2, number] for (x1, x2), number in numbers],
        }

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> "OwnData":
        """Read what `to_dict` gave; what is not named keeps its default.

        Raises
        ------
        ValueError
            with a sentence that names what is wrong.
        """
        for name in values:
            if name not in FIELDS:
                raise ValueError(f"own has no field {name!r:.60}. It has {', '.join(FIELDS)}.")
        points = _point_array(values.get("points"))
        others = {name: value for name, value in values.items() if name != "points"}
        return cls(points[:, :2], points[:, 2], **others)

    def _scaled(self) -> Array:
        if not self.is_scaled:
            return self.X
        X: Array = (self.X - np.array(self.offsets)) / np.array(self.factors)
        return X

    def _set(self, **values: Any) -> None:
        for name, value in values.items():
            object.__setattr__(self, name, value)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, OwnData):
            return NotImplemented
        return self is other or self.digest == other.digest

    def __hash__(self) -> int:
        return hash(self.digest)

    def __repr__(self) -> str:
        return f"OwnData({len(self.Y)} points)"

    def __str__(self) -> str:
        return own_words(self)

    def __reduce__(self) -> tuple[Any, ...]:
        """Make it anew in another process: arrays would arrive there writable."""
        words = (self.names, self.target, self.classes, self.offsets, self.factors)
        return OwnData, (self.X, self.Y, *words)


def scale_of(X: Array) -> tuple[tuple[float, float], tuple[float, float]]:
    """Choose offsets and factors that bring two inputs to 0 to 1.

    An input that lies there already, and fills half of it, stays as it is.

    Parameters
    ----------
    X : (points, 2)
    """
    offsets, factors = [], []
    for low, high in zip(X.min(axis=0).tolist(), X.max(axis=0).tolist(), strict=True):
        fits = low >= 0.0 and high <= 1.0 and high - low >= 0.5
        offsets.append(0.0 if fits else low)
        factors.append(1.0 if fits or high == low else high - low)
    return (offsets[0], offsets[1]), (factors[0], factors[1])


def own_words(data: OwnData | None) -> str:
    """Name own data as briefly as a heading must."""
    if data is None:
        return "none"
    # Two that differ in a single point are told apart by their digest.
    return f"{len(data.Y)} points #{data.digest.hex()[:4]}"


def _check_points(X: Array, Y: Array) -> None:
    if X.ndim != 2 or X.shape[1] != 2 or Y.shape != X.shape[:1]:
        raise ValueError("own must have two inputs and one class for each point.")
    if not 2 <= len(Y) <= MAX_POINTS:
        raise ValueError(f"own must have 2 to {MAX_POINTS} points. Got {len(Y)}.")
    bad = ~(np.abs(X) <= MAX_MAGNITUDE).all(axis=1)  # NaN is not <= either
    if bad.any():
        number = int(bad.argmax())
        raise ValueError(
            f"own.points[{number}] must have finite inputs of at most {MAX_MAGNITUDE:g}. "
            f"Got {X[number].tolist()}."
        )
    bad = ~np.isin(Y, range(CLASS_COUNT))
    if bad.any():
        number = int(bad.argmax())
        raise ValueError(f"own.points[{number}] must have class 0 or 1. Got {Y[number]:g}.")
    for number in range(CLASS_COUNT):
        if number not in Y:
            raise ValueError(f"own must have a point of each class. Class {number} has none.")


def _point_array(points: Any) -> Array:
    """Return the points of a JSON file as an array, (points, 3)."""
    if not isinstance(points, list) or not 2 <= len(points) <= MAX_POINTS:
        got = f"{len(points)} points" if isinstance(points, list) else type(points).__name__
        raise ValueError(f"own.points must be a list of 2 to {MAX_POINTS} points. Got {got}.")
    for number, point in enumerate(points):
        # bool is an int to Python, and a text of digits is no number.
        if not isinstance(point, list) or [type(v) in (int, float) for v in point] != [True] * 3:
            raise ValueError(
                f"own.points[{number}] must be [x1, x2, class], all numbers. Got {point!r:.60}."
            )
    try:
        return np.array(points, np.float64)
    except OverflowError:  # an int beyond the largest float
        raise ValueError(f"own.points must be at most {MAX_MAGNITUDE:g}.") from None


def _text(name: str, value: Any) -> str:
    if not isinstance(value, str) or not 1 <= len(value) <= MAX_NAME:
        raise ValueError(f"own.{name} must be 1 to {MAX_NAME} characters. Got {value!r:.60}.")
    return value


def _texts(name: str, values: Any, count: int) -> tuple[str, ...]:
    if not isinstance(values, list | tuple) or len(values) != count:
        raise ValueError(f"own.{name} must be {count} names. Got {values!r:.60}.")
    return tuple(_text(f"{name}[{i}]", value) for i, value in enumerate(values))


def _numbers(name: str, values: Any) -> tuple[float, ...]:
    are_numbers = isinstance(values, list | tuple) and [
        type(v) in (int, float) and abs(v) <= MAX_MAGNITUDE for v in values
    ] == [True, True]
    if not are_numbers:
        raise ValueError(
            f"own.{name} must be 2 numbers of at most {MAX_MAGNITUDE:g}. Got {values!r:.60}."
        )
    return tuple(float(value) for value in values)
