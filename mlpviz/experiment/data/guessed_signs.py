"""The rules by which the signs of a table are guessed: what is between cells, and in numbers.

As `guesses`, which has those on rows and columns, each rule sees cells and answers.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, pairwise

from mlpviz.engine.marked import marked
from mlpviz.experiment.data.doubtful_numbers import pair_note
from mlpviz.experiment.data.notation import PLAIN, Notation, looks_like_number, plain_text
from mlpviz.experiment.data.shapes import Line
from mlpviz.experiment.data.table_choices import WORDS, TableChoices
from mlpviz.experiment.data.table_text import OpenQuote, rows_of
from mlpviz.experiment.data.table_words import LOOKED_AT, is_missing, truth_of
from mlpviz.experiment.language import tr
from mlpviz.experiment.plain_text import one_line

MAX_OTHER = 0.7  # of the best score, from where on another delimiter is spoken of
MONEY = "$£¥€₹₩₽₺₴₫฿円元원"
DOTS = frozenset((".", "..", "..."))  # what stands for no value, and is no decimal point
CLOCK = re.compile(r"(?:.*[ T])?\d\d?:\d\d:\d\d")  # with or without a day
DOUBTFUL = re.compile(r"\d \d|[^\W\d]$")  # a number that may be two cells

# The delimiter -----------------------------------------------------------------------------------


def delimiter_of(lines: Sequence[Line]) -> tuple[str, str]:
    """Choose the delimiter with which most columns are numbers and the rows have one length.

    Of equals the first is taken: what is usual comes first. Tabs and semicolons hardly ever stand
    in a cell, and the same number of them in all rows is no accident. Return also a note on another
    delimiter that would do nearly as well.

    Raises
    ------
    ValueError
        with a sentence, where none makes columns.
    """
    for delimiter in "\t;":
        counts = [text.count(delimiter) for _, text in lines[:LOOKED_AT] if text.strip()]
        some = set(counts) - {0}
        if len(some) == 1 and some != {1} and 2 * counts.count(0) < len(counts):
            return delimiter, ""
    scores = {delimiter: _score(lines, delimiter) for delimiter in ("\t", ";", ",", "|", " ", ":")}
    best, other, *_ = sorted(scores, key=lambda delimiter: -scores[delimiter])
    if not scores[best]:
        raise ValueError(tr("No columns of numbers are found: separate them by commas or tabs."))
    if scores[other] < MAX_OTHER * scores[best]:
        return best, ""
    words = WORDS["delimiter"]
    return best, tr(
        "What is between cells is read as {sign}; for {other}: --delimiter {choice}.",
        sign=tr(words[best]),
        other=tr(words[other]),
        choice=words[other],
    )


def _score(lines: Sequence[Line], delimiter: str) -> float:
    """Return how many columns are numbers, less where rows differ in length."""
    try:
        rows = [row for _, row in islice(rows_of(lines, delimiter), LOOKED_AT)]
    except OpenQuote:
        rows = [tuple(text.split(delimiter)) for _, text in lines[:LOOKED_AT] if text.strip()]
    if not rows:
        return 0.0
    width = width_of(rows)
    body = [row[:width] for row in rows if len(row) >= width and width_of([row]) <= width]
    if width < 2 or not body:
        return 0.0
    below = body[1:] or body  # the first may have the names
    columns = [[row[column] for row in below] for column in range(width)]
    shares = map(_number_share, columns)
    truths = sum(map(truth_of, columns)) if len(below) > 1 else 0
    has_cut_quotes = any(cell.count('"') % 2 for row in body for cell in row)
    share = len(body) / len(rows) * (0.5 if has_cut_quotes else 1.0)
    return (sum(shares) + 0.5 * truths) * share


def _number_share(cells: Sequence[str]) -> float:
    """Return how many cells are numbers; what has a word or a blank in it may be two cells."""
    numbers = [cell.strip() for cell in cells if looks_like_number(cell)]
    numbers = [cell for cell in numbers if cell[-1] not in ",;"]  # else a delimiter is left behind
    missing = sum(map(is_missing, cells)) if numbers else 0
    doubtful = sum(0.5 * bool(DOUBTFUL.search(cell)) for cell in numbers)
    return (len(numbers) + missing - doubtful) / len(cells)


def has_two_commas(lines: Sequence[Line], names: str = "") -> bool:
    """Tell whether commas between digits are decimal ones, and those with a blank part cells.

    Parameters
    ----------
    names : a remark above; where it has no digits and as many commas, these part cells
    """
    commas = {text.count(",") for _, text in lines if text.strip()}
    if commas == {names.count(",")} and not any(map(str.isdigit, names)):
        return False
    parted = [text.count(", ") for _, text in lines if text.strip()]
    inner = [len(re.findall(r"\d,\d", text)) for _, text in lines if text.strip()]
    return min(parted) > 0 and len(set(parted)) == 1 and len(inner) > 2 and min(inner[1:]) > 0


def has_cut_numbers(columns: Sequence[Sequence[str]], delimiter: str) -> bool:
    """Tell whether two columns may be one of numbers that have the delimiter in them.

    A decimal comma parts whole numbers of any length from digits that are as many in each row; then
    no number has a point. It also parts times of a clock from digits. A blank parts thousands.
    """
    if delimiter == " ":
        return has_split_thousands(columns)
    if delimiter == "," and len(columns) > 3 and all(map(CLOCK.fullmatch, columns[0])):
        return all(map(str.isdecimal, columns[1])) and len({*map(len, columns[1])}) == 1
    has_points = any(re.search(r"\d\.\d", cell) for column in columns for cell in column)
    if delimiter != "," or has_points or len(columns) < 4:
        return False
    return any(
        all(re.fullmatch(r"\s*[+-]?\d{1,3}", cell) for cell in left)
        and all(re.fullmatch(r"\d{1,3}\s*", cell) for cell in right)
        and len({*map(len, right)}) == 1
        and not {*left, *right} <= {"0", "1"}
        for left, right in pairwise(columns)
    )


def has_split_thousands(columns: Sequence[Sequence[str]]) -> bool:
    """Tell whether two columns may be one of numbers whose thousands a blank parts."""
    for left, right in pairwise(columns):
        is_group = all(re.fullmatch(r"\d{3}", cell) for cell in right)
        if is_group and all(re.fullmatch(r"[1-9]\d{0,2}", cell) for cell in left):
            return True
    return False


def width_of(rows: Iterable[Sequence[str]]) -> int:
    """Return how many cells most rows have; empty ones at the end do not count."""
    widths = [_width(row) for row in rows]
    return max(set(widths), key=lambda width: (widths.count(width), width))


def _width(row: Sequence[str]) -> int:
    width = len(row)
    while width and not row[width - 1].strip():
        width -= 1
    return width


# The signs of numbers ----------------------------------------------------------------------------


def notation_of(columns: Sequence[Sequence[str]], delimiter: str) -> tuple[Notation, str]:
    """Choose decimal and thousands sign of a table; return also what else they may be, or "".

    Parameters
    ----------
    columns : the cells of those that hold numbers
    """
    if all(_is_plain(_text_of(column)) for column in columns):  # nearly always
        return PLAIN, ""
    texts = [_text_of(list(filter(looks_like_number, column))) for column in columns]
    kinds = {sign: max((_kind_of(text, sign) for text in texts), default=_NONE) for sign in ".,"}
    point, comma = kinds["."], kinds[","]
    other = _blank_thousands(texts)
    if other:  # then neither sign parts thousands
        point, comma = (_DECIMAL if kind == _EITHER else kind for kind in (point, comma))
    if _DECIMAL in (point, comma):
        # A table has one decimal sign: what the other sign parts are thousands.
        is_comma = comma == _DECIMAL
        if point == comma:  # one of both is a slip, and to be refused
            is_comma = sum(text.count(",") - text.count(".") for text in texts) > 0
        decimal = "," if is_comma else "."
        sign, kind = (".", point) if decimal == "," else (",", comma)
        note = pair_note(texts) if decimal == delimiter == "," else ""
        return Notation(decimal, other or ("" if kind == _NONE else sign)), note
    if _THOUSANDS in (point, comma):
        thousands = "," if comma == _THOUSANDS else "."
        return Notation("." if thousands == "," else ",", other or thousands), ""
    if _EITHER not in (point, comma):
        return Notation(".", other), ""
    return _likelier(texts, "," if comma == _EITHER else ".", delimiter, other)


def _text_of(column: Sequence[str]) -> str:
    if not DOTS.isdisjoint(column):
        column = [cell for cell in column if cell not in DOTS]
    text = "\n".join(column)
    return text if text.isascii() else "\n".join(map(plain_text, column))


def _is_plain(text: str) -> bool:
    """Tell whether cells have no sign but points, and these are decimal ones."""
    has_signs = "," in text or "'" in text or " " in text
    return not has_signs and ("." not in text or _must_be_decimal(text, "."))


_NONE, _EITHER, _THOUSANDS, _DECIMAL = range(4)  # what a sign can be; the surer the greater


def _kind_of(text: str, sign: str) -> int:
    """Tell what a sign is in cells: it parts groups of three digits, or it cannot be that."""
    s = re.escape(sign)
    if sign not in text:
        return _NONE
    if sign == "," and re.search(r"(?<![\d,])[1-9]\d?(?:,\d{2})+,\d{3}(?![\d,])", text):
        return _THOUSANDS  # as in India
    if re.search(rf"\d{s}\d{{3}}(?:[.,' ]\d{{3}})*(?!{s})[.,]\d|\d{s}\d{{3}}{s}\d{{3}}", text):
        return _THOUSANDS
    return _DECIMAL if _must_be_decimal(text, sign) else _EITHER


def _must_be_decimal(text: str, sign: str) -> bool:
    """Tell whether there are not three digits behind a sign, or more than three before it."""
    s = re.escape(sign)
    behind, before = rf"{s}\d{{0,2}}(?!\d)|{s}\d{{4}}|{s}\d+[eE]", rf"\d{{4}}{s}|(?<!\d)0*{s}"
    return re.search(f"{behind}|{before}", text) is not None


def _blank_thousands(texts: Sequence[str]) -> str:
    """Return the blank or the apostrophe, where groups of three digits are parted by it."""
    for sign in "' ":
        if any(
            re.search(rf"(?<![\d.,])[1-9]\d{{0,2}}(?:{sign}\d{{3}})+(?!\d)", text) for text in texts
        ):
            return sign
    return ""


def _likelier(texts: Sequence[str], sign: str, delimiter: str, other: str) -> tuple[Notation, str]:
    """Choose for cells like 1,101, which are 1101 or 1.101."""
    with_sign = [text for text in texts if sign in text]
    cells = [cell for text in with_sign for cell in text.split("\n") if cell]
    plain = [cell for cell in cells if sign not in cell]
    has_money = any(cell[0] in MONEY or cell[-1] in MONEY for cell in cells if sign in cell)
    # Prices have two decimals or none; other decimals are written to one length in all cells. Of
    # thousands the small ones have no sign, and the large ones must all have it.
    has_small = any(re.fullmatch(r"[+-]?\d{1,3}", cell) for cell in plain)
    has_large = any(re.fullmatch(r"[+-]?\d{4,}", cell) for cell in plain)
    is_in_quotes = sign == delimiter == ","  # who writes decimals with it takes another delimiter
    are_thousands = not has_large and (has_small or is_in_quotes or has_money)
    example = next(cell for cell in cells if sign in cell)
    whole, split = example.replace(sign, ""), example.replace(sign, ".")
    as_thousands = Notation("." if sign == "," else ",", other or sign)
    as_decimals = Notation(sign, other)
    word = {",": "comma", ".": "point"}[sign]
    if are_thousands:
        return as_thousands, tr(
            "{example} is read as {number}; for {other} choose the decimal {sign} (--decimal "
            "{choice}).",
            example=example,
            number=whole,
            other=split,
            sign=tr(word),
            choice=word,
        )
    return as_decimals, tr(
        "{example} is read as {number}; for {other} choose the {sign} for thousands (--thousands "
        "{choice}).",
        example=example,
        number=split,
        other=whole,
        sign=tr(word),
        choice=word,
    )


def settled_notation(guessed: Notation, choices: TableChoices) -> Notation:
    """Return the signs of numbers where one of them, or both, are settled by hand."""
    decimal, thousands = choices.decimal, choices.thousands
    if decimal is None:
        decimal = guessed.decimal
        if thousands == "" and guessed.thousands in (".", ","):
            decimal = guessed.thousands  # which is then no sign of thousands
        elif thousands == decimal:
            decimal = "." if thousands == "," else ","
    if thousands is None:
        thousands = guessed.thousands
    return Notation(decimal, "" if thousands == decimal else thousands)


def thousands_words(notation: Notation, columns: Sequence[Sequence[str]]) -> str:
    """Say by an example what parts thousands."""
    sign = notation.thousands
    for cell in _cells(columns):
        text = plain_text(cell)
        if sign in text:
            return tr(
                "In {cell} the {sign} parts thousands and is no decimal sign.",
                cell=one_line(cell),
                sign=tr(_SIGN_WORDS[sign]),
            )
    return tr("The {sign} parts thousands.", sign=tr(_SIGN_WORDS[sign]))


def _cells(columns: Sequence[Sequence[str]]) -> Iterator[str]:
    for column in columns:
        yield from column


_SIGN_WORDS = {",": "comma", ".": "point", " ": marked("blank"), "'": "apostrophe"}
