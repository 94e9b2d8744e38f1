"""The rule by which a first row of numbers is told to have the names of the columns."""

import re
from collections.abc import Sequence

from mlpviz.experiment.data.guesses import are_numbers, is_target_name
from mlpviz.experiment.data.notation import looks_like_number

YEAR = re.compile(r"(?:18|19|20)\d\d")


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
    years = [int(cell) for cell in cells if YEAR.fullmatch(cell)]
    are_next = len(years) > 1 and years == [*range(years[0], years[0] + len(years))]
    if are_next or _are_only_years(cells, columns):
        return all(not looks_like_number(cell) or cell in map(str, years) for cell in cells)
    if any(is_target_name(cells[i]) and cells[i] not in columns[i] for i in words):
        return True
    are_new = [cells[i] not in {c.strip() for c in columns[i]} for i in words]
    others = [i for i in range(len(cells)) if i not in words and cells[i]]
    are_whole = all(re.fullmatch(r"\d+", cells[i]) for i in others)
    are_broken = all(any("." in c or "," in c for c in columns[i]) for i in others)
    is_repeated = any(len(set(columns[i])) * 2 <= len(columns[i]) for i in words)
    return bool(words and others) and all(are_new) and are_whole and are_broken and is_repeated


def _are_only_years(cells: Sequence[str], columns: Sequence[Sequence[str]]) -> bool:
    """Tell whether years that rise stand above numbers of which none is a year."""
    places = [i for i, cell in enumerate(cells) if looks_like_number(cell)]
    years = [cells[i] for i in places]
    are_rising = len(years) > 1 and years == sorted(set(years))
    are_years = are_rising and all(map(YEAR.fullmatch, years))
    return are_years and not any(YEAR.fullmatch(c.strip()) for i in places for c in columns[i])
