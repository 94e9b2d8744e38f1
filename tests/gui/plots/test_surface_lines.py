"""What the map shows besides: flat colours, contours, lines of the first layer, one unit."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from frames import make_frame, with_weights
from gui.conftest import OpenWindow
from gui.helpers import child, press
from PySide6.QtCore import Qt

from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.capture import capture
from mlpviz.experiment.run.first_layer import unit_lines
from mlpviz.experiment.run.frame import unit_surface
from mlpviz.experiment.run.grids import Box
from mlpviz.experiment.run.run import Run
from mlpviz.experiment.run.want import Want
from mlpviz.gui.look.look import LIGHT
from mlpviz.gui.look.palette import LEVELS, NO_NUMBER, ColourTable
from mlpviz.gui.plots.surface import map_surface
from mlpviz.gui.plots.surface_lines import PROBABILITIES, MapOptions, flat_index
from mlpviz.gui.views.map.boundary_view import BoundaryView
from mlpviz.gui.window.main import MainWindow


@pytest.fixture
def view(show: Callable[..., BoundaryView]) -> BoundaryView:
    return show(BoundaryView(), 520, 460)


def test_two_flat_colours_are_the_classes_as_they_are_counted(view: BoundaryView) -> None:
    frame = make_frame(epochs=1000)
    view.set_options(MapOptions(discretise=True))
    view.show_frame(frame)
    entries = np.where(frame.surface[::-1] > 0.5, LEVELS - 1, 0).astype(np.uint8)
    assert len(np.unique(entries)) == 2
    assert view.picture.image == ColourTable(LIGHT).image(entries, has_holes=False)
    flat_bar = view.colour_bar.grab().toImage()
    view.set_options(MapOptions())
    assert view.picture.image != ColourTable(LIGHT).image(entries, has_holes=False)
    assert view.colour_bar.grab().toImage() != flat_bar


def test_the_threshold_itself_is_class_0_and_what_is_no_number_has_no_colour() -> None:
    index = flat_index(np.array([0.5, np.nextafter(0.5, 1.0), -3.0, 7.0, np.nan, np.inf]))
    assert index.tolist() == [0, LEVELS - 1, 0, LEVELS - 1, NO_NUMBER, NO_NUMBER]


@pytest.mark.thorough
def test_contours_lie_where_the_output_has_their_probabilities(view: BoundaryView) -> None:
    frame = make_frame(epochs=5000)
    view.show_frame(frame)
    assert not view.contours.x.size
    view.set_options(MapOptions(contours=True))
    places = zip(view.contours.x.tolist(), view.contours.y.tolist(), strict=True)
    outputs = np.array([frame.outputs_at(*place)[0] for place in places])
    nearest = np.abs(outputs[:, np.newaxis] - np.array(PROBABILITIES))
    assert nearest.min(axis=1).max() < 0.05
    assert set(nearest.argmin(axis=1).tolist()) == {0, 1, 2, 3}
    assert view.contours.pen.widthF() < view.line.pen.widthF()
    view.set_options(MapOptions())
    assert not view.contours.x.size


def test_a_line_of_the_first_layer_lies_where_its_weighted_sum_is_zero(view: BoundaryView) -> None:
    frame = make_frame(Recipe(hidden=(6, 2)), epochs=500)
    view.set_options(MapOptions(unit_lines=True))
    view.show_frame(frame)
    W, b = (part[0] for part in frame.layers())
    lines = view.unit_lines.ends
    assert len(lines) >= 2
    for unit, ends in lines.items():
        assert ends.shape == (2, 2)
        assert np.abs(ends @ W[:, unit] + b[unit]).max() < 1e-4
    # Each unit whose sum changes its sign within the box has one line, and no other has.
    corners = np.array([[a, c] for a in frame.box[::2] for c in frame.box[1::2]]) @ W + b
    crossing = (corners.min(axis=0) < 0.0) & (corners.max(axis=0) > 0.0)
    assert sorted(lines) == np.flatnonzero(crossing).tolist()
    view.set_options(MapOptions())
    assert not view.unit_lines.ends


def test_a_line_is_drawn_to_the_rim_of_the_map(view: BoundaryView) -> None:
    frame = with_weights(make_frame(Recipe(hidden=(2,))), w0_0_0=1.0, w0_1_1=2.0)
    frame.layers()[1][0][:] = (-0.25, -1.0)  # x₁ = 0.25 and x₂ = 0.5
    view.set_options(MapOptions(unit_lines=True))
    view.show_frame(frame)
    left, bottom, right, top = frame.box
    lines = view.unit_lines.ends
    upright, level = (sorted(map(tuple, lines[unit].tolist())) for unit in (0, 1))
    np.testing.assert_allclose(upright, [(0.25, bottom), (0.25, top)], atol=1e-5)
    np.testing.assert_allclose(level, [(left, 0.5), (right, 0.5)], atol=1e-5)


def test_the_lines_follow_the_frames_even_where_the_surface_does_not(view: BoundaryView) -> None:
    frame = make_frame()
    view.set_options(MapOptions(unit_lines=True))
    view.show_frame(frame)
    before = view.unit_lines.ends[3].copy()
    view.show_frame(replace(frame, parameters=frame.parameters + 0.01))
    assert not np.array_equal(view.unit_lines.ends[3], before)


def test_units_without_a_line_are_left_out() -> None:
    for number in (0.0, np.nan, np.inf):
        frame = make_frame(parameters=np.full(37, number))
        assert unit_lines(frame) == ({}, {})


def test_without_a_hidden_layer_there_is_no_line_but_the_boundary() -> None:
    frame = make_frame(Recipe(hidden=()), epochs=50)
    assert unit_lines(frame) == ({}, {})


def test_in_a_network_of_many_units_every_other_cell_is_exact() -> None:
    frame = make_frame(Recipe(hidden=(64, 64)))
    surface = unit_surface(frame, 1, 9)
    assert surface.shape == (50, 50)
    left, bottom, right, top = frame.box
    for row, column in ((0, 0), (20, 41), (49, 49)):
        x1 = left + (column + 0.5) / 50 * (right - left)
        x2 = bottom + (row + 0.5) / 50 * (top - bottom)
        expected = frame.activations_at(x1, x2)[1][9]
        assert surface[row, column] == pytest.approx(float(expected), abs=1e-5)


@pytest.mark.parametrize("activation", ["sigmoid", "tanh", "relu", "identity"])
@pytest.mark.parametrize("box", [None, Box(0.2, 0.3, 0.4, 0.5)])
def test_a_unit_is_computed_over_the_box_of_the_map(activation: str, box: Box | None) -> None:
    run = Run(Recipe(hidden=(3, 4), hidden_activation=activation))
    run.advance(20)
    frame = capture(run, Want(box))
    for layer, unit in ((1, 2), (2, 3), (3, 0)):
        surface = unit_surface(frame, layer, unit)
        assert surface.shape == (100, 100)
        left, bottom, right, top = frame.surface_box
        for row, column in ((0, 0), (37, 80), (99, 99)):
            x1 = left + (column + 0.5) / 100 * (right - left)
            x2 = bottom + (row + 0.5) / 100 * (top - bottom)
            expected = frame.activations_at(x1, x2)[layer][unit]
            assert surface[row, column] == pytest.approx(float(expected), abs=1e-4)


def test_the_surface_of_a_unit_is_the_one_that_the_frame_brings() -> None:
    frame = capture(Run(Recipe()), Want(unit=(1, 2)))
    assert map_surface(frame, (1, 2)).values is frame.unit_surface
    assert map_surface(frame, None).values is frame.surface


def test_a_unit_has_its_own_scale_and_the_output_comes_back(view: BoundaryView) -> None:
    run = Run(Recipe(hidden_activation="tanh"))
    run.advance(50)
    view.show_frame(capture(run))
    output = view.picture.image
    view.show_frame(capture(run, Want(unit=(1, 1))))
    assert view.picture.image != output
    assert view.caption.text == "hidden 1, unit 2"
    assert view.colour_bar.accessibleDescription() == "from −1 to 1"
    view.show_frame(capture(run))
    assert view.picture.image == output
    assert view.caption.text == ""
    assert view.colour_bar.accessibleDescription() == "from 0 to 1"


# In the window


@pytest.mark.parametrize(
    ("key", "field"), [(Qt.Key.Key_B, "discretise"), (Qt.Key.Key_P, "contours")]
)
def test_a_key_switches_and_the_next_window_remembers(
    open_in_test: OpenWindow, window: MainWindow, key: Qt.Key, field: str
) -> None:
    usual = window.parts.boundary_view.options
    press(key)
    assert window.parts.boundary_view.options == replace(usual, **{field: True})
    window.close()
    second = open_in_test()
    assert second.menus.actions[field].isChecked()
    assert second.parts.boundary_view.options == replace(usual, **{field: True})
    press(key)
    assert second.parts.boundary_view.options == usual


def test_the_second_map_shows_the_same_besides(window: MainWindow) -> None:
    press(Qt.Key.Key_P)
    window.runs.open((Recipe(), Recipe(learning_rate=0.5)))
    second = window.second.boundary_view
    assert second is not None
    assert second.options.contours
    assert second.options.unit_lines
    press(Qt.Key.Key_U)
    assert second.options == MapOptions(contours=True)


def test_the_menu_says_what_each_switch_means(window: MainWindow) -> None:
    button = child(window, "map_menu_button")
    assert [action.text() for action in button.menu().actions()] == [
        *("Flat colours", "Contour lines", "Lines of the first layer")
    ]
    for action in button.menu().actions():
        assert action.toolTip() != action.text()
        assert f"{action.text().lower()} ({action.shortcut().toString()})" in button.toolTip()
