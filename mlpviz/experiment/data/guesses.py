"""The rules by which it is guessed how a table is made. Each says its reason.

A rule sees rows of cells, or a column of them, and answers; nothing here reads files or changes
anything. Where two answers are possible the likelier one is taken, and a note names the other. The
signs between cells and in numbers have rules of their own, in `guessed_signs`.
"""

from collections.abc import Callable, Iterable, Sequence
from itertools import islice, pairwise

from mlpviz.engine.datasets import MAX_CLASSES
from mlpviz.experiment.data.guessed_signs import width_of
from mlpviz.experiment.data.notation import looks_like_number
from mlpviz.experiment.data.table_text import Row
from mlpviz.experiment.data.table_words import (
    BRACKETED,
    COORDINATE,
    COUNTED_NAME,
    GRADE_NAME,
    ID_NAME,
    LOOKED_AT,
    MAXIMA,
    ORANGE_ROLE,
    ORANGE_TYPE,
    PERHAPS_TARGET,
    RUN_NAME,
    TARGET_NAME,
    UNIT_WORD,
    UNITS_NAME,
    are_types,
    is_missing,
)
from mlpviz.experiment.language import tr, tr_plural

MANY = 1000  # rows by which it is seen that a column has many values

# Columns -----------------------------------------------------------------------------------------


def are_numbers(cells: Iterable[str]) -> bool:
    """Tell whether most cells of a column that have a value are numbers, in one unit."""
    filled = [cell for cell in islice(cells, LOOKED_AT) if not is_missing(cell)]
    numbers = sum(map(looks_like_number, filled))
    return 2 * numbers > len(filled)


def counts_rows(cells: Sequence[str]) -> bool:
    """Tell whether a column counts 0, 1, 2 … or 1, 2, 3 …: a coordinate hardly ever does."""
    if not cells or cells[0] not in ("0", "1", "1."):
        return False
    first, point = int(cells[0].rstrip(".")), "." if cells[0].endswith(".") else ""
    return all(cell == f"{first + i}{point}" for i, cell in enumerate(cells))


def are_ordinals(cells: Sequence[str]) -> bool:
    """Tell whether a column counts 1. 2. 3.: what looks like a decimal point there is none."""
    return cells[:1] == ["1."] and counts_rows(cells)


def are_keys(cells: Sequence[str]) -> bool:
    """Tell whether a column rises in whole numbers of four digits or more, all of one length."""
    are_whole = len({*map(len, cells)}) == 1 and all(map(str.isdecimal, cells))
    return are_whole and len(cells[0]) > 3 and all(a < b for a, b in pairwise(cells))


def is_id(
    name: str,
    cells: Sequence[str],
    *,
    is_first: bool,
    is_unnamed: bool,
    has_header: bool = False,
) -> bool:
    """Tell whether a column numbers the rows: it counts them, or is called so and never repeats.

    Row numbers stand first; what is called as coordinates and times are may count as well.
    """
    if is_first and is_unnamed and all(map(str.isdecimal, cells)) and len(set(cells)) == len(cells):
        return True  # R writes the numbers of the rows that are left
    if is_first and has_header and not (cells[0][:1].isdecimal() and cells[-1][:1].isdecimal()):
        numbers = [cell for cell in cells if cell[:1].isdecimal()]  # beside words for other rows
        if counts_rows(numbers) and 2 * len(numbers) > len(cells):
            return COORDINATE.fullmatch(name) is None
    if is_first and len(cells) > 3 and (counts_rows(cells) or are_keys(cells)):
        return COORDINATE.fullmatch(name) is None
    if COUNTED_NAME.fullmatch(name) and not all(map(str.isdecimal, cells)):
        return False
    is_called_so = any(map(ID_NAME.fullmatch, (name, name.casefold())))
    is_called_so = is_called_so or COUNTED_NAME.fullmatch(name) is not None
    return is_called_so and len(set(cells)) == len(cells)


def has_few_values(cells: Sequence[str], *, are_numbers: bool) -> bool:
    """Tell whether a column has two to six different words or whole numbers that come again."""
    if len(set(cells[:MANY])) > 2 * MAX_CLASSES and len(cells) > MANY:
        return False  # no need to look at all
    words = {word.casefold() for word in set(cells) if not is_missing(word)}
    if not 2 <= len(words) <= MAX_CLASSES or 2 * len(words) > len(cells) - cells.count(""):
        return False
    return not are_numbers or all(map(_is_whole, words))


def numbers_classes(cells: Sequence[str]) -> bool:
    """Tell whether a column has the numbers of classes, 0 1 2 … or 1 2 3 …, each many times."""
    different = sorted(set(cells))
    counted = [[str(begin + i) for i in range(len(different))] for begin in (0, 1)]
    return different in counted and len(cells) >= 3 * len(different)


