"""Numbers that stand off all others of their column: codes for no value, slips, other units.

Each is read as the number that stands there, and a note names it: the owner knows what it is.
"""

import re
from collections.abc import Callable

import numpy as np

from mlpviz.engine import Array

NINES = re.compile(r"-?9+(?:\.9+)?")  # what many files have for no number
# Zero and minus one are what programs fill gaps with: a body of weight 0, a sensor that says -1.
FILLED = (0.0, -1.0)
FILLED_GAP = 4.0  # times the mean step of the others: in a grid it is one step
FEWEST_STEPS = 5  # by which a mean step is known
# What a sensor says that has no contact (-127, 65535), a year too many digits, a lost point.
FAR = 5.0  # times the extent of all others
FEWEST_OTHERS = 4
# Metres and centimetres, kilograms and grams: what is in two units is a hundred or a thousand
# times as large, and what was measured of one kind of thing differs by less.
UNITS = ((70.0, 140.0), (700.0, 1400.0))
NARROW = 1.6


def missing_code_of(values: Array) -> float | None:
    """Return a number that may stand for no value: nines off all the rest, zero, or minus one."""
    low, high = float(values.min()), float(values.max())
    for value in (low, high):
        if NINES.fullmatch(f"{value:g}") and _is_so(value, values, _are_nines_off):
            return value
    return low if low in FILLED and _is_so(low, values, _is_filled) else None


def far_value_of(values: Array) -> float | None:
    """Return a number, of few cells, that lies many times farther off than all others extend."""
    for value in (float(values.min()), float(values.max())):
        is_rare = 4 * int((values == value).sum()) <= len(values)
        if is_rare and _is_so(value, values, _is_far):
            return value
    return None


def two_sizes_of(values: Array) -> tuple[Array, Array] | None:
    """Part numbers in two groups that may be of two units, the smaller first; None if not so."""
    ordered = np.sort(values)
    if len(ordered) < FEWEST_OTHERS or ordered[0] <= 0.0:
        return None
    with np.errstate(over="ignore"):  # the largest by the smallest is no number any more
        place = int(np.argmax(ordered[1:] / ordered[:-1])) + 1
    small, large = ordered[:place], ordered[place:]
    if min(len(small), len(large)) < 2:
        return None
    ratio = float(np.median(large)) / float(np.median(small))
    are_narrow = all(group[-1] <= NARROW * group[0] for group in (small, large))
    return (small, large) if are_narrow and any(a <= ratio <= b for a, b in UNITS) else None


def _is_so(value: float, values: Array, is_off: Callable[[float, Array], bool]) -> bool:
    rest = values[values != value]
    return len(rest) > 0 and is_off(value, rest)


def _are_nines_off(value: float, rest: Array) -> bool:
    """Tell whether nines lie far from all other numbers, or below zero where no other does.

    A single nine is off the answers to a question, which are numbered to five or to seven.
    """
    if value == 9.0:
        return bool(1.0 <= rest.min() <= 2.0 and rest.max() <= 7.0 and len(np.unique(rest)) > 2)
    is_far = value != -9.0 and np.abs(rest).max() < abs(value) / 2
    return bool(is_far or (value < 0.0 and rest.min() >= 0.0))


def _is_filled(value: float, rest: Array) -> bool:
    different = np.unique(rest)
    if len(different) < FEWEST_STEPS:
        return False
    low, high = float(different[0]), float(different[-1])
    return low - value >= FILLED_GAP * (high - low) / (len(different) - 1)


def _is_far(value: float, rest: Array) -> bool:
    low, high = float(rest.min()), float(rest.max())
    gap = low - value if value < low else value - high
    return len(rest) >= FEWEST_OTHERS and low < high and gap > FAR * (high - low)
