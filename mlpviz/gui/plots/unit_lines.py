"""The lines at which the units of the first layer turn, upon the map.

Each has the tint of its unit; where units have none, all are grey and have their number beside.
Lines that lie upon each other take turns, and a line outside the map has a mark at the rim: an
arrow to where it lies.
"""

from collections.abc import Iterable

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from mlpviz.engine import Array
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.bent_lines import NO_LINES, FirstLines
from mlpviz.gui.look.assets import ui_font
from mlpviz.gui.look.look import Look
from mlpviz.gui.look.sizes import (
    BEYOND_HEIGHT,
    DIM_UNIT_LINE,
    GREY_UNIT_LINE,
    LIT_BEYOND,
    LIT_UNIT_LINE,
    SMALL,
    UNIT_LINE,
    UNIT_LINE_REACH,
    UNIT_LINE_RIM,
    UNIT_NUMBER_IN,
    UNIT_NUMBER_SIDE,
)
from mlpviz.gui.plots.canvas import Layer, Mapping
from mlpviz.gui.plots.distances import piece_distances
from mlpviz.gui.plots.kept_pictures import KeptPictures
from mlpviz.gui.plots.plot import solid
from mlpviz.gui.plots.shared_lines import take_turns
from mlpviz.gui.plots.unit_arrows import Arrow, free_arrow
from mlpviz.gui.plots.unit_tints import unit_tint

MOST_NUMBERS = 200  # pictures of them that are kept
NUMBER_BESIDE = 2  # times the height of an arrow: from the rim to the number beside it


