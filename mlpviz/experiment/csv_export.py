"""The data of a recipe, whatever they are, as own data and as a table that can be read back."""

import csv
import io
from pathlib import Path

from mlpviz.experiment.output_folder import new_files_in, write_file
from mlpviz.experiment.own_data import OwnData
from mlpviz.experiment.recipe import Recipe
from mlpviz.experiment.run import make_samples


def present_data(recipe: Recipe) -> OwnData:
    """Return the data of a recipe, whatever they are, as own data."""
    if recipe.used_own is not None:
        return recipe.used_own
    X, Y = make_samples(recipe)
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


def write_csv(path: Path, data: OwnData) -> None:
    """Write own data to a file: all of it, or nothing where something goes wrong.

    Raises
    ------
    ValueError
        with a sentence that names the file; what stood there before is as it was.
    """
    try:
        with new_files_in(path.parent) as folder:
            write_file(folder / path.name, csv_text(data))
    except OSError as problem:
        raise ValueError(f"{path} cannot be written: {problem.strerror}.") from None
