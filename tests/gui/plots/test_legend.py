"""The legend of the loss plot."""

import pytest
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from mlpviz.experiment.run.grids import Box
from mlpviz.gui.look.look import LIGHT
from mlpviz.gui.look.sizes import LEGEND_ROW as LINE_HEIGHT
from mlpviz.gui.plots.canvas import Mapping
from mlpviz.gui.plots.legend import Legend

COLOURS = (LIGHT.accent, LIGHT.second_run, LIGHT.ghost)


def painted(legend: Legend, width: int, height: int) -> QImage:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor(LIGHT.panel))
    painter = QPainter(image)
    legend.paint(painter, Mapping(Box(0.0, 0.0, 1.0, 1.0), width, height))
    painter.end()
    return image


def first_row_of(image: QImage, colour: str) -> int | None:
    """Return the first row in which a colour stands; None where it does not."""
    for y in range(image.height()):
        if any(image.pixelColor(x, y) == QColor(colour) for x in range(image.width())):
            return y
    return None


@pytest.fixture
def legend(qapp: object) -> Legend:
    legend = Legend()
    legend.ink, legend.ground = QColor(LIGHT.text), QColor(LIGHT.panel)
    legend.entries = [(f"run {i}", QPen(QColor(colour), 2)) for i, colour in enumerate(COLOURS)]
    return legend


def test_the_lines_are_named_below_each_other(legend: Legend) -> None:
    image = painted(legend, 300, 200)
    rows = [first_row_of(image, colour) for colour in COLOURS]
    assert None not in rows
    assert rows == sorted(set(rows), key=lambda row: row or 0)


def test_in_a_low_plot_they_stand_beside_each_other_and_none_is_left_out(legend: Legend) -> None:
    image = painted(legend, 400, 30)
    assert None not in [first_row_of(image, colour) for colour in COLOURS]


def test_a_note_at_the_top_is_left_free(legend: Legend) -> None:
    before = first_row_of(painted(legend, 300, 200), COLOURS[0])
    legend.has_note_above = True
    after = first_row_of(painted(legend, 300, 200), COLOURS[0])
    assert before is not None
    assert after is not None
    assert after >= before + LINE_HEIGHT


@pytest.mark.thorough
def test_a_long_name_is_cut_and_nothing_painted_without_entries(legend: Legend) -> None:
    legend.entries = [("a long name " * 40, QPen(QColor(COLOURS[0]), 2))]
    assert first_row_of(painted(legend, 300, 200), COLOURS[0]) is not None
    legend.entries = ()
    assert first_row_of(painted(legend, 300, 200), COLOURS[0]) is None
