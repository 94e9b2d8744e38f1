"""Rows of a table that are not used, and why."""

from typing import NamedTuple

from mlpviz.engine.marked import marked
from mlpviz.experiment.language import tr


class Why(NamedTuple):
    """Why a row is not used, marked: as it stands beside the row, and in a list with its number.

    Its places are {line}, {words} and {column}.
    """

    beside: str
    in_list: str


TOTALS = Why(marked("is one of totals ({words})"), marked("row {line} is one of totals ({words})"))
REMARK = Why(marked("is a remark ({words})"), marked("row {line} is a remark ({words})"))
MAXIMA = Why(marked("says how much there can be"), marked("row {line} says how much there can be"))
NAMES_AGAIN = Why(marked("repeats the names"), marked("row {line} repeats the names"))
NO_VALUE = Why(marked("has {words} in {column}"), marked("row {line} has {words} in {column}"))
NOTHING = Why(marked("has nothing in {column}"), marked("row {line} has nothing in {column}"))


class LeftOut(NamedTuple):
    """A row that is not used.

    Parameters
    ----------
    line : where it stands
    why : why it is not used
    words, column : what stands in the places of that
    """

    line: int
    cells: tuple[str, ...]
    why: Why
    words: str = ""
    column: str = ""

    @property
    def reason(self) -> str:
        """Say why it is not used, beside it."""
        return tr(self.why.beside, words=self.words, column=self.column)

    @property
    def named(self) -> str:
        """Name it with the reason, as in a list: row 7 has nothing in 'x'."""
        return tr(self.why.in_list, line=self.line, words=self.words, column=self.column)
