"""Paints the timeline: the track, how far the run is, the marks, and where one is."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap, QPolygonF

from mlpviz.gui.actions.time_marks import TimeMark
from mlpviz.gui.look.assets import ui_font
from mlpviz.gui.look.look import Look, current_look
from mlpviz.gui.look.sizes import (
    LABEL_HEIGHT,
    SMALL,
    TIME_FLAG,
    TIME_FOUND,
    TIME_HANDLE,
    TIME_LIVE,
    TIME_RIM,
    TIME_ROOM,
    TIME_TICK,
    TIME_TICK_LINE,
    TIME_TRACK,
)
from mlpviz.gui.look.sizing import picture_scale
from mlpviz.gui.plots.paper import is_on_paper
from mlpviz.gui.views.timeline.time_axis import PlacedName, TimeAxis, placed_names, rank


@dataclass(frozen=True, slots=True)
class Shown:
    """Where one is in time.

    Parameters
    ----------
    epoch : that is looked at, or looked for
    live : that the run has come to
    is_past : whether what is looked at is past
    share_found : how much of a state that is looked for has been computed; None where none is
    """

    epoch: int = 0
    live: int = 0
    is_past: bool = False
    share_found: float | None = None


class TimePainter:
    """Keeps what seldom changes as a picture, and paints upon it what moves."""

    def __init__(self) -> None:
        self.marks: Sequence[TimeMark] = ()
        self.names: tuple[PlacedName, ...] = ()  # as they were painted last
        self._look = current_look()
        self._picture = QPixmap()
        self._fitted: object = None
        self._has_names = True

    def set_look(self, look: Look) -> None:
        """Take over colours and sizes."""
        self._look = look
        self._fitted = None

    def set_marks(self, marks: Sequence[TimeMark]) -> None:
        """Take over the marks."""
        self.marks = marks
        self._fitted = None

    def places(self, shown: Shown, axis: TimeAxis) -> object:
        """Return where everything lies to a quarter of a pixel, to see whether it has moved."""
        places = (round(4.0 * axis.x(epoch)) for epoch in (shown.epoch, shown.live))
        share = shown.share_found
        return axis, *places, shown.is_past, share if share is None else round(100.0 * share)

    def mark_named_at(self, place: QPointF) -> TimeMark | None:
        """Return the mark whose name is at a place, in base sizes."""
        if not self._has_names or place.y() > LABEL_HEIGHT:
            return None
        at = (n.mark for n in self.names if n.left <= place.x() <= n.left + n.width)
        return next(at, None)

    def paint(self, painter: QPainter, rect: QRectF, shown: Shown, axis: TimeAxis) -> None:
        """Paint all of it over an opaque ground.

        Parameters
        ----------
        rect : of the slider, in base sizes
        """
        painter.fillRect(rect, QColor(self._look.panel))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._has_names = rect.height() >= LABEL_HEIGHT + TIME_TICK / 2 + TIME_ROOM
        y = rect.bottom() - TIME_ROOM if self._has_names else rect.center().y()
        self._paint_track(painter, shown, axis, y)
        if is_on_paper():
            self._paint_marks(painter, axis, y)
        else:
            self._keep_marks(painter, rect, axis, y)
            painter.drawPixmap(0, 0, self._picture)
        self._paint_places(painter, shown, axis, y)

    def _paint_track(self, painter: QPainter, shown: Shown, axis: TimeAxis, y: float) -> None:
        look, here, live = self._look, axis.x(shown.epoch), axis.x(shown.live)
        painter.setPen(Qt.PenStyle.NoPen)
        ends = ((axis.x(axis.last), look.line), (live, look.ghost), (here, look.accent))
        for end, colour in ends:
            painter.setBrush(QColor(colour))
            left, radius = axis.x(0), TIME_TRACK / 2
            track = QRectF(left, y - radius, max(0.0, end - left), TIME_TRACK)
            painter.drawRoundedRect(track, radius, radius)

    def _paint_places(self, painter: QPainter, shown: Shown, axis: TimeAxis, y: float) -> None:
        look, here = self._look, QPointF(axis.x(shown.epoch), y)
        if shown.is_past:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(look.accent))
            painter.drawEllipse(QPointF(axis.x(shown.live), y), TIME_LIVE / 2, TIME_LIVE / 2)
        painter.setPen(QPen(QColor(look.accent), TIME_RIM))
        painter.setBrush(QColor(look.panel))
        radius = (TIME_HANDLE - TIME_RIM) / 2
        painter.drawEllipse(here, radius, radius)
        if shown.share_found is not None:
            width, height = TIME_FOUND
            line = QRectF(here.x() - width / 2, y + TIME_HANDLE / 2, width, height)
            painter.fillRect(line, QColor(look.line))
            line.setWidth(width * shown.share_found)
            painter.fillRect(line, QColor(look.accent))

    def _keep_marks(self, painter: QPainter, rect: QRectF, axis: TimeAxis, y: float) -> None:
        """Paint ticks and names into a picture, where they are not in it yet."""
        scale = picture_scale(painter)
        fitted = (axis, rect.size().toTuple(), scale)
        if fitted == self._fitted:
            return
        self._fitted = fitted
        self._picture = QPixmap(round(rect.width() * scale), round(rect.height() * scale))
        self._picture.setDevicePixelRatio(scale)
        self._picture.fill(Qt.GlobalColor.transparent)
        inner = QPainter(self._picture)
        inner.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_marks(inner, axis, y)
        inner.end()

    def _paint_marks(self, painter: QPainter, axis: TimeAxis, y: float) -> None:
        """Paint ticks, and names where the bar is high enough."""
        self._paint_ticks(painter, axis, y)
        self.names = placed_names(self.marks, axis)
        if self._has_names:
            self._paint_names(painter)

    def _paint_ticks(self, painter: QPainter, axis: TimeAxis, y: float) -> None:
        ticks: dict[tuple[int, str, bool], float] = {}
        for mark in sorted(self.marks, key=rank):
            x = axis.x(mark.position.epoch)
            ticks.setdefault((round(x), self._colour(mark), mark.is_own), x)
        # Of several at one place the one that is named, which is first, lies uppermost.
        for (_, colour, is_own), x in reversed(ticks.items()):
            top = y - TIME_TICK / 2
            painter.setPen(QPen(QColor(colour), TIME_TICK_LINE))
            painter.drawLine(QPointF(x, top), QPointF(x, y + TIME_TICK / 2))
            if is_own:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QColor(colour))
                corners = ((0.0, 0.0), (TIME_FLAG, TIME_FLAG / 2), (0.0, TIME_FLAG))
                flag = QPolygonF([QPointF(x + dx, top + dy) for dx, dy in corners])
                painter.drawPolygon(flag)

    def _paint_names(self, painter: QPainter) -> None:
        painter.setFont(ui_font(SMALL))
        metrics = painter.fontMetrics()
        for name in self.names:
            look = self._look
            painter.setPen(QColor(look.warning if name.mark.is_warning else look.quiet))
            # One pixel more, for widths of letters are no whole numbers.
            width = name.width + 1.0
            text = metrics.elidedText(name.mark.name, Qt.TextElideMode.ElideRight, round(width))
            row = QRectF(name.left, 0.0, width, LABEL_HEIGHT)
            painter.drawText(row, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextDontClip, text)

    def _colour(self, mark: TimeMark) -> str:
        if mark.is_warning:
            return self._look.warning
        return self._look.second_run if mark.side == 1 else self._look.text
