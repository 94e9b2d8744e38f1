"""More rules by which columns are told that number the rows, beside those in `guesses`."""

import re
from collections.abc import Sequence
from itertools import pairwise

from mlpviz.experiment.data.table_words import LOOKED_AT, RANK_NAME

# A day in digits, with hours and minutes or without: 20240131, 2024013109.
DAY = re.compile(
    r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:[01]\d|2[0-3])?(?:\d\d)?"
)
FEWEST = 6  # rows; a few numbers may rise by chance
HAS_UNIT = re.compile(r"[\[(/]|\bin \w|_\w{1,3}$")  # as in l [cm], l / cm, l in cm, l_cm
# Seconds, or thousandths of them, since 1970, as programs count them.
SECONDS = re.compile(r"1\d{9}(?:\d{3})?")
TOO_LONG = 16  # digits, of which a number keeps the first ones only: nothing is measured with them
LONG = 6  # digits; few things are measured with that many


def are_days(cells: Sequence[str]) -> bool:
    """Tell whether a column has days in digits: as numbers they are no distance from each other.

    Or seconds since 1970: these are, but so large that nobody means them beside other numbers.
    """
    if len(set(cells)) < 2:
        return False
    return all(map(DAY.fullmatch, cells)) or all(map(SECONDS.fullmatch, cells))


def are_long(cells: Sequence[str]) -> bool:
    """Tell whether a column has whole numbers of more digits than a number can keep."""
    filled = [cell for cell in cells[:LOOKED_AT] if cell]
    return bool(filled) and all(len(cell) >= TOO_LONG and cell.isdecimal() for cell in filled)


def are_ranks(name: str, cells: Sequence[str]) -> bool:
    """Tell whether a column is called a rank and rises: some ranks may be shared or left out."""
    if RANK_NAME.fullmatch(name) is None:
        return False
    ranks = [int(cell.rstrip(".")) for cell in cells if cell.rstrip(".").isdecimal()]
    return 2 * len(ranks) > len(cells) and all(a <= b for a, b in pairwise(ranks))


def are_record_numbers(cells: Sequence[str]) -> bool:
    """Tell whether a column without a name has the numbers of records: long, and each another.

    Sums of money are as long, but nearly all of those are round.
    """
    if len(cells) < 4 or not all(map(str.isdecimal, cells)) or len(set(cells)) < len(cells):
        return False
    long = sum(len(cell) >= LONG for cell in cells)
    round_ones = sum(cell.endswith("0") for cell in cells)
    return 2 * long > len(cells) and 2 * round_ones < len(cells)


def may_be_catalogued(name: str, cells: Sequence[str]) -> bool:
    """Tell whether a column may have the numbers of a catalogue, of which some rows are shown.

    They are whole, rise from row to row, and by steps of which most are different; what is measured
    has a unit, or times of which it is known that they rise.
    """
    if len(cells) < FEWEST or not all(map(str.isdecimal, cells)) or HAS_UNIT.search(name):
        return False
    steps = [int(b) - int(a) for a, b in pairwise(cells)]
    return min(steps) > 0 and 2 * len(set(steps)) > len(steps)
