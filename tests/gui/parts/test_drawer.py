"""Drawers: where they lie, and what of them is always in sight."""

from collections.abc import Iterator
from itertools import combinations
from typing import Any

import pytest
from gui.conftest import OpenWindow
from gui.helpers import child, press
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.gui.parts.drawer import Drawer
from mlpviz.gui.window.main import MainWindow

Key = Qt.Key
NAMES = ("samples", "seeds", "edit_data", "help", "keys", "about", "save_clip")
SIZES = [(960, 500), (1024, 740), (1280, 800), (1920, 1080)]


def place(window: MainWindow, widget: QWidget) -> QRect:
    return QRect(widget.mapTo(window, widget.rect().topLeft()), widget.size())


def opened(window: MainWindow, name: str) -> Drawer:
    window.menus.actions[name].trigger()
    drawer = window.drawers.open_drawer
    assert drawer is not None
    return drawer


@pytest.fixture
def presented(open_in_test: OpenWindow) -> Iterator[MainWindow]:
    window = open_in_test(Recipe(epochs=30))
    press(Key.Key_F11)
    yield window
    window.presentation.end()


def on_projectors(qtbot: QtBot, window: MainWindow) -> Iterator[tuple[int, int]]:
    """Let a window be as large as a projector, one after the other, without a drawer."""
    for size in ((1024, 768), (1920, 1080)):
        window.drawers.close()
        window.resize(*size)
        qtbot.waitUntil(lambda size=size: (window.width(), window.height()) == size)  # type: ignore[misc]
        yield size


def covers_whole_or_nothing(drawer: QRect, panel: QRect) -> bool:
    return drawer.contains(panel) or not drawer.intersects(panel)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: "x".join(map(str, size)))
def test_a_drawer_never_cuts_the_panel_of_the_map(
    qtbot: QtBot, open_in_test: OpenWindow, size: tuple[int, int]
) -> None:
    window = open_in_test()
    window.resize(*size)
    qtbot.waitUntil(lambda: (window.width(), window.height()) == size)
    drawer = opened(window, "keys")
    for change in (window.parts.stage.swap, window.parts.stage.swap):
        panel = place(window, window.parts.boundary_panel)
        assert covers_whole_or_nothing(place(window, drawer), panel)
        change()
    assert not place(window, drawer).intersects(place(window, window.parts.boundary_panel))


@pytest.mark.parametrize("size", SIZES, ids=lambda size: "x".join(map(str, size)))
def test_every_drawer_ends_above_the_timeline_which_is_reached_from_end_to_end(
    qtbot: QtBot, open_in_test: OpenWindow, size: tuple[int, int]
) -> None:
    window = open_in_test()
    window.resize(*size)
    qtbot.waitUntil(lambda: (window.width(), window.height()) == size)
    timeline, stage = window.parts.timeline, window.parts.stage
    for name in NAMES:
        drawer = opened(window, name)
        bar = place(window, timeline)
        assert not place(window, drawer).intersects(bar), name
        assert place(window, drawer).bottom() == place(window, stage).bottom(), name
        for x in (bar.left() + 1, bar.center().x(), bar.right() - 1):
            under = window.childAt(x, bar.center().y())
            assert under is timeline or timeline.isAncestorOf(under), (name, x)


def test_in_a_presentation_the_drawer_ends_above_the_timeline_too(
    qtbot: QtBot, presented: MainWindow
) -> None:
    for size in on_projectors(qtbot, presented):
        drawer = place(presented, opened(presented, "samples"))
        assert not drawer.intersects(place(presented, presented.parts.timeline)), size


def test_in_a_presentation_a_drawer_has_all_the_width_where_it_needs_it(
    qtbot: QtBot, presented: MainWindow
) -> None:
    for size in on_projectors(qtbot, presented):
        drawer = opened(presented, "samples")
        panel = place(presented, presented.parts.boundary_panel)
        assert covers_whole_or_nothing(place(presented, drawer), panel), size


