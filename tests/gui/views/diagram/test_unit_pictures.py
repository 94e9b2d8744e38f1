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
from mlpviz.gui.views.diagram.level_lines import level_lines, sums_of
from mlpviz.gui.views.diagram.network_layout import lay_out
from mlpviz.gui.views.diagram.network_view import NetworkView

WIDTH, HEIGHT = 950, 900


def test_the_line_of_each_unit_is_where_its_sum_is_0_from_rim_to_rim() -> None:
    places = (np.arange(50) + 0.5) / 50
    up, across = np.meshgrid(places, places, indexing="ij")
    ends, units = level_lines(np.stack([across - 0.5, up - 0.3, np.ones_like(up)]), "identity")
    upright, level = ends[units == 0], ends[units == 1]
    np.testing.assert_allclose(upright[:, [0, 2]], 0.5, atol=1e-12)
    np.testing.assert_allclose(level[:, [1, 3]], 0.7, atol=1e-12)  # from the top
    assert np.ptp(upright[:, [1, 3]]) == np.ptp(level[:, [0, 2]]) == 1.0
    assert units.max() == 1


def test_half_the_cells_tell_the_line_as_well_as_all_of_them() -> None:
    places = (np.arange(50) + 0.5) / 50
    up, across = np.meshgrid(places, places, indexing="ij")
    steep = 1.0 / (1.0 + np.exp(-20.0 * (np.hypot(across - 0.5, up - 0.5) - 0.3)))
    ring, _ = level_lines(steep[np.newaxis], "sigmoid")
    radii = np.hypot(ring[:, [0, 2]] - 0.5, ring[:, [1, 3]] - 0.5)
    np.testing.assert_allclose(radii, 0.3, atol=0.002)  # a quarter of a pixel


@pytest.mark.parametrize(("activation", "inverse"), [("sigmoid", 1.4), ("tanh", 0.7)])
def test_the_sum_is_told_from_what_a_unit_gives(activation: str, inverse: float) -> None:
    given = np.array([[[0.5 * (1.0 + np.tanh(0.7)), np.tanh(0.7)]]])
    told = sums_of(given, activation)[0, 0, 0 if activation == "sigmoid" else 1]
    assert told == pytest.approx(inverse)


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
