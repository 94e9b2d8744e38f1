"""The axis of a loss: what it spans, and its labels where it is logarithmic."""

import math
from collections.abc import Sequence

import numpy as np

from mlpviz.engine import Array
from mlpviz.experiment.words.formats import short_text
from mlpviz.gui.look.palette import round_up

LAST_DECADE = 307  # an axis that ends at the largest float has no room for its own length
SPARE = 0.03  # share of an axis that is left below what lies on it; of a fitted one above it, too
LEAST_DECADES = 0.5  # of a fitted logarithmic axis: at least two whole multiples of a decade
MAX_DECADES = 6  # numbers of a logarithmic axis
FEW_DECADES = 2.0  # so few have numbers at 2 and 5 too

Ticks = tuple[tuple[float, str], ...]  # place, an exponent of ten, and words of each


def loss_range(losses: Array, is_logarithmic: bool) -> tuple[float, float]:
    """Return the ends of an axis for some finite losses; of their logarithms where it has those."""
    if not is_logarithmic:
        highest = float(np.max(losses, initial=0.0))
        top = round_up(min(1.05 * highest, 10.0**LAST_DECADE)) if highest > 0.0 else 1.0
        return -SPARE * top, top
    positive = losses[losses > 0.0]
    if not positive.size:
        return -1.0, 0.0
    bottom = math.floor(math.log10(float(np.min(positive))))
    top = math.ceil(math.log10(float(np.max(positive))) + 1e-9)
    return float(bottom), float(max(top, bottom + 1))


def fitted_range(losses: Array, is_logarithmic: bool) -> tuple[float, float]:
    """Return the ends of an axis just wide enough for some losses, as `loss_range` does.

    Those that are not finite have no place on it, and on a logarithmic one those that are 0 have
    none.
    """
    finite = losses[np.isfinite(losses)]
    if not is_logarithmic:
        highest = min(float(np.max(finite, initial=0.0)), 10.0**LAST_DECADE) or 1.0
        return -SPARE * highest, (1.0 + SPARE) * highest
    positive = finite[finite > 0.0]
    if not positive.size:
        return -1.0, 0.0
    ends = (float(np.log10(end)) for end in (positive.min(), positive.max()))
    low, high = (min(max(end, 1.0 - LAST_DECADE), LAST_DECADE - 1.0) for end in ends)
    margin = max(SPARE * (high - low), 0.5 * (LEAST_DECADES - (high - low)))
    return max(low - margin, float(-LAST_DECADE)), min(high + margin, float(LAST_DECADE))


def decade_ticks(low: float, high: float) -> Ticks:
    """Put a number at every decade, or at every n-th of many; between few, ticks without.

    Two decades or less have numbers at 2 and 5 times a power of ten too, or at all of 1 to 9 times.

    Parameters
    ----------
    low, high : the ends of the axis, exponents of ten
    """
    if high - low > FEW_DECADES:
        return power_ticks(low, high)
    ticks = power_ticks(low, high, numbered=(1, 2, 5))
    is_poor = sum(bool(words) for _, words in ticks) < 2
    return power_ticks(low, high, numbered=range(1, 10)) if is_poor else ticks


def power_ticks(low: float, high: float, numbered: Sequence[int] = (1,)) -> Ticks:
    """Put ticks at 1 to 9 times powers of ten; at every n-th of many powers alone.

    Parameters
    ----------
    low, high : as of `decade_ticks`
    numbered : which of these multiples have a number
    """
    every = 1 + int(high - low) // MAX_DECADES
    ticks = []
    for decade in range(math.floor(low), math.ceil(high) + 1):
        for factor in range(1, 10) if every == 1 else (1,):
            place = decade + math.log10(factor)
            has_number = factor in numbered and decade % every == 0 and decade <= LAST_DECADE
            if low - 1e-9 <= place <= high + 1e-9 and (has_number or every == 1):
                ticks.append((place, short_text(factor * 10.0**decade) if has_number else ""))
    return tuple(ticks)


def major_and_minor(ticks: Ticks) -> list[Ticks]:
    """Part ticks with a number from those without, as pyqtgraph wants them."""
    return [
        tuple(tick for tick in ticks if tick[1]),
        tuple(tick for tick in ticks if not tick[1]),
    ]
