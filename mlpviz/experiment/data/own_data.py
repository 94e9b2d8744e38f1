"""Own data: points from a file, from the clipboard or drawn by hand, as one frozen value.

They keep the units of whoever made them. A network learns badly from inputs of any size, so they
are trained on as (x - offset) / factor, about 0 to 1; an axis that shows x turns this round.
Targets that are numbers are scaled likewise, to about -1 to 1: an output and its gradient are as
large as they are, and at a usual learning rate larger ones make a run grow without bounds.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from mlpviz.engine import Array
from mlpviz.experiment.data.own_rules import (
    MAX_MAGNITUDE,
    check_classes,
    check_inputs,
    check_targets,
    own_class_names,
    own_numbers,
    own_reading,
    own_text,
    own_texts,
    point_array,
)
from mlpviz.experiment.data.table_choices import STANDARD, UNSCALED
from mlpviz.experiment.language import tr, tr_plural
from mlpviz.experiment.plain_text import shown

OWN = "own"  # the key of the data set that is own data
FIELDS = (
    "names",
    "target",
    "classes",
    "offsets",
    "factors",
    "target_offset",
    "target_factor",
    "reading",
    "points",
)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class OwnData:
    """Points of two inputs and their classes, or numbers. Equal is what has the same content.

    Parameters
    ----------
    X : (points, 2), in the units of the file; read-only
    Y : (points,), the number of the class of each, from 0, or its target in a regression; read-only
    names : of the two inputs; like all names here they are kept on one line
    target : the name of what the classes are classes of, or of what the numbers are
    classes : the name of each class, 2 to 6, as the file has it; none in a regression
    offsets, factors : of each input, for training: (x - offset) / factor
    target_offset, target_factor : likewise of the targets of a regression
    reading : what was settled by hand when the table was read, (choice, value) each; it says where
        the points come from and makes no other data of them

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
    target_offset: float = 0.0
    target_factor: float = 1.0
    reading: tuple[tuple[str, str], ...] = ()
    digest: bytes = field(init=False)  # of all the others: recipes are compared at every frame

    def __post_init__(self) -> None:
        X = np.array(self.X, np.float64)  # a copy: nobody else can change it
        Y = np.array(self.Y, np.float64)
        self._set(
            X=X,
            Y=Y,
            names=own_texts("names", self.names, 2),
            target=own_text("target", self.target),
            classes=own_class_names(self.classes),
            offsets=own_numbers("offsets", self.offsets, 2),
            factors=own_numbers("factors", self.factors, 2),
            target_offset=own_numbers("target_offset", [self.target_offset], 1)[0],
            target_factor=own_numbers("target_factor", [self.target_factor], 1)[0],
            reading=own_reading(self.reading),
        )
        check_inputs(X, Y)
        if self.is_regression:
            check_targets(Y)
        else:
            check_classes(Y, len(self.classes))
        self._check_scale()
        for array in (X, Y):
            array.setflags(write=False)
        content = hashlib.blake2b(repr(self._words()).encode(), digest_size=16)
        content.update(X.tobytes())
        content.update(Y.tobytes())
        self._set(digest=content.digest())

    def _check_scale(self) -> None:
        if min(self.factors) <= 0.0:
            raise ValueError(
                tr("own.factors must be > 0. Got {got}.", got=f"{min(self.factors):g}")
            )
        if self.target_factor <= 0.0:
            raise ValueError(
                tr("own.target_factor must be > 0. Got {got}.", got=f"{self.target_factor:g}")
            )
        if not self.is_regression and (self.target_offset, self.target_factor) != (0.0, 1.0):
            raise ValueError(
                tr("own.target_offset and own.target_factor must be 0 and 1 for classes.")
            )
        with np.errstate(over="ignore"):
            X, Y = self.training_data()
        most = f"{MAX_MAGNITUDE:g}"
        if not np.abs(X).max() <= MAX_MAGNITUDE:
            raise ValueError(tr("own.factors must keep all inputs within {most}.", most=most))
        if not np.abs(Y).max() <= MAX_MAGNITUDE:
            raise ValueError(
                tr("own.target_factor must keep all targets within {most}.", most=most)
            )

    def _words(self) -> tuple[Any, ...]:
        """Return all but the points, in the order of the parameters."""
        words = (self.names, self.target, self.classes, self.offsets, self.factors)
        return (*words, self.target_offset, self.target_factor) if self.is_regression else words

    @property
    def is_regression(self) -> bool:
        """Whether the targets are numbers rather than classes."""
        return not self.classes

    @property
    def counts(self) -> tuple[int, ...]:
        """How many points each class has."""
        if self.is_regression:
            return ()
        return tuple(np.bincount(self.Y.astype(np.intp)).tolist())

    @property
    def is_scaled(self) -> bool:
        """Whether training has other inputs than the file."""
        return self.offsets != (0.0, 0.0) or self.factors != (1.0, 1.0)

    @property
    def is_target_scaled(self) -> bool:
        """Whether training has other targets than the file."""
        return (self.target_offset, self.target_factor) != (0.0, 1.0)

    def training_data(self) -> tuple[Array, Array]:
        """Return X (points, 2) and Y (points, 1), scaled, to train on."""
        X, Y = self.X, self.Y
        if self.is_scaled:
            X = (X - np.array(self.offsets)) / np.array(self.factors)
        if self.is_target_scaled:
            Y = (Y - self.target_offset) / self.target_factor
        return X, Y[:, np.newaxis]

    def to_dict(self) -> dict[str, Any]:
        """Return everything in plain JSON types; a point is x1, x2 and its class or target."""
        targets = (self.Y if self.is_regression else self.Y.astype(int)).tolist()
        scale = {"target_offset": self.target_offset, "target_factor": self.target_factor}
        return {
            "names": list(self.names),
            "target": self.target,
            "classes": list(self.classes),
            "offsets": list(self.offsets),
            "factors": list(self.factors),
            **(scale if self.is_regression else {}),
            **({"reading": dict(self.reading)} if self.reading else {}),
            "points": [[*x, y] for x, y in zip(self.X.tolist(), targets, strict=True)],
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
                raise ValueError(
                    tr(
                        "own has no field {name}. It has {names}.",
                        name=shown(name),
                        names=", ".join(FIELDS),
                    )
                )
        points = point_array(values.get("points"))
        others = {name: value for name, value in values.items() if name != "points"}
        return cls(points[:, :2], points[:, 2], **others)

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
        scale = (self.target_offset, self.target_factor)
        words = (self.names, self.target, self.classes, self.offsets, self.factors)
        return OwnData, (self.X, self.Y, *words, *scale, self.reading)


def scale_of(
    X: Array, scaling: str | None = None
) -> tuple[tuple[float, float], tuple[float, float]]:
    """Choose offsets and factors that bring two inputs to 0 to 1, or as is asked for.

    An input that lies there already, and fills half of it, stays as it is.

    Parameters
    ----------
    X : (points, 2)
    scaling : of `table_choices.SCALINGS`; None for what is usual, which is `"range"`
    """
    if scaling == UNSCALED:
        return (0.0, 0.0), (1.0, 1.0)
    if scaling == STANDARD:
        (a, c), (b, d) = _standard(X[:, 0]), _standard(X[:, 1])
        return (a, b), (c, d)
    offsets, factors = [], []
    for low, high in zip(X.min(axis=0).tolist(), X.max(axis=0).tolist(), strict=True):
        fits = low >= 0.0 and high <= 1.0 and high - low >= 0.5
        offsets.append(0.0 if fits else low)
        factors.append(1.0 if fits or high == low else high - low)
    return (offsets[0], offsets[1]), (factors[0], factors[1])


def target_scale_of(Y: Array, scaling: str | None = None) -> tuple[float, float]:
    """Choose an offset and a factor that bring targets to -1 to 1, as `scale_of` does inputs.

    Parameters
    ----------
    Y : (points,)
    scaling : as of `scale_of`
    """
    if scaling == UNSCALED:
        return 0.0, 1.0
    if scaling == STANDARD:
        return _standard(Y)
    low, high = float(Y.min()), float(Y.max())
    if low >= -1.0 and high <= 1.0 and high - low >= 1.0:
        return 0.0, 1.0
    half = (high - low) / 2.0 or high - low or 1.0  # half of the smallest float is 0
    return low + half, half


def _standard(values: Array) -> tuple[float, float]:
    """Return mean and standard deviation: scaled by them values have mean 0 and deviation 1."""
    low, size = float(values.min()), float(np.ptp(values))
    if size == 0.0:
        return low, 1.0
    shares = (values - low) / size  # squares of what is as large as may be are not finite
    return low + size * float(shares.mean()), size * float(shares.std())


def own_words(data: OwnData | None) -> str:
    """Name own data as briefly as a heading must."""
    if data is None:
        return tr("none")
    # Two that differ in a single point are told apart by their digest.
    return tr_plural(
        "{count} point #{digest}",
        "{count} points #{digest}",
        len(data.Y),
        digest=data.digest.hex()[:4],
    )
