"""More rules by which columns are told that number the rows, beside those in `guesses`."""

import re
from collections.abc import Sequence
from itertools import pairwise

# A day in digits, with hours and minutes or without: 20240131, 2024013109.
DAY = re.compile(
    r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:[01]\d|2[0-3])?(?:\d\d)?"
)
FEWEST = 6  # rows; a few numbers may rise by chance
HAS_UNIT = re.compile(r"[\[(/]|\bin \w|_\w{1,3}$")  # as in l [cm], l / cm, l in cm, l_cm
LONG = 6  # digits; few things are measured with that many


def are_days(cells: Sequence[str]) -> bool:
    """Tell whether a column has days in digits: as numbers they are no distance from each other."""
    return len(cells) > 1 and len(set(cells)) > 1 and all(map(DAY.fullmatch, cells))


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
