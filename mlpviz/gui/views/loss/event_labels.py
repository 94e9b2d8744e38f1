"""What happened to the runs: a mark on the curve for each event, and its name beside it."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF
from PySide6.QtGui import QPainter

from mlpviz.experiment.run.marks import MarkKind
from mlpviz.experiment.words.event_words import CurveEvent
from mlpviz.gui.look.look import Look, current_look
from mlpviz.gui.look.sizes import EVENT, EVENT_REACH, LABEL_GAP, LABEL_HEIGHT, THIN_LINE
from mlpviz.gui.plots.canvas import Curve, Mapping
from mlpviz.gui.plots.label_pictures import Label, LabelPictures
from mlpviz.gui.plots.placing import (
    Choice,
    Line,
    Surroundings,
    Wish,
    best_place,
    is_crossed,
)
from mlpviz.gui.plots.plot import solid
from mlpviz.gui.views.loss.end_names import Placed

LARGEST_SHARE = 0.9  # of the plot's width; a longer name is cut
MOST_MARKS = 40  # of the most important events
ROOM, MOST_NAMES = 12000.0, 6  # of the plot for each name, in square pixels
LEAST_ROWS = 3  # of names, that a plot with names of events is high
# These have a line.
UPRIGHT = frozenset((MarkKind.LOSS_BROKE, MarkKind.BRANCH, MarkKind.CHANGE, MarkKind.EDIT))


@dataclass(frozen=True, slots=True)
class EventMark:
    """An event on the plot.

    Parameters
    ----------
    curve : of its run
    loss : where its mark is, on the axis; NaN for where the curve is
    colour : of its run
    """

    event: CurveEvent
    curve: Curve
    loss: float
    colour: str


class EventLabels:
    """The events of the runs shown, the most important first."""

    def __init__(self, pictures: LabelPictures) -> None:
        self.placed: tuple[Placed, ...] = ()
        self.places: tuple[tuple[EventMark, QPointF], ...] = ()  # of the marks
        self._marks: Sequence[EventMark] = ()
        self._pictures = pictures
        self._choices: dict[CurveEvent, Choice] = {}
        self._leaders: list[QLineF] = []
        self._crossed: list[bool] = []  # of each name, whether it has no better place
        self._look = current_look()

    def set_look(self, look: Look) -> None:
        """Take over colours."""
        self._look = look

    def set_marks(self, marks: Sequence[EventMark]) -> None:
        """Take over events; `place` gives them their places."""
        self._marks = marks

    def place(
        self, mapping: Mapping, taken: Sequence[QRectF], lines: Sequence[tuple[Curve, Line]]
    ) -> None:
        """Give marks and names their places; a name has none upon the curves of another run.

        Parameters
        ----------
        taken : where others stand
        lines : that are on the plot, each with the curve of its run
        """
        self.places = tuple(
            (mark, place)
            for mark in self._marks[:MOST_MARKS]
            if (place := _mark_place(mark, mapping)) is not None
        )
        placed, choices = [], {}
        self._leaders, self._crossed = [], []
        around = [*taken, *(_around(place) for mark, place in self.places if _has_dot(place))]
        most = min(MOST_NAMES, max(1, int(mapping.width * mapping.height / ROOM)))
        if mapping.height < LEAST_ROWS * LABEL_HEIGHT:  # a name would hide its own curve
            most = 0
        for mark, place in self.places[:most]:
            label = self._fitted(mark, LARGEST_SHARE * mapping.width)
            width = self._pictures.width(label)
            beside = (place.x() + LABEL_GAP, place.x() - LABEL_GAP - width)
            over = min(max(0.0, place.x() - width / 2), mapping.width - width)
            y = place.y() if _has_dot(place) else LABEL_HEIGHT / 2
            wish = Wish(width, y, (*beside, over), self._choices.get(mark.event))
            own = [line for curve, line in lines if curve is mark.curve]
            others = [line for curve, line in lines if curve is not mark.curve]
            found = best_place(
                wish, Surroundings(mapping.width, mapping.height, around, own, others)
            )
            if found is None:
                continue
            choices[mark.event], rect = found
            around.append(rect)
            placed.append(Placed(label, rect, mark.event.sentence))
            self._crossed.append(is_crossed(rect, own))
            if mark.event.kind not in UPRIGHT:
                self._leaders += _leader(place, rect)
        self.placed, self._choices = tuple(placed), choices

    def are_crossed(self, lines: Sequence[Line]) -> bool:
        """Tell whether lines have come to pass through a name that was free of them."""
        return any(
            not was_crossed and is_crossed(placed.rect, lines)
            for placed, was_crossed in zip(self.placed, self._crossed, strict=True)
        )

    def words_at(self, place: QPointF) -> str:
        """Say what the mark is that a place is at, if it is at one."""
        event = self.event_at(place)
        return "" if event is None else event.sentence

    def event_at(self, place: QPointF) -> CurveEvent | None:
        """Return the event whose mark a place is at, the nearest of several; None for none."""

        def distance(placed: tuple[EventMark, QPointF]) -> float:
            return QLineF(placed[1], place).length()

        nearest = min(self.places, key=distance, default=None)
        return nearest[0].event if nearest and distance(nearest) <= EVENT_REACH else None

    def paint_marks(self, painter: QPainter) -> None:
        """Paint the marks, and what leads from them to names that stand apart."""
        if self._leaders:
            painter.setPen(solid(self._look.quiet, THIN_LINE))
            painter.drawLines(self._leaders)
        for mark, place in self.places:
            if _has_dot(place):
                self._pictures.paint_mark(painter, place, mark.colour)

    def _fitted(self, mark: EventMark, most: float) -> Label:
        is_break = mark.event.kind is MarkKind.LOSS_BROKE
        ink = self._look.warning if is_break else self._look.text
        return self._pictures.fitted(Label(mark.event.label, ink), most)


def _mark_place(mark: EventMark, mapping: Mapping) -> QPointF | None:
    """Return where a mark is, its height -1 where the curve has none; None where it is not seen."""
    x = float(mapping.x(np.array([float(mark.event.epoch)]))[0])
    if not 0.0 <= x <= mapping.width:
        return None
    loss = mark.loss
    if math.isnan(loss) and mark.curve.x.size:
        loss = float(np.interp(mark.event.epoch, mark.curve.x, mark.curve.y))
    y = float(mapping.y(np.array([loss]))[0])
    return QPointF(x, y if 0.0 <= y <= mapping.height else -1.0)


def _has_dot(place: QPointF) -> bool:
    return place.y() >= 0.0


def _around(place: QPointF) -> QRectF:
    return QRectF(place.x() - EVENT / 2, place.y() - EVENT / 2, EVENT, EVENT)


def _leader(place: QPointF, rect: QRectF) -> list[QLineF]:
    """Return the line from a mark to the height of its name, where that stands apart."""
    gap = rect.top() - place.y() if rect.top() > place.y() else place.y() - rect.bottom()
    if not _has_dot(place) or gap < LABEL_HEIGHT / 2:
        return []
    return [QLineF(place, QPointF(place.x(), rect.center().y()))]
