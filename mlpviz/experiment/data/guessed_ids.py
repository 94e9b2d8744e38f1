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
HAS_UNIT = re.compile(r"[\[(/]|\bin\s\w|_\w{1,3}$")  # as in l [cm], l / cm, l in cm, l_cm
# A day and a month, or a year and a month, where the column is called so: 1.3., 2023,10.
DAY_AND_MONTH = re.compile(r"(?:0?[1-9]|[12]\d|3[01])[.,](?:0?[1-9]|1[0-2])\.?")
YEAR_AND_MONTH = re.compile(r"(?:19|20)\d\d[.,](?:0?[1-9]|1[0-2])")
_DATE = r"date|datum|dato|fecha|päivä(?:ys|määrä)|tarih|дата"
DATE_NAME = re.compile(rf"(?:.*[\s_])?(?:{_DATE})", re.IGNORECASE)
MONTH_NAME = re.compile(
    rf"(?:.*[\s_])?(?:{_DATE}|data|time|zeit|month|monat|mois|mes|mese|mês|måned|månad|kuukausi|"
    "месяц|period|periode|période|zeitraum)",
    re.IGNORECASE,
)
# Seconds, or thousandths of them, since 1970, as programs count them.
SECONDS = re.compile(r"1\d{9}(?:\d{3})?")
BARCODE = 12  # digits
TOO_LONG = 16  # digits, of which a number keeps the first ones only: nothing is measured with them
LONG = 6  # digits; few things are measured with that many


def are_dates(name: str, cells: Sequence[str]) -> bool:
    """Tell whether a column that is called so has days and months with a point between them."""
    if MONTH_NAME.fullmatch(name) is None or len(set(cells)) < 2:
        return False
    are_days = DATE_NAME.fullmatch(name) and all(map(DAY_AND_MONTH.fullmatch, cells))
    return bool(are_days) or all(map(YEAR_AND_MONTH.fullmatch, cells))


def are_days(name: str, cells: Sequence[str]) -> bool:
    """Tell whether a column has days in digits: as numbers they are no distance from each other.

    Or seconds since 1970: these are, but so large that nobody means them beside other numbers.
    """
    if len(set(cells)) < 2:
        return False
    if are_dates(name, cells):
        return True
    return all(map(DAY.fullmatch, cells)) or all(map(SECONDS.fullmatch, cells))


def are_long(cells: Sequence[str]) -> bool:
    """Tell whether a column has whole numbers of more digits than a number can keep.

    Or of as many as goods are numbered with: sums of money are as long, but some are round.
    """
    filled = [cell for cell in cells[:LOOKED_AT] if cell]
    if not filled or not all(cell.isdecimal() and len(cell) >= BARCODE for cell in filled):
        return False
    if min(map(len, filled)) >= TOO_LONG:
        return True
    round_ones = sum(cell.endswith("00") for cell in filled)
    return len({*filled}) == len(filled) > 2 and len({*map(len, filled)}) == 1 and not round_ones


def are_ranks(name: str, cells: Sequence[str]) -> bool:
    """Tell whether a column is called a rank and rises, mostly by one: some are shared or left out.

    A position along something rises, too, but by other steps.
    """
    if RANK_NAME.fullmatch(name) is None:
        return False
    ranks = [int(cell.rstrip(".")) for cell in cells if cell.rstrip(".").isdecimal()]
    steps = [b - a for a, b in pairwise(ranks)]
    are_by_one = 2 * sum(step in (0, 1) for step in steps) > len(steps)
    return 2 * len(ranks) > len(cells) and min(steps, default=-1) >= 0 and are_by_one


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
