"""Keys in the real window: to the control that has the focus where it uses them, else shortcuts."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest
from gui.conftest import OpenWindow, Watch
from gui.helpers import child, press
from gui.key_table import CONTROLS, KEYS, STATES, Hand, expected
from gui.views.seeds.test_seeds_drawer import study_in
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.places import Place
from mlpviz.gui.window.main import MainWindow

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
    assert not window.parts.loss_view.is_logarithmic
    press(Key.Key_L)
    assert window.parts.loss_view.is_logarithmic
    press(Key.Key_L)
    assert not window.parts.loss_view.is_logarithmic
    press(Key.Key_C)
    assert not window.parts.controls.isVisible()
    press(Key.Key_C)
    assert window.parts.controls.isVisible()


def test_m_swaps_map_and_diagram_and_back(qtbot: QtBot, window: MainWindow) -> None:
    def places() -> list[int]:
        panels = (window.parts.network_panel, window.parts.boundary_panel)
        return [panel.mapTo(window, panel.rect().center()).x() for panel in panels]

    diagram, boundary = places()
    assert diagram < boundary
    press(Key.Key_M)
    swapped = places()
    assert swapped[0] > swapped[1]
    press(Key.Key_M)
    assert places() == [diagram, boundary]


def test_the_focus_is_on_the_diagram_at_the_start(window: MainWindow) -> None:
    assert QApplication.focusWidget() is window.parts.network_view


def test_the_keys_work_after_a_click_on_a_plot(
    qtbot: QtBot, window: MainWindow, acts: list[str]
) -> None:
    for plot in (window.parts.boundary_view.plot, window.parts.loss_view.plot):
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
    for name in ("step_button", "more_button", "log_button"):
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
    for button in window.parts.transport.buttons():
        focus(window, "learning_rate_input")
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        assert QApplication.focusWidget() is window.parts.network_view
    press(Key.Key_Space)
    assert acts == ["Play or pause"]


def tab_round(limit: int = 200) -> list[QWidget]:
    """Press Tab until the focus comes round; return where it was on the way."""
    met: list[QWidget] = []
    for _ in range(limit):
        press(Key.Key_Tab)
        widget = QApplication.focusWidget()
        assert widget is not None
        if widget in met:
            assert widget is met[0]
            return met
        met.append(widget)
    raise AssertionError("the focus never comes round")


def reachable(window: MainWindow) -> set[QWidget]:
    """Return every widget that takes the focus by Tab just now."""
    return {
        widget
        for widget in window.findChildren(QWidget)
        if widget.isVisibleTo(window)
        and widget.isEnabled()
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.focusProxy() is None
    }


def test_tab_reaches_every_control_and_comes_round(window: MainWindow) -> None:
    window.parts.controls.more.open(True)
    met = tab_round()
    assert set(met) == reachable(window)
    names = {widget.objectName() for widget in met}
    assert names >= {
        "play_button", "step_button", "reset_button", "new_weights_button", "speed_slider",
        "dataset_choice", "learning_rate_input", "activation_toggle", "epochs_input",
        "seed_input", "hidden_units_input_1", "network_view", "menu_button", "log_button",
        "add_unit_button_1", "remove_unit_button_2", "add_last_layer_button", "map_menu_button",
        "boundary_plot", "loss_plot",
    }  # fmt: skip


def test_every_button_is_reached_by_tab_unless_it_belongs_to_a_field(window: MainWindow) -> None:
    met = set(tab_round())
    for button in window.findChildren(QAbstractButton):
        if button.isVisibleTo(window) and button.isEnabled():
            assert button in met, button.objectName()


def test_tab_goes_from_part_to_part_as_they_lie(window: MainWindow) -> None:
    parts = [
        window.parts.transport,
        window.parts.controls,
        window.parts.network_panel,
        window.parts.boundary_panel,
        window.parts.loss_panel,
        window.parts.timeline,
    ]
    of_each = [next(p for p in parts if p.isAncestorOf(widget)) for widget in tab_round()]
    start = next(i for i, part in enumerate(of_each) if part is parts[0] is not of_each[i - 1])
    turned = of_each[start:] + of_each[:start]  # the round began somewhere in the middle
    assert [part for part, _ in groupby(turned)] == parts


def test_while_a_weight_is_edited_tab_reaches_all_of_the_bubble(window: MainWindow) -> None:
    press(Key.Key_E)
    press(Key.Key_Return)
    names = [widget.objectName() for widget in tab_round()]
    at = names.index("zero_button")
    assert names[at : at + 3] == ["zero_button", "sign_button", "freeze_button"]
    assert "weight_input" in names


def enter(state: str, qtbot: QtBot, open_in_test: OpenWindow, folder: Path) -> Hand:
    """Open a window and bring it into a state in which keys are tried."""
    epochs = 20 if state == "seeds" else 0
    recipe = Recipe(dataset="moons", optimizer="momentum", learning_rate=0.3, epochs=epochs)
    window = open_in_test(recipe)

    def nothing() -> None:
        """All stays as it is."""

    def edit() -> None:
        window.parts.network_view.edit.open_at(Place(1, 0), QPointF(50, 50))

    def back_to_a_stage() -> None:
        window.tools.step.walk.go_to(2)
        window.parts.network_view.edit.end()  # which the stage puts on its unit

    before: Callable[[], None] = nothing
    if state == "training":
        press(Key.Key_Space)
        qtbot.waitUntil(lambda: window.runs.latest.is_playing)
    elif state == "comparing":
        window.runs.open((recipe, replace(recipe, learning_rate=0.1)))
    elif state == "samples":
        press(Key.Key_T)
        before = partial(window.selection.select_sample, 30)
    elif state == "seeds":
        study_in(qtbot, window)
        before = partial(child(window, "seeds_strip").mark, 2)
    elif state == "own data":
        path = folder / "table.csv"
        path.write_text("a,b,c\n1,2,x\n2,3,y\n4,4,x\n", encoding="utf-8")

        def look_at_the_middle() -> None:
            cells = child(window, "data_cells")
            for editor in cells.findChildren(QWidget, "cell_editor"):
                QTest.keyClick(editor, Key.Key_Escape)
            window.data_files.open_file(path)
            cells.setCurrentIndex(cells.model().index(1, 1))

        window.data_files.open_file(path)
        before = look_at_the_middle
    elif state == "step":
        window.tools.step.walk.begin(2, 0)
        qtbot.waitUntil(lambda: bool(child(window, "step_title").text()))
        before = back_to_a_stage
    elif state == "editing":
        before = edit
        edit()
    elif state == "drawing":
        press(Key.Key_D)
        before = partial(child(window, "draw_class_0_button").setChecked, True)
    return Hand(window, before)


@pytest.mark.parametrize("state", STATES)
def test_every_key_does_what_the_table_says_on_every_control(
    qtbot: QtBot, open_in_test: OpenWindow, tmp_path: Path, state: str
) -> None:
    hand = enter(state, qtbot, open_in_test, tmp_path)
    tried = [(kind, key) for kind in STATES[state].split() for key in KEYS]
    wrong = [
        f"{key} on {kind}: {done}, not {expected(state, kind, key)}"
        for kind, key in tried
        if (done := hand.press(kind, key)) not in expected(state, kind, key).replace("d", ".o")
    ]
    assert not wrong, "\n".join(wrong)


def test_the_table_has_every_shortcut_of_the_window_and_every_kind_of_control(
    window: MainWindow,
) -> None:
    shortcuts = {key.toString() for action in window.actions() for key in action.shortcuts()}
    assert shortcuts <= set(KEYS)
    assert {kind for kinds in STATES.values() for kind in kinds.split()} == set(CONTROLS)