def test_in_a_presentation_rows_are_in_sight_without_scrolling(
    qtbot: QtBot, presented: MainWindow
) -> None:
    for size in on_projectors(qtbot, presented):
        for name, table in (("samples", "samples_table"), ("edit_data", "data_cells")):
            drawer = place(presented, opened(presented, name))
            rows = place(presented, child(presented, table).viewport())
            seen = rows.intersected(drawer)
            assert seen.height() >= 0.1 * presented.height(), (size, name)
            assert seen.width() == rows.width(), (size, name)


@pytest.mark.parametrize("size", [(960, 500), (1280, 800)], ids=str)
def test_what_takes_own_data_is_always_in_sight(
    qtbot: QtBot, open_in_test: OpenWindow, size: tuple[int, int]
) -> None:
    window = open_in_test()
    window.resize(*size)
    qtbot.waitUntil(lambda: (window.width(), window.height()) == size)
    drawer = opened(window, "edit_data")
    for name in ("data_use_button", "data_cancel_button"):
        assert (
            child(window, name).visibleRegion().boundingRect().size() == child(window, name).size()
        )
        assert place(window, drawer).contains(place(window, child(window, name)))


def test_the_picture_of_own_data_lies_upon_nothing(qtbot: QtBot, presented: MainWindow) -> None:
    for size in on_projectors(qtbot, presented):
        drawer = opened(presented, "edit_data")
        picture = place(presented, child(drawer, "data_points"))
        for name in ("data_left_out_page_button", "data_scaling_standard_choice", "data_cells"):
            if child(drawer, "data_points").isVisible():
                assert not picture.intersects(place(presented, child(drawer, name))), (size, name)


def test_the_thumbnails_of_many_seeds_are_in_sight(qtbot: QtBot, presented: MainWindow) -> None:
    for size in on_projectors(qtbot, presented):
        drawer: Any = opened(presented, "seeds")
        if drawer.study is None:
            drawer.count_input.setValue(3)
            drawer.start_button.click()
        qtbot.waitUntil(lambda drawer=drawer: drawer.study is not None)  # type: ignore[misc]
        strip = drawer.strip
        qtbot.waitUntil(lambda strip=strip: not strip.visibleRegion().isEmpty())  # type: ignore[misc]
        seen = place(presented, drawer.scroll_area).intersected(place(presented, drawer))
        assert seen.height() >= 0.12 * presented.height(), size


def test_in_a_small_window_every_column_of_the_samples_is_in_sight(
    qtbot: QtBot, open_in_test: OpenWindow
) -> None:
    window = open_in_test()
    window.resize(960, 500)
    qtbot.waitUntil(lambda: window.width() == 960)
    opened(window, "samples")
    table = child(window, "samples_table")
    columns = table.horizontalHeader()  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: columns.length() <= table.viewport().width())  # type: ignore[attr-defined]


def cut_or_squeezed(drawer: Drawer) -> list[str]:
    """Return what lies upon its neighbour in a drawer, or ends below what can be scrolled to."""
    body = child(drawer, "drawer_body")
    direct = Qt.FindChildOption.FindDirectChildrenOnly
    held = [widget for widget in body.findChildren(QWidget, options=direct) if widget.isVisible()]
    upon = {
        widget.objectName()
        for widget, other in combinations(held, 2)
        if widget.geometry().intersects(other.geometry())
    }
    cut = {w.objectName() for w in held if w.geometry().bottom() > body.rect().bottom()}
    return sorted(upon | cut)


def test_in_a_presentation_nothing_in_a_drawer_is_squeezed_or_out_of_reach(
    qtbot: QtBot, presented: MainWindow
) -> None:
    for size in on_projectors(qtbot, presented):
        for name in NAMES:
            drawer: Any = opened(presented, name)
            if name == "seeds" and drawer.study is None:
                drawer.count_input.setValue(3)
                drawer.start_button.click()
                qtbot.waitUntil(lambda drawer=drawer: drawer.study is not None)  # type: ignore[misc]
            QApplication.sendPostedEvents()
            assert cut_or_squeezed(drawer) == [], (size, name)
