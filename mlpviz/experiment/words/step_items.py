"""What a page of a step is made of: tables, worked lines and sentences."""

from dataclasses import dataclass

from mlpviz.experiment.run.places import Place


@dataclass(frozen=True, slots=True)
class Table:
    """Numbers with the names of their rows and columns.

    Parameters
    ----------
    corner : what the columns are, or the name of the matrix
    rows : each with its name and its numbers
    is_matrix : whether it is one of a formula
    """

    corner: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]
    is_matrix: bool = False


@dataclass(frozen=True, slots=True)
class Factor:
    """A part of a line that comes from somewhere in the network.

    Parameters
    ----------
    text : as it stands in the line
    places : the units and weights that it comes from
    """

    text: str
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Worked:
    """A formula, the same with numbers and what comes of it, and the line of NumPy; "" for none.

    Parameters
    ----------
    in_formula, in_numbers : the parts of both that come from somewhere, as they follow each other
    """

    formula: str
    numbers: str = ""
    code: str = ""
    in_formula: tuple[Factor, ...] = ()
    in_numbers: tuple[Factor, ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence that tells a number, which stands in it last."""

    words: str
    number: str


Item = Table | Worked | Told | str


@dataclass(frozen=True, slots=True)
class Page:
    """What is to be read at one stage.

    Parameters
    ----------
    title : of the stage
    sentence : what is computed
    items : below each other
    place : the unit that it is about, and the weight into it that is looked at
    of_weight : the number of the item that is of the weight that is looked at; None for none
    """

    title: str
    sentence: str
    items: tuple[Item, ...]
    place: Place
    of_weight: int | None = None
