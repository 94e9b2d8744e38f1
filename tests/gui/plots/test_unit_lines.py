"""The lines of the units of the first layer upon the map, and how they answer to the pointer."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from frames import make_frame, with_weights
from gui.conftest import OpenWindow, Watch
from gui.helpers import Paints, child, leave, pixels, point_at, press
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mlpviz.engine import Array
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.bent_lines import bent_lines
from mlpviz.experiment.run.frame import Frame
from mlpviz.experiment.run.grids import Box
from mlpviz.experiment.run.places import Place
from mlpviz.gui.look.look import LIGHT
from mlpviz.gui.plots.surface_lines import MapOptions
from mlpviz.gui.views.map.boundary_view import BoundaryView
from mlpviz.gui.window.main import MainWindow

PAIR = (Recipe(), Recipe(learning_rate=0.1))


@pytest.fixture
def view(show: Callable[..., BoundaryView]) -> BoundaryView:
    view = show(BoundaryView(), 520, 460)
    view.set_options(MapOptions(unit_lines=True))
    return view


def cross(hidden: int = 2) -> Frame:
    """Return a frame of a unit that turns at x₁ = 0.25 and one that does at x₂ = 0.55."""
    recipe = Recipe(hidden=(hidden,))
    frame = with_weights(make_frame(recipe), w0_0_0=1.0, w0_1_1=2.0)
    frame.layers()[1][0][:2] = (-0.25, -1.1)
    return frame


def on_canvas(view: BoundaryView, x1: float, x2: float) -> QPointF:
    mapping = view.canvas.mapping
    return QPointF(float(mapping.x(np.array([x1]))[0]), float(mapping.y(np.array([x2]))[0]))


def on_viewport(view: BoundaryView, x1: float, x2: float) -> QPointF:
    return view.canvas.mapTo(view.plot.viewport(), on_canvas(view, x1, x2))


def colours_at(view: BoundaryView, *places: tuple[float, float]) -> list[str]:
    points = [on_canvas(view, *place) for place in places]
    return [colour.name() for colour in pixels(view.canvas, points)]


def name(colour: str) -> str:
    return QColor(colour).name()


UPRIGHT, LEVEL = (0.25, 0.95), (0.95, 0.55)  # a place on each line, clear of the points


def test_each_line_has_the_tint_of_its_unit(view: BoundaryView) -> None:
    view.show_frame(cross())
    assert colours_at(view, UPRIGHT, LEVEL) == list(map(name, LIGHT.unit_tints[:2]))


def test_it_is_thick_and_thicker_where_its_unit_is_looked_at(view: BoundaryView) -> None:
    view.show_frame(cross())

    def thickness() -> list[int]:
        """Count the pixels of the tint across each line."""
        across = np.arange(-8, 9)
        points = (on_canvas(view, *UPRIGHT), on_canvas(view, *LEVEL))
        columns = (
            [points[0] + QPointF(d, 0) for d in across],
            [points[1] + QPointF(0, d) for d in across],
        )
        return [
            sum(colour.name() == name(tint) for colour in pixels(view.canvas, column))
            for column, tint in zip(columns, LIGHT.unit_tints, strict=False)
        ]

    usual = thickness()
    assert min(usual) >= 2
    view.light_line(Place(1, 0))
    lit = thickness()
    assert lit[0] > usual[0]
    assert lit[1] < usual[1]
    view.light_line(Place(1, 1, 0))  # a weight that leads into the other
    assert thickness()[1] > usual[1]
    view.light_line(Place(2, 0))
    assert thickness() == usual


def test_of_more_units_the_lines_are_grey_and_have_their_numbers(view: BoundaryView) -> None:
    view.show_frame(cross(hidden=5))
    tints = set(map(name, LIGHT.unit_tints))
    assert not tints & set(colours_at(view, UPRIGHT, LEVEL))
    painted = view.canvas.grab().toImage()
    frame = cross(hidden=5)
    frame.layers()[0][0][:, 1] = 0.0  # the level one has gone, its number was at a side
    view.show_frame(frame)
    rim = [
        (view.canvas.grab().toImage(), painted)[number].pixelColor(x, y).name()
        for number in (0, 1)
        for y in range(int(on_canvas(view, *LEVEL).y()) - 7, int(on_canvas(view, *LEVEL).y()) + 7)
        for x in (*range(6, 28), *range(painted.width() - 28, painted.width() - 6))
    ]
    half = len(rim) // 2
    text = name(LIGHT.text)
    assert text not in rim[:half]
    assert text in rim[half:]


def tints_along(
    view: BoundaryView, start: tuple[float, float], end: tuple[float, float]
) -> list[int]:
    """Return the units whose tints are painted along a way, one after the other."""
    shares = np.linspace(0.0, 1.0, 400)[:, np.newaxis]
    places = np.array(start) + shares * (np.array(end) - np.array(start))
    tints = list(map(name, LIGHT.unit_tints))
    seen = [c for c in colours_at(view, *map(tuple, places.tolist())) if c in tints]
    units = [tints.index(colour) for colour in seen]
    return [unit for i, unit in enumerate(units) if i == 0 or unit != units[i - 1]]


def level_lines(*heights: float) -> Frame:
    """Return a frame of units that turn at x₂ = such heights, clear of the points at 0.55."""
    frame = with_weights(make_frame(Recipe(hidden=(len(heights),))))
    (W, *_), (b, *_) = frame.layers()
    W[1], b[:] = 1.0 + np.arange(len(heights)), -np.array(heights) * (1.0 + np.arange(len(heights)))
    return frame


@pytest.mark.parametrize("count", [2, 3, 4])
def test_of_lines_that_lie_upon_each_other_all_are_seen_in_turns(
    view: BoundaryView, count: int
) -> None:
    view.show_frame(level_lines(*[0.55] * count))
    seen = tints_along(view, (-0.05, 0.55), (1.05, 0.55))
    assert set(seen) == set(range(count))
    assert len(seen) >= 12
    for unit in range(count):
        assert seen.count(unit) >= len(seen) // (2 * count)


def test_lines_that_only_cross_are_whole(view: BoundaryView) -> None:
    view.show_frame(cross())
    assert tints_along(view, (0.05, 0.55), (1.05, 0.55)) in ([1], [1, 0, 1])
    assert tints_along(view, (0.25, 0.05), (0.25, 0.95)) in ([0], [0, 1, 0])


def test_lines_beside_each_other_are_whole(view: BoundaryView) -> None:
    view.show_frame(level_lines(0.55, 0.57))
    assert tints_along(view, (-0.05, 0.55), (1.05, 0.55)) == [0]
    assert tints_along(view, (-0.05, 0.57), (1.05, 0.57)) == [1]


def test_lines_that_meet_at_a_small_angle_take_turns_where_they_are_close(
    view: BoundaryView,
) -> None:
    frame = level_lines(0.55, 0.55)
    frame.layers()[0][0][0, 1] = 0.06
    frame.layers()[1][0][1] -= 0.06 * 0.5  # they meet at x₁ = 0.5
    view.show_frame(frame)
    assert len(tints_along(view, (0.3, 0.55), (0.7, 0.55))) > 3
    assert tints_along(view, (-0.05, 0.55), (0.2, 0.55)) == [0]


def test_bent_lines_that_lie_upon_each_other_take_turns_too(view: BoundaryView) -> None:
    frame = with_weights(make_frame(Recipe(hidden=(2,), features=("x2", "x1_squared"))))
    (W, *_), (b, *_) = frame.layers()
    W[0], W[1], b[:] = 1.0, 0.05, -0.55
    lines = bent_lines(frame.recipe, frame.parameters, frame.box)
    view.show_frame(replace(frame, bent_lines=lines))
    ends = view.unit_lines.ends[0]
    assert len(ends) > 4
    (x, y), (next_x, next_y) = ends[np.argsort(ends[:, 0])][[40, -40]].tolist()
    assert set(tints_along(view, (x, y), (next_x, next_y))) == {0, 1}


def test_of_the_one_that_is_looked_at_all_is_seen(view: BoundaryView) -> None:
    view.show_frame(level_lines(0.55, 0.55))
    view.light_line(Place(1, 0))
    assert tints_along(view, (-0.05, 0.55), (1.05, 0.55)) == [0]


RIGHT, LEFT = (1.065, 0.5), (-0.065, 0.5)  # places near the rim of the map


def outside(*turns_at: float, hidden: int = 2) -> Frame:
    """Return a frame of units that turn at x₁ = such places."""
    frame = with_weights(make_frame(Recipe(hidden=(hidden,))))
    (W, *_), (b, *_) = frame.layers()
    W[0, : len(turns_at)], b[: len(turns_at)] = 1.0, -np.array(turns_at)
    return frame


def test_a_line_outside_the_map_has_an_arrow_to_where_it_lies(view: BoundaryView) -> None:
    tints = list(map(name, LIGHT.unit_tints))
    view.show_frame(outside(0.25, 5.0))
    assert colours_at(view, RIGHT) == [tints[1]]
    assert colours_at(view, LEFT)[0] not in tints
    view.show_frame(outside(-3.0, 5.0))
    assert colours_at(view, LEFT, RIGHT) == tints[:2]
    view.show_frame(outside(0.25, 0.75))
    assert not {*colours_at(view, LEFT, RIGHT)} & set(tints)


def test_arrows_to_the_same_side_stand_beside_each_other(view: BoundaryView) -> None:
    view.show_frame(outside(4.0, 5.0, 6.0, 7.0, hidden=4))
    column = [(RIGHT[0], y) for y in np.linspace(0.2, 0.8, 200)]
    assert set(map(name, LIGHT.unit_tints)) <= set(colours_at(view, *column))


def test_the_pointer_on_an_arrow_means_its_unit_and_says_what_it_is(
    qtbot: QtBot, view: BoundaryView
) -> None:
    words: list[str] = []
    units: list[object] = []
    view.pointed_at.connect(words.append)
    view.line_pointed_at.connect(units.append)
    view.show_frame(outside(0.25, 5.0))
    QApplication.processEvents()

    def is_meant() -> bool:
        point_at(view.plot.viewport(), on_viewport(view, *RIGHT))
        return units[-1:] == [Place(1, 1)]

    qtbot.waitUntil(is_meant)
    assert words[-1] == "The line of hidden 1, unit 2, lies outside the map."


def test_a_zoomed_map_has_the_line_where_it_is(view: BoundaryView) -> None:
    view.show_frame(cross())
    view.show_box(Box(0.2, 0.9, 0.3, 1.0))
    assert colours_at(view, (0.25, 0.95)) == [name(LIGHT.unit_tints[0])]


def test_lines_that_have_not_moved_are_not_painted_again(qtbot: QtBot, view: BoundaryView) -> None:
    frame = cross()
    view.show_frame(frame)
    QApplication.processEvents()
    paints = Paints(view.canvas)
    view.show_frame(replace(frame, parameters=frame.parameters * (1.0 + 1e-9)))
    QApplication.processEvents()
    assert paints.count == 0
    view.show_frame(replace(frame, parameters=frame.parameters + 0.05))
    qtbot.waitUntil(lambda: paints.count > 0)


def test_the_pointer_on_a_line_means_its_unit(qtbot: QtBot, view: BoundaryView) -> None:
    pointed: list[object] = []
    view.line_pointed_at.connect(pointed.append)
    view.show_frame(cross())

    def means(place: QPointF, unit: Place | None) -> None:
        def is_meant() -> bool:
            point_at(view.plot.viewport(), place)  # again, for pyqtgraph hears not every move
            return pointed[-1:] == [unit]

        qtbot.waitUntil(is_meant)

    means(on_viewport(view, *UPRIGHT), Place(1, 0))
    means(on_viewport(view, *LEVEL) + QPointF(0, 3), Place(1, 1))
    means(on_viewport(view, 0.9, 0.9), None)
    means(on_viewport(view, *UPRIGHT), Place(1, 0))
    leave(view.plot)
    assert pointed == [Place(1, 0), Place(1, 1), None, Place(1, 0), None]


def test_where_lines_are_not_shown_nothing_is_pointed_at(view: BoundaryView) -> None:
    pointed: list[object] = []
    view.line_pointed_at.connect(pointed.append)
    view.set_options(MapOptions())
    view.show_frame(cross())
    point_at(view.plot.viewport(), on_viewport(view, *UPRIGHT))
    assert not pointed


# In the window


def is_on(window: MainWindow) -> bool:
    shown = window.parts.boundary_view.options.unit_lines
    assert window.menus.actions["unit_lines"].isChecked() == shown
    return shown


def middle_of_line(window: MainWindow, unit: int) -> tuple[float, float]:
    ends: Array = window.parts.boundary_view.unit_lines.ends[unit]
    x1, x2 = ends.mean(axis=0).tolist()
    return x1, x2


def test_they_are_there_from_the_start_where_they_tell_most(
    qtbot: QtBot, window: MainWindow, watch: Watch
) -> None:
    assert is_on(window)
    for recipe, is_telling in (
        (Recipe(dataset="circle"), False),
        (Recipe(dataset="linear"), True),
        (Recipe(hidden=(16,)), False),
        (Recipe(), True),
    ):
        window.runs.open((recipe,))
        qtbot.waitUntil(lambda recipe=recipe: watch.last.frames[0].recipe == recipe)
        assert is_on(window) == is_telling
    window.runs.open((Recipe(), Recipe(hidden=(16,))))
    qtbot.waitUntil(lambda: len(watch.last.frames) == 2)
    assert not is_on(window)


@pytest.mark.parametrize("recipe", [Recipe(), Recipe(dataset="circle")])
def test_what_a_user_chose_counts_for_every_data_set_and_the_next_window(
    open_in_test: OpenWindow, recipe: Recipe
) -> None:
    window = open_in_test(recipe)
    chosen = not is_on(window)
    press(Qt.Key.Key_U)
    assert is_on(window) == chosen
    for other in (Recipe(dataset="moons"), Recipe(dataset="linear")):
        window.runs.open((other,))
        assert is_on(window) == chosen
    window.close()
    second = open_in_test(recipe)
    assert is_on(second) == chosen
    press(Qt.Key.Key_U)
    assert is_on(second) != chosen


def test_pointing_at_a_line_lights_its_unit_and_the_map_stays(
    qtbot: QtBot, window: MainWindow
) -> None:
    view, diagram = window.parts.boundary_view, window.parts.network_view
    before = diagram.grab().toImage()
    point_at(view.plot.viewport(), on_viewport(view, *middle_of_line(window, 3)))
    assert diagram.place == Place(1, 3)
    assert view.unit_lines.lit == 3
    assert diagram.grab().toImage() != before
    assert diagram.hover_text()  # it could be said; it is not, for the pointer is elsewhere
    assert window.selection.value.want(0).unit is None
    leave(view.plot)
    qtbot.waitUntil(lambda: diagram.place is None)
    assert view.unit_lines.lit is None


def test_pointing_at_a_unit_lights_its_line(window: MainWindow) -> None:
    view, diagram = window.parts.boundary_view, window.parts.network_view
    assert diagram.network_layout is not None
    point_at(diagram, diagram.network_layout.units[1][3].center())
    assert view.unit_lines.lit == 3
    leave(diagram)
    assert view.unit_lines.lit is None


def test_of_two_runs_each_has_its_own_line(qtbot: QtBot, window: MainWindow, watch: Watch) -> None:
    window.runs.open(PAIR)
    qtbot.waitUntil(lambda: len(watch.last.frames) == 2)
    second = window.second
    assert second.boundary_view is not None
    assert second.network_view is not None
    window.selection.point_at_line(1, Place(1, 2))
    assert second.boundary_view.unit_lines.lit == 2
    assert second.network_view.place == Place(1, 2)
    assert window.parts.boundary_view.unit_lines.lit is None
    assert window.parts.network_view.place is None


def test_a_unit_has_the_outline_of_its_line_while_lines_are_shown(window: MainWindow) -> None:
    diagram = child(window, "network_view")

    def outline() -> str:
        rect = diagram.network_layout.units[1][3]
        (colour,) = pixels(diagram, [QPointF(rect.center().x(), rect.top())])
        return colour.name()

    assert outline() == name(LIGHT.unit_tints[3])
    press(Qt.Key.Key_U)
    assert outline() != name(LIGHT.unit_tints[3])
