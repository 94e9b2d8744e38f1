"""Own data in the window: open, paste, drop, the preview, what is taken, and the export."""

import errno
import os
import threading
from dataclasses import replace
from pathlib import Path
from threading import current_thread

import numpy as np
import pytest
from gui.conftest import OpenWindow, Watch
from gui.helpers import child, clipped_labels, press, strays
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QGraphicsView, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from mlpviz.experiment.data.own_data import OwnData
from mlpviz.experiment.data.reading import read
from mlpviz.experiment.data.table_choices import TableChoices
from mlpviz.experiment.recipe.catalogue import EXPERIMENTS
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.words.formats import epoch_text
from mlpviz.experiment.writing.csv_export import present_data
from mlpviz.gui.views.own_data.data_preview import DataPreview
from mlpviz.gui.window import data_files
from mlpviz.gui.window.main import MainWindow

TEXT = "note,height,mass,kind\na,1.5,20,cat\nb,2.5,30,dog\nc,3.5,25,cat\nd,3.5,25,cat\n"
DATA = read(TEXT).data
LONELY = Recipe(dataset="linear", samples=2, data_seed=3)  # both of one class
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


def test_what_the_drawer_needs_for_a_first_large_table_is_imported_beside_the_window(
    qtbot: QtBot, window: MainWindow, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    large = path.with_name("large.csv")
    large.write_text("x,y,c\n" + "1.5,2.5,a\n3.5,4.5,b\n" * 15_000, encoding="utf-8")
    threads: list[threading.Thread] = []
    monkeypatch.setattr(data_files, "import_drawer", lambda: threads.append(current_thread()))
    window.data_files.open_file(large)
    assert not is_open(window)
    qtbot.waitUntil(lambda: is_open(window))
    qtbot.waitUntil(lambda: epoch_text(30_000) in child(window, "data_recognised").text())
    assert threads != []
    assert current_thread() not in threads
    window.data_files.open_file(path)  # the drawer is there by now
    assert child(window, "data_source").text() == "animals.csv"
    assert len(threads) == 1


def test_of_a_large_table_and_a_small_one_the_last_asked_for_is_shown(
    qtbot: QtBot, window: MainWindow, path: Path
) -> None:
    large = path.with_name("large.csv")
    large.write_text("x,y,c\n" + "1.5,2.5,a\n3.5,4.5,b\n" * 15_000, encoding="utf-8")
    window.data_files.open_file(large)
    window.data_files.open_file(path)
    for _ in range(3):
        qtbot.waitUntil(lambda: not window.data_files.is_importing)
        QApplication.processEvents()
    assert child(window, "data_source").text() == "animals.csv"


def test_a_file_is_looked_at_before_anything_changes(window: MainWindow, path: Path) -> None:
    window.data_files.open_file(path)
    assert is_open(window)
    assert window.parts.controls.recipe == Recipe()
    assert child(window, "data_source").text() == "animals.csv"
    words = child(window, "data_recognised").text()
    assert words == (
        "UTF-8, comma separated, decimal point, with a header; all 4 rows used, 4 columns."
    )
    assert child(window, "data_counts").text().replace("\u00a0", " ") == "● cat: 3   ■ dog: 1"
    assert "1 point stands twice." in child(window, "data_notes").text()
    assert not child(window, "data_error").isVisible()
    model = child(window, "data_cells").model()
    assert (model.rowCount(), model.columnCount()) == (4, 4)
    assert model.index(1, 2).data() == "30"
    headings = [model.headerData(column, Qt.Orientation.Horizontal) for column in range(4)]
    assert headings == ["note", "x₁ = height", "x₂ = mass", "target = kind"]
    numbers = [model.headerData(row, Qt.Orientation.Vertical) for row in range(4)]
    assert numbers == [
        f"line {line}" for line in (2, 3, 4, 5)
    ]  # the lines of the file, as refusals count them


def test_use_trains_on_the_data_from_the_same_initial_weights(
    qtbot: QtBot, window: MainWindow, watch: Watch, path: Path
) -> None:
    before = window.runs.bridge.runner.take()
    assert before is None
    window.data_files.open_file(path)
    qtbot.mouseClick(child(window, "data_use_button"), LEFT)
    assert not is_open(window)
    assert window.parts.network_view.hasFocus()
    assert window.parts.controls.recipe == Recipe(dataset="own", own=DATA)
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
    window.data_files.open_file(path)
    if how == "escape":
        press(Qt.Key.Key_Escape)
    else:
        name = {"button": "data_cancel_button", "close": "data_drawer_close_button"}[how]
        qtbot.mouseClick(child(window, name), LEFT)
    assert not is_open(window)
    assert window.parts.controls.recipe == Recipe()
    assert preview_of(window).data is None


def test_other_columns_can_be_chosen_and_a_bad_choice_is_told(
    qtbot: QtBot, window: MainWindow, path: Path
) -> None:
    window.data_files.open_file(path)
    choice = child(window, "data_x1_choice")
    choice.setCurrentIndex(choice.findText("note"))
    assert child(window, "data_error").text() == ("Row 2, column 'note' must be a number. Got 'a'.")
    assert child(window, "data_error").isVisible()
    assert not child(window, "data_use_button").isEnabled()
    assert not child(window, "data_counts").isVisible()
    choice.setCurrentIndex(choice.findText("mass"))
    other = child(window, "data_x2_choice")
    assert other.currentText() == "height (recognised)"  # what is guessed makes room
    other.setCurrentIndex(other.findText("mass"))
    assert "three different columns" in child(window, "data_error").text()
    other.setCurrentIndex(other.findText("height"))
    assert not child(window, "data_error").isVisible()
    qtbot.mouseClick(child(window, "data_use_button"), LEFT)
    assert window.parts.controls.recipe.own == read(TEXT, TableChoices(x1="mass", x2="height")).data


def test_a_file_without_a_usable_default_says_which_to_choose(
    window: MainWindow, tmp_path: Path
) -> None:
    path = tmp_path / "many.csv"
    rows = "\n".join(f"{'abcdefghi'[i]},{1.5 * i},{i * i},p{i}" for i in range(9))
    path.write_text(f"kind,length,width,place\n{rows}", encoding="utf-8")
    window.data_files.open_file(path)
    assert "has 9 classes" in child(window, "data_error").text()
    assert not child(window, "data_use_button").isEnabled()
    for role, column in (("target", "width"), ("x1", "length"), ("x2", "width")):
        choice = child(window, f"data_{role}_choice")
        choice.setCurrentIndex(choice.findText(column))
    assert "three different columns" in child(window, "data_error").text()


def show(window: MainWindow, folder: Path, targets: str) -> None:
    path = folder / "some.csv"
    rows = [f"{1.5 * i},{i % 3 + 0.1 * i},{target}" for i, target in enumerate(targets.split())]
    path.write_text("\n".join(["x,z,price", *rows]), encoding="utf-8")
    window.data_files.open_file(path)


def kinds(window: MainWindow) -> tuple[QToolButton, QToolButton]:
    classes, numbers = (child(window, f"data_{kind}_choice") for kind in ("classes", "numbers"))
    assert isinstance(classes, QToolButton)
    assert isinstance(numbers, QToolButton)
    return classes, numbers


def test_six_words_are_classes_in_the_preview_and_then_in_the_run(
    qtbot: QtBot, window: MainWindow, watch: Watch, tmp_path: Path
) -> None:
    show(window, tmp_path, "a b c d e f a")
    words = child(window, "data_counts").text().replace("\u00a0", " ")
    assert words == "● a: 2   ■ b: 1   ▲ c: 1   ◆ d: 1   ▼ e: 1   ★ f: 1"
    qtbot.mouseClick(child(window, "data_use_button"), LEFT)
    recipe = window.parts.controls.recipe
    assert (recipe.class_count, recipe.output_activation) == (6, "softmax")
    qtbot.waitUntil(lambda: bool(watch.updates) and watch.last.frames[0].recipe == recipe)
    assert watch.last.frames[0].predictions.shape == (6, 7)


def test_words_cannot_be_read_as_numbers_and_it_is_told(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    show(window, tmp_path, "1 b 1 b")
    classes, numbers = kinds(window)
    assert classes.isChecked()
    qtbot.mouseClick(numbers, LEFT)
    assert numbers.isChecked()
    words = "Row 3, column 'price' must be a number. Got 'b'."
    assert child(window, "data_error").text() == words
    assert not child(window, "data_use_button").isEnabled()
    qtbot.mouseClick(classes, LEFT)
    assert child(window, "data_use_button").isEnabled()
    qtbot.mouseClick(child(window, "data_use_button"), LEFT)
    assert window.parts.controls.recipe.own.reading == ()  # it is what was guessed


def test_more_than_six_numbers_are_a_regression_and_as_classes_they_are_refused(
    qtbot: QtBot, window: MainWindow, watch: Watch, tmp_path: Path
) -> None:
    show(window, tmp_path, "0 100 200 300 400 500 600")
    classes, numbers = kinds(window)
    qtbot.mouseClick(classes, LEFT)
    assert "has 7 classes" in child(window, "data_error").text()
    qtbot.mouseClick(numbers, LEFT)
    assert child(window, "data_counts").text() == "7 targets from 0 to 600"
    assert "The target is scaled to −1 to 1: (price − 300) / 300." in (
        child(window, "data_notes").text()
    )
    qtbot.mouseClick(child(window, "data_use_button"), LEFT)
    recipe = window.parts.controls.recipe
    assert recipe.is_regression
    assert (recipe.loss, recipe.output_activation) == ("mean_squared_error", "identity")
    assert recipe.learning_rate == 0.1
    assert child(window, "dataset_label").text() == "own data · regression"
    assert "scaled for training: (price − 300) / 300." in child(window, "controls_note").text()
    qtbot.waitUntil(lambda: bool(watch.updates) and watch.last.frames[0].recipe == recipe)
    assert (watch.last.frames[0].Y.min(), watch.last.frames[0].Y.max()) == (-1.0, 1.0)
    window.parts.controls.dataset_choice.pick("xor")
    assert window.parts.controls.recipe == Recipe()


def test_few_numbers_are_classes_unless_numbers_are_chosen(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    show(window, tmp_path, "1 2 3 1 2 3")
    classes, numbers = kinds(window)
    assert classes.isChecked()
    assert numbers.isEnabled()
    before = child(window, "data_points").grab().toImage()
    qtbot.mouseClick(numbers, LEFT)
    assert child(window, "data_counts").text() == "6 targets from 1 to 3"
    assert child(window, "data_points").grab().toImage() != before
    other = child(window, "data_x1_choice")
    other.setCurrentIndex(other.findText("z"))
    assert child(window, "data_x2_choice").currentText() == "x (recognised)"
    assert numbers.isChecked()  # other inputs change nothing about the target
    qtbot.mouseClick(child(window, "data_use_button"), LEFT)
    assert window.parts.controls.recipe.is_regression
    show(window, tmp_path, "1 2 3 1 2 3")
    assert classes.isChecked()  # another table is looked at anew


def test_another_column_as_target_is_looked_at_anew(window: MainWindow, tmp_path: Path) -> None:
    show(window, tmp_path, "1 2 1 2 1 2 1 2")
    for role, column in (("x1", "price"), ("target", "x")):
        choice = child(window, f"data_{role}_choice")
        choice.setCurrentIndex(choice.findText(column))
    _, numbers = kinds(window)
    assert numbers.isChecked()


@pytest.mark.parametrize(
    ("targets", "words"),
    [
        ("a b c d e f g", "The target 'price' has 7 classes, a, b, c, d, e and 2 more: 6 are"),
        ("1 2 3 4 5 6 7 1e200", "Row 9, column 'price' must be a finite number"),
        ("a a a", "The target 'price' has one class only, 'a': two are needed."),
    ],
)
def test_a_target_that_is_neither_is_told_and_nothing_changes(
    window: MainWindow, tmp_path: Path, targets: str, words: str
) -> None:
    show(window, tmp_path, targets)
    assert child(window, "data_error").text().startswith(words)
    assert not child(window, "data_use_button").isEnabled()
    assert window.parts.controls.recipe == Recipe()


def test_a_file_of_two_columns_says_that_three_are_needed(
    window: MainWindow, tmp_path: Path
) -> None:
    path = tmp_path / "narrow.csv"
    path.write_text("x,kind\n1,a\n2,b\n", encoding="utf-8")
    window.data_files.open_file(path)
    assert "Three columns are needed" in child(window, "data_error").text()
    assert not child(window, "data_use_button").isEnabled()


def test_a_file_that_is_no_table_is_told_in_the_bar_and_opens_nothing(
    window: MainWindow, tmp_path: Path
) -> None:
    path = tmp_path / "picture.csv"
    path.write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00")
    window.data_files.open_file(path)
    assert window.parts.message_bar.text == "picture.csv: It is a binary file and no text."
    assert not is_open(window)
    assert window.parts.controls.recipe == Recipe()


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
        assert words in window.parts.message_bar.text
        assert not is_open(window)


def test_paste_belongs_to_a_field_that_is_being_typed_in(window: MainWindow) -> None:
    QGuiApplication.clipboard().setText(TEXT)
    window.parts.controls.learning_rate_input.setFocus()
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
    assert window.parts.message_bar.text == "One file at a time can be opened. Got 2."
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
    assert window.parts.message_bar.text == "21 points are saved in out.csv."
    assert read(path.read_bytes()).data.counts == (11, 10)


def test_numbers_as_targets_are_exported_as_numbers(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "out.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    window.parts.controls.dataset_choice.pick("plane")
    trigger(window, "export_data")
    data = read(path.read_bytes()).data
    assert data.is_regression
    assert data == replace(present_data(window.parts.controls.recipe), **_scale_of(data))


def _scale_of(data: OwnData) -> dict[str, object]:
    return {"names": data.names, "offsets": data.offsets, "factors": data.factors}


def test_data_of_one_class_only_are_not_exported_and_it_is_told(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "out.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    window.runs.change(LONELY)
    trigger(window, "export_data")
    assert window.parts.message_bar.text == "All points are of class 1: two classes are needed."
    assert not path.exists()


def test_a_full_disk_is_told_in_one_sentence(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    path = tmp_path / "out.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    monkeypatch.setattr(os, "fsync", fail)
    trigger(window, "export_data")
    assert window.parts.message_bar.text.endswith(
        "out.csv cannot be written: No space left on device."
    )
    assert not path.exists()


def test_own_data_can_be_chosen_once_there_are_some_and_come_back(
    qtbot: QtBot, window: MainWindow, path: Path
) -> None:
    choice = window.parts.controls.dataset_choice
    count = choice.count()
    window.data_files.open_file(path)
    qtbot.mouseClick(child(window, "data_use_button"), LEFT)
    assert choice.count() == count + 1
    assert choice.key() == "own"
    choice.pick("linear")
    assert window.parts.controls.recipe == Recipe(dataset="linear")
    window.runs.open((EXPERIMENTS["baseline"].recipe("xor"),))
    choice.pick("own")
    assert window.parts.controls.recipe == Recipe(dataset="own", own=DATA)


def test_a_window_opens_with_a_recipe_of_own_data(open_in_test: OpenWindow) -> None:
    window = open_in_test(Recipe(dataset="own", own=DATA))
    assert window.parts.controls.dataset_choice.key() == "own"
    choice = window.parts.controls.dataset_choice
    assert not choice.item(choice.count() - 1).icon().isNull()


def test_a_comparison_refuses_other_data_and_the_preview_stays(
    qtbot: QtBot, window: MainWindow, path: Path
) -> None:
    window.runs.open((Recipe(), Recipe(learning_rate=0.1)))
    window.data_files.open_file(path)
    qtbot.mouseClick(child(window, "data_use_button"), LEFT)
    assert "Only runs on the same data can be compared" in window.parts.message_bar.text
    assert is_open(window)
    assert window.parts.controls.recipe == Recipe(learning_rate=0.1)


def test_two_runs_on_own_data_are_compared_only_on_the_same(window: MainWindow) -> None:
    recipe = Recipe(dataset="own", own=DATA)
    window.runs.open((recipe, recipe))
    assert window.runs.is_comparing
    other = OwnData(DATA.X, 1.0 - DATA.Y)
    assert not window.runs.change(Recipe(dataset="own", own=other))
    assert "own data is 4 points #" in window.parts.message_bar.text


@pytest.mark.parametrize("size", [(1024, 768), (1280, 800)])
def test_nothing_in_the_preview_is_clipped(
    qtbot: QtBot, window: MainWindow, path: Path, size: tuple[int, int]
) -> None:
    window.resize(*size)
    window.data_files.open_file(path)
    drawer = preview_of(window)
    qtbot.waitUntil(lambda: not [*strays(drawer), *clipped_labels(drawer)])
    for widget in drawer.findChildren(QWidget):
        if widget.objectName().startswith("data_") and "choice" in widget.objectName():
            assert widget.accessibleName()
            assert widget.toolTip()


def test_words_of_a_file_are_shown_as_they_stand(window: MainWindow, tmp_path: Path) -> None:
    path = tmp_path / "marked.csv"
    path.write_text("<b>a</b>,b,c\n1,2,<i>x</i>\n3,4,y\n", encoding="utf-8")
    window.data_files.open_file(path)
    assert child(window, "data_counts").textFormat() == Qt.TextFormat.PlainText
    assert "<i>x</i>" in child(window, "data_counts").text()
