"""Hints: where they are, and that each is gone once it has been followed."""

import pytest
from gui.conftest import OpenWindow, Watch
from gui.helpers import child, click, point_at, press
from PySide6.QtCore import QPointF, QRectF, Qt
from pytestqt.qtbot import QtBot

from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.gui.look.settings import EDGE_HINT, MAP_HINT, UNIT_HINT
from mlpviz.gui.window.main import MainWindow

NAMES = ("unit_hint_label", "edge_hint_label", "map_hint_label")


def seen(window: MainWindow) -> list[str]:
    return [name for name in NAMES if child(window, name).isVisible()]


@pytest.fixture
def hinting(qtbot: QtBot, window: MainWindow) -> MainWindow:
    window.resize(1280, 800)
    qtbot.waitUntil(lambda: seen(window) == list(NAMES))
    return window


def test_at_first_there_is_a_hint_at_a_unit_at_an_edge_and_at_the_map(
    hinting: MainWindow,
) -> None:
    layout = hinting.parts.network_view.network_layout
    assert layout is not None
    unit, label = layout.units[-2][0], child(hinting, "unit_hint_label")
    assert label.text() == "hover: what this unit sees"
    assert 0 <= unit.top() - label.geometry().bottom() < 12
    assert abs(label.geometry().center().x() - unit.center().x()) < 2
    for name in NAMES:
        inside = child(hinting, name)
        assert inside.parentWidget().rect().contains(inside.geometry())


def test_a_unit_under_the_pointer_takes_its_hint_away(hinting: MainWindow) -> None:
    view = hinting.parts.network_view
    assert view.network_layout is not None
    point_at(view, view.network_layout.units[0][0].center())  # an input, which is no unit yet
    assert seen(hinting) == list(NAMES)
    point_at(view, view.network_layout.units[1][0].center())
    assert seen(hinting) == list(NAMES[1:])
    assert hinting.settings.get(UNIT_HINT) is False


def test_while_a_unit_is_pinned_no_hint_lies_upon_what_is_shown_of_it(
    hinting: MainWindow,
) -> None:
    view = hinting.parts.network_view
    assert view.network_layout is not None
    unit = view.network_layout.units[2][1].center()
    click(view, unit)
    assert seen(hinting) == []
    click(view, unit)
    assert seen(hinting) == list(NAMES)


def test_a_weight_that_is_changed_takes_the_hint_at_the_edge_away(
    qtbot: QtBot, hinting: MainWindow
) -> None:
    for key in (Qt.Key.Key_E, Qt.Key.Key_Return, Qt.Key.Key_Up):
        press(key)
    qtbot.waitUntil(lambda: "edge_hint_label" not in seen(hinting))
    assert hinting.settings.get(EDGE_HINT) is False


def test_a_sample_that_is_chosen_takes_the_hint_on_the_map_away(hinting: MainWindow) -> None:
    hinting.parts.boundary_view.sample_selected.emit(3)
    assert seen(hinting) == list(NAMES[:2])
    assert hinting.settings.get(MAP_HINT) is False


def test_while_somebody_draws_there_is_no_hint_on_the_map(hinting: MainWindow) -> None:
    press(Qt.Key.Key_D)
    assert seen(hinting) == list(NAMES[:2])
    assert hinting.parts.message_bar.label.text().startswith("Drawing: click or drag on the map.")
    press(Qt.Key.Key_Escape)
    assert seen(hinting) == list(NAMES)


def test_while_training_runs_there_is_no_hint(
    qtbot: QtBot, hinting: MainWindow, watch: Watch
) -> None:
    press(Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: watch.epoch > 0)
    assert seen(hinting) == []
    press(Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: seen(hinting) == list(NAMES))


def test_a_network_without_hidden_layers_has_no_unit_to_hint_at(
    qtbot: QtBot, hinting: MainWindow, watch: Watch
) -> None:
    hinting.runs.change(Recipe(hidden=()))
    qtbot.waitUntil(lambda: seen(hinting) == list(NAMES[1:]))


def test_hints_let_the_pointer_through(hinting: MainWindow) -> None:
    view = hinting.parts.network_view
    label = child(hinting, "edge_hint_label")
    point_at(view, QPointF(label.geometry().center()))
    assert view.childAt(label.geometry().center()) is None


def test_a_hint_that_was_followed_does_not_come_back(open_in_test: OpenWindow) -> None:
    first = open_in_test()
    first.settings.keep(MAP_HINT, False)
    first.parts.hints.arrange()
    assert "map_hint_label" not in seen(first)


SIZES = [(960, 500), (1024, 740), (1280, 800), (1600, 900), (1920, 1080)]


@pytest.mark.parametrize("hidden", [(4, 4), (8,), (2, 3, 4), (16, 16)])
def test_the_hint_at_an_edge_lies_upon_no_unit_and_upon_one_edge_at_most(
    qtbot: QtBot, window: MainWindow, hidden: tuple[int, ...]
) -> None:
    window.runs.change(Recipe(hidden=hidden))
    for size in SIZES:
        assert_the_hint_has_its_place(qtbot, window, size, hidden)


def assert_the_hint_has_its_place(
    qtbot: QtBot, window: MainWindow, size: tuple[int, int], hidden: tuple[int, ...]
) -> None:
    window.resize(*size)
    view, label = window.parts.network_view, child(window, "edge_hint_label")
    qtbot.waitUntil(
        lambda: (
            view.network_layout is not None
            and [len(units) for units in view.network_layout.units[1:-1]] == [*hidden]
            and window.size().toTuple() == size
        )
    )
    layout = view.network_layout
    assert layout is not None
    if not label.isVisible():
        assert size < (1280, 800) or len(hidden) > 2 or max(hidden) > 4  # else there is room
        return
    place = QRectF(label.geometry())
    assert not any(place.intersects(unit) for units in layout.units for unit in units)
    lines = [line for block in layout.blocks for line in block.lines]
    inner = place.adjusted(1.0, 1.0, -1.0, -1.0)
    crossed = [
        line for line in lines if any(inner.contains(line.pointAt(t / 200)) for t in range(201))
    ]
    assert len(crossed) <= 1


def test_while_a_drawer_is_open_there_is_no_hint(hinting: MainWindow) -> None:
    for key in (Qt.Key.Key_T, Qt.Key.Key_S):
        press(key)
        assert seen(hinting) == []
    press(Qt.Key.Key_Escape)
    assert seen(hinting) == list(NAMES)
