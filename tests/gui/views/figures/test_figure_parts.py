"""Axes, text and marks of the figures."""

import math

import numpy as np
import pytest
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from mlpviz.gui.look.look import LIGHT
from mlpviz.gui.views.figures.figure_parts import (
    CENTRE,
    RIGHT,
    Axis,
    Chart,
    Mark,
    Stroke,
    draw_hatching,
    draw_text,
    elided_pixels,
    epoch_axis,
    linear_axis,
    loss_axis,
    text_width,
)

SIDE = 100
AREA = QRectF(0.0, 0.0, SIDE, SIDE)
UNIT = linear_axis("x", 0.0, 1.0)

pytestmark = pytest.mark.usefixtures("qapp")


class Canvas:
    """A white square to draw on, and where it is not white any more."""

    def __init__(self) -> None:
        self.image = QImage(SIDE, SIDE, QImage.Format.Format_RGB32)
        self.image.fill(QColor("white"))

    def __enter__(self) -> QPainter:
        self._painter = QPainter(self.image)
        self._painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        return self._painter

    def __exit__(self, *_: object) -> None:
        self._painter.end()

    def inked(self, x: float, y: float) -> bool:
        return self.image.pixelColor(round(x), round(y)).lightness() < 235

    def columns(self) -> list[int]:
        """Return the columns that hold ink."""
        return [x for x in range(SIDE) if any(self.inked(x, y) for y in range(SIDE))]


def words(axis: Axis) -> list[str]:
    return [text for _, text in axis.ticks if text]


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (-0.1, 1.1, ["0", "0.2", "0.4", "0.6", "0.8", "1"]),
        (0.0, 1.0, ["0", "0.2", "0.4", "0.6", "0.8", "1"]),
        (0.0, 6.0, ["0", "1", "2", "3", "4", "5", "6"]),
        (-3.0, 47.0, ["0", "10", "20", "30", "40"]),
    ],
)
def test_a_linear_axis_has_ticks_at_round_numbers(
    low: float, high: float, expected: list[str]
) -> None:
    assert words(linear_axis("x", low, high)) == expected


@pytest.mark.parametrize("last", [1, 2, 3, 7, 10, 99, 10_000, 123_456_789])
def test_epochs_are_whole_numbers_from_0(last: int) -> None:
    axis = epoch_axis(last)
    places = [place for place, _ in axis.ticks]
    assert places[0] == 0.0
    assert all(place == round(place) <= last for place in places)
    assert 2 <= len(places) <= 8
    assert len(set(words(axis))) == len(places)


@pytest.mark.parametrize(
    ("losses", "ends", "expected"),
    [
        ([0.7, 0.0003], (2e-4, 1.0), ["0.001", "0.01", "0.1", "1"]),
        ([0.7, 0.12], (0.1, 1.0), ["0.1", "0.2", "0.5", "1"]),
        ([2.4, 0.6], (0.5, 5.0), ["0.5", "1", "2", "5"]),
        ([0.3, 0.3], (0.2, 0.5), ["0.2", "0.5"]),
        (
            [0.0, math.nan, math.inf, 0.03, 1.0],
            (0.02, 1.0),
            ["0.02", "0.05", "0.1", "0.2", "0.5", "1"],
        ),
    ],
)
def test_a_loss_axis_reaches_from_1_2_or_5_to_1_2_or_5(
    losses: list[float], ends: tuple[float, float], expected: list[str]
) -> None:
    axis = loss_axis(np.array(losses))
    np.testing.assert_allclose((10.0**axis.low, 10.0**axis.high), ends, rtol=1e-9)
    assert words(axis) == expected


@pytest.mark.parametrize("losses", [[1e-300, 1e300], [5e-324, 1e308], [1e-12, 1.0], [1e308]])
def test_a_loss_axis_of_any_width_has_a_few_numbers(losses: list[float]) -> None:
    axis = loss_axis(np.array(losses))
    assert 1 <= len(words(axis)) <= 8
    assert axis.low < axis.high


