"""The focus in the real window: when it comes home to the diagram, and what Esc closes first."""

import math
from collections.abc import Callable
from typing import Any

import pytest
from gui.conftest import OpenWindow, Watch
from gui.hands import frame_of, open_editor, value
from gui.helpers import child, click, press
from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QStyle, QStyleOptionSpinBox
from pytestqt.qtbot import QtBot

from mlpviz.experiment.recipe.catalogue import EXPERIMENTS
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.places import Place
from mlpviz.gui.look.look import DARK, LIGHT, Look
from mlpviz.gui.parts.focus_ring import FOCUS_REACH
from mlpviz.gui.window.main import MainWindow

Key = Qt.Key
LEFT = Qt.MouseButton.LeftButton
EDGE = Place(2, 0, 0)
PAIR = (EXPERIMENTS["baseline"].recipe("xor"), EXPERIMENTS["small_learning_rate"].recipe("xor"))


def is_home(window: MainWindow) -> bool:
    return QApplication.focusWidget() is window.parts.network_view


def is_active_again(window: MainWindow) -> bool:
    """Activate the window after a popup, which this platform does not, and look whether it is."""
    window.activateWindow()
    return window.isActiveWindow()


def tab_to(window: MainWindow, name: str) -> Any:
    control = child(window, name)
    control.setFocus(Qt.FocusReason.TabFocusReason)
    assert QApplication.focusWidget() is control
    return control


@pytest.fixture
def compared(window: MainWindow) -> MainWindow:
    """The window with two runs."""
    window.runs.open(PAIR)
    return window


# It is seen


@pytest.mark.parametrize("look", [LIGHT, DARK], ids=["light", "dark"])
def test_around_what_the_keys_mean_is_a_ring_of_ink_with_a_gap(
    window: MainWindow, look: Look
) -> None:
    window.look_choice.set_theme(look.name)
    ring = child(window, "focus_ring")
    window.focus.go_home()
    assert not ring.isVisible()  # the diagram has a cursor instead
    for name in ("play_button", "learning_rate_input", "log_button", "boundary_plot", "loss_plot"):
        control = tab_to(window, name)
        QApplication.processEvents()
        assert ring.isVisible(), name
        place = QRect(control.mapTo(window, QPoint()), control.size())
        picture = window.grab()
        image, scale = picture.toImage(), picture.devicePixelRatio()
        middle = place.center().y()
        across = [place.left() - 4, place.left() - 3, place.left() - 2, place.left() - 1]
        seen = [image.pixelColor(int(x * scale), int(middle * scale)).name() for x in across]
        assert seen == [look.accent.lower()] * 2 + [look.panel.lower()] * 2, name
        window.focus.go_home()
        assert not ring.isVisible(), name


def test_the_ring_goes_with_what_it_surrounds(qtbot: QtBot, window: MainWindow) -> None:
    ring, control = child(window, "focus_ring"), tab_to(window, "reset_button")

    def is_around() -> bool:
        corner = ring.mapTo(window, QPoint(FOCUS_REACH, FOCUS_REACH))
        return bool(corner == control.mapTo(window, QPoint()))

    qtbot.waitUntil(is_around)
    window.look_choice.set_factor(1.0)
    window.resize(window.width() + 120, window.height())
    qtbot.waitUntil(is_around)
    control.hide()
    assert not ring.isVisible()
    assert is_home(window)


# It comes home


@pytest.mark.parametrize("last", [Key.Key_Return, Key.Key_Escape])
def test_when_a_list_closes_the_letters_are_the_windows_again(
    qtbot: QtBot, window: MainWindow, acts: list[str], last: Key
) -> None:
    choice = child(window, "hidden_activation_choice")
    qtbot.mouseClick(choice, LEFT)
    view = choice.view()
    qtbot.waitUntil(view.isVisible)
    QTest.keyClick(view, Key.Key_Down)
    QTest.keyClick(view, last)
    qtbot.waitUntil(lambda: not view.isVisible())
    qtbot.waitUntil(lambda: is_active_again(window))
    assert is_home(window)
    chosen = choice.key()
    assert (chosen == "sigmoid") == (last == Key.Key_Escape)
    for key in (Key.Key_R, Key.Key_S, Key.Key_S, Key.Key_N):
        press(key)
    assert choice.key() == chosen
    assert len(acts) == 4