class UnitLines:
    """A line for each unit of the first layer that has one within the map, or the way to it."""

    def __init__(self) -> None:
        self.shown: FirstLines = NO_LINES
        self.lit: int | None = None  # the unit that is looked at; None for none
        self._recipe: Recipe | None = None
        self._tints: dict[int, str | None] = {}
        self._seen: object = None  # where all lies, to a quarter of a pixel
        self._whole: dict[int, list[QLineF]] = {}  # in pixels of this mapping
        self._apart: dict[int, list[QLineF]] = {}  # with gaps, for those that lie below
        self._number_places: dict[int, QPointF] = {}  # of those that have no tint
        self._numbers = KeptPictures(MOST_NUMBERS)
        self._arrows: dict[int, Arrow] = {}
        self._mapping: Mapping | None = None
        self._layer = Layer()
        self._painted_lit: int | None = None

    @property
    def ends(self) -> dict[int, Array]:
        """Of each unit that has a line the ends of its pieces, (2 · pieces, 2)."""
        return self.shown.ends

    def set_look(self, look: Look) -> None:
        """Take over colours."""
        self._look, self._seen, self._recipe = look, None, None
        self._numbers.clear()

    def set_data(self, shown: FirstLines, recipe: Recipe, mapping: Mapping) -> bool:
        """Take over the lines; return whether that can be seen."""
        ends, beyond = shown
        units = ends.keys() | beyond.keys()
        if recipe is not self._recipe or units != self._tints.keys():
            self._recipe, self._seen = recipe, None
            self._tints = {unit: unit_tint(self._look, recipe, (1, unit)) for unit in units}
        places = np.concatenate([np.empty((0, 2)), *ends.values(), *_rows(beyond)])
        pieces = [(unit, len(piece)) for unit, piece in ends.items()]
        seen = pieces, mapping.places(*places.T)
        has_moved = seen != self._seen
        if has_moved:
            self.shown, self._seen, self._mapping = shown, seen, None
        return has_moved

    def colour(self, unit: int) -> str:
        """Return the colour of the line of a unit."""
        return self._tints[unit] or self._look.quiet

    def width(self, unit: int) -> float:
        """Return how thick the line of a unit is: more where it is looked at, less beside."""
        if self._has_lit():
            return LIT_UNIT_LINE if unit == self.lit else DIM_UNIT_LINE
        return UNIT_LINE if self._tints[unit] else GREY_UNIT_LINE

    def nearest(self, x1: float, x2: float, mapping: Mapping) -> int | None:
        """Return the unit whose line, or arrow, is at a place of the plane; None for none."""
        found, least = None, UNIT_LINE_REACH
        place = _in_pixels(np.array([[x1, x2]]), mapping)
        for unit, ends in self.ends.items():
            pieces = _in_pixels(ends, mapping).reshape(-1, 2, 2)
            distance = float(piece_distances(place, pieces).min())
            if distance < least:
                found, least = unit, distance
        return self.arrow_at(x1, x2, mapping) if found is None else found

    def arrow_at(self, x1: float, x2: float, mapping: Mapping) -> int | None:
        """Return the unit whose arrow is at a place of the plane; None for none."""
        if mapping != self._mapping:  # nothing has been painted yet
            return None
        place = QPointF(*_in_pixels(np.array([[x1, x2]]), mapping)[0].tolist())
        touched = (unit for unit, arrow in self._arrows.items() if arrow.room.contains(place))
        return next(touched, None)

    def paint(self, painter: QPainter, mapping: Mapping) -> None:
        """Paint them, as a picture until one of them moves."""
        if not self._tints:
            return
        if mapping != self._mapping:
            self._lay_out(mapping)
            self._layer.forget()
        if self.lit != self._painted_lit:
            self._painted_lit = self.lit
            self._layer.forget()
        self._layer.show(painter, mapping, self._paint)

    def _paint(self, painter: QPainter) -> None:
        """Paint them, the one that is looked at above the others."""
        units = sorted(self.ends, key=lambda unit: unit == self.lit)
        rims: dict[float, list[QLineF]] = {}
        for unit in units:
            width = self.width(unit)
            if width >= UNIT_LINE:  # a rim sets it off from the colours of the classes
                rims.setdefault(width, []).extend(self._whole[unit])
        for width, lines_of_width in rims.items():
            painter.setPen(solid(self._look.middle, width + 2 * UNIT_LINE_RIM))
            painter.drawLines(lines_of_width)
        lines = self._whole if self._has_lit() else self._apart
        for unit in units:
            painter.setPen(solid(self.colour(unit), self.width(unit)))
            painter.drawLines(lines[unit])
            if unit in self._number_places:
                self._write_number(painter, self._number_places[unit], unit)
        for unit, arrow in self._arrows.items():
            self._paint_arrow(painter, unit, arrow)

    def _has_lit(self) -> bool:
        return self.lit is not None and self.lit in self._tints

    def _lay_out(self, mapping: Mapping) -> None:
        """Find where everything lies, in pixels: once, for it is painted many times."""
        self._mapping = mapping
        whole = _in_pixels(np.concatenate([np.empty((0, 2)), *self.ends.values()]), mapping)
        counts = [len(ends) // 2 for ends in self.ends.values()]
        lines = np.split(whole.reshape(-1, 2, 2), np.cumsum(counts)[:-1]) if counts else []
        has_tints = any(self._tints.values())  # grey ones look alike, and have their numbers
        apart = take_turns(lines) if has_tints else lines
        self._whole = dict(zip(self.ends, map(_q_lines, lines), strict=True))
        self._apart = {
            unit: self._whole[unit] if drawn is line else _q_lines(drawn)
            for unit, line, drawn in zip(self.ends, lines, apart, strict=True)
        }
        self._number_places = {}
        for unit, line in zip(self.ends, lines, strict=True):
            if self._tints[unit] is None:
                taken = self._number_places.values()
                self._number_places[unit] = _number_place(line, mapping, taken)
        self._arrows = {}
        for unit, place in self.shown.beyond.items():
            (x, y), *_ = _in_pixels(place[np.newaxis], mapping).tolist()
            others = [arrow.room for arrow in self._arrows.values()]
            self._arrows[unit] = free_arrow(x, y, mapping, others)

    def _paint_arrow(self, painter: QPainter, unit: int, arrow: Arrow) -> None:
        scale = 1.0
        if self._has_lit():
            scale = LIT_BEYOND if unit == self.lit else 1.0 / LIT_BEYOND
        painter.setPen(solid(self._look.middle, 2 * UNIT_LINE_RIM))
        painter.setBrush(QColor(self.colour(unit)))
        painter.drawPolygon(arrow.shape(scale))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if self._tints[unit] is None:
            centre = arrow.tip - arrow.out * (NUMBER_BESIDE * BEYOND_HEIGHT)
            self._write_number(painter, centre, unit)

    def _write_number(self, painter: QPainter, centre: QPointF, unit: int) -> None:
        """Write the number of a unit around a place."""
        is_lit, side = unit == self.lit, UNIT_NUMBER_SIDE

        def paint(inner: QPainter) -> None:
            square = QRectF(0.0, 0.0, side, side)
            inner.setPen(Qt.PenStyle.NoPen)
            inner.setBrush(QColor(self._look.panel))
            inner.drawEllipse(square)
            inner.setFont(ui_font(SMALL, bold=is_lit))
            inner.setPen(QColor(self._look.text))
            inner.drawText(square, Qt.AlignmentFlag.AlignCenter, str(unit + 1))

        self._numbers.draw(painter, centre, (unit, is_lit), lambda: (side, side, paint))


def _q_lines(pieces: Array) -> list[QLineF]:
    """Return lines for Qt.

    Parameters
    ----------
    pieces : (pieces, 2 ends, 2)
    """
    return [QLineF(*piece) for piece in pieces.reshape(-1, 4).tolist()]


def _rows(places: dict[int, Array]) -> list[Array]:
    return [place[np.newaxis] for place in places.values()]


def _in_pixels(places: Array, mapping: Mapping) -> Array:
    return np.stack((mapping.x(places[:, 0]), mapping.y(places[:, 1])), axis=1)


def _number_place(pieces: Array, mapping: Mapping, taken: Iterable[QPointF]) -> QPointF:
    """Return the place on a line that is nearest to `UNIT_NUMBER_IN` from the rim of the map.

    Parameters
    ----------
    pieces : in pixels, (pieces, 2 ends, 2)
    taken : where other numbers are, that it stands beside where there is room
    """
    shares = np.linspace(0.0, 1.0, 41) if len(pieces) == 1 else np.array([0.5])
    start, along = pieces[:, :1], pieces[:, 1:] - pieces[:, :1]
    places = (start + shares[:, np.newaxis] * along).reshape(-1, 2)
    size = np.array([mapping.width, mapping.height])
    cost = np.abs(np.minimum(places, size - places).min(axis=1) - UNIT_NUMBER_IN)
    for other in taken:
        is_near = np.hypot(*(places - other.toTuple()).T) < UNIT_NUMBER_SIDE
        cost += np.where(is_near, size.max(), 0.0)
    return QPointF(*places[cost.argmin()].tolist())
