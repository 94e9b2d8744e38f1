"""The line in the picture of each unit, and its round corners."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from frames import make_frame
from gui.helpers import pixels
from PySide6.QtCore import QPointF

from mlpviz.engine.activations import ACTIVATIONS
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.gui.look.look import LIGHT
from mlpviz.gui.views.diagram.network_layout import lay_out
from mlpviz.gui.views.diagram.network_view import NetworkView
from mlpviz.gui.views.diagram.unit_pictures import level_lines

WIDTH, HEIGHT = 950, 900


def test_the_line_of_each_picture_is_where_it_has_the_level() -> None:
    down, across = np.meshgrid(
        (np.arange(50) + 0.5) / 50, (np.arange(50) + 0.5) / 50, indexing="ij"
    )
    upright, level, none = level_lines(np.stack([across, down - 0.2, np.ones((50, 50))]), 0.5)
    np.testing.assert_allclose(upright[:, [0, 2]], 0.5, atol=1e-12)
    np.testing.assert_allclose(level[:, [1, 3]], 0.7, atol=1e-12)
    assert len(none) == 0
    assert np.ptp(upright[:, [1, 3]]) == pytest.approx(0.98)  # from rim to rim, in one picture


def test_a_unit_that_crosses_a_half_has_its_line_there(show: Callable[..., NetworkView]) -> None:
    frame = make_frame()
    pictures = [picture.copy() for picture in frame.pictures]
    pictures[0][0] = np.linspace(0.0, 1.0, pictures[0].shape[-1])  # from left to right
    view = show(NetworkView(), WIDTH, HEIGHT)
    view.show_frame(make_frame(pictures=tuple(pictures)))
    unit = lay_out(frame.recipe.sizes, WIDTH, HEIGHT).units[1][0]
    row = [unit.center() + QPointF(dx, 0.0) for dx in range(-30, 31)]
    darkest = min(range(len(row)), key=lambda i: pixels(view, [row[i]])[0].lightness())
    assert abs(darkest - 30) <= 1


def test_the_corners_of_a_unit_are_round_and_show_the_ground(
    show: Callable[..., NetworkView],
) -> None:
    frame = make_frame(epochs=500)
    view = show(NetworkView(), WIDTH, HEIGHT)
    view.show_frame(frame)
    unit = lay_out(frame.recipe.sizes, WIDTH, HEIGHT).units[2][1]
    corner, inside = pixels(
        view, [unit.topRight() + QPointF(-2, 2), unit.topRight() + QPointF(-40, 9)]
    )
    assert corner.name() == LIGHT.panel.lower()
    assert inside.name() != LIGHT.panel.lower()


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_every_activation_has_a_line_where_it_is_half_on(
    show: Callable[..., NetworkView], activation: str
) -> None:
    recipe = replace(Recipe(), hidden_activation=activation)
    view = show(NetworkView(), WIDTH, HEIGHT)
    view.show_frame(make_frame(recipe, epochs=300))
    assert not view.grab().isNull()
