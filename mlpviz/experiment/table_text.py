"""How a table is written as text: its encoding, its delimiter and its decimal sign."""

import codecs
import csv
import io
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice

SAMPLE_ROWS = 50  # by which delimiter and decimal sign are recognised
SAMPLE_CHARACTERS = 100_000
FOREIGN_SHARE = 0.3  # of letters beyond ASCII in a text that is no UTF-8; more are no text
BLANKS = re.compile(r"[ \t]+")
NOT_PLAIN = re.compile(r"[^0-9eE.,+\n-]")
NUMBER = re.compile(r"[+-]?(nan|inf(inity)?|[0-9]*[.,]?[0-9]*(e[+-]?[0-9]+)?)", re.IGNORECASE)

DELIMITERS = {"\t": "tab", ";": "semicolon", ",": "comma", " ": "space"}
DECIMALS = {".": "decimal point", ",": "decimal comma"}


@dataclass(frozen=True, slots=True)
class Writing:
    """How numbers and columns are written: keys of DELIMITERS and DECIMALS."""

    delimiter: str
    decimal: str

    @property
    def words(self) -> str:
        """Say it."""
        return f"{DELIMITERS[self.delimiter]} separated, {DECIMALS[self.decimal]}"


def decode(content: bytes) -> tuple[str, str]:
    """Return the text of a file, and the name of its encoding.

    Raises
    ------
    ValueError
        with a sentence, for what is no text or of an encoding that cannot be told.
    """
    if content.startswith(b"PK\x03\x04"):
        raise ValueError("It is a spreadsheet or another packed file: save it as CSV first.")
    for mark, encoding, name in (
        (codecs.BOM_UTF8, "utf-8-sig", "UTF-8"),
        (codecs.BOM_UTF32_LE, "", ""),
        (codecs.BOM_UTF32_BE, "", ""),
        (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
        (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
    ):
        if content.startswith(mark):
            return _decoded(content, encoding, name), name
    if b"\0" in content:
        raise ValueError("It is a binary file and no text.")
    try:
        text, name = content.decode("utf-8"), "UTF-8"
    except UnicodeDecodeError:
        text, name = _decoded(content, "cp1252", "Windows-1252"), "Windows-1252"
        foreign = [character for character in text if character > "\x7f"]
        if len(foreign) > FOREIGN_SHARE * len(text) or not "".join(foreign).isprintable():
            raise _encoding_refusal() from None
    if re.search(r"[\x00-\x08\x0e-\x1f\x7f]", text):
        raise ValueError("It is a binary file and no text.")
    return text, name


def recognise(text: str) -> Writing:
    """Find the delimiter and the decimal sign with which the most columns are numbers.

    Raises
    ------
    ValueError
        with a sentence, where no delimiter makes columns.
    """
    text = text[:SAMPLE_CHARACTERS]
    best, best_score = None, 0.0
    for delimiter in DELIMITERS:
        for decimal in DECIMALS:
            writing = Writing(delimiter, decimal)
            score = _score(text, writing)
            if score > best_score:  # the first of equals: what is usual comes first
                best, best_score = writing, score
    if best is None:
        raise ValueError("No columns of numbers are found: separate them by commas or tabs.")
    return best


def rows_of(text: str, writing: Writing) -> Iterator[tuple[int, list[str]]]:
    """Yield every row that is not blank, with the number of its last line, counted from 1.

    Raises
    ------
    csv.Error
        for what breaks the rules of quotation.
    """
    lines: Iterator[str] = io.StringIO(text, newline="")
    delimiter = writing.delimiter
    if delimiter == " ":  # any number of blanks is one
        lines, delimiter = (BLANKS.sub("\t", line.strip(" \t")) for line in lines), "\t"
    reader = csv.reader(lines, delimiter=delimiter, skipinitialspace=True)
    for row in reader:
        if row and (row[0].strip() or "".join(row).strip()):
            yield reader.line_num, row


def parse_number(cell: str, decimal: str) -> float | None:
    """Read a number, NaN and infinity included; None for anything else."""
    cell = cell.strip()
    if not NUMBER.fullmatch(cell):  # float() would read 1_000 and Arabic digits too
        return None
    try:
        return float(cell.replace(",", ".") if decimal == "," else cell)
    except ValueError:
        return None


def parse_numbers(cells: Sequence[str], decimal: str) -> Sequence[float | None]:
    """Read many cells, as `parse_number` does one."""
    text = "\n".join(cells)
    if not NOT_PLAIN.search(text):  # the usual case, which may be long
        plain = text.replace(",", ".").split("\n") if decimal == "," else cells
        with suppress(ValueError):
            return list(map(float, plain))
    return [parse_number(cell, decimal) for cell in cells]


def _decoded(content: bytes, encoding: str, name: str) -> str:
    try:
        return content.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        if name == "Windows-1252" or not name:
            raise _encoding_refusal() from None
        raise ValueError(f"It begins as {name} text, but is none.") from None


def _encoding_refusal() -> ValueError:
    return ValueError("Its encoding cannot be told: save it as UTF-8.")


def _score(text: str, writing: Writing) -> float:
    """Return how many columns are numbers, less where rows differ in length."""
    try:
        rows = [row for _, row in islice(rows_of(text, writing), SAMPLE_ROWS)]
    except csv.Error:
        return 0.0
    rows = [row[:-1] if not row[-1].strip() else row for row in rows]  # a delimiter at the end
    lengths = [len(row) for row in rows]
    width = max(set(lengths), key=lengths.count)
    if width < 2:
        return 0.0
    body = [row for row in rows if len(row) == width]
    shares = [
        sum(parse_number(row[column], writing.decimal) is not None for row in body) / len(body)
        for column in range(width)
    ]
    return sum(shares) * len(body) / len(rows)
