"""Own data in the window: open, paste, drop, the preview, what is taken, and the export."""

import errno
import os
from pathlib import Path

import numpy as np
import pytest
from gui.conftest import OpenWindow, Watch
from gui.helpers import child, clipped_labels, press, strays
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QGraphicsView, QWidget
from pytestqt.qtbot import QtBot

from mlpviz.experiment.csv_data import read_csv
from mlpviz.experiment.experiments import EXPERIMENTS
from mlpviz.experiment.own_data import OwnData
from mlpviz.experiment.recipe import Recipe
from mlpviz.gui.data_preview import DataPreview
from mlpviz.gui.window import MainWindow

TEXT = "note,height,mass,kind\na,1.5,20,cat\nb,2.5,30,dog\nc,3.5,25,cat\nd,3.5,25,cat\n"
DATA = read_csv(TEXT)
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "animals.csv"
    path.write_text(TEXT, encoding="utf-8")
    return path


def preview_of(window: MainWindow) -> DataPreview:
    drawer = child(window, "data_drawer")
    assert isinstance(drawer, DataPreview)
    return drawer


def trigger(window: MainWindow, name: str) -> None:
    (action,) = [action for action in window.actions() if action.objectName() == f"{name}_action"]
    action.trigger()


def is_open(window: MainWindow) -> bool:
    drawers = window.findChildren(QWidget, "data_drawer")
    return any(drawer.isVisible() for drawer in drawers)


def test_a_file_is_looked_at_before_anything_changes(window: MainWindow, path: Path) -> None:
    window.tools.own_data.open_file(path)
    assert is_open(window)
    assert window.controls.recipe == Recipe()
    assert child(window, "data_source").text() == "animals.csv"
    words = child(window, "data_recognised").text()
    assert words == (
        "4 rows, 4 columns. Recognised: comma separated, decimal point, with a header, UTF-8."
    )
    assert child(window, "data_counts").text().replace("\u00a0", " ") == "● cat: 3   ■ dog: 1"
    assert "1 point stands twice." in child(window, "data_notes").text()
    assert not child(window, "data_error").isVisible()
    cells = child(window, "data_cells")
    assert (cells.rowCount(), cells.columnCount()) == (4, 4)
    assert cells.item(1, 2).text() == "30"
    headings = [cells.horizontalHeaderItem(column).text() for column in range(4)]
    assert headings == ["note", "x₁ = height", "x₂ = mass", "target = kind"]


def test_use_trains_on_the_data_from_the_same_initial_weights(
    qtbot: QtBot, window: MainWindow, watch: Watch, path: Path
) -> None:
    before = window.bridge.runner.take()
    assert before is None
    window.tools.own_data.open_file(path)
    qtbot.mouseClick(child(window, "data_use_button"), LEFT)
    assert not is_open(window)
    assert window.network_view.hasFocus()
    assert window.controls.recipe == Recipe(dataset="own", own=DATA)
    qtbot.waitUntil(lambda: bool(watch.updates) and watch.last.frames[0].recipe.dataset == "own")
    frame = watch.last.frames[0]
    np.testing.assert_array_equal(frame.X, DATA.training_data()[0])
    assert frame.epoch == 0
    assert child(window, "samples_input").value() == 4
    assert not child(window, "samples_input").isEnabled()


@pytest.mark.parametrize("how", ["button", "escape", "close"])
def test_cancel_leaves_everything_as_it_is(
    qtbot: QtBot, window: MainWindow, path: Path, how: str
) -> None:
    window.tools.own_data.open_file(path)
    if how == "escape":
        press(Qt.Key.Key_Escape)
    else:
        name = {"button": "data_cancel_button", "close": "data_drawer_close_button"}[how]
        qtbot.mouseClick(child(window, name), LEFT)
    assert not is_open(window)
    assert window.controls.recipe == Recipe()
    assert preview_of(window).data is None


