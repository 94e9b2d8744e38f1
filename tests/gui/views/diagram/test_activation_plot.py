"""The small plot of an activation and the dot of a sample on it."""

import math

import pytest
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from mlpviz.gui.look.look import LIGHT
from mlpviz.gui.views.diagram.activation_plot import ActivationPlot

pytestmark = pytest.mark.usefixtures("qapp")

RECT = QRectF(10.0, 10.0, 60.0, 50.0)


def drawn(plot: ActivationPlot, *, dot: tuple[float, float] | None = None) -> QImage:
    """Return a picture of the plot, or of a dot on it alone."""
    image = QImage(80, 70, QImage.Format.Format_RGB32)
    image.fill(QColor(LIGHT.panel))
    painter = QPainter(image)
    if dot is None:
        plot.paint(painter, LIGHT)
    else:
        plot.paint_dot(painter, LIGHT, *dot)
    painter.end()
    return image


def is_ink(image: QImage, place: QPointF) -> bool:
    return image.pixelColor(int(place.x()), int(place.y())).lightness() < 128


@pytest.mark.parametrize(
    ("activation", "z", "a"),
    [("sigmoid", 0.0, 0.5), ("sigmoid", -6.0, 0.00247), ("tanh", 2.0, 0.964), ("relu", 3.0, 3.0)],
)
def test_the_curve_and_the_dot_of_a_sample_lie_at_its_value(
    activation: str, z: float, a: float
) -> None:
    plot = ActivationPlot(activation, RECT)
    assert RECT.contains(plot.place(z, a))
    assert is_ink(drawn(plot), plot.place(z, a))
    assert is_ink(drawn(plot, dot=(z, a)), plot.place(z, a))


def test_a_dot_beyond_the_plot_becomes_an_arrow_at_its_rim() -> None:
    plot = ActivationPlot("sigmoid", RECT)
    image = drawn(plot, dot=(40.0, 1.0))
    inked = [x for x in range(80) for y in range(70) if is_ink(image, QPointF(x, y))]
    assert inked
    assert RECT.right() - 10 < min(inked) <= max(inked) <= RECT.right() + 1
    left = drawn(plot, dot=(-40.0, 0.0))
    assert any(is_ink(left, QPointF(x, y)) for x in range(10, 20) for y in range(50, 64))


def test_what_is_not_a_number_has_no_dot() -> None:
    plot = ActivationPlot("sigmoid", RECT)
    image = drawn(plot, dot=(math.nan, math.nan))
    assert image == drawn(plot, dot=(math.inf, math.nan))
    assert not any(is_ink(image, QPointF(x, y)) for x in range(80) for y in range(70))


def test_two_dots_are_one_where_no_eye_tells_them_apart_and_beyond_the_plot_wherever() -> None:
    plot = ActivationPlot("relu", RECT)
    assert plot.dot(1.0, 1.0) == plot.dot(1.001, 1.001) != plot.dot(1.5, 1.5)
    assert plot.dot(9.0, 9.0) == plot.dot(1e308, 1e308) != plot.dot(-1e308, 0.0)
    assert plot.dot(math.inf, math.inf) is None
