"""The names of curves, each at the end of its own."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QRectF

from mlpviz.gui.look.sizes import HEAD, LABEL_GAP, LABEL_HEIGHT
from mlpviz.gui.plots.canvas import Curve, Mapping
from mlpviz.gui.plots.label_pictures import Label, LabelPictures
from mlpviz.gui.plots.placing import (
    STEP,
    Choice,
    Surroundings,
    Wish,
    best_place,
    choice_place,
    is_free,
)

# Of the plot's width: a longer name is cut, or its short form takes its place.
LARGEST_SHARE, WHOLE_SHARE = 0.7, 0.35
NEAR_ROWS = 2  # from the end of a curve: farther away a better place is looked for every time
LAST_POINTS = 12  # of a curve: by their middle one its name goes up and down, for losses jump
End = tuple[float, float]  # of a curve, in pixels
STRIDE = 20.0  # pixels: when a curve has grown so far, a better place is looked for


@dataclass(frozen=True, slots=True)
class EndName:
    """The name of a curve.

    Parameters
    ----------
    curve : at whose end it stands
    label : the whole name
    short : what stands there where the whole name has no room; "" for the whole one, cut
    """

    curve: Curve
    label: Label
    short: str = ""


@dataclass(frozen=True, slots=True)
class Placed:
    """A label in its place.

    Parameters
    ----------
    words : what is said of it, whole
    """

    label: Label
    rect: QRectF
    words: str


@dataclass(frozen=True, slots=True)
class _Chosen:
    """What was chosen for a name, when its curve ended at x."""

    label: Label
    choice: Choice
    x: float

    def is_near(self, x: float) -> bool:
        """Tell whether the name stands by its end, and this has not moved far."""
        return abs(self.choice.row) <= NEAR_ROWS and abs(x - self.x) < STRIDE


class EndNames:
    """Some names, the most important first; those that have no room are left out."""

    def __init__(self, pictures: LabelPictures) -> None:
        self.names: Sequence[EndName] = ()
        self.placed: tuple[Placed, ...] = ()
        self._pictures = pictures
        self._chosen: dict[str, _Chosen] = {}  # by the whole name

    def place(self, mapping: Mapping, around: Surroundings, *, afresh: bool) -> None:
        """Give names their places.

        Parameters
        ----------
        afresh : look for the best place of each; else they stay where they are beside their ends,
            as long as that is free and these have not moved far
        """
        placed, chosen, taken = [], {}, [*around.taken]
        found_ends = [(name, curve_end(name.curve, mapping)) for name in self.names]
        ends = [(name, end) for name, end in found_ends if end is not None]
        for name, end in ends:
            others = [other for _, other in ends]
            around = around._replace(taken=(*taken, *_nearer_to_others(end, others, around)))
            known = self._chosen.get(name.label.text)
            found = None
            if not afresh and known is not None and known.is_near(end[0]):
                wish = self._wish(known.label, end, around, None)
                rect = choice_place(wish, known.choice, around.height)
                found = (known, rect) if is_free(rect, around) else None
            found = found or self._search(name, end, around)
            if found is not None:
                chosen[name.label.text], rect = found
                placed.append(Placed(found[0].label, rect, name.label.text))
                taken.append(rect)
        self.placed, self._chosen = tuple(placed), chosen

    def _search(
        self, name: EndName, end: End, around: Surroundings
    ) -> tuple[_Chosen, QRectF] | None:
        """Look for the best place of a name."""
        label = self._fitted(name, around.width)
        known = self._chosen.get(name.label.text)
        before = None if known is None else known.choice
        found = best_place(self._wish(label, end, around, before), around)
        return None if found is None else (_Chosen(label, found[0], end[0]), found[1])

    def _fitted(self, name: EndName, width: float) -> Label:
        """Return the name in the form that a plot of a width has room for, whatever is on it."""
        if not name.short:
            return self._pictures.fitted(name.label, LARGEST_SHARE * width)
        if self._pictures.width(name.label) <= WHOLE_SHARE * width:
            return name.label
        return name.label._replace(text=name.short)

    def _wish(
        self,
        label: Label,
        end: End,
        around: Surroundings,
        before: Choice | None,
    ) -> Wish:
        width = self._pictures.width(label)
        left = min(end[0] + HEAD / 2 + LABEL_GAP, around.width - width)
        return Wish(width, end[1], (left,), before)


def _nearer_to_others(end: End, others: Sequence[End], around: Surroundings) -> Iterator[QRectF]:
    """Return where a name would seem to be that of another curve: beyond the middle to its end.

    Two that end at nearly one place are told apart by their colours.
    """
    for x, y in others:
        if abs(x - end[0]) < LABEL_HEIGHT and abs(y - end[1]) >= STEP:
            middle = (y + end[1]) / 2
            top, bottom = middle - LABEL_HEIGHT / 2, middle + LABEL_HEIGHT / 2
            if y < end[1]:
                yield QRectF(0.0, 0.0, around.width, max(0.0, top))
            else:
                yield QRectF(0.0, bottom, around.width, max(0.0, around.height - bottom))


def curve_end(curve: Curve, mapping: Mapping) -> End | None:
    """Return where a curve ends within the canvas, or leaves it; None where it is not seen.

    Its height is the middle one of its last points, so that a name beside it stays calm.
    """
    last = curve.x[-LAST_POINTS:], curve.y[-LAST_POINTS:]
    for x, y in (last, (curve.x, curve.y)):  # nearly always the last ones do
        x, y = mapping.x(x), mapping.y(y)
        is_seen = (x >= 0.0) & (x <= mapping.width) & (y >= 0.0) & (y <= mapping.height)
        places = is_seen.nonzero()[0][-LAST_POINTS:]
        if places.size:
            return float(x[places[-1]]), float(np.sort(y[places])[len(places) // 2])
    return None
