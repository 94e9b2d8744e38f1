"""How a table is written as text: its encoding, its delimiter and its decimal sign."""

import codecs
import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from itertools import islice

from mlpviz.experiment.plain_text import has_surrogate

SAMPLE_ROWS = 50  # by which delimiter and decimal sign are recognised
SAMPLE_CHARACTERS = 100_000
MAX_LINE = 100_000  # characters
PIECE = 1_000_000  # bytes that are decoded at once
FOREIGN_SHARE = 0.3  # of letters beyond ASCII in a text that is no UTF-8; more are no text
BINARY = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
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


@dataclass(frozen=True, slots=True)
class Source:
    """The bytes of a table that are text, and their encoding: for Python, and in words."""

    content: bytes
    codec: str
    encoding: str

    def lines(self) -> Iterator[str]:
        """Yield the lines, with their ends; never more than one of them is held.

        Raises
        ------
        ValueError
            with a sentence, for a line that is longer than a table has.
        """
        with io.TextIOWrapper(io.BytesIO(self.content), self.codec, newline="") as file:
            for number, line in enumerate(iter(partial(file.readline, MAX_LINE + 1), ""), 1):
                if len(line) > MAX_LINE:
                    raise ValueError(f"Line {number} has more than {MAX_LINE} characters.")
                yield line

    def line_count(self) -> int:
        """Count the ends of lines, without making the lines."""
        ends, was_return = 0, False
        for piece in _pieces(self.content, self.codec):
            ends += piece.count("\n") + piece.count("\r") - piece.count("\r\n")
            ends -= was_return and piece.startswith("\n")
            was_return = piece.endswith("\r")
        return ends

    def beginning(self) -> str:
        """Return the lines by which delimiter and decimal sign are recognised."""
        lines, length = [], 0
        for line in self.lines():
            if not line.isspace():
                lines.append(line)
                length += len(line)
            if length > SAMPLE_CHARACTERS:
                break
        return "".join(lines)


def source_of(content: bytes | str) -> Source:
    """Find the encoding of a file; a text has its own.

    Raises
    ------
    ValueError
        with a sentence, for what is no text or of an encoding that cannot be told.
    """
    if isinstance(content, str):
        if has_surrogate(content):
            raise ValueError("It holds half a character, which no text does.")
        return _checked(content.encode(), "utf-8", "text")
    if content.startswith(b"PK\x03\x04"):
        raise ValueError("It is a spreadsheet or another packed file: save it as CSV first.")
    for mark, codec, name in (
        (codecs.BOM_UTF8, "utf-8-sig", "UTF-8"),
        (codecs.BOM_UTF32_LE, "", ""),
        (codecs.BOM_UTF32_BE, "", ""),
        (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
        (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
    ):
        if content.startswith(mark):
            if not codec:
                raise _encoding_refusal()
            try:
                return _checked(content, codec, name)
            except UnicodeDecodeError:
                raise ValueError(f"It begins as {name} text, but is none.") from None
    try:
        return _checked(content, "utf-8", "UTF-8")
    except UnicodeDecodeError:
        foreign = content.translate(None, bytes(range(128)))
        if len(foreign) > FOREIGN_SHARE * len(content) or not _is_printable(set(foreign)):
            raise _encoding_refusal() from None
    return _checked(content, "cp1252", "Windows-1252")


def recognise(text: str) -> Writing:
    """Find the delimiter and the decimal sign with which the most columns are numbers.

    Parameters
    ----------
    text : the beginning of a table

    Raises
    ------
    ValueError
        with a sentence, where no delimiter makes columns.
    """
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


def rows_of(lines: Iterable[str], writing: Writing) -> Iterator[tuple[int, list[str]]]:
    """Yield every row that is not blank, with the number of its last line, counted from 1.

    Raises
    ------
    csv.Error
        for what breaks the rules of quotation.
    """
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
    odd = NOT_PLAIN.search(text)
    # The usual case, which may be long: all up to here are plain numbers.
    count = len(cells) if odd is None else text.count("\n", 0, odd.start())
    first = cells[:count]
    with suppress(ValueError):
        plain = [cell.replace(",", ".") for cell in first] if decimal == "," else first
        return [*map(float, plain), *(parse_number(cell, decimal) for cell in cells[count:])]
    return [parse_number(cell, decimal) for cell in cells]


def _checked(content: bytes, codec: str, encoding: str) -> Source:
    """Return bytes as a source, once all of them are read: in pieces, for the whole takes more.

    Raises
    ------
    UnicodeDecodeError
        where they are not of this encoding.
    ValueError
        with a sentence, where they are no text.
    """
    if any(map(BINARY.search, _pieces(content, codec))):
        raise ValueError("It is a binary file and no text.")
    return Source(content, codec, encoding)


def _pieces(content: bytes, codec: str) -> Iterator[str]:
    """Yield a text in pieces, none of them empty, that together are all of it."""
    decoder = codecs.getincrementaldecoder(codec)()
    for start in range(0, len(content), PIECE):
        piece = content[start : start + PIECE]
        text = decoder.decode(piece, final=start + PIECE >= len(content))
        if text:  # the first bytes of a character are none yet
            yield text


def _is_printable(characters: set[int]) -> bool:
    """Tell whether bytes beyond ASCII are all letters and signs of Windows-1252."""
    try:
        return bytes(characters).decode("cp1252").isprintable()
    except UnicodeDecodeError:
        return False


def _encoding_refusal() -> ValueError:
    return ValueError("Its encoding cannot be told: save it as UTF-8.")


def _score(text: str, writing: Writing) -> float:
    """Return how many columns are numbers, less where rows differ in length."""
    try:
        lines = io.StringIO(text, newline="")
        rows = [row for _, row in islice(rows_of(lines, writing), SAMPLE_ROWS)]
    except csv.Error:
        return 0.0
    if not rows:  # delimiters alone
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
