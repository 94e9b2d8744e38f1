"""Hidden controls: gone with their labels and keys, and back again."""

import pytest
from gui.conftest import TEST_SIZE, OpenWindow
from gui.helpers import child, press
from gui.window.test_compare import choose
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QFormLayout,
    QLabel,
    QMenu,
    QSpinBox,
)
from pytestqt.qtbot import QtBot

from mlpviz.experiment.recipe.hideable import HIDEABLE
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.gui import open_window
from mlpviz.gui.window.hiding import IN_DIAGRAMS
from mlpviz.gui.window.main import MainWindow

INPUTS = (QAbstractSpinBox, QComboBox, QAbstractButton)


def headings(window: MainWindow) -> list[str]:
    labels = window.parts.controls.findChildren(QLabel)
    return [
        label.text()
        for label in labels
        if label.property("role") == "heading" and label.isVisible()
    ]


def test_all_controls_of_a_recipe_can_be_hidden(window: MainWindow) -> None:
    window.hidden.hide(tuple(HIDEABLE))
    for kind in INPUTS:
        assert [
            field for field in window.parts.controls.findChildren(kind) if field.isVisible()
        ] == []
    texts = [
        label.text() for label in window.parts.controls.findChildren(QLabel) if label.isVisible()
    ]
    assert texts in ([], [""])  # no label of what is gone
    for button in window.parts.transport.findChildren(QAbstractButton):
        assert button.isVisible() == (button.objectName() == "menu_button")
    assert not child(window, "speed_label").isVisible()


def test_a_hidden_control_is_gone_with_its_labels_and_comes_back(window: MainWindow) -> None:
    window.parts.controls.more.open(True)
    for number, name in enumerate(set(HIDEABLE) - set(IN_DIAGRAMS)):
        control = child(window, name)
        labels = [label for label in window.findChildren(QLabel) if label.buddy() is control]
        before = [widget.isVisible() for widget in (control, *labels)]
        window.hidden.hide((name,))
        wider = 10 if number % 2 == 0 else -10  # as things are laid out anew
        window.resize(window.width() + wider, window.height())
        window.parts.controls.show_recipe(window.parts.controls.recipe)
        control.show()  # whoever thinks that it should be seen
        assert not any(widget.isVisible() for widget in (control, *labels)), name
        choose(window, "show_all")
        assert [widget.isVisible() for widget in (control, *labels)] == before, name
        (show_all,) = window.findChildren(QAction, "show_all_action")
        assert not show_all.isEnabled(), name


def test_a_row_that_has_nothing_to_show_does_not_come_back(window: MainWindow) -> None:
    window.parts.controls.more.open(True)
    control = child(window, "batch_size_input")
    forms = window.parts.controls.findChildren(QFormLayout)
    (form,) = [form for form in forms if form.indexOf(control) >= 0]
    window.hidden.hide(("batch_size_input",))
    form.setRowVisible(control, False)
    window.hidden.show_all()
    assert not control.isVisible()
    window.hidden.hide(("batch_size_input",))
    form.setRowVisible(control, True)
    assert not control.isVisible()
    window.hidden.show_all()
    assert control.isVisible()
    assert form.labelForField(control).isVisible()


def test_the_keys_of_hidden_buttons_do_nothing(window: MainWindow, acts: list[str]) -> None:
    keys = (Qt.Key.Key_Space, Qt.Key.Key_Right, Qt.Key.Key_R, Qt.Key.Key_N, Qt.Key.Key_L)
    window.hidden.hide(
        ("play_button", "step_button", "reset_button", "new_weights_button", "log_button")
    )
    for key in keys:
        press(key)
    press(Qt.Key.Key_M)
    assert acts == ["Swap map and diagram"]
    window.hidden.show_all()
    for key in keys:
        press(key)
    assert len(acts) == 6


def test_tab_does_not_reach_what_is_hidden(window: MainWindow) -> None:
    names = ("play_button", "learning_rate_input", "dataset_choice", "hidden_units_input")
    window.parts.controls.more.open(True)
    window.hidden.hide(names)
    met = set()
    for _ in range(60):
        press(Qt.Key.Key_Tab)
        widget = QApplication.focusWidget()
        assert widget is not None
        met.add(widget.objectName())
    assert "seed_input" in met
    assert not met & {*names, "hidden_units_input_1", "add_last_layer_button"}


def test_the_focus_of_what_is_hidden_goes_to_the_diagram(window: MainWindow) -> None:
    child(window, "learning_rate_input").setFocus()
    window.hidden.hide(("learning_rate_input",))
    assert window.parts.network_view.hasFocus()


def test_a_group_without_controls_has_no_heading(window: MainWindow) -> None:
    assert headings(window) == ["DATA", "TRAINING"]
    for kept, left in (("noise_input", ["TRAINING"]), ("dataset_choice", ["DATA"])):
        window.hidden.hide(tuple(name for name in HIDEABLE if name != kept))
        assert headings(window) == left
        assert not child(window, "more_button").isVisible()
    window.hidden.show_all()
    assert headings(window) == ["DATA", "TRAINING"]
    assert child(window, "more_button").isVisible()