def never_repeat(cells: Sequence[str]) -> bool:
    """Tell whether a column of numbers has fractions that hardly ever come again."""
    first = cells[:LOOKED_AT]
    return any("." in cell or "," in cell for cell in first) and 2 * len(set(first)) > len(first)


def _is_whole(word: str) -> bool:
    try:
        return float(word) == int(float(word))
    except (ValueError, OverflowError):
        return False


def target_rank(
    name: str,
    *,
    is_last: bool,
    has_words: bool,
    has_classes: bool,
    numbers_classes: bool,
    can_be_early: bool,
    has_x: bool,
) -> int:
    """Return how likely a column is the target, 0 to 9: by its name, its values, its place.

    Parameters
    ----------
    has_words : whether its values are words
    has_classes : whether it has two to six different values that come again
    numbers_classes : whether these are 0 1 2 … or 1 2 3 …
    can_be_early : whether classes may stand before the last column: no other one has such numbers,
        and it stands first, where some put the class, the columns have no names, or the last one
        cannot have classes
    has_x : whether another column is called x, so that y is none
    """
    if GRADE_NAME.fullmatch(name) and is_last and (has_classes or not has_words):
        return 9
    if TARGET_NAME.fullmatch(name):
        return 8
    is_named = PERHAPS_TARGET.fullmatch(name) and not (name.casefold() == "y" and has_x)
    if is_named and (has_classes or is_last):
        return 7
    if has_classes and (has_words or numbers_classes) and is_last:
        return 6
    if has_classes and has_words:
        return 5
    if has_classes and (is_last or (numbers_classes and can_be_early)):
        return 3 + is_last  # inputs can be few whole numbers, too
    return 2 if is_last else 1


def is_target_name(name: str) -> bool:
    """Tell whether a column is called as targets are."""
    return bool(TARGET_NAME.fullmatch(name) or (len(name) > 1 and PERHAPS_TARGET.fullmatch(name)))


# The rows above ----------------------------------------------------------------------------------


def first_data_row(rows: Sequence[Sequence[str]], columns: Sequence[int], width: int) -> int:
    """Return the place of the first row that has numbers where most rows have them.

    One that has both, a number and something else there, is no header but has an odd cell.
    """
    # Names such as 100m are no numbers with a unit, unless all numbers there have one.
    for is_number in (_is_bare, looks_like_number):
        first = _first_of(rows, columns, width, is_number)
        if first < len(rows):
            break
    while first and _has_odd_cell(rows[first - 1], columns, width):
        first -= 1
    return first


def _first_of(
    rows: Sequence[Sequence[str]],
    columns: Sequence[int],
    width: int,
    is_number: Callable[[str], bool],
) -> int:
    for i, row in enumerate(rows):
        cells = [row[column] for column in columns if column < len(row) and row[column].strip()]
        numbers = sum(is_number(cell) or is_missing(cell) for cell in cells)
        is_above = i == 0 and len(cells) < width and any(map(are_names, rows[1:2]))
        if numbers and 2 * numbers > len(cells) and 2 * len(row) > width and not is_above:
            return i
    return len(rows)


def _is_bare(cell: str) -> bool:
    return looks_like_number(cell) and not cell.strip()[-1:].isalpha()


def _has_odd_cell(row: Sequence[str], columns: Sequence[int], width: int) -> bool:
    cells = [row[column] for column in columns if column < len(row)]
    has_number = any(map(_is_bare, cells))
    return has_number and 2 * len(row) > width and not are_units(row) and bool(row[0].strip())


def header_rows(above: Sequence[Row], width: int) -> int:
    """Return how many of the rows above the first of data name its columns.

    They have as many cells as the table, or one fewer, and stand right above each other.
    """
    if len(above) > 2 and (are_survey_ids(above[-1][1]) or is_orange(above[-2][1], above[-1][1])):
        return 3
    count, below = 0, None
    for line, row in reversed(above):
        filled = width_of([row])
        is_near = below is None or line == below - 1
        has_room = width - 1 <= len(row) and filled <= width
        upper = above[-2][1] if len(above) > 1 else ()
        if count == 0 and len(row) == 1 and len(upper) == width - 1 and are_names(upper):
            return 2  # the name of pandas' index stands below the other names
        if count == 0:
            fits = has_room and 2 * filled > width and not _ends_a_sentence(row)
        else:
            lower = above[len(above) - count][1]  # a rule may be between names and types
            fits = (is_near or are_types(lower)) and has_room and _goes_above(row, lower)
        if not fits:
            break
        count, below = count + 1, line
    return min(count, 3)


def _ends_a_sentence(row: Sequence[str]) -> bool:
    """Tell whether words say what comes below them, as in "My values, the last is the ground:"."""
    return row[-1].endswith(":") and sum(cell.endswith(":") for cell in row) == 1