def test_other_columns_can_be_chosen_and_a_bad_choice_is_told(
    qtbot: QtBot, window: MainWindow, path: Path
) -> None:
    window.tools.own_data.open_file(path)
    choice = child(window, "data_x1_choice")
    choice.setCurrentIndex(choice.findText("note"))
    assert child(window, "data_error").text() == ("Row 2, column 'note' must be a number. Got 'a'.")
    assert child(window, "data_error").isVisible()
    assert not child(window, "data_use_button").isEnabled()
    assert not child(window, "data_counts").isVisible()
    choice.setCurrentIndex(choice.findText("mass"))
    assert "three different columns" in child(window, "data_error").text()
    other = child(window, "data_x2_choice")
    other.setCurrentIndex(other.findText("height"))
    assert not child(window, "data_error").isVisible()
    qtbot.mouseClick(child(window, "data_use_button"), LEFT)
    assert window.controls.recipe.own == read_csv(TEXT, ("mass", "height", "kind"))


def test_a_file_without_a_usable_default_says_which_to_choose(
    window: MainWindow, tmp_path: Path
) -> None:
    path = tmp_path / "many.csv"
    rows = "\n".join(f"{'ab'[i % 2]},{i},{i},p{i}" for i in range(9))
    path.write_text(rows, encoding="utf-8")
    window.tools.own_data.open_file(path)
    assert "has 9 classes" in child(window, "data_error").text()
    target = child(window, "data_target_choice")
    target.setCurrentIndex(0)
    assert child(window, "data_use_button").isEnabled()


def test_a_file_of_two_columns_says_that_three_are_needed(
    window: MainWindow, tmp_path: Path
) -> None:
    path = tmp_path / "narrow.csv"
    path.write_text("x,kind\n1,a\n2,b\n", encoding="utf-8")
    window.tools.own_data.open_file(path)
    assert "Three columns are needed" in child(window, "data_error").text()
    assert not child(window, "data_use_button").isEnabled()


def test_a_file_that_is_no_table_is_told_in_the_bar_and_opens_nothing(
    window: MainWindow, tmp_path: Path
) -> None:
    path = tmp_path / "picture.csv"
    path.write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00")
    window.tools.own_data.open_file(path)
    assert window.message_bar.text == "picture.csv: It is a binary file and no text."
    assert not is_open(window)
    assert window.controls.recipe == Recipe()


def test_a_table_on_the_clipboard_is_pasted(window: MainWindow) -> None:
    QGuiApplication.clipboard().setText(TEXT.replace(",", "\t"))
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert is_open(window)
    assert child(window, "data_source").text() == "from the clipboard"
    assert preview_of(window).data == DATA


def test_a_clipboard_without_a_table_is_told(window: MainWindow) -> None:
    for text, words in (("", "no text on the clipboard"), ("hello", "No columns of numbers")):
        QGuiApplication.clipboard().setText(text)
        trigger(window, "paste_data")
        assert words in window.message_bar.text
        assert not is_open(window)


def test_paste_belongs_to_a_field_that_is_being_typed_in(window: MainWindow) -> None:
    QGuiApplication.clipboard().setText(TEXT)
    window.controls.learning_rate_input.setFocus()
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert not is_open(window)


def drop(window: MainWindow, *paths: Path) -> bool:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    copy, none = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(300, 300), copy, data, LEFT, none)
    QApplication.sendEvent(window, enter)
    event = QDropEvent(QPointF(300, 300), copy, data, LEFT, none)
    QApplication.sendEvent(window, event)
    return enter.isAccepted()


def test_a_file_is_dropped_on_the_window(window: MainWindow, path: Path) -> None:
    assert drop(window, path)
    assert preview_of(window).data == DATA
    assert is_open(window)


def test_two_files_are_not_taken(window: MainWindow, path: Path) -> None:
    drop(window, path, path)
    assert window.message_bar.text == "One file at a time can be dropped here. Got 2."
    assert not is_open(window)


