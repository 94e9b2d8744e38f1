"""Numbers as people write them: decimal and thousands signs, units, brackets, foreign digits.

A notation is one pair of signs for a whole table. With it a cell is a number or it is none; which
notation a table has is guessed in `guessed_signs`.
"""

import re
import unicodedata
from collections.abc import Sequence
from contextlib import suppress
from functools import lru_cache
from typing import NamedTuple

# What looks like nothing: soft hyphens, blanks of no width, marks of writing direction.
UNSEEN = re.compile(
    "[\u00ad\u061c\u180e\u200b-\u200f\u2060-\u2064\ufeff\u202a-\u202e\u2066-\u2069]"
)
BLANK = re.compile("[\u00a0\u2000-\u200a\u202f\u205f\u3000]")
SIGNS = str.maketrans(
    "\u2212\u2010\u2011\u2012\u2013\u2014\ufe63\u2019\u02bc\u00b4\u066b\u066c\u060c",
    "-------'''.,,",
)
FOOTNOTE = re.compile(r"(?:\[[\w ]{1,8}\])+$")  # as encyclopedias have them
ALL_PLAIN = re.compile(r"[0-9eE.+\n-]*")

# Digits with a 0 before them, in a cell below another, are a name, as 007 is.
PADDED = re.compile(r"\n[+-]?0[0-9]")
DIGITS = r"(?:\d+|[1-9]\d{0,2}(?:[,.' ]\d{3})+|[1-9]\d?(?:,\d{2})+,\d{3})"
ANY_NUMBER = rf"{DIGITS}?(?:[.,]\d*)?(?:[eE][+-]?\d+)?"
# A number in any notation, with at most one sign of a currency, or % as in Turkey, before it and
# one unit behind. Zeros
# before it are a name's, but an instrument writes them behind a sign, as in +00.523.
CURRENCY = r"(?:[$€£¥₹₩%]|[A-Z]{3}\b|R\$|kr\b\.?|Fr\.|zł)"
# No unit has signs in it, and a half or a quarter is a part of the number.
_NO_UNIT = r"\s\d,;+\"\[\]{}<>=!?*_&|:\\¼½¾⅐-⅞"
UNIT = rf"[^.'()\-{_NO_UNIT}][^{_NO_UNIT}]{{0,9}}[23]?(?: [^\W\d]{{1,6}})?"
WRITTEN = re.compile(
    rf"(?P<open>\()? ?(?P<sign>[+-])? ?(?P<before>{CURRENCY})? ?(?P<sign2>[+-])?"
    rf"(?P<number>(?=[.,]?\d)(?(sign)(?!0\d+(?![.,\d]))|(?!0\d)){ANY_NUMBER})(?P<after>-)?"
    rf"(?: ?(?P<unit>{UNIT}))?(?(open) ?\))",
    re.ASCII,
)
NOT_FINITE = re.compile(r"[+-]?(?:nan|inf(?:inity)?)", re.IGNORECASE)
# Behind a number these make it larger or are a part of it, so they are no units.
NO_UNITS = re.compile(r"(?:[kKMGTbB]|Mio\.?|Mrd\.?|bn|th|st|nd|rd|e|E|x|/.*|[^\W\d_]{2,} .*)$")
# Units that make a number larger: beside cells without one they make other numbers of them.
ENLARGING = re.compile(
    r"[%‰]|[千万萬亿億兆천만억조]\w*|тыс\.?.*|млн\.?.*|млрд\.?.*|tsd\.?.*|t€|mi[lo]|ml[nd]\.?|"
    r"tis\.?|tys\.?|lakhs?|lacs?|crores?|cr\.?|(?:hundred|thousand|million|billion|tausend|"
    r"mille|million|milliard|mili?on|milion|milhão|milhões|миллион|тысяч|हज़ार|लाख|करोड़)\w*",
    re.IGNORECASE,
)
GROUPS = {
    ",": re.compile(r"[1-9]\d{0,2}(?:,\d{3})+|[1-9]\d?(?:,\d{2})*,\d{3}"),
    ".": re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+"),
    "'": re.compile(r"[1-9]\d{0,2}(?:'\d{3})+"),
    " ": re.compile(r"[1-9]\d{0,2}(?: \d{3})+"),
}


