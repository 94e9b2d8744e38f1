"""The lines at which the units of the first layer turn, upon the map.

Each has the tint of its unit; where units have none, all are grey and have their number beside.
"""

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from mlpviz.engine import Array
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.gui.look.assets import ui_font
from mlpviz.gui.look.look import Look
from mlpviz.gui.look.sizes import (
    DIM_UNIT_LINE,
    GREY_UNIT_LINE,
    LIT_UNIT_LINE,
    SMALL,
    UNIT_LINE,
    UNIT_LINE_REACH,
    UNIT_LINE_RIM,
    UNIT_NUMBER_IN,
    UNIT_NUMBER_SIDE,
)
from mlpviz.gui.plots.canvas import Mapping
from mlpviz.gui.plots.plot import solid
from mlpviz.gui.plots.unit_tints import unit_tint


class UnitLines:
    """A line for each unit of the first layer that has one within the map."""

    def __init__(self) -> None:
        self.ends: dict[int, Array] = {}  # of each unit the ends of its pieces, (2 · pieces, 2)
        self.lit: int | None = None  # the unit that is looked at; None for none
        self._recipe: Recipe | None = None
        self._tints: dict[int, str | None] = {}
        self._seen: tuple[list[int], bytes] | None = None  # to a quarter of a pixel
        self._lines: dict[int, list[QLineF]] = {}  # in pixels of this mapping
        self._mapping: Mapping | None = None

    def set_look(self, look: Look) -> None:
        """Take over colours."""
        self._look, self._seen, self._recipe = look, None, None

    def set_data(self, ends: dict[int, Array], recipe: Recipe, mapping: Mapping) -> bool:
        """Take over the lines, by the numbers of their units; return whether that can be seen."""
        if recipe is not self._recipe or ends.keys() != self._tints.keys():
            self._recipe, self._seen = recipe, None
            self._tints = {unit: unit_tint(self._look, recipe, (1, unit)) for unit in ends}
        places = np.concatenate([np.empty((0, 2)), *ends.values()])
        seen = [len(piece) for piece in ends.values()], mapping.places(*places.T)
        has_moved = seen != self._seen
        if has_moved:
            self.ends, self._seen, self._mapping = ends, seen, None
        return has_moved

    def colour(self, unit: int) -> str:
        """Return the colour of the line of a unit."""
        return self._tints[unit] or self._look.quiet

    def width(self, unit: int) -> float:
        """Return how thick the line of a unit is: more where it is looked at, less beside."""
        if self.lit is not None and self.lit in self.ends:
            return LIT_UNIT_LINE if unit == self.lit else DIM_UNIT_LINE
        return UNIT_LINE if self._tints[unit] else GREY_UNIT_LINE

    def nearest(self, x1: float, x2: float, mapping: Mapping) -> int | None:
        """Return the unit whose line is under a place of the plane; None where there is none."""
        found, least = None, UNIT_LINE_REACH
        place = _in_pixels(np.array([[x1, x2]]), mapping)[0]
        for unit, ends in self.ends.items():
            distance = _distance(_in_pixels(ends, mapping).reshape(-1, 2, 2), place)
            if distance < least:
                found, least = unit, distance
        return found

    def paint(self, painter: QPainter, mapping: Mapping) -> None:
        """Paint them, the one that is looked at above the others."""
        if mapping != self._mapping:
            self._mapping, self._lines = mapping, _lines(self.ends, mapping)
        units = sorted(self.ends, key=lambda unit: unit == self.lit)
        for unit in units:
            width = self.width(unit)
            if width >= UNIT_LINE:  # a rim sets it off from the colours of the classes
                painter.setPen(solid(self._look.middle, width + 2 * UNIT_LINE_RIM))
                painter.drawLines(self._lines[unit])
        for unit in units:
            painter.setPen(solid(self.colour(unit), self.width(unit)))
            painter.drawLines(self._lines[unit])
            if self._tints[unit] is None:
                self._write_number(painter, mapping, unit)

    def _write_number(self, painter: QPainter, mapping: Mapping, unit: int) -> None:
        """Write the number of a unit upon its line, not far from the rim of the map."""
        centre = _number_place(_in_pixels(self.ends[unit], mapping).reshape(-1, 2, 2), mapping)
        square = QRectF(0.0, 0.0, UNIT_NUMBER_SIDE, UNIT_NUMBER_SIDE)
        square.moveCenter(centre)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._look.panel))
        painter.drawEllipse(square)
        painter.setFont(ui_font(SMALL, bold=unit == self.lit))
        painter.setPen(QColor(self._look.text))
        painter.drawText(square, Qt.AlignmentFlag.AlignCenter, str(unit + 1))


def _lines(ends: dict[int, Array], mapping: Mapping) -> dict[int, list[QLineF]]:
    """Return the pieces of each line in pixels: made once, for they are painted many times."""
    everything = _in_pixels(np.concatenate([np.empty((0, 2)), *ends.values()]), mapping)
    pieces = [QLineF(*piece) for piece in everything.reshape(-1, 4).tolist()]
    lines, start = {}, 0
    for unit, places in ends.items():
        count = len(places) // 2
        lines[unit] = pieces[start : start + count]
        start += count
    return lines


def _in_pixels(places: Array, mapping: Mapping) -> Array:
    return np.stack((mapping.x(places[:, 0]), mapping.y(places[:, 1])), axis=1)


def _distance(pieces: Array, place: Array) -> float:
    """Return how far a place is from the nearest of some pieces, (pieces, 2 ends, 2)."""
    start, along = pieces[:, 0], pieces[:, 1] - pieces[:, 0]
    square = (along**2).sum(axis=1)
    offset = place - start
    share = np.clip((offset * along).sum(axis=1) / np.where(square > 0.0, square, 1.0), 0.0, 1.0)
    return float(np.hypot(*(offset - share[:, np.newaxis] * along).T).min())


def _number_place(pieces: Array, mapping: Mapping) -> QPointF:
    """Return the place on a line that is nearest to `UNIT_NUMBER_IN` from the rim of the map."""
    shares = np.linspace(0.0, 1.0, 41) if len(pieces) == 1 else np.array([0.5])
    start, along = pieces[:, :1], pieces[:, 1:] - pieces[:, :1]
    places = (start + shares[:, np.newaxis] * along).reshape(-1, 2)
    size = np.array([mapping.width, mapping.height])
    inside = np.minimum(places, size - places).min(axis=1)
    return QPointF(*places[np.abs(inside - UNIT_NUMBER_IN).argmin()].tolist())
