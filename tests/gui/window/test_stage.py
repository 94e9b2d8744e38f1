"""One view alone, and back: Z, Shift+Z and a double click on a heading."""

from gui.conftest import Watch
from gui.helpers import press
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.gui.parts.panel import Panel
from mlpviz.gui.window.main import MainWindow
from mlpviz.gui.window.stage_plan import DIAGRAM, LOSS, MAP

SHIFT = Qt.KeyboardModifier.ShiftModifier


def panels(window: MainWindow) -> dict[str, Panel]:
    parts = window.parts
    return {DIAGRAM: parts.network_panel, MAP: parts.boundary_panel, LOSS: parts.loss_panel}


def shown(window: MainWindow) -> list[str]:
    return [name for name, panel in panels(window).items() if panel.isVisible()]


def double_click_heading(panel: Panel) -> None:
    QTest.mouseDClick(panel, Qt.MouseButton.LeftButton, pos=QPoint(40, 10))


def test_z_fills_the_window_with_the_view_that_has_the_focus_and_z_goes_back(
    window: MainWindow,
) -> None:
    window.parts.loss_view.plot.setFocus(Qt.FocusReason.TabFocusReason)
    press(Qt.Key.Key_Z)
    assert shown(window) == [LOSS]
    assert window.parts.loss_panel.size() == window.parts.stage.size()
    press(Qt.Key.Key_Z)
    assert shown(window) == [DIAGRAM, MAP, LOSS]


def test_shift_z_goes_from_view_to_view(window: MainWindow) -> None:
    met = []
    for _ in range(4):
        press(Qt.Key.Key_Z, SHIFT)
        met.append(shown(window))
    assert met == [[DIAGRAM], [MAP], [LOSS], [DIAGRAM, MAP, LOSS]]


def test_a_double_click_on_a_heading_does_the_same(window: MainWindow) -> None:
    for name, panel in panels(window).items():
        double_click_heading(panel)
        assert shown(window) == [name]
        double_click_heading(panel)
        assert shown(window) == [DIAGRAM, MAP, LOSS]


def test_esc_shows_all_again_before_it_unselects_a_sample(window: MainWindow) -> None:
    window.selection.select_sample(3)
    double_click_heading(window.parts.boundary_panel)
    press(Qt.Key.Key_Escape)
    assert shown(window) == [DIAGRAM, MAP, LOSS]
    assert window.selection.value.sample == 3
    press(Qt.Key.Key_Escape)
    assert window.selection.value.sample is None


def test_keys_go_on_while_the_diagram_is_not_seen(
    qtbot: QtBot, window: MainWindow, watch: Watch
) -> None:
    double_click_heading(window.parts.boundary_panel)
    press(Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: watch.epoch == 1)
    press(Qt.Key.Key_Z)
    press(Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: watch.epoch == 2)
    assert window.parts.network_view.hasFocus() or window.hasFocus()


def test_a_comparison_that_begins_or_ends_shows_all(
    qtbot: QtBot, window: MainWindow, watch: Watch
) -> None:
    double_click_heading(window.parts.loss_panel)
    window.runs.open((Recipe(), Recipe(learning_rate=0.1)))
    assert shown(window) == [DIAGRAM, MAP, LOSS]
    assert window.second.network_panel is not None
    double_click_heading(window.second.network_panel)
    assert shown(window) == []
    assert window.second.network_panel.size() == window.parts.stage.size()
    window.runs.end_comparison(0)
    assert shown(window) == [DIAGRAM, MAP, LOSS]
    qtbot.waitUntil(lambda: bool(watch.updates) and len(watch.last.frames) == 1)