def test_a_window_can_be_opened_with_controls_hidden(qtbot: QtBot, qapp: QApplication) -> None:
    window = open_window(hide=("learning_rate_input", "playButton_hide"))
    window.resize(*TEST_SIZE)
    try:
        with qtbot.waitSignal(window.runs.updated):
            pass
        assert not child(window, "learning_rate_input").isVisible()
        assert not child(window, "play_button").isVisible()
        assert child(window, "noise_input").isVisible()
    finally:
        window.close()


def test_a_name_that_is_not_known_is_refused_and_nothing_has_changed(window: MainWindow) -> None:
    window.hidden.hide(("seed_input",))
    with pytest.raises(ValueError, match=r"hide must name controls of play_button.* Got 'x'\."):
        window.hidden.hide(("x",))
    assert window.hidden.names == ("seed_input",)
    assert not child(window, "seed_input").isVisible()


def test_the_menu_hides_one_control_at_a_time(window: MainWindow) -> None:
    (menu,) = window.findChildren(QMenu, "hide_menu")
    menu.aboutToShow.emit()
    choose(window, "hide_dataset_choice")
    choose(window, "hide_play_button")
    assert window.hidden.names == ("play_button", "dataset_choice")
    choose(window, "hide_dataset_choice")
    assert window.hidden.names == ("play_button",)
    assert child(window, "dataset_choice").isVisible()
    window.hidden.show_all()
    (action,) = window.findChildren(QAction, "hide_play_button_action")
    assert action.isChecked()
    menu.aboutToShow.emit()
    assert not action.isChecked()
    assert action.text() == "Play"


def test_two_windows_hide_what_each_was_told(open_in_test: OpenWindow) -> None:
    first, second = open_in_test(), open_in_test()
    first.hidden.hide(("noise_input",))
    assert child(second, "noise_input").isVisible()


def test_where_the_hidden_activation_is_hidden_so_are_those_per_layer(
    open_in_test: OpenWindow,
) -> None:
    window = open_in_test(Recipe(hidden_activation=("tanh", "relu")))
    first, third = (child(window, f"hidden_activation_choice_{layer}") for layer in (1, 3))
    window.hidden.hide(("hidden_activation_choice",))
    assert not first.isVisible()
    window.runs.change(Recipe(hidden_activation=("relu", "tanh")))
    assert not first.isVisible()
    window.hidden.show_all()
    assert first.isVisible()
    assert not third.isVisible()  # there is no such layer
    window.runs.change(Recipe())
    assert not first.isVisible()


def test_what_does_the_same_in_the_diagram_is_hidden_too(window: MainWindow) -> None:
    view = window.parts.network_view
    window.hidden.hide(("features_input", "hidden_units_input"))
    buttons = [b for b in view.findChildren(QAbstractButton) if b.isVisible()]
    buttons += [b for b in view.findChildren(QSpinBox) if b.isVisible()]
    assert buttons == []
    assert not window.parts.network_panel.layer_buttons.isVisible()
    window.hidden.show_all()
    assert child(view, "features_input").isVisible()
    assert child(view, "hidden_units_input_1").isVisible()
    assert child(view, "add_unit_button_1").isVisible()
    assert window.parts.network_panel.layer_buttons.isVisible()


def test_the_keys_of_the_maps_menu_are_dead_where_it_is_hidden(
    window: MainWindow, acts: list[str]
) -> None:
    keys = (Qt.Key.Key_B, Qt.Key.Key_P, Qt.Key.Key_U)
    window.hidden.hide(("map_menu_button",))
    for key in keys:
        press(key)
    assert acts == []
    window.hidden.show_all()
    for key in keys:
        press(key)
    assert len(acts) == 3


def test_plus_and_minus_change_no_units_where_these_are_hidden(window: MainWindow) -> None:
    window.hidden.hide(("hidden_units_input",))
    press(Qt.Key.Key_E)
    for key in (Qt.Key.Key_Plus, Qt.Key.Key_Minus):
        press(key)
        assert window.parts.controls.recipe.hidden == (4, 4)
    window.hidden.show_all()
    press(Qt.Key.Key_Plus)
    assert window.parts.controls.recipe.hidden == (5, 4)


def test_esc_ends_no_comparison_where_the_menu_that_does_is_hidden(window: MainWindow) -> None:
    window.runs.open((Recipe(), Recipe(learning_rate=0.1)))
    window.hidden.hide(("experiments_button",))
    press(Qt.Key.Key_Escape)
    assert window.runs.is_comparing
    window.hidden.show_all()
    press(Qt.Key.Key_Escape)
    assert not window.runs.is_comparing
