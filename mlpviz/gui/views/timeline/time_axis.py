"""Where the epochs lie on the timeline, and where the names of its marks have room."""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from mlpviz.gui.actions.time_marks import TimeMark
from mlpviz.gui.look.palette import round_up
from mlpviz.gui.look.sizes import (
    LEAST_TIME_NAME,
    SMALL,
    TIME_HANDLE,
    TIME_NAME_GAP,
    TIME_REACH,
    TIME_TICK_LINE,
)
from mlpviz.gui.look.sizing import text_width

LEAST_EPOCHS = 100  # the axis never shows less
MOST_NAMES = 40  # of the most important marks, for which a place is looked for


class TimeAxis(NamedTuple):
    """From epochs to places on the timeline, in base sizes.

    Parameters
    ----------
    width : of the slider
    last : the epoch at its right end: a round one, so that the marks move seldom
    """

    width: float
    last: float

    def x(self, epoch: float) -> float:
        """Return how far from the left an epoch lies."""
        return TIME_HANDLE / 2 + epoch / self.last * self._length

    def epoch(self, x: float) -> int:
        """Return the epoch at a place; below 0 or beyond the end where it is beside the axis."""
        return round((x - TIME_HANDLE / 2) / self._length * self.last)

    @property
    def _length(self) -> float:
        return max(1.0, self.width - TIME_HANDLE)


class PlacedName(NamedTuple):
    """A name of a mark in its place.

    Parameters
    ----------
    left, width : of the text, which is cut where it is wider
    """

    mark: TimeMark
    left: float
    width: float


def axis_for(width: float, live: int) -> TimeAxis:
    """Return the axis for a run that has come to an epoch."""
    return TimeAxis(width, round_up(max(LEAST_EPOCHS, live)))


def placed_names(marks: Sequence[TimeMark], axis: TimeAxis) -> tuple[PlacedName, ...]:
    """Give names their places, the most important first; those that have no room are left out.

    A name begins at its mark, or ends there where the other side has no room. It is cut rather
    than left out, but not to a few letters.
    """
    placed: list[PlacedName] = []
    for mark in sorted(marks, key=rank)[:MOST_NAMES]:
        x = axis.x(mark.position.epoch)
        room = _room(x, axis.width, placed)
        if room is None:
            continue
        first, last = room
        whole = _text_width(mark.name)
        width = min(whole, last - first)
        if width >= min(LEAST_TIME_NAME, whole):
            begins, ends = x - TIME_TICK_LINE, x + TIME_TICK_LINE - width
            left = begins if begins + width <= last else ends
            placed.append(PlacedName(mark, min(max(first, left), last - width), width))
    return tuple(placed)


def mark_at(x: float, marks: Sequence[TimeMark], axis: TimeAxis) -> TimeMark | None:
    """Return the mark that a pointer means by its place along the axis; the nearest of several."""

    def distance(mark: TimeMark) -> float:
        return abs(axis.x(mark.position.epoch) - x)

    near = [mark for mark in marks if distance(mark) <= TIME_REACH]
    return min(near, key=lambda mark: (distance(mark), rank(mark)), default=None)


def rank(mark: TimeMark) -> tuple[int, int]:
    """Order marks by their importance: what somebody named comes first, of a kind the latest."""
    return -1 if mark.kind is None else int(mark.kind), -mark.position.epoch


def _room(x: float, width: float, placed: Sequence[PlacedName]) -> tuple[float, float] | None:
    """Return from where to where there is room around a place; None where a name stands there."""
    first, last = 0.0, width
    for name in placed:
        left, right = name.left - TIME_NAME_GAP, name.left + name.width + TIME_NAME_GAP
        if left <= x <= right:
            return None
        if right < x:
            first = max(first, right)
        else:
            last = min(last, left)
    return first, last


@lru_cache(maxsize=256)
def _text_width(text: str) -> float:
    return text_width(text, size=SMALL)
