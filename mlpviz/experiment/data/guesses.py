"""The rules by which it is guessed how a table is written. Each says its reason.

A rule sees rows of cells, or a column of them, and answers; nothing here reads files or changes
anything. Where two answers are possible it takes the likelier one and says the other in a note.
"""

import re
from collections.abc import Iterable, Sequence
from itertools import islice, pairwise

from mlpviz.experiment.data.notation import PLAIN, Notation, looks_like_number, plain_text
from mlpviz.experiment.data.shapes import Line
from mlpviz.experiment.data.table_text import OpenQuote, Row, rows_of
from mlpviz.experiment.data.table_words import (
    BRACKETED,
    COORDINATE,
    ID_NAME,
    MISSING,
    ORANGE_ROLE,
    ORANGE_TYPE,
    PERHAPS_TARGET,
    TARGET_NAME,
    TOTAL,
    TRUTHS,
    UNIT_WORD,
)

LOOKED_AT = 50  # rows by which a column is taken for one of numbers

# The delimiter -----------------------------------------------------------------------------------


def delimiter_of(lines: Sequence[Line]) -> str | None:
    """Choose the delimiter with which most columns are numbers and the rows have one length.

    Of equals the first is taken: what is usual comes first. None where none makes columns. Tabs and
    semicolons hardly ever stand in a cell, and the same number of them in all rows is no accident.
    """
    for delimiter in "\t;":
        counts = {text.count(delimiter) for _, text in lines[:LOOKED_AT] if text.strip()}
        if len(counts) == 1 and counts.pop() > 1:
            return delimiter
    best, best_score = None, 0.0
    for delimiter in ("\t", ";", ",", "|", " ", ":"):
        score = _score(lines, delimiter)
        if score > best_score * 1.01:
            best, best_score = delimiter, score
    return best


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
    return (sum(shares) + 0.5 * truths) * len(body) / len(rows)


def _number_share(cells: Sequence[str]) -> float:
    """Return how many cells are numbers; what has a word behind it may be two cells."""
    numbers = [1.0 - 0.5 * cell[-1:].isalpha() for cell in cells if looks_like_number(cell)]
    missing = sum(map(is_missing, cells)) if numbers else 0
    return (sum(numbers) + missing) / len(cells)


def width_of(rows: Iterable[Sequence[str]]) -> int:
    """Return how many cells most rows have; empty ones at the end do not count."""
    widths = [max((i + 1 for i, cell in enumerate(row) if cell.strip()), default=0) for row in rows]
    return max(set(widths), key=lambda width: (widths.count(width), width))


# The signs of numbers ----------------------------------------------------------------------------


def notation_of(columns: Sequence[Sequence[str]], delimiter: str) -> tuple[Notation, str]:
    """Choose decimal and thousands sign of a table; return also what else they may be, or "".

    Parameters
    ----------
    columns : the cells of those that hold numbers
    """
    if all(_is_plain(_text_of(column)) for column in columns):  # nearly always
        return PLAIN, ""
    texts = [_text_of(column) for column in columns]
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
        return Notation(decimal, other or ("" if kind == _NONE else sign)), ""
    if _THOUSANDS in (point, comma):
        thousands = "," if comma == _THOUSANDS else "."
        return Notation("." if thousands == "," else ",", other or thousands), ""
    if _EITHER not in (point, comma):
        return Notation(".", other), ""
    return _likelier(texts, "," if comma == _EITHER else ".", delimiter, other)


def _text_of(column: Sequence[str]) -> str:
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
    # Decimals are written to one length in all cells. Of thousands the small ones have no sign, and
    # the large ones must all have it.
    has_small = any(re.fullmatch(r"[+-]?\d{1,3}", cell) for cell in plain)
    has_large = any(re.fullmatch(r"[+-]?\d{4,}", cell) for cell in plain)
    is_in_quotes = sign == delimiter == ","  # who writes decimals with it takes another delimiter
    are_thousands = not has_large and (has_small or is_in_quotes)
    example = next(cell for cell in cells if sign in cell)
    whole, split = example.replace(sign, ""), example.replace(sign, ".")
    as_thousands = Notation("." if sign == "," else ",", other or sign)
    as_decimals = Notation(sign, other)
    word = {",": "comma", ".": "point"}[sign]
    if are_thousands:
        return as_thousands, (
            f"{example} is read as {whole}; for {split} choose the decimal {word} "
            f"(--decimal {word})."
        )
    return as_decimals, (
        f"{example} is read as {split}; for {whole} choose the {word} for thousands "
        f"(--thousands {word})."
    )


