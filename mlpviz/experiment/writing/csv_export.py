"""The data of a recipe, whatever they are, as own data and as a table that can be read back."""

import csv
import io
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import numpy as np

from mlpviz.engine.datasets import MAX_CLASSES
from mlpviz.experiment.data.own_data import OwnData, scale_of
from mlpviz.experiment.data.reading import read
from mlpviz.experiment.data.table_choices import (
    CLASSES,
    NUMBERS,
    STANDARD,
    UNSCALED,
    TableChoices,
)
from mlpviz.experiment.data.target_column import NUMBER_MARK
from mlpviz.experiment.language import tr
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.regular_files import replace_file
from mlpviz.experiment.run.start import make_samples

TRIED_ROWS = 3_000  # whose columns are guessed to see whether it needs to be said which they are


def present_data(recipe: Recipe) -> OwnData:
    """Return the data of a recipe, whatever they are, as own data.

    Raises
    ------
    ValueError
        with a sentence, where there is one class only: few samples may all be of the same.
    """
    if recipe.used_own is not None:
        return recipe.used_own
    X, Y = make_samples(recipe)
    if recipe.is_regression:
        return OwnData(X, Y[:, 0], target="target", classes=())
    present = np.unique(Y)
    if len(present) < 2:
        raise ValueError(
            tr(
                "All points are of class {number}: two classes are needed.",
                number=f"{present[0]:g}",
            )
        )
    return OwnData(X, Y[:, 0], classes=tuple(str(number) for number in range(recipe.class_count)))


def as_classes(data: OwnData) -> OwnData:
    """Return data with classes: of numbers as targets, those above their mean are class 1."""
    if not data.is_regression:
        return data
    above = data.Y - data.Y.min()  # a mean of them all, rounded, may lie outside of the numbers
    Y = (above > above.mean()).astype(np.float64)
    usual = OwnData(data.X, Y)
    return replace(usual, names=data.names, offsets=data.offsets, factors=data.factors)


def csv_text(data: OwnData) -> str:
    """Write own data as a table that `read` reads back to the bit."""
    names = ["x1" if name == "x₁" else "x2" if name == "x₂" else name for name in data.names]
    return _written(data, names)


def _written(data: OwnData, names: Sequence[str]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([*names, _target_header(data)])
    targets = data.Y.tolist()
    if not data.is_regression:
        targets = [data.classes[int(number)] for number in targets]
    writer.writerows((*x, target) for x, target in zip(data.X.tolist(), targets, strict=True))
    return text.getvalue()


def table_of(data: OwnData) -> tuple[str, TableChoices]:
    """Return own data as a text, and the choices with which it gives the same data again.

    What is guessed rightly is not settled. Columns are, where there are so many points that to try
    it would take long.
    """
    text = _written(data, data.names)
    scales = {name: scale_of(data.X, name) for name in (None, STANDARD, UNSCALED)}
    scaling = next((n for n, s in scales.items() if s == (data.offsets, data.factors)), None)
    choices = TableChoices(scaling=scaling)
    if len(data.Y) <= TRIED_ROWS:
        with suppress(ValueError):
            found = read(text, choices).data
            is_same = found.is_regression == data.is_regression
            if is_same and np.array_equal(found.X, data.X) and np.array_equal(found.Y, data.Y):
                return text, choices
    kind = NUMBERS if data.is_regression else CLASSES
    x1, x2, target = next(csv.reader(io.StringIO(text)))
    return text, replace(choices, x1=x1, x2=x2, target=target, kind=kind)


def _target_header(data: OwnData) -> str:
    """Return the name of the target, with a mark where numbers would be read as classes."""
    would_be_classes = data.is_regression and len(np.unique(data.Y)) <= MAX_CLASSES
    return data.target + NUMBER_MARK if would_be_classes else data.target


def write_csv(path: Path, data: OwnData) -> None:
    """Write own data to a file: all of it, or nothing on an error.

    Raises
    ------
    ValueError
        with a sentence that names the file; what stood there before is as it was.
    """
    replace_file(path, csv_text(data))
