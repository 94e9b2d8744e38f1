"""The numbers of the axes of all plots."""

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import pytest
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QApplication

from mlpviz.gui.look.assets import ui_font
from mlpviz.gui.look.look import LIGHT, apply_look
from mlpviz.gui.look.sizes import SMALL
from mlpviz.gui.plots.plot import Plot

pytestmark = pytest.mark.usefixtures("qapp")


def test_the_numbers_of_every_axis_have_thin_spaces(show: Callable[..., Plot]) -> None:
    axis = show(Plot("epoch", "loss"), 400, 300).axes["bottom"]
    assert axis.tickStrings([0.0, 500.0, 1000.0], 1.0, 500.0) == ["0", "500", "1\u2009000"]
    texts = axis.tickStrings([-20000.0, 0.0, 1e6], 1.0, 10000.0)
    assert texts == ["−20\u2009000", "0", "1\u2009000\u2009000"]


def test_the_numbers_of_an_axis_have_the_same_digits_and_a_true_minus(
    show: Callable[..., Plot],
) -> None:
    axis = show(Plot("epoch", "loss"), 400, 300).axes["left"]
    assert axis.tickStrings([-0.5, 0.0, 0.5, 1.0], 1.0, 0.5) == ["−0.5", "0.0", "0.5", "1.0"]


def shown_numbers(plot: Plot, name: str) -> list[tuple[float, str]]:
    """Return the numbers of an axis, with where they stand, in pixels from its lower end."""
    axis = plot.axes[name]
    low, high = plot.view.viewRange()[0 if name == "bottom" else 1]
    area = plot.view.screenGeometry()
    length = area.width() if name == "bottom" else area.height()
    return [
        (length * (value - low) / (high - low), text)
        for step, values in axis.tickValues(low, high, length)
        for value, text in zip(values, axis.tickStrings(values, 1.0, step), strict=True)
    ]


@pytest.mark.parametrize("size", [(160, 84), (240, 100), (360, 360), (700, 300), (1500, 900)])
@pytest.mark.parametrize("top", [1.03, 0.47, 103.0, 10_300.0, 1_030_000.0, 2e-4])
def test_the_numbers_of_an_axis_never_touch_and_are_two_at_least(
    show: Callable[..., Plot], size: tuple[int, int], top: float
) -> None:
    plot = show(Plot("epoch", "loss"), *size)
    plot.view.setRange(xRange=(-0.03 * top, top), yRange=(-0.03 * top, top), padding=0)
    metrics = QFontMetricsF(ui_font(SMALL))
    for name in ("bottom", "left"):
        numbers = shown_numbers(plot, name)
        assert len(numbers) >= 2, name
        for (a, first), (b, second) in pairwise(sorted(numbers)):
            widths = metrics.horizontalAdvance(first) + metrics.horizontalAdvance(second)
            assert b - a > (widths / 2 if name == "bottom" else SMALL), (name, first, second)


@pytest.mark.parametrize("side", [234, 340, 640])
def test_both_axes_of_a_square_map_have_the_same_numbers(
    show: Callable[..., Plot], side: int
) -> None:
    plot = show(Plot("x₁", "x₂"), side + 52, side + 44)
    plot.view.setRange(xRange=(-0.1, 1.1), yRange=(-0.1, 1.1), padding=0)
    across, upright = ([text for _, text in shown_numbers(plot, name)] for name in plot.axes)
    assert across == upright
    assert 3 <= len(across) <= 13


def test_nothing_stays_of_an_axis_that_had_another_size(
    show: Callable[..., Plot], qapp: QApplication
) -> None:
    large = replace(LIGHT, factor=1.8)
    old = show(Plot("epoch", "loss"), 400, 130)
    old.set_look(LIGHT)
    old.grab()
    try:
        apply_look(qapp, large)
        old.resize(350, 76)
        new = show(Plot("epoch", "loss"), 350, 76)
        pictures = []
        for plot in (old, new):
            plot.set_look(large)
            plot.name_x(False, False)
            plot.clearFocus()
            qapp.processEvents()
            pictures.append(plot.grab().toImage())
        assert pictures[0] == pictures[1]
    finally:
        apply_look(qapp, LIGHT)
