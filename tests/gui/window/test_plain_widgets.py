"""Names from files are shown as they stand: no HTML, no shortcut, no second line."""

import re
from pathlib import Path

import numpy as np
import pytest
from gui.helpers import child
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget
from pytestqt.qtbot import QtBot

from mlpviz.experiment.data.own_data import OwnData
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.gui.parts.plain_widgets import PlainLabel, plain_action, plain_tooltip
from mlpviz.gui.window.main import MainWindow

GUI = Path(__file__).parents[3] / "mlpviz" / "gui"
BOLD = "<b>x</b>"
NAMES = (f"{BOLD} & so\non", "&\u202ey\tz")
CLASSES = (f"{BOLD}\nup", "a & b", "<img src='x'>")


def hostile() -> OwnData:
    X = np.random.default_rng(0).normal(size=(30, 2))
    return OwnData(X, np.arange(30) % 3.0, NAMES, f"{BOLD}\r\nof all", CLASSES)


@pytest.fixture
def hostile_window(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> MainWindow:
    """A window with everything open that shows names of a file."""
    recipe = Recipe(dataset="own", own=hostile(), output_activation="softmax")
    window.runs.open((recipe,))
    qtbot.waitUntil(lambda: window.runs.latest.frames[0].recipe == recipe)
    window.runs.pin()
    window.tools.toggle_samples()
    window.selection.select_sample(3)
    path = tmp_path / "<b>name & more.csv"
    path.write_text(f'"{BOLD}\n1",x2,"{BOLD}"\n1,2,"<b>a</b>\n&"\n3,4,b\n', encoding="utf-8")
    window.data_files.open_file(path)
    return window


def test_names_are_kept_on_one_line() -> None:
    data = hostile()
    assert data.names == (f"{BOLD} & so on", "& y z")
    assert data.classes == (f"{BOLD} up", "a & b", "<img src='x'>")
    assert data.target == f"{BOLD} of all"


def test_nothing_in_the_window_takes_a_name_for_html_or_for_a_shortcut(
    hostile_window: MainWindow,
) -> None:
    for label in hostile_window.findChildren(QLabel):
        if label.window() is hostile_window:  # else it is of a menu of pyqtgraph, which nobody sees
            assert label.textFormat() == Qt.TextFormat.PlainText, label.objectName()
    for widget in hostile_window.findChildren(QWidget):
        tip = widget.toolTip()
        assert "\x00" not in tip
        assert tip.startswith("<qt>") or not re.search("<[a-z!?/]", tip), tip
        for words in (widget.accessibleName(), widget.accessibleDescription()):
            assert BOLD not in words or "\n" not in words, words
    for action in hostile_window.findChildren(QAction):
        assert "&" not in action.text().replace("&&", ""), action.text()
    for button in hostile_window.findChildren(QAbstractButton):
        assert "&" not in button.text().replace("&&", ""), button.text()


def test_the_preview_shows_names_and_cells_on_one_line(hostile_window: MainWindow) -> None:
    model = child(hostile_window, "data_cells").model()
    headings = [model.headerData(column, Qt.Orientation.Horizontal) for column in range(3)]
    assert headings == [f"x₁ = {BOLD} 1", "x₂ = x2", f"target = {BOLD}"]
    assert model.index(0, 2).data() == "<b>a</b> &"
    assert child(hostile_window, "data_source").text() == "<b>name & more.csv"


def test_a_message_that_names_a_file_is_plain(window: MainWindow, tmp_path: Path) -> None:
    path = tmp_path / "<b>no\ntable.csv"
    path.write_text("nothing", encoding="utf-8")
    window.drop.open_file(path)
    assert window.parts.message_bar.text.startswith("<b>no table.csv: No columns")
    assert window.parts.message_bar.label.toolTip().startswith("<qt>&lt;b&gt;no table.csv")


def test_the_axes_of_the_map_show_a_name_as_it_stands(hostile_window: MainWindow) -> None:
    axis = hostile_window.parts.boundary_view.plot.axes["bottom"]
    assert axis.label.toPlainText().strip().startswith(f"{BOLD} & so on")


@pytest.mark.usefixtures("qapp")
def test_every_label_is_plain() -> None:
    """A label made in another way would guess; whoever makes one finds this test."""
    for path in GUI.glob("*.py"):
        text = path.read_text(encoding="utf-8")
        if path.name != "plain.py":
            assert not re.search(r"\bQLabel\(|class \w+\(QLabel\)", text), path.name
    label = PlainLabel(BOLD)
    assert label.textFormat() == Qt.TextFormat.PlainText
    assert label.text() == BOLD


def test_a_tooltip_and_a_menu_show_a_text_as_it_stands() -> None:
    assert plain_tooltip("w > 1 & b") == "w > 1 & b"
    assert plain_tooltip(BOLD) == "<qt>&lt;b&gt;x&lt;/b&gt;</qt>"
    assert plain_action("a & b") == "a && b"