class Notation(NamedTuple):
    """The signs of a table: `"."` or `","`, and one of `", . ' "` and blank, or `""` for none."""

    decimal: str = "."
    thousands: str = ""


PLAIN = Notation()


class Cell(NamedTuple):
    """A cell that is a number.

    Parameters
    ----------
    unit : what stands behind or before it, or ""
    is_bracketed : whether it is negative by brackets, or by a sign behind it
    """

    value: float
    unit: str = ""
    is_bracketed: bool = False


def plain_text(cell: str) -> str:
    """Return a cell in usual characters: of blanks, minus signs and wide letters the plain ones."""
    cell = cell.strip()
    if cell.isascii():
        return cell
    wide = "".join(
        str(unicodedata.decimal(c))
        if c.isdecimal()
        else unicodedata.normalize("NFKC", c)
        if "\uff01" <= c <= "\uff5e"
        else c
        for c in UNSEEN.sub("", cell)
    )
    return BLANK.sub(" ", wide).translate(SIGNS).strip()


@lru_cache(maxsize=4096)  # a table is looked at again with every sign that may part its cells
def looks_like_number(cell: str) -> bool:
    """Tell whether a cell is a number in some notation."""
    text = FOOTNOTE.sub("", plain_text(cell))
    if NOT_FINITE.fullmatch(text):
        return True
    found = WRITTEN.fullmatch(text)
    if found is None or (found["unit"] and (found["open"] or found["number"][-1] in ".,")):
        return False  # as in 512, State and 3. Mai
    return not NO_UNITS.match(found["unit"] or "")


@lru_cache(maxsize=4096)
def parse_cell(cell: str, notation: Notation) -> Cell | None:
    """Read a cell; None for what is no number in this notation."""
    text = FOOTNOTE.sub("", plain_text(cell))
    if NOT_FINITE.fullmatch(text):
        return Cell(float(text))
    found = WRITTEN.fullmatch(text)
    if found is None:
        return None
    if (found["sign"] and found["sign2"]) or (found["sign2"] and not found["before"]):
        return None
    unit = found["unit"] or ""
    if unit and found["number"][-1] in ".,":
        return None
    if NO_UNITS.match(unit) or (unit and (found["before"] or found["open"])):
        return None
    after, written = found["after"] is not None, found["number"]
    if after and written[-1] in ".,":  # 12.- and 12,- are prices without a fraction
        after, written = False, written[:-1]
    number = _in_plain_signs(written, notation)
    if number is None:
        return None
    value = float(number)
    is_bracketed = found["open"] is not None or after
    if is_bracketed and (found["sign"] or found["sign2"]):
        return None
    is_negative = is_bracketed or "-" in (found["sign"], found["sign2"])
    return Cell(-value if is_negative else value, unit or found["before"] or "", is_bracketed)


def parse_number(cell: str, notation: Notation) -> float | None:
    """Read a cell, NaN and infinity included; None for what is no number in this notation."""
    found = parse_cell(cell, notation)
    return None if found is None else found.value


def parse_numbers(cells: Sequence[str], notation: Notation) -> list[float | None]:
    """Read many cells, as `parse_number` does one."""
    given, text = cells, "\n".join(("", *cells))
    foreign = "." if notation.decimal == "," else ","
    if cells and foreign not in text:
        if "," in text:
            text = text.replace(",", ".")
            cells = text.split("\n")[1:]
        if ALL_PLAIN.fullmatch(text) and not PADDED.search(text):  # the usual case
            with suppress(ValueError):
                return [*map(float, cells)]
    values = {cell: parse_number(cell, notation) for cell in set(given)}
    return [values[cell] for cell in given]


def _in_plain_signs(number: str, notation: Notation) -> str | None:
    """Return a number as Python writes it; None where it has signs that the notation has not."""
    decimal, thousands = notation
    whole, sign, rest = number.partition(decimal)
    if thousands and thousands in whole:
        digits = whole
        if not GROUPS[thousands].fullmatch(digits):
            return None
        whole = digits.replace(thousands, "")
    if decimal != "." and "." in number.replace(thousands if thousands == "." else "", ""):
        return None
    text = f"{whole}.{rest}" if sign else whole
    return text if re.fullmatch(r"(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?", text) else None