# Columns -----------------------------------------------------------------------------------------


def is_missing(cell: str) -> bool:
    """Tell whether a cell has no value, as it is usually written."""
    if cell[-1:].isdigit():  # nearly always
        return False
    word = plain_text(cell).casefold()
    return word in MISSING


def are_numbers(cells: Iterable[str]) -> bool:
    """Tell whether most cells of a column that have a value are numbers, in one unit."""
    filled = [cell for cell in islice(cells, LOOKED_AT) if not is_missing(cell)]
    numbers = sum(map(looks_like_number, filled))
    return 2 * numbers > len(filled)


def truth_of(cells: Iterable[str]) -> bool:
    """Tell whether a column holds two words for true and false."""
    words = {
        plain_text(cell).casefold() for cell in islice(cells, LOOKED_AT) if not is_missing(cell)
    }
    return bool(words) and any(words <= truth for truth in TRUTHS)


def counts_rows(cells: Sequence[str]) -> bool:
    """Tell whether a column counts 0, 1, 2 … or 1, 2, 3 …: a coordinate hardly ever does."""
    if not cells or cells[0] not in ("0", "1"):
        return False
    first = int(cells[0])
    return all(cell == str(first + i) for i, cell in enumerate(cells))


def is_id(name: str, cells: Sequence[str], *, is_first: bool, is_unnamed: bool) -> bool:
    """Tell whether a column numbers the rows: it counts them, or is called so and never repeats.

    Row numbers stand first; what is called as coordinates and times are may count as well.
    """
    if is_first and counts_rows(cells) and (len(cells) > 3 or is_unnamed):
        return COORDINATE.fullmatch(name) is None
    is_called_so = ID_NAME.fullmatch(name) or ID_NAME.fullmatch(name.casefold())
    return bool(is_called_so) and len(set(cells)) == len(cells)


def target_rank(
    name: str,
    *,
    is_last: bool,
    has_words: bool,
    has_classes: bool,
    is_first: bool,
    has_x: bool,
) -> int:
    """Return how likely a column is the target, 0 to 8: by its name, its values, its place.

    Parameters
    ----------
    has_words : whether its values are words
    has_classes : whether it has two to six different values that come again
    is_first : whether it stands first, where some put the class
    has_x : whether another column is called x, so that y is none
    """
    if TARGET_NAME.fullmatch(name):
        return 8
    is_named = PERHAPS_TARGET.fullmatch(name) and not (name.casefold() == "y" and has_x)
    if is_named and (has_classes or is_last):
        return 7
    if has_classes and has_words:
        return 5 + is_last
    if has_classes and (is_first or is_last):  # inputs can be few whole numbers, too
        return 3 + is_last
    return 2 if is_last else 1


# The rows above ----------------------------------------------------------------------------------


def first_data_row(rows: Sequence[Sequence[str]], columns: Sequence[int], width: int) -> int:
    """Return the place of the first row that has numbers where most rows have them.

    One that has both, a number and something else there, is no header but has an odd cell.
    """
    first = len(rows)
    for i, row in enumerate(rows):
        cells = [row[column] for column in columns if column < len(row) and row[column].strip()]
        numbers = sum(looks_like_number(cell) or is_missing(cell) for cell in cells)
        if numbers and 2 * numbers > len(cells) and 2 * len(row) > width:
            first = i
            break
    while first and _has_odd_cell(rows[first - 1], columns, width):
        first -= 1
    return first


def _has_odd_cell(row: Sequence[str], columns: Sequence[int], width: int) -> bool:
    cells = [row[column] for column in columns if column < len(row)]
    has_number = any(map(looks_like_number, cells))
    return has_number and 2 * len(row) > width and not are_units(row) and bool(row[0].strip())


def header_rows(above: Sequence[Row], start: int, width: int) -> int:
    """Return how many of the rows above the first of data name its columns.

    They have as many cells as the table, or one fewer, and stand right above each other.

    Parameters
    ----------
    start : the line of the first row of data
    """
    if len(above) > 2 and is_orange(above[-2][1], above[-1][1]):
        return 3
    count, below = 0, None
    for line, row in reversed(above):
        filled = width_of([row])
        is_near = below is None or line == below - 1
        has_room = width - 1 <= len(row) and filled <= width
        if count == 0:
            fits = has_room and 2 * filled > width
        else:
            fits = is_near and has_room and _goes_above(row, above[len(above) - count][1])
        if not fits:
            break
        count, below = count + 1, line
    return min(count, 3)