def test_nothing_in_the_window_takes_a_file_away_from_it(window: MainWindow) -> None:
    assert window.acceptDrops()
    assert len(window.findChildren(QGraphicsView)) >= 2
    assert not [w for w in window.findChildren(QWidget) if w.acceptDrops()]


def test_open_asks_for_a_file(
    window: MainWindow, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("", ""))
    trigger(window, "open_data")
    assert not is_open(window)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    trigger(window, "open_data")
    assert is_open(window)


def test_the_present_data_are_exported(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "out.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    trigger(window, "export_data")
    assert window.message_bar.text == "21 points are saved in out.csv."
    assert read_csv(path.read_bytes()).counts == (11, 10)


def test_a_full_disk_is_told_in_one_sentence(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    path = tmp_path / "out.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    monkeypatch.setattr(os, "fsync", fail)
    trigger(window, "export_data")
    assert window.message_bar.text.endswith("out.csv cannot be written: No space left on device.")
    assert not path.exists()


def test_own_data_can_be_chosen_once_there_are_some_and_come_back(
    qtbot: QtBot, window: MainWindow, path: Path
) -> None:
    choice = window.controls.dataset_choice
    count = choice.count()
    window.tools.own_data.open_file(path)
    qtbot.mouseClick(child(window, "data_use_button"), LEFT)
    assert choice.count() == count + 1
    assert choice.key() == "own"
    choice.pick("linear")
    assert window.controls.recipe == Recipe(dataset="linear")
    window.experiments.open_recipes((EXPERIMENTS["baseline"].recipe("xor"),))
    choice.pick("own")
    assert window.controls.recipe == Recipe(dataset="own", own=DATA)


def test_a_window_opens_with_a_recipe_of_own_data(open_in_test: OpenWindow) -> None:
    window = open_in_test(Recipe(dataset="own", own=DATA))
    assert window.controls.dataset_choice.key() == "own"
    choice = window.controls.dataset_choice
    assert not choice.item(choice.count() - 1).icon().isNull()


def test_a_comparison_refuses_other_data_and_the_preview_stays(
    qtbot: QtBot, window: MainWindow, path: Path
) -> None:
    window.experiments.open_recipes((Recipe(), Recipe(learning_rate=0.1)))
    window.tools.own_data.open_file(path)
    qtbot.mouseClick(child(window, "data_use_button"), LEFT)
    assert "Only runs on the same data can be compared" in window.message_bar.text
    assert is_open(window)
    assert window.controls.recipe == Recipe(learning_rate=0.1)


def test_two_runs_on_own_data_are_compared_only_on_the_same(window: MainWindow) -> None:
    recipe = Recipe(dataset="own", own=DATA)
    window.experiments.open_recipes((recipe, recipe))
    assert not window.experiments.refusal
    other = OwnData(DATA.X, 1.0 - DATA.Y)
    window.experiments.change_recipe(Recipe(dataset="own", own=other))
    assert "own data is 4 points #" in window.experiments.refusal


@pytest.mark.parametrize("size", [(1024, 768), (1280, 800)])
def test_nothing_in_the_preview_is_clipped(
    qtbot: QtBot, window: MainWindow, path: Path, size: tuple[int, int]
) -> None:
    window.resize(*size)
    window.tools.own_data.open_file(path)
    drawer = preview_of(window)
    qtbot.waitUntil(lambda: not [*strays(drawer), *clipped_labels(drawer)])
    for widget in drawer.findChildren(QWidget):
        if widget.objectName().startswith("data_") and "choice" in widget.objectName():
            assert widget.accessibleName()
            assert widget.toolTip()


def test_words_of_a_file_are_shown_as_they_stand(window: MainWindow, tmp_path: Path) -> None:
    path = tmp_path / "marked.csv"
    path.write_text("<b>a</b>,b,c\n1,2,<i>x</i>\n3,4,y\n", encoding="utf-8")
    window.tools.own_data.open_file(path)
    assert child(window, "data_counts").textFormat() == Qt.TextFormat.PlainText
    assert "<i>x</i>" in child(window, "data_counts").text()