def test_enter_takes_what_was_typed_and_space_plays_then(
    qtbot: QtBot, window: MainWindow, acts: list[str]
) -> None:
    field = tab_to(window, "learning_rate_input")
    field.selectAll()
    QTest.keyClicks(field, "0.3")
    press(Key.Key_Return)
    assert is_home(window)
    assert window.parts.controls.recipe.learning_rate == 0.3
    press(Key.Key_Space)
    press(Key.Key_E)
    assert acts == ["Play or pause", "Edit weights by keyboard"]
    assert field.text() == "0.3"
    assert field.value() == 0.3


def test_esc_restores_what_was_typed_over(window: MainWindow, acts: list[str]) -> None:
    for name in ("learning_rate_input", "epochs_input", "noise_input", "hidden_units_input_1"):
        field = tab_to(window, name)
        before = field.text()
        field.selectAll()
        QTest.keyClicks(field, "7")
        assert field.text() != before, name
        press(Key.Key_Escape)
        assert is_home(window), name
        assert field.text() == before, name
        assert window.parts.controls.recipe == Recipe(), name
    assert acts == []


def test_a_space_leaves_no_field_blank(window: MainWindow) -> None:
    for name in ("learning_rate_input", "noise_input"):
        field = tab_to(window, name)
        field.selectAll()
        before = field.text()
        press(Key.Key_Space)
        assert field.text() == before


def test_a_click_on_an_arrow_of_a_field_steps_and_leaves_the_keys_to_the_window(
    qtbot: QtBot, window: MainWindow
) -> None:
    field = child(window, "seed_input")
    option = QStyleOptionSpinBox()
    field.initStyleOption(option)
    parts = QStyle.ComplexControl.CC_SpinBox, QStyle.SubControl.SC_SpinBoxUp
    arrow = field.style().subControlRect(parts[0], option, parts[1], field).center()
    qtbot.mouseClick(field, LEFT, pos=arrow)
    assert field.value() == 1
    assert is_home(window)


