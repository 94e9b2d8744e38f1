"""The data of a recipe, whatever they are, as own data and as a table that can be read back."""

import csv
import io
from pathlib import Path

import numpy as np

from mlpviz.experiment.output_folder import new_files_in, write_file
from mlpviz.experiment.own_data import OwnData
from mlpviz.experiment.recipe import Recipe
from mlpviz.experiment.run import make_samples


def present_data(recipe: Recipe) -> OwnData:
    """Return the data of a recipe, whatever they are, as own data.

    Of numbers as targets, those above their mean are class 1: own data have classes.
    """
    if recipe.used_own is not None:
        return recipe.used_own
    X, Y = make_samples(recipe)
    if recipe.is_regression:
        Y = (Y.mean() < Y).astype(np.float64)
    return OwnData(X, Y[:, 0])


def csv_text(data: OwnData) -> str:
    """Write own data as a table that `read_csv` reads back to the bit."""
    names = ["x1" if name == "x₁" else "x2" if name == "x₂" else name for name in data.names]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([*names, data.target])
    labels = [data.classes[int(number)] for number in data.Y]
    writer.writerows((*x, label) for x, label in zip(data.X.tolist(), labels, strict=True))
    return text.getvalue()


def numbers_text(recipe: Recipe) -> str:
    """Write the data of a recipe for regression as a table: x1, x2 and the target of each point."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("x1", "x2", "target"))
    writer.writerows(np.hstack(make_samples(recipe)).tolist())
    return text.getvalue()


def write_csv(path: Path, data: OwnData | str) -> None:
    """Write own data, or the text of a table, to a file: all of it, or nothing on an error.

    Raises
    ------
    ValueError
        with a sentence that names the file; what stood there before is as it was.
    """
    try:
        with new_files_in(path.parent) as folder:
            write_file(folder / path.name, data if isinstance(data, str) else csv_text(data))
    except OSError as problem:
        raise ValueError(f"{path} cannot be written: {problem.strerror}.") from None