@pytest.mark.parametrize("losses", [[], [math.nan], [0.0, math.inf]])
def test_a_loss_axis_without_a_loss_has_no_numbers(losses: list[float]) -> None:
    assert loss_axis(np.array(losses)).ticks == ()


def test_places_on_a_logarithmic_axis_are_exponents_and_zero_has_none() -> None:
    axis = Axis("loss", -2.0, 0.0, (), is_logarithmic=True)
    shares = axis.shares(np.array([0.01, 0.1, 1.0, 0.0, -1.0, math.nan]))
    np.testing.assert_allclose(shares, [0.0, 0.5, 1.0, math.nan, math.nan, math.nan])


def test_a_line_runs_upwards_and_leaves_gaps() -> None:
    canvas = Canvas()
    with canvas as painter:
        chart = Chart(painter, AREA, UNIT, UNIT)
        x = np.array([0.1, 0.4, 0.5, 0.6, 0.9])
        chart.draw_line((x, np.array([0.2, 0.2, math.nan, 0.8, 0.8])), Stroke(LIGHT.accent, 2.0))
    assert canvas.inked(25, 80)
    assert canvas.inked(75, 20)
    assert not canvas.inked(50, 50)
    assert not {45, 50, 55} & set(canvas.columns())


def test_a_single_loss_is_a_dot() -> None:
    canvas = Canvas()
    with canvas as painter:
        chart = Chart(painter, AREA, UNIT, UNIT)
        chart.draw_line((np.array([0.5]), np.array([0.5])), Stroke(LIGHT.accent, 6.0))
    assert canvas.inked(50, 50)


def test_a_band_fills_what_lies_between() -> None:
    canvas = Canvas()
    x = np.array([0.0, 0.5, 1.0])
    with canvas as painter:
        chart = Chart(painter, AREA, UNIT, UNIT)
        chart.draw_band(x, 0.2 + 0 * x, 0.8 + 0 * x, QColor(LIGHT.accent), 0.0)
    assert canvas.inked(50, 50)
    assert not canvas.inked(50, 10)
    assert not canvas.inked(50, 90)


@pytest.mark.parametrize(
    ("shape", "is_filled"), [("circle", True), ("square", True), ("ring", False)]
)
def test_overlapping_marks_leave_no_hole(shape: str, is_filled: bool) -> None:
    canvas = Canvas()
    with canvas as painter:
        chart = Chart(painter, AREA, UNIT, UNIT)
        same = np.array([0.5, 0.5])
        chart.draw_points(same, same, Mark(shape, 20.0, LIGHT.class_0, 1.0))
    assert canvas.inked(50, 50) == is_filled
    assert canvas.inked(50 - 20, 50)


@pytest.mark.parametrize(("align", "left"), [(0.0, 50), (CENTRE, 40), (RIGHT, 30)])
def test_text_stands_where_it_should(align: float, left: int) -> None:
    canvas = Canvas()
    width = text_width("HHHH", 10)
    with canvas as painter:
        draw_text(painter, QPointF(50.0, 50.0), "HHHH", size=10, align=align)
    columns = canvas.columns()
    assert abs(columns[0] - (50 - align * width)) <= 2
    assert abs(columns[-1] - (50 + (1 - align) * width)) <= 2


def test_a_title_that_is_too_long_is_cut() -> None:
    assert elided_pixels("Baseline", 200.0) == "Baseline"
    cut = elided_pixels("A title " * 20, 200.0)
    assert cut.endswith("…")
    assert text_width(cut, bold=True) <= 200.0


def test_hatching_stays_within_its_area() -> None:
    canvas = Canvas()
    with canvas as painter:
        draw_hatching(painter, QRectF(20.0, 30.0, 60.0, 40.0))
    inked = [(x, y) for x in range(SIDE) for y in range(SIDE) if canvas.inked(x, y)]
    assert len(inked) > 200
    assert {x for x, _ in inked} <= set(range(19, 82))
    assert {y for _, y in inked} <= set(range(29, 72))
    assert any(x > 70 and y > 60 for x, y in inked)
    assert any(x < 30 and y < 40 for x, y in inked)