def test_a_drag_of_the_slider_and_a_click_on_a_picture_leave_the_keys_to_the_window(
    qtbot: QtBot, window: MainWindow
) -> None:
    tab_to(window, "learning_rate_input")
    slider = child(window, "speed_slider")
    qtbot.mouseClick(slider, LEFT, pos=QPoint(3, slider.height() // 2))
    assert is_home(window)
    tab_to(window, "learning_rate_input")
    pictures = child(window, "dataset_choice")
    place = pictures.visualItemRect(pictures.item(2)).center()
    qtbot.mouseClick(pictures.viewport(), LEFT, pos=place)
    assert pictures.key() == window.parts.controls.recipe.dataset != "xor"
    assert is_home(window)


@pytest.mark.parametrize("key", [Key.Key_T, Key.Key_S])
def test_a_drawer_that_closes_gives_the_focus_to_no_button(window: MainWindow, key: Key) -> None:
    for close in (Key.Key_Escape, key):
        press(key)
        assert not is_home(window)
        press(close)
        assert window.drawers.open_drawer is None
        assert is_home(window)
        press(Key.Key_Tab)
        press(Key.Key_Backtab)


def test_a_button_that_is_disabled_by_its_own_act_gives_the_focus_home(
    qtbot: QtBot, window: MainWindow, watch: Watch
) -> None:
    button = tab_to(window, "remove_last_layer_button")
    for hidden in ((4,), ()):
        press(Key.Key_Space)
        qtbot.waitUntil(lambda hidden=hidden: frame_of(watch).recipe.hidden == hidden)
    assert not button.isEnabled()
    assert is_home(window)


def test_controls_that_are_folded_away_give_the_focus_home(window: MainWindow) -> None:
    tab_to(window, "activation_toggle")
    press(Key.Key_C)
    assert is_home(window)


def test_enter_presses_the_button_that_tab_has_reached(qtbot: QtBot, window: MainWindow) -> None:
    for name in ("step_button", "log_button", "activation_toggle"):
        button = tab_to(window, name)
        with qtbot.waitSignal(button.clicked):
            press(Key.Key_Return)
        assert button.hasFocus()


# The bubble


def test_f_freezes_in_the_bubble_and_a_space_leaves_its_number(
    qtbot: QtBot, window: MainWindow, watch: Watch
) -> None:
    editor = open_editor(window, EDGE)
    text = editor.input.text()
    press(Key.Key_F)
    press(Key.Key_Space)
    position = EDGE.position((2, 4, 4, 1))
    qtbot.waitUntil(lambda: bool(watch.updates) and frame_of(watch).recipe.frozen == (position,))
    assert editor.isVisible()
    assert editor.input.text() == text


def test_after_a_click_on_a_button_of_the_bubble_its_keys_work_on(
    qtbot: QtBot, window: MainWindow, watch: Watch
) -> None:
    for name in ("zero_button", "sign_button", "freeze_button"):
        editor = open_editor(window, EDGE)
        qtbot.mouseClick(child(window, name), LEFT)
        assert editor.input.hasFocus()
        press(Key.Key_Escape)
        assert not editor.isVisible()
        assert is_home(window)


def test_the_bubble_of_a_weight_that_is_no_number_has_its_keys_too(
    qtbot: QtBot, open_in_test: OpenWindow
) -> None:
    window = open_in_test(Recipe(activations_off=True, learning_rate=1e150))
    watch = Watch(window)
    for _ in range(6):
        press(Key.Key_Right)
    qtbot.waitUntil(lambda: bool(watch.updates) and math.isnan(value(watch, EDGE)))
    editor = open_editor(window, EDGE)
    press(Key.Key_F)
    position = EDGE.position((2, 4, 4, 1))
    qtbot.waitUntil(lambda: frame_of(watch).recipe.frozen == (position,))
    press(Key.Key_Escape)
    assert not editor.isVisible()


# What Esc closes


def test_esc_closes_the_innermost_first(window: MainWindow) -> None:
    is_drawing = child(window, "draw_button").isChecked
    window.selection.select_sample(3)
    press(Key.Key_D)
    press(Key.Key_T)
    editor = open_editor(window, EDGE)
    tab_to(window, "step_button")

    def states() -> list[bool]:
        selected = window.selection.value.sample is not None
        is_open = window.drawers.open_drawer is not None
        is_pinned = window.parts.network_view.edit.is_pinned  # the edge that was clicked
        return [editor.isVisible(), is_open, is_drawing(), is_pinned, selected]

    for closed in range(6):
        assert states() == [step >= closed for step in range(5)]
        press(Key.Key_Escape)


def test_esc_ends_a_comparison_last_and_run_b_goes_on(qtbot: QtBot, compared: MainWindow) -> None:
    compared.selection.select_sample(3)
    press(Key.Key_Escape)
    assert compared.runs.is_comparing
    press(Key.Key_Escape)
    assert not compared.runs.is_comparing
    assert compared.parts.controls.recipe == PAIR[1]
    assert is_home(compared)


def test_what_is_open_can_be_closed_from_the_menu(window: MainWindow) -> None:
    press(Key.Key_T)
    (close,) = [a for a in window.actions() if a.text() == "Close what is open"]
    close.trigger()
    assert window.drawers.open_drawer is None


# Two diagrams


def test_e_edits_run_b_and_where_a_diagram_was_used_that_one(
    qtbot: QtBot, compared: MainWindow
) -> None:
    a, b = compared.parts.network_view, child(compared, "second_network_view")
    press(Key.Key_E)
    assert (a.edit.cursor, b.edit.cursor) == (None, Place(1, 0))
    click(a, QPointF(2, 2))
    qtbot.mouseClick(a, LEFT, pos=QPoint(2, 2))
    press(Key.Key_E)
    assert (a.edit.cursor, b.edit.cursor) == (Place(1, 0), None)
    qtbot.mouseClick(child(b, "add_unit_button_1"), LEFT)
    press(Key.Key_E)
    assert (a.edit.cursor, b.edit.cursor) == (None, Place(1, 0))
    press(Key.Key_Escape)
    press(Key.Key_Escape)
    assert not compared.runs.is_comparing
    press(Key.Key_E)
    assert a.edit.cursor == Place(1, 0)


def test_esc_keeps_the_run_whose_diagram_was_used_last(qtbot: QtBot, compared: MainWindow) -> None:
    qtbot.mouseClick(compared.parts.network_view, LEFT, pos=QPoint(2, 2))
    press(Key.Key_Escape)
    assert compared.parts.controls.recipe == PAIR[0]


def test_e_shows_the_diagram_that_a_drawer_lies_upon(window: MainWindow) -> None:
    press(Key.Key_T)
    press(Key.Key_E)
    assert window.drawers.open_drawer is None
    assert window.parts.network_view.edit.cursor == Place(1, 0)
    assert is_home(window)


# Drawing


@pytest.fixture
def drawing(window: MainWindow) -> Callable[[], bool]:
    """Begin to draw; returns whether the keys mean the map."""
    press(Key.Key_D)
    return lambda: bool(window.parts.boundary_view.plot.hasFocus())


def test_while_drawing_the_focus_is_at_home_on_the_map(
    qtbot: QtBot, window: MainWindow, drawing: Callable[[], bool]
) -> None:
    for key in (Key.Key_L, Key.Key_M, Key.Key_B, Key.Key_2):
        press(key)
        assert drawing(), key
    for name in ("log_button", "draw_eraser_button", "reset_button"):
        qtbot.mouseClick(child(window, name), LEFT)
        assert drawing(), name
    field = tab_to(window, "learning_rate_input")
    press(Key.Key_Return)
    assert drawing()
    press(Key.Key_Escape)
    assert is_home(window)
    assert not field.hasFocus()


def test_ctrl_y_does_a_stroke_again(window: MainWindow, drawing: Callable[[], bool]) -> None:
    control = Qt.KeyboardModifier.ControlModifier
    shift = Qt.KeyboardModifier.ShiftModifier
    for key in (Key.Key_Up, Key.Key_Return):
        press(key)
    drawn = window.parts.controls.recipe
    assert drawn != Recipe()
    for redo, more in ((Key.Key_Y, control), (Key.Key_Z, control | shift)):
        QTest.keyClick(window.windowHandle(), Key.Key_Z, control)
        assert window.parts.controls.recipe != drawn
        QTest.keyClick(window.windowHandle(), redo, more)
        assert window.parts.controls.recipe == drawn


def test_drawing_begins_with_a_class_even_where_it_ended_with_the_eraser(
    window: MainWindow, drawing: Callable[[], bool]
) -> None:
    press(Key.Key_E)
    assert child(window, "draw_eraser_button").isChecked()
    press(Key.Key_D)
    press(Key.Key_D)
    assert child(window, "draw_class_0_button").isChecked()
    assert not child(window, "draw_eraser_button").isChecked()


def test_a_list_leaves_the_numbers_to_the_drawing(
    window: MainWindow, drawing: Callable[[], bool]
) -> None:
    tab_to(window, "optimizer_choice")
    press(Key.Key_2)
    assert child(window, "draw_class_1_button").isChecked()
    press(Key.Key_E)
    assert child(window, "draw_eraser_button").isChecked()
    assert window.parts.controls.recipe == Recipe()
