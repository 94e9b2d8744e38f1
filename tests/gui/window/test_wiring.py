"""What is selected in one view is shown by the others, of one run or of two."""

import numpy as np
import pytest
from gui.conftest import Watch
from gui.hands import anchor, frame_of
from gui.helpers import child, leave, point_at, press, turn_wheel
from PySide6.QtCore import QPointF, Qt
from pytestqt.qtbot import QtBot

from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.grids import Box
from mlpviz.experiment.run.places import Place
from mlpviz.experiment.run.want import Want
from mlpviz.gui.views.map.boundary_view import BoundaryView
from mlpviz.gui.window.main import MainWindow

Key = Qt.Key
PAIR = (Recipe(), Recipe(learning_rate=0.1))


@pytest.fixture
def compared(qtbot: QtBot, window: MainWindow, watch: Watch) -> MainWindow:
    """The window with two runs of different learning rates."""
    window.runs.open(PAIR)
    qtbot.waitUntil(lambda: len(watch.last.frames) == 2)
    return window


def shown(view: BoundaryView) -> str:
    """Return what a map shows, in the words that a screen reader has."""
    return view.accessibleDescription().split(" over ")[0]


def box_of(view: BoundaryView) -> Box:
    (left, right), (bottom, top) = view.plot.view.viewRange()
    return Box(left, bottom, right, top)


def zoom_in(view: BoundaryView) -> None:
    viewport = view.plot.viewport()
    turn_wheel(viewport, QPointF(viewport.rect().center()), 3)


def test_the_map_shows_the_unit_under_the_pointer_else_that_of_the_cursor_else_the_output(
    qtbot: QtBot, window: MainWindow
) -> None:
    diagram, view = window.parts.network_view, window.parts.boundary_view
    qtbot.waitUntil(lambda: shown(view) == "Output")
    press(Key.Key_E)
    qtbot.waitUntil(lambda: shown(view) == "Unit h₁,₁")
    press(Key.Key_Down)
    qtbot.waitUntil(lambda: shown(view) == "Unit h₁,₂")
    point_at(diagram, anchor(window, Place(2, 2)))
    qtbot.waitUntil(lambda: shown(view) == "Unit h₂,₃")
    leave(diagram)
    qtbot.waitUntil(lambda: shown(view) == "Unit h₁,₂")
    press(Key.Key_Escape)
    qtbot.waitUntil(lambda: shown(view) == "Output")


def test_the_map_goes_on_with_the_unit_of_the_cursor_as_long_as_the_network_has_it(
    qtbot: QtBot, window: MainWindow, watch: Watch
) -> None:
    view = window.parts.boundary_view
    press(Key.Key_E)
    press(Key.Key_Down)
    for hidden, words in (((3, 4), "Unit h₁,₂"), ((1, 4), "Unit h₁,₁"), ((), "Output")):
        window.runs.change(Recipe(hidden=hidden))
        qtbot.waitUntil(lambda h=hidden: frame_of(watch).recipe.hidden == h)  # type: ignore[misc]  # mypy knows no default of a lambda
        qtbot.waitUntil(lambda w=words: shown(view) == w)  # type: ignore[misc]  # as above


def test_each_map_shows_the_units_of_its_own_diagram(qtbot: QtBot, compared: MainWindow) -> None:
    first, second = compared.parts.boundary_view, child(compared, "second_boundary_view")
    diagram = child(compared, "second_network_view")
    press(Key.Key_E)  # of the run that the controls change
    qtbot.waitUntil(lambda: (shown(first), shown(second)) == ("Output", "Unit h₁,₁"))
    point_at(compared.parts.network_view, anchor(compared, Place(2, 2)))
    qtbot.waitUntil(lambda: (shown(first), shown(second)) == ("Unit h₂,₃", "Unit h₁,₁"))
    leave(compared.parts.network_view)
    qtbot.waitUntil(lambda: (shown(first), shown(second)) == ("Output", "Unit h₁,₁"))
    leave(diagram)
    qtbot.waitUntil(lambda: (shown(first), shown(second)) == ("Output", "Unit h₁,₁"))


def test_the_surface_is_that_of_what_the_map_shows_until_other_data_bring_their_own_box(
    qtbot: QtBot, window: MainWindow, watch: Watch
) -> None:
    view = window.parts.boundary_view
    zoom_in(view)
    qtbot.waitUntil(lambda: frame_of(watch).surface_box == box_of(view))
    assert frame_of(watch).surface_box != frame_of(watch).box
    window.runs.change(Recipe(weight_seed=3))
    qtbot.waitUntil(lambda: frame_of(watch).recipe.weight_seed == 3)
    assert frame_of(watch).surface_box == box_of(view) != frame_of(watch).box
    window.runs.change(Recipe(dataset="spiral"))
    qtbot.waitUntil(lambda: frame_of(watch).recipe.dataset == "spiral")
    qtbot.waitUntil(lambda: frame_of(watch).surface_box == frame_of(watch).box)
    np.testing.assert_allclose(box_of(view), frame_of(watch).box)


def test_the_surfaces_of_both_runs_are_those_of_the_map_that_was_zoomed_last(
    qtbot: QtBot, compared: MainWindow, watch: Watch
) -> None:
    first, second = compared.parts.boundary_view, child(compared, "second_boundary_view")
    for view in (second, first):
        before = box_of(view)
        zoom_in(view)
        with qtbot.waitSignal(compared.selection.changed):
            pass
        assert box_of(first) == box_of(second) != before
        qtbot.waitUntil(lambda: {f.surface_box for f in watch.last.frames} == {box_of(first)})


def test_a_frame_has_what_is_pointed_at_of_its_own_run(
    qtbot: QtBot, compared: MainWindow, watch: Watch
) -> None:
    diagram = compared.parts.network_view
    for place, unit in ((Place(2, 2), (2, 2)), (Place(2, 1, 0), None)):
        point_at(diagram, anchor(compared, place))
        qtbot.waitUntil(lambda u=unit: frame_of(watch).unit == u)  # type: ignore[misc]  # mypy knows no default of a lambda
        assert frame_of(watch).gradient is not None
        assert frame_of(watch, 1).gradient is frame_of(watch, 1).unit is None
    leave(diagram)
    qtbot.waitUntil(lambda: frame_of(watch).gradient is None)


def test_a_frame_is_only_wanted_where_something_else_is_looked_at(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[Want, ...]] = []
    monkeypatch.setattr(window.runs, "want", lambda *wants: asked.append(wants))
    diagram = window.parts.network_view
    window.selection.select_sample(3)
    assert asked == []
    for _ in range(2):
        point_at(diagram, anchor(window, Place(2, 2)))
    assert asked == [(Want(unit=(2, 2), gradient=Place(2, 2)), Want())]
