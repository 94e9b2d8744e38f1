"""Keys in the real window: to the control that has the focus where it uses them, else shortcuts."""

from typing import Any

import pytest
from gui.conftest import Watch
from gui.helpers import child, press
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from mlpviz.gui.window import MainWindow

Key = Qt.Key
SHORTCUTS = (
    Key.Key_Space,
    Key.Key_Right,
    Key.Key_R,
    Key.Key_N,
    Key.Key_M,
    Key.Key_L,
    Key.Key_C,
    Key.Key_T,
)


@pytest.fixture
def acts(window: MainWindow) -> list[str]:
    """The shortcuts that acted, by the words of their actions."""
    acted: list[str] = []

    def note(action: QAction) -> None:
        action.triggered.connect(lambda: acted.append(action.text()))

    for action in window.actions():
        note(action)
    return acted


def focus(window: MainWindow, name: str) -> Any:
    widget = child(window, name)
    widget.setFocus(Qt.FocusReason.TabFocusReason)
    assert QApplication.focusWidget() is widget
    return widget


def test_each_key_does_its_thing_with_the_focus_on_the_diagram(
    qtbot: QtBot, window: MainWindow, watch: Watch
) -> None:
    press(Key.Key_Space)
    qtbot.waitUntil(lambda: len(watch.updates) > 2 and watch.last.frames[0].epoch > 3)
    press(Key.Key_Space)
    qtbot.waitUntil(lambda: not watch.last.is_playing)
    epoch = watch.last.frames[0].epoch
    press(Key.Key_Right)
    qtbot.waitUntil(lambda: watch.last.frames[0].epoch == epoch + 1)
    press(Key.Key_R)
    qtbot.waitUntil(lambda: watch.last.frames[0].epoch == 0)
    press(Key.Key_N)
    qtbot.waitUntil(lambda: watch.last.frames[0].recipe.weight_seed == 1)
    assert not window.loss_view.is_logarithmic
    press(Key.Key_L)
    assert window.loss_view.is_logarithmic
    press(Key.Key_L)
    assert not window.loss_view.is_logarithmic
    press(Key.Key_C)
    assert not window.controls.isVisible()
    press(Key.Key_C)
    assert window.controls.isVisible()


def test_m_swaps_map_and_diagram_and_back(qtbot: QtBot, window: MainWindow) -> None:
    def places() -> list[int]:
        panels = (window.network_panel, window.boundary_panel)
        return [panel.mapTo(window, panel.rect().center()).x() for panel in panels]

    diagram, boundary = places()
    assert diagram < boundary
    press(Key.Key_M)
    swapped = places()
    assert swapped[0] > swapped[1]
    press(Key.Key_M)
    assert places() == [diagram, boundary]


def test_the_focus_is_on_the_diagram_at_the_start(window: MainWindow) -> None:
    assert QApplication.focusWidget() is window.network_view


def test_the_keys_work_after_a_click_on_a_plot(
    qtbot: QtBot, window: MainWindow, acts: list[str]
) -> None:
    for plot in (window.boundary_view.plot, window.loss_view.plot):
        acts.clear()
        qtbot.mouseClick(plot.viewport(), Qt.MouseButton.LeftButton)
        for key in SHORTCUTS:
            press(key)
        assert len(acts) == len(SHORTCUTS)


def test_a_field_for_numbers_keeps_all_that_is_typed(window: MainWindow, acts: list[str]) -> None:
    for name in ("learning_rate_input", "epochs_input", "seed_input", "hidden_units_input_1"):
        field = focus(window, name)
        child(field, "qt_spinbox_lineedit").selectAll()
        for key in (Key.Key_3, Key.Key_Right, Key.Key_Left, Key.Key_R, Key.Key_N, Key.Key_Space):
            press(key)
        assert child(field, "qt_spinbox_lineedit").text().strip() == "3"
        press(Key.Key_Return)
        assert field.value() == 3
        assert acts == []


def test_a_list_keeps_space_arrows_and_letters(
    qtbot: QtBot, window: MainWindow, acts: list[str]
) -> None:
    choice = focus(window, "hidden_activation_choice")
    assert choice.key() == "sigmoid"
    press(Key.Key_R)
    assert choice.key() == "relu"
    press(Key.Key_Up)
    assert choice.key() != "relu"
    press(Key.Key_Space)
    qtbot.waitUntil(choice.view().isVisible)
    choice.hidePopup()
    assert acts == []


def test_the_slider_keeps_its_arrows_and_leaves_space_to_play(
    window: MainWindow, acts: list[str]
) -> None:
    slider = focus(window, "speed_slider")
    value = slider.value()
    press(Key.Key_Right)
    assert slider.value() == value + 1
    press(Key.Key_Left)
    assert slider.value() == value
    assert acts == []
    press(Key.Key_Space)
    assert acts == ["Play or pause"]


def test_a_button_that_has_the_focus_keeps_space(
    qtbot: QtBot, window: MainWindow, acts: list[str]
) -> None:
    for name in ("step_button", "add_layer_button", "log_button"):
        button = focus(window, name)
        with qtbot.waitSignal(button.clicked):
            press(Key.Key_Space)
        assert QApplication.focusWidget() is button  # who goes by keys stays where he is
    assert "Play or pause" not in acts


def test_the_check_box_keeps_space_and_leaves_the_letters(
    window: MainWindow, acts: list[str]
) -> None:
    toggle = focus(window, "activation_toggle")
    press(Key.Key_Space)
    assert not toggle.isChecked()
    assert acts == []
    press(Key.Key_M)
    assert acts == ["Swap map and diagram"]


def test_the_pictures_of_the_data_sets_keep_the_arrows(window: MainWindow, acts: list[str]) -> None:
    choice = focus(window, "dataset_choice")
    press(Key.Key_Right)
    assert choice.key() == "circle"
    press(Key.Key_Left)
    assert choice.key() == "xor"
    assert acts == []


def test_after_a_click_on_a_button_the_keys_mean_the_diagram_again(
    qtbot: QtBot, window: MainWindow, acts: list[str]
) -> None:
    for button in window.transport.buttons():
        focus(window, "learning_rate_input")
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        assert QApplication.focusWidget() is window.network_view
    press(Key.Key_Space)
    assert acts == ["Play or pause"]


def test_tab_reaches_every_control_and_comes_round(window: MainWindow) -> None:
    met: list[QWidget] = []
    for _ in range(60):
        press(Key.Key_Tab)
        widget = QApplication.focusWidget()
        assert widget is not None
        if widget in met:
            break
        met.append(widget)
    names = {widget.objectName() for widget in met}
    assert names >= {
        "play_button", "step_button", "reset_button", "new_weights_button", "speed_slider",
        "dataset_choice", "learning_rate_input", "activation_toggle", "epochs_input",
        "seed_input", "hidden_units_input_1", "network_view", "menu_button", "log_button",
    }  # fmt: skip
