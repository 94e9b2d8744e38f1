"""F1 says what the thing under the pointer is, or the one that Tab has reached."""

from gui.helpers import child, click, leave, point_at, press
from PySide6.QtCore import QPoint, QPointF, QRegularExpression, Qt
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from mlpviz.experiment.glossary import glossary
from mlpviz.experiment.recipe.hideable import HIDEABLE
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.recipe.revision import revised
from mlpviz.gui.actions.action_table import ACTIONS
from mlpviz.gui.window.explainer import TERMS
from mlpviz.gui.window.main import MainWindow

# What the glossary has no word for: their tooltips say what they do.
WITHOUT_TERM = {"play_button", "reset_button", "speed_slider", "log_button", "map_menu_button"}
F1, ESCAPE = Qt.Key.Key_F1, Qt.Key.Key_Escape


def explained(window: MainWindow) -> list[str]:
    """Return what is said, line by line; nothing where no explanation is seen."""
    found = window.findChildren(QWidget, "explanation")
    if not found or not found[0].isVisible():
        return []
    return [label.text() for label in found[0].findChildren(QLabel) if label.isVisible()]


def lay_pointer_on(window: MainWindow, name: str, place: QPoint | None = None) -> None:
    widget = child(window, name)
    QCursor.setPos(widget.mapToGlobal(place or widget.rect().center()))


def entry(key: str) -> list[str]:
    """Return what the glossary says of a term."""
    term = glossary()[key]
    lines = (term.term[0].upper() + term.term[1:], term.meaning, term.formula)
    return [line for line in lines if line]


EXPLAINED = {
    "learning_rate_input": "learning_rate",
    "loss_label": "loss",
    "accuracy_label": "accuracy",
    "boundary_plot": "decision_boundary",
    "loss_plot": "loss",
    "dataset_choice": "dataset",
    "new_weights_button": "weight_seed",
}


def test_the_thing_under_the_pointer_is_explained_with_its_formula(window: MainWindow) -> None:
    for name, key in EXPLAINED.items():
        lay_pointer_on(window, name)
        press(F1)
        assert explained(window) == entry(key), name
        press(ESCAPE)


def test_what_tab_has_reached_comes_before_the_pointer(window: MainWindow) -> None:
    lay_pointer_on(window, "boundary_plot")
    child(window, "learning_rate_input").setFocus(Qt.FocusReason.TabFocusReason)
    press(F1)
    assert explained(window) == entry("learning_rate")


def test_a_label_is_what_its_field_is(window: MainWindow) -> None:
    field = child(window, "noise_input")
    (label,) = (one for one in window.findChildren(QLabel) if one.buddy() is field)
    QCursor.setPos(label.mapToGlobal(label.rect().center()))
    press(F1)
    assert explained(window) == entry("noise")


def test_what_has_no_term_says_what_its_tooltip_says(window: MainWindow) -> None:
    lay_pointer_on(window, "play_button")
    press(F1)
    assert explained(window) == ["Play", ACTIONS["play"].tip]


def test_the_timeline_says_how_one_goes_through_time(window: MainWindow) -> None:
    lay_pointer_on(window, "timeline_slider")
    press(F1)
    name, words = explained(window)
    assert name == "Epoch shown"
    assert words.startswith("The time of the run. Drag the handle to any epoch that is trained;")


def test_a_unit_of_the_diagram_is_explained(window: MainWindow) -> None:
    view = window.parts.network_view
    assert view.network_layout is not None
    for layer, key in ((0, "features"), (1, "unit"), (3, "output_layer")):
        centre = view.network_layout.units[layer][0].center()
        lay_pointer_on(window, "network_view", centre.toPoint())
        point_at(view, centre)
        press(F1)
        assert explained(window) == entry(key)
        press(ESCAPE)
        leave(view)


def test_the_place_of_the_keys_in_the_diagram_is_explained(window: MainWindow) -> None:
    press(Qt.Key.Key_E)
    press(Qt.Key.Key_Right)
    QCursor.setPos(window.mapToGlobal(QPoint(-50, -50)))
    press(F1)
    assert explained(window) == entry("output_layer") or explained(window) == entry("unit")


def test_with_numbers_as_targets_the_score_is_r_squared(qtbot: QtBot, window: MainWindow) -> None:
    window.runs.change(revised(Recipe(), dataset="plane"))
    qtbot.waitUntil(lambda: child(window, "accuracy_label").accessibleName() == "R²")
    lay_pointer_on(window, "accuracy_label")
    press(F1)
    assert explained(window) == entry("r_squared")


def test_it_goes_with_escape_and_nothing_else_is_closed(window: MainWindow) -> None:
    press(Qt.Key.Key_S)
    lay_pointer_on(window, "loss_label")
    press(F1)
    assert explained(window)
    press(ESCAPE)
    assert not explained(window)
    assert child(window, "seeds_drawer").isVisible()
    press(ESCAPE)
    assert not child(window, "seeds_drawer").isVisible()


def test_it_goes_with_f1_a_key_and_a_click(window: MainWindow) -> None:
    lay_pointer_on(window, "loss_label")
    press(F1)
    press(F1)
    assert not explained(window)
    press(F1)
    press(Qt.Key.Key_7)
    assert not explained(window)
    press(F1)
    click(child(window, "boundary_plot").viewport(), QPointF(30, 30))
    assert not explained(window)


def test_it_lies_within_the_window(window: MainWindow) -> None:
    window.resize(1000, 700)
    for name in ("loss_plot", "experiments_button", "learning_rate_input"):
        lay_pointer_on(window, name)
        press(F1)
        bubble = child(window, "explanation")
        assert bubble.parentWidget().rect().contains(bubble.geometry())
        assert bubble.height() >= bubble.heightForWidth(bubble.width())
        press(F1)


def test_every_part_that_is_explained_has_its_entry_and_every_control_is_explained() -> None:
    assert set(TERMS.values()) <= set(glossary())
    assert set(HIDEABLE) - set(TERMS) == WITHOUT_TERM


def test_the_tooltips_of_the_controls_and_of_the_diagram_begin_with_what_the_glossary_says(
    window: MainWindow,
) -> None:
    window.parts.controls.more.open(True)
    told = {name for name in TERMS if name in HIDEABLE or name.endswith("_label")}
    told -= {"experiments_button", "regenerate_button", "new_weights_button", "step_button"}
    told -= {"dataset_label"}  # which describes the data set that is chosen
    for name in told:
        for widget in window.findChildren(QWidget, QRegularExpression(rf"^{name}(_\d)?$")):
            meaning = glossary()[TERMS[name]].meaning
            assert widget.toolTip().replace("<qt>", "").startswith(meaning), widget.objectName()
