"""What is settled by hand of how a table is read; all else is guessed, see `guesses`."""

from collections.abc import Mapping
from dataclasses import dataclass, fields

from mlpviz.engine.marked import marked

CLASSES, NUMBERS = "classes", "numbers"  # what a target can be
LEAVE_OUT, REFUSE = "leave-out", "refuse"  # what becomes of a row with a missing cell
RANGE, STANDARD, UNSCALED = "range", "standard", "none"  # how numbers are scaled for training

ENCODINGS = {
    "UTF-8": "utf-8",
    "UTF-16": "utf-16",
    "Windows-1252": "cp1252",
    "Windows-1250": "cp1250",
    "Windows-1251": "cp1251",
    "KOI8-R": "koi8-r",
    "Windows-1253": "cp1253",
    "Windows-1254": "cp1254",
    "Windows-1255": "cp1255",
    "Windows-1256": "cp1256",
    "Windows-1257": "cp1257",
    "Windows-874": "cp874",
    "Big5": "cp950",
    "GBK": "gb18030",
    "Shift-JIS": "cp932",
    "EUC-KR": "cp949",
}
DELIMITERS = {
    marked("comma"): ",",
    marked("semicolon"): ";",
    marked("tab"): "\t",
    marked("space"): " ",
    marked("pipe"): "|",
    marked("colon"): ":",
}
DECIMALS = {marked("point"): ".", "comma": ","}
THOUSANDS = {
    marked("none"): "",
    "comma": ",",
    "point": ".",
    "space": " ",
    marked("apostrophe"): "'",
}
KINDS = (CLASSES, NUMBERS)
INCOMPLETE = (LEAVE_OUT, REFUSE)
SCALINGS = (RANGE, STANDARD, UNSCALED)
MOST_HEADERS = 3  # rows of names above a table


@dataclass(frozen=True, slots=True)
class TableChoices:
    """How a table is to be read. None is for what is to be guessed.

    Parameters
    ----------
    encoding : of ENCODINGS
    delimiter, decimal, thousands : the signs themselves, values of DELIMITERS and so on
    skipped_rows : how many lines above the header are none of the table
    header : how many rows name the columns, 0 to 3
    x1, x2, target : columns: a name, or a number counted from 1
    kind : of the target, `"classes"` or `"numbers"`
    missing : how a cell is written that has no value; instead of the usual ways
    incomplete : what becomes of a row without a value, `"leave-out"` or `"refuse"`
    scaling : for training: `"range"` to 0 to 1 (targets to -1 to 1), `"standard"` to mean 0 and
        standard deviation 1, `"none"`
    """

    encoding: str | None = None
    delimiter: str | None = None
    decimal: str | None = None
    thousands: str | None = None
    skipped_rows: int | None = None
    header: int | None = None
    x1: str | None = None
    x2: str | None = None
    target: str | None = None
    kind: str | None = None
    missing: tuple[str, ...] | None = None
    incomplete: str | None = None
    scaling: str | None = None

    def settled(self) -> dict[str, str]:
        """Return what was not guessed, in words, as it goes with a recipe."""
        found = {}
        for name in (field.name for field in fields(self)):
            value = getattr(self, name)
            if value is not None:
                words = WORDS.get(name, {}).get(value) if isinstance(value, str) else None
                text = ", ".join(value) if isinstance(value, tuple) else str(value)
                found[name] = text if words is None else words
        return found


# Of each choice of a sign, the word for it.
WORDS: Mapping[str, Mapping[str, str]] = {
    name: {sign: word for word, sign in signs.items()}
    for name, signs in (
        ("delimiter", DELIMITERS),
        ("decimal", DECIMALS),
        ("thousands", THOUSANDS),
    )
}

AS_TEXT = marked("text")  # in the place of an encoding, of what came as a text
ALL_GUESSED = TableChoices()
