"""The canvas: what is kept of a curve while it grows at its end."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen
from pytestqt.qtbot import QtBot

from mlpviz.experiment.run.grids import Box
from mlpviz.gui.plots.canvas import MOVING_POINTS, PIECE_POINTS, Curve, Mapping

STEP = 4  # pixels from a point to the next
MOST = 4 * PIECE_POINTS
MAPPING = Mapping(Box(0.0, 0.0, float(MOST), 1.0), STEP * MOST, 10.0)


@pytest.fixture
def curve(qtbot: QtBot) -> Curve:
    """A level line through which the ground shows: what is painted twice is darker."""
    line = Curve()
    line.pen = QPen(QColor(0, 0, 0, 128), 4.0)
    line.pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    line.pen.setJoinStyle(Qt.PenJoinStyle.BevelJoin)
    return line


def darkness(curve: Curve, points: int, mapping: Mapping = MAPPING) -> list[int]:
    """Grow a curve to so many points, paint it, and return how dark each of its lines is."""
    curve.set_data(np.arange(points, dtype=np.float64), np.full(points, 0.5))
    picture = QImage(int(mapping.width), int(mapping.height), QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.white)
    painter = QPainter(picture)
    curve.paint(painter, mapping)
    painter.end()
    middles = (round(STEP * (line + 0.5)) for line in range(points - 1))
    return [255 - picture.pixelColor(x, 5).red() for x in middles]


def is_painted_once(lines: list[int]) -> bool:
    """Tell whether no line is missing, and none is painted twice."""
    return all(abs(dark - 128) <= 4 for dark in lines)


def test_a_growing_curve_has_every_line_once_also_where_the_kept_part_ends(curve: Curve) -> None:
    for points in range(2, MOST - 1, 3):
        assert is_painted_once(darkness(curve, points)), points


def test_a_curve_that_is_not_painted_at_every_length_has_every_line_once_too(curve: Curve) -> None:
    joints = [pieces * PIECE_POINTS + MOVING_POINTS for pieces in (1, 2, 3)]
    for points in (*joints, joints[-1] + 1):
        assert is_painted_once(darkness(curve, points)), points


@pytest.mark.parametrize("points", [2, 40, PIECE_POINTS + MOVING_POINTS, 3 * PIECE_POINTS])
def test_a_curve_that_begins_again_shorter_is_drawn_from_its_first_point_on(
    curve: Curve, points: int
) -> None:
    darkness(curve, MOST - 1)
    assert is_painted_once(darkness(curve, points))


def test_a_short_curve_after_a_long_one_is_drawn_on_other_axes_too(curve: Curve) -> None:
    darkness(curve, MOST - 1)
    higher = Mapping(MAPPING.box, MAPPING.width, 12.0)
    assert is_painted_once(darkness(curve, 40, higher))