def _goes_above(row: Sequence[str], below: Sequence[str]) -> bool:
    """Tell whether a row of names goes on in the next: units, types, or names within groups."""
    return are_units(below) or are_types(below) or is_grouped(row)


def is_grouped(row: Sequence[str]) -> bool:
    """Tell whether names stand over several columns: the next cell is empty, or the same again."""
    cells = [cell.strip() for cell in row]
    are_same = any(a and a == b for a, b in pairwise(cells))
    return bool(cells[0]) and (are_same or "" in cells[1:-1])


def are_names(row: Sequence[str]) -> bool:
    """Tell whether a row can be one of names: each is short, none is a number, none comes twice."""
    cells = [cell.strip() for cell in row if cell.strip()]
    are_short = all(len(cell) <= 30 and cell.count(" ") < 3 for cell in cells)
    has_numbers = any(map(looks_like_number, cells))
    return are_short and not has_numbers and len(set(cells)) == len(cells)


def are_types(row: Sequence[str]) -> bool:
    """Tell whether a row has types in brackets, as R prints them below names: <dbl>."""
    return all(re.fullmatch(r"<[\w+]+>", cell.strip()) for cell in row if cell.strip())


def are_units(row: Sequence[str]) -> bool:
    """Tell whether a row has units and no names."""
    cells = [cell.strip() for cell in row if cell.strip()]
    real = [cell for cell in cells if cell not in ("-", "–", "—", "1")]
    return bool(real) and all(UNIT_WORD.fullmatch(c) or BRACKETED.fullmatch(c) for c in cells)


def is_orange(types: Sequence[str], roles: Sequence[str]) -> bool:
    """Tell whether two rows are the types and the roles of Orange's header of three rows."""
    has_types = sum(bool(cell.strip()) for cell in types) >= len(types) - 1
    are_types = all(ORANGE_TYPE.fullmatch(cell.strip()) for cell in types)
    return has_types and are_types and all(ORANGE_ROLE.fullmatch(cell.strip()) for cell in roles)


def names_are_numbers(first: Sequence[str], rest: Sequence[Sequence[str]]) -> bool:
    """Tell whether a first row of numbers has names: it counts the columns, as pandas does.

    Or it has whole numbers, as years are, where the others are none, and a word that is no class.
    """
    cells = [cell.strip() for cell in first]
    if len(cells) < 3 or len(rest) < 2 or first in rest:
        return False
    counted = cells[1:] if not cells[0] else cells
    for begin in (0, 1):
        numbers = [str(begin + i) for i in range(len(counted))]
        last_is_word = counted[:-1] == numbers[:-1] and not looks_like_number(counted[-1])
        if counted == numbers or (last_is_word and not cells[0]):
            return True
    columns = [[row[i] for row in rest if i < len(row)] for i in range(len(cells))]
    words = [i for i, column in enumerate(columns) if not are_numbers(column)]
    are_new = [cells[i] not in {c.strip() for c in columns[i]} for i in words]
    others = [i for i in range(len(cells)) if i not in words and cells[i]]
    are_whole = all(re.fullmatch(r"\d+", cells[i]) for i in others)
    are_broken = all(any("." in c or "," in c for c in columns[i]) for i in others)
    is_repeated = any(len(set(columns[i])) * 2 <= len(columns[i]) for i in words)
    return bool(words and others) and all(are_new) and are_whole and are_broken and is_repeated


def is_summary(first: Sequence[str], rows: int, width: int) -> bool:
    """Tell whether a first row counts rows and inputs and names the classes, as scikit-learn's."""
    cells = [cell.strip() for cell in first]
    return len(cells) > 3 and cells[:2] == [str(rows), str(width - 1)]


# The rows below ----------------------------------------------------------------------------------


def footer_words(row: Sequence[str], columns: Sequence[int], width: int) -> str:
    """Say of a row at the end why it is none of the table; "" for one that is.

    Parameters
    ----------
    columns : those that hold numbers
    """
    filled = [cell.strip() for cell in row if cell.strip()]
    label = next((cell for cell in filled if not looks_like_number(cell)), "")
    if TOTAL.fullmatch(label):
        return f"is one of totals ({label})"
    has_numbers = any(looks_like_number(row[c]) for c in columns if c < len(row))
    are_all_missing = all(is_missing(row[c]) for c in columns if c < len(row))
    if not has_numbers and (len(filled) < width or not are_all_missing):
        return f"is a remark ({' '.join(filled):.40})"
    return ""
