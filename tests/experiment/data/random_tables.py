"""Random tables, and the random dialects in which they are written."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from mlpviz.experiment.data.table_choices import TableChoices

WORDS = ("elm", "oak", "ash tree", "lime")
NAMES = {
    "utf-8": ("Höhe", "breadth", "温度", "mass", "kind"),
    "utf-8-sig": ("Höhe", "breadth", "温度", "mass", "kind"),
    "utf-16": ("Höhe", "breadth", "温度", "mass", "kind"),
    "cp1252": ("Höhe", "Länge", "Größe", "mass", "kind"),
    "cp1250": ("výška", "šířka", "teplota", "průměr", "druh"),
    "cp950": ("身高公分", "體重公斤", "溫度高低", "長度", "種類"),
    "gb18030": ("身高厘米", "体重公斤", "温度高低", "长度", "种类"),
}
ENCODING_NAMES = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8",
    "utf-16": "UTF-16",
    "cp1252": "Windows-1252",
    "cp1250": "Windows-1250",
    "cp950": "Big5",
    "gb18030": "GBK",
}
MOST_ROWS = (6, 8, 30)  # short tables are quickly made; a long one has more to go by
Cell = Decimal | str | None  # a number, a word, nothing


@dataclass(frozen=True)
class Dialect:
    """How a table is written.

    Parameters
    ----------
    quotes_all : whether cells are quoted that need not be
    missing : what is written for a cell with nothing in it
    """

    delimiter: str
    decimal: str
    thousands: str
    quotes_all: bool
    encoding: str
    has_header: bool
    missing: str
    line_end: str

    def number(self, value: Decimal) -> str:
        """Write a number with its digits behind the decimal sign, and thousands in groups."""
        text = f"{value:,f}" if self.thousands else f"{value:f}"
        return text.translate({ord(","): self.thousands, ord("."): self.decimal})

    def cell(self, value: Cell) -> str:
        if value is None:
            text = self.missing
        else:
            text = value if isinstance(value, str) else self.number(value)
        return f'"{text}"' if self.quotes_all or self.delimiter in text else text

    def content(self, rows: Sequence[Sequence[Cell]]) -> bytes:
        """Write a table as the bytes of a file; its last column is the target."""
        count = len(rows[0])
        names = (*NAMES[self.encoding][: count - 1], NAMES[self.encoding][-1])
        lines: list[Sequence[Cell]] = [names, *rows] if self.has_header else [*rows]
        text = self.line_end.join(self.delimiter.join(map(self.cell, line)) for line in lines)
        return (text + self.line_end).encode(self.encoding)

    def choices(self, columns: int, **more: Any) -> TableChoices:
        """Settle all that could be guessed, for a table of so many columns."""
        return TableChoices(
            encoding=ENCODING_NAMES[self.encoding],
            delimiter=self.delimiter,
            decimal=self.decimal,
            thousands=self.thousands,
            skipped_rows=0,
            header=int(self.has_header),
            x1="1",
            x2="2",
            target=str(columns),
            missing=(self.missing,),
            **more,
        )


def numbers() -> st.SearchStrategy[st.SearchStrategy[Decimal]]:
    """Choose the numbers of a column: as many decimals each, a common size, some none near 0."""

    def column(decimals: int, size: int, is_near_zero: bool) -> st.SearchStrategy[Decimal]:
        most = 10 ** (size + decimals)
        least = -most if is_near_zero else most // 10
        return st.integers(least, most).map(lambda n: Decimal(n).scaleb(-decimals))

    return st.builds(column, st.integers(0, 4), st.integers(0, 6), st.booleans())


@st.composite
def targets(draw: st.DrawFn, count: int) -> list[Cell]:
    """Choose the target of each row: words, class numbers or any numbers; the first two differ."""
    kind = draw(st.sampled_from(("words", "class numbers", "numbers")))
    if kind == "words":
        values: st.SearchStrategy[Cell] = st.sampled_from(WORDS)
    elif kind == "class numbers":
        values = st.integers(0, 3).map(Decimal)
    else:
        values = draw(numbers())
    first = draw(st.lists(values, min_size=2, max_size=2, unique=True))
    return [*first, *draw(st.lists(values, min_size=count - 2, max_size=count - 2))]


@st.composite
def tables(draw: st.DrawFn) -> list[list[Cell]]:
    """Choose 2 to 4 columns of numbers and a target; a cell in a hundred has nothing in it."""
    count = draw(st.integers(3, draw(st.sampled_from(MOST_ROWS))))
    columns: list[list[Cell]] = []
    for _ in range(draw(st.integers(2, 4))):
        values = draw(numbers())
        columns.append(draw(st.lists(values, min_size=count, max_size=count)))
    columns.append(draw(targets(count)))
    for _ in range(draw(st.sampled_from((0, 0, 0, 1, 2)))):
        # The first two rows stay complete: their targets differ.
        row = draw(st.integers(2, count - 1))
        columns[draw(st.integers(0, len(columns) - 1))][row] = None
    return [list(row) for row in zip(*columns, strict=True)]


@st.composite
def dialects(draw: st.DrawFn) -> Dialect:
    """Choose a dialect in which nothing means two things."""
    decimal = draw(st.sampled_from(".,"))
    delimiter = draw(st.sampled_from(",;\t |:"))
    quotes_all = draw(st.booleans())
    # Nothing between two blanks is no cell.
    nothing = ("",) if quotes_all or delimiter != " " else ()
    groups = [sign for sign in ",. '" if sign != decimal]
    return Dialect(
        delimiter=delimiter,
        decimal=decimal,
        thousands=draw(st.sampled_from(("", "", *groups))),
        quotes_all=quotes_all,
        encoding=draw(st.sampled_from(tuple(NAMES))),
        has_header=draw(st.booleans()),
        missing=draw(st.sampled_from((*nothing, "NA", "?", "NaN", "null", "-", "#N/A"))),
        line_end=draw(st.sampled_from(("\n", "\r\n"))),
    )