def _goes_above(row: Sequence[str], below: Sequence[str]) -> bool:
    """Tell whether a row of names goes on in the next: units, types, or names within groups."""
    filled = [cell.strip() for cell in below if cell.strip()]
    are_kinds = len(set(filled)) < len(filled) and are_names(row)  # the same word below several
    are_some = all(row) and "" in below and are_names(row)  # dates of tasks, and of names none
    return are_units(below) or are_types(below) or is_grouped(row) or are_kinds or are_some


def is_grouped(row: Sequence[str]) -> bool:
    """Tell whether names stand over several columns: the next cell is empty, or the same again."""
    cells = [cell.strip() for cell in row]
    are_same = any(a and a == b for a, b in pairwise(cells))
    is_group = bool(cells[0]) and (are_same or "" in cells[1:-1])
    return is_group and not any(map(looks_like_number, cells))


def are_names(row: Sequence[str]) -> bool:
    """Tell whether a row can be one of names: each is short, none is a number, none comes twice."""
    cells = [cell.strip() for cell in row if cell.strip()]
    are_short = all(len(cell) <= 30 and cell.count(" ") < 3 for cell in cells)
    has_numbers = any(map(_is_bare, cells))
    return are_short and not has_numbers and len(set(cells)) == len(cells)


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


def come_again(first: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    """Tell whether a word of a row stands below it, too."""
    return any(row[i:] and row[i] == cell for row in below for i, cell in enumerate(first) if cell)


def are_survey_ids(row: Sequence[str]) -> bool:
    """Tell whether a row has the ids that Qualtrics writes below names and questions."""
    return all("ImportId" in cell for cell in row if cell.strip()) and bool(row[0].strip())


def begin_again(names: Sequence[str]) -> int | None:
    """Return the column at which the same names begin again: a second table stands at the side.

    Pandas numbers names that come again, as in x, y, x.1, y.1; programs of schools number runs.
    """
    filled = [(i, RUN_NAME.sub("", name).casefold()) for i, name in enumerate(names) if name]
    for period in range(2, len(filled) // 2 + 1):
        if len(filled) % period == 0 and all(
            name in (filled[i % period][1], f"{filled[i % period][1]}.{i // period}")
            for i, (_, name) in enumerate(filled)
        ):
            return filled[period][0]
    return None


def kinds_begin_again(columns: Sequence[Sequence[str]], numbers: Sequence[int]) -> int | None:
    """Return the column at which numbers and then a word of the same class begin again."""
    count = len(columns)
    words = [column for column in range(count) if column not in numbers]
    for period in range(3, count // 2 + 1):
        if words == [*range(period - 1, count, period)] and not count % period:
            classes = [set(columns[column]) for column in words]
            different = len(set.union(*classes))
            if different <= MAX_CLASSES and all(one & classes[0] for one in classes):
                return period
    return None


def is_summary(first: Sequence[str], rows: int, width: int) -> bool:
    """Tell whether a first row counts rows and inputs and names the classes, as scikit-learn's."""
    cells = [cell.strip() for cell in first]
    return len(cells) > 3 and cells[:2] == [str(rows), str(width - 1)]


# The rows below ----------------------------------------------------------------------------------


def says_maxima(row: Sequence[str]) -> bool:
    """Tell whether a row right below the names says how many points there can be."""
    label = next((cell.strip() for cell in row if cell.strip()), "")
    return MAXIMA.fullmatch(label) is not None


# The whole ---------------------------------------------------------------------------------------


def shape_notes(names: Sequence[str], columns: Sequence[Sequence[str]]) -> list[str]:
    """Say what of a table may be meant otherwise than it stands there."""
    notes, rows = [], len(columns[0])
    if rows < 4 and len(names) > 2 * rows:
        notes.append(
            tr(
                "There are {rows} rows and {columns} columns: where the table lies on its side, "
                "turn it round (transpose it) first.",
                rows=rows,
                columns=len(names),
            )
        )
    first = columns[0]
    if first[0] and 3 * first.count("") > rows and not are_numbers(first):
        notes.append(
            tr_plural(
                "{column} is empty in {count} row: where a word holds for the rows below as well, "
                "write it into each.",
                "{column} is empty in {count} rows: where a word holds for the rows below as well, "
                "write it into each.",
                first.count(""),
                column=f"{names[0]!r:.60}",
            )
        )
    for name, cells in zip(names, columns, strict=True):
        units = list(dict.fromkeys(filter(None, cells[:LOOKED_AT])))
        if UNITS_NAME.fullmatch(name) and 1 < len(units) < 6 and not are_numbers(units):
            notes.append(
                tr(
                    "{column} has several units ({units}), and numbers are taken as they stand.",
                    column=f"{name!r:.60}",
                    units=f"{', '.join(units):.60}",
                )
            )
    return notes
