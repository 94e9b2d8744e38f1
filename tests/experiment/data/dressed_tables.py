"""Trees with all that people put around a table: titles, ids, units, gaps, totals, sources."""

from dataclasses import dataclass

from experiment.data.corpus_tables import TREES
from hypothesis import strategies as st

WRITINGS = ((",", "."), (";", ","), (";", "."), ("\t", ","), ("\t", "."), (" ", "."), ("|", "."))
LABELS = (("elm", "oak"), ("0", "1"), ("1", "2"), ("no", "yes"), ("FALSE", "TRUE"))
TITLES = (
    "",
    "Trees of the park, May 2024\n",
    "Station 12\nBy class 10b\n\n",
    "# trees\n# in May\n",
)
UNITS = {"girth": "cm", "height": "m"}


@dataclass(frozen=True)
class Dressing:
    """What is written beside the cells of a table.

    Parameters
    ----------
    columns : in which order the columns stand
    labels : of elm and of oak
    ids : the name of a column of row numbers in front, or None where there is none
    gap : the row whose height is missing, from 0, or None
    ending : what stands below the rows
    """

    delimiter: str
    decimal: str
    title: str
    columns: tuple[str, ...]
    labels: tuple[str, str]
    ids: str | None
    has_units: bool
    gap: int | None
    ending: str
    line_end: str

    def content(self, count: int) -> bytes:
        """Write so many trees."""
        lines = [self._names(), *self._units(), *(self._row(number) for number in range(count))]
        text = self.title + "".join(self.delimiter.join(line) + "\n" for line in lines)
        return (text + self.ending).replace("\n", self.line_end).encode()

    def expected(self, count: int) -> list[list[float | str]]:
        """Return the rows without a gap: girth, height and label."""
        return [
            [girth, height, self._label(tree)]
            for number, (girth, height, tree) in enumerate(TREES[:count])
            if number != self.gap
        ]

    def _names(self) -> list[str]:
        return [*([] if self.ids is None else [self.ids]), *self.columns]

    def _units(self) -> list[list[str]]:
        return [[UNITS.get(name, "") for name in self._names()]] if self.has_units else []

    def _row(self, number: int) -> list[str]:
        girth, height, tree = TREES[number]
        cells = {
            "girth": str(girth).replace(".", self.decimal),
            "height": "NA" if number == self.gap else str(height).replace(".", self.decimal),
        }
        row = [cells.get(name, self._label(tree)) for name in self.columns]
        return row if self.ids is None else [str(number + 1), *row]

    def _label(self, tree: str) -> str:
        return self.labels[tree == "oak"]


@st.composite
def dressings(draw: st.DrawFn) -> Dressing:
    """Choose a dressing."""
    delimiter, decimal = draw(st.sampled_from(WRITINGS))
    columns = ["girth", "height"]
    target = draw(st.sampled_from(("tree", "label", "class", "grown")))
    columns.insert(draw(st.integers(0, 2)), target)
    # Nothing between two blanks is no cell.
    is_blank = delimiter == " "
    below = ("", "\n\n", "\nSource: Forestry office\n", "" if is_blank else f"Total{delimiter}\n")
    return Dressing(
        delimiter,
        decimal,
        title=draw(st.sampled_from(TITLES)),
        columns=tuple(columns),
        labels=draw(st.sampled_from(LABELS)),
        ids=draw(
            st.sampled_from((None, None, "Nr.", "ID") if is_blank else (None, "Nr.", "ID", ""))
        ),
        has_units=not is_blank and draw(st.booleans()),
        gap=draw(st.sampled_from((None, None, 2, 4))),
        ending=draw(st.sampled_from(below)),
        line_end=draw(st.sampled_from(("\n", "\r\n"))),
    )
