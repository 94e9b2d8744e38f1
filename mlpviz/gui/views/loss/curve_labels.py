"""All words upon the loss plot: names at the ends of curves, and what happened on the way.

They stand upon the curves and never upon each other. Names of lines that do not change come first,
then events, then the names that ride on the ends of the runs: so nothing moves but these.
"""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from mlpviz.experiment.words.event_words import CurveEvent
from mlpviz.gui.look.look import Look
from mlpviz.gui.look.sizes import HEAD, LABEL_HEIGHT
from mlpviz.gui.plots.canvas import Curve, Mapping
from mlpviz.gui.plots.label_pictures import LabelPictures
from mlpviz.gui.plots.placing import Line, Surroundings
from mlpviz.gui.views.loss.end_names import EndName, EndNames, Placed
from mlpviz.gui.views.loss.event_labels import EventLabels, EventMark
from mlpviz.gui.views.loss.run_curves import RunCurves

ROOM = 1.5  # that a name takes, in its own heights: they do not stand as close as they could


class CurveLabels:
    """Paints marks and names for some runs.

    Parameters
    ----------
    runs : what is drawn of each
    """

    def __init__(self, runs: Sequence[RunCurves]) -> None:
        self._runs = runs
        self._lines: tuple[Curve, ...] = tuple(
            line for run in runs for line in (run.curve, run.test)
        )
        self._pictures = LabelPictures()
        self._still, self._riding = EndNames(self._pictures), EndNames(self._pictures)
        self._still_names: Sequence[EndName] = ()
        self._events = EventLabels(self._pictures)
        self._laid_for: Mapping | None = None
        self._seen_to = 0.0  # up to which epoch it was seen whether curves cross names

    @property
    def placed(self) -> tuple[Placed, ...]:
        """All names, where they were painted last."""
        return (*self._still.placed, *self._events.placed, *self._riding.placed)

    @property
    def has_riding(self) -> bool:
        """Whether there are names at ends that grow."""
        return bool(self._riding.names)

    @property
    def marks(self) -> tuple[tuple[EventMark, QPointF], ...]:
        """The marks of events, where they were painted last."""
        return self._events.places

    def set_look(self, look: Look) -> None:
        """Take over colours."""
        self._pictures.set_look(look)
        self._events.set_look(look)
        self._laid_for = None

    def set_names(self, still: Sequence[EndName], riding: Sequence[EndName]) -> None:
        """Take over the names of lines that stay as they are, and of those that grow."""
        self._still_names, self._riding.names = still, riding
        self._laid_for = None

    def set_events(self, marks: Sequence[EventMark]) -> None:
        """Take over what happened, the most important first."""
        self._events.set_marks(marks)
        self._laid_for = None

    def words_at(self, place: QPointF) -> str:
        """Say in full what a name or a mark stands for; "" where there is none."""
        for placed in self.placed:
            if placed.rect.contains(place):
                return placed.words
        return self._events.words_at(place)

    def event_at(self, place: QPointF) -> CurveEvent | None:
        """Return the event whose mark a place is at; None where it is at none."""
        return self._events.event_at(place)

    def paint(self, painter: QPainter, mapping: Mapping) -> None:
        """Paint them."""
        is_new = self._laid_for != mapping
        needs_heads = is_new or self._still.placed or self._riding.names or self._events.placed
        heads = self._heads(mapping) if needs_heads else []
        is_new = is_new or _touch(heads, self._still.placed)
        if is_new:
            self._lay_still(mapping, heads)
        is_hit = bool(self._events.placed) and self._events.are_crossed(self._new_lines(mapping))
        if is_new or is_hit:
            self._lay_events(mapping, heads)
        self._laid_for = mapping
        self._lay_riding(mapping, heads, afresh=is_new or is_hit)
        self._events.paint_marks(painter)
        for placed in self.placed:
            self._pictures.paint(painter, placed.rect, placed.label)

    def _lay_still(self, mapping: Mapping, heads: Sequence[QRectF]) -> None:
        # In a low plot those that ride have the room, and of the others the first ones.
        rows = int(mapping.height / (ROOM * LABEL_HEIGHT)) - len(self._riding.names) - 1
        self._still.names = self._still_names[: max(0, rows)]
        lines = [Line(name.curve.x, name.curve.y, mapping) for name in self._still_names]
        self._still.place(mapping, _around(mapping, heads, lines), afresh=True)

    def _lay_events(self, mapping: Mapping, heads: Sequence[QRectF]) -> None:
        lines = [
            (run.curve, Line(line.x, line.y, mapping))
            for run in self._runs
            for line in (run.curve, run.test)
            if line.x.size
        ]
        taken = [placed.rect for placed in self._still.placed]
        self._events.place(mapping, [*taken, *heads], lines)

    def _lay_riding(self, mapping: Mapping, heads: Sequence[QRectF], *, afresh: bool) -> None:
        if not self._riding.names:
            self._riding.placed = ()
            return
        lines = self._run_lines(mapping)
        taken = [placed.rect for placed in (*self._still.placed, *self._events.placed)]
        around = _around(mapping, [*taken, *heads], lines)
        self._riding.place(mapping, around, afresh=afresh)

    def _run_lines(self, mapping: Mapping) -> list[Line]:
        return [Line(line.x, line.y, mapping) for line in self._lines if line.x.size]

    def _new_lines(self, mapping: Mapping) -> list[Line]:
        """Return what has been added to the curves of the runs since this was last asked."""
        lines = []
        for line in self._lines:
            first = max(0, int(line.x.searchsorted(self._seen_to)) - 1)
            lines.append(Line(line.x[first:], line.y[first:], mapping))
        ends = [float(run.curve.x[-1]) for run in self._runs if run.curve.x.size]
        self._seen_to = max(ends, default=0.0)
        return lines

    def _heads(self, mapping: Mapping) -> list[QRectF]:
        """Return where the ends of the runs are."""
        heads = [run.head for run in self._runs if run.head.x.size]
        places = [(mapping.x(head.x)[0], mapping.y(head.y)[0]) for head in heads]
        return [QRectF(x - HEAD / 2, y - HEAD / 2, HEAD, HEAD) for x, y in places]


def _touch(rects: Sequence[QRectF], placed: Sequence[Placed]) -> bool:
    return any(rect.intersects(other.rect) for rect in rects for other in placed)


def _around(mapping: Mapping, taken: Sequence[QRectF], lines: Sequence[Line]) -> Surroundings:
    return Surroundings(mapping.width, mapping.height, taken, lines)
