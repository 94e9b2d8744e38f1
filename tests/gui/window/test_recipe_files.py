"""Recipes that come into the window and leave it: files, the clipboard, what is dropped."""

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from gui.conftest import OpenWindow, Watch
from gui.helpers import child
from gui.window.test_compare import choose, step, wait_for
from PySide6.QtCore import QMimeData, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QAction, QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.sharing import Shared, load_shared, save_shared
from mlpviz.gui.window import app
from mlpviz.gui.window.main import MainWindow

OTHER = Recipe(hidden=(3,), learning_rate=0.3, weight_seed=5)
CONTROL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


@pytest.fixture(autouse=True)
def empty_clipboard(qapp: QApplication) -> Iterator[None]:
    QGuiApplication.clipboard().clear()
    yield
    QGuiApplication.clipboard().clear()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file with another recipe."""
    place = tmp_path / "other.json"
    save_shared(Shared(OTHER), place)
    return place


def answer_with(monkeypatch: pytest.MonkeyPatch, path: Path | None) -> None:
    for question in ("ask_what_to_open", "ask_where_to_save"):
        monkeypatch.setattr(f"mlpviz.gui.window.recipe_files.{question}", lambda _: path)


def press_with(window: MainWindow, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> None:
    QTest.keyClick(window.windowHandle(), key, modifiers)


def put(text: str) -> None:
    QGuiApplication.clipboard().setText(text)


def clipboard() -> str:
    return QGuiApplication.clipboard().text()


def drop(window: MainWindow, *paths: Path, on: QWidget | None = None) -> bool:
    """Drop files on the window, or on what lies in it; return whether it took them."""
    widget = on or window
    place = widget.mapTo(window, widget.rect().center())
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    arguments = (Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton)
    enter = QDragEnterEvent(place, *arguments, Qt.KeyboardModifier.NoModifier)
    enter.ignore()
    QApplication.sendEvent(window.windowHandle(), enter)
    if enter.isAccepted():
        event = QDropEvent(QPointF(place), *arguments, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(window.windowHandle(), event)
    return enter.isAccepted()


# Copy and paste


def test_a_recipe_goes_from_one_window_to_another_by_keys(
    qtbot: QtBot, open_in_test: OpenWindow
) -> None:
    first = open_in_test(OTHER)
    press_with(first, Qt.Key.Key_C, CONTROL_SHIFT)
    text = clipboard()
    assert Shared.from_text(text).recipe == OTHER
    assert first.parts.message_bar.text == f"Copied the recipe as {len(text)} characters of text."
    second = open_in_test()
    watch = Watch(second)
    press_with(second, Qt.Key.Key_V, CONTROL_SHIFT)
    wait_for(qtbot, watch, OTHER)
    assert second.parts.controls.recipe == OTHER


def test_a_pasted_recipe_starts_from_the_start(
    qtbot: QtBot, window: MainWindow, watch: Watch
) -> None:
    step(qtbot, window, watch, 3)
    put(Shared(Recipe()).to_text())  # the very recipe that is running
    choose(window, "paste_recipe")
    wait_for(qtbot, watch, Recipe(), epoch=0)


def test_what_is_typed_is_copied_too(qtbot: QtBot, window: MainWindow) -> None:
    field = child(window, "learning_rate_input")
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, "0.25")
    choose(window, "copy_recipe")
    assert Shared.from_text(clipboard()).recipe == Recipe(learning_rate=0.25)


def test_a_recipe_with_weights_starts_from_those_of_the_moment_to_the_bit(
    qtbot: QtBot, window: MainWindow, watch: Watch
) -> None:
    step(qtbot, window, watch, 3)
    weights = watch.last.frames[0].parameters
    choose(window, "copy_weights")
    assert window.parts.message_bar.text.startswith("Copied the recipe with its weights as ")
    step(qtbot, window, watch)
    choose(window, "paste_recipe")
    recipe = replace(Recipe(), start=tuple(weights.tolist()))
    frame = wait_for(qtbot, watch, recipe).frames[0]
    assert frame.parameters.tobytes() == weights.tobytes()
    window.parts.transport.reset_button.click()
    wait_for(qtbot, watch, recipe)
    window.parts.transport.new_weights_button.click()
    wait_for(qtbot, watch, Recipe(weight_seed=1))


@pytest.fixture
def branched(qtbot: QtBot, window: MainWindow, watch: Watch) -> MainWindow:
    """A window with a branch that was changed once more on its way, and has come to its limit."""
    window.runs.train_from_start(Recipe(epochs=60))
    qtbot.waitUntil(lambda: watch.last.is_at_limit and watch.epoch == 60)
    window.time.go_to(20)
    qtbot.waitUntil(lambda: watch.epoch == 20)
    window.runs.change(replace(window.runs.recipe, optimizer="adam", learning_rate=0.125))
    qtbot.waitUntil(lambda: bool(watch.last.frames[0].branches))
    window.runs.run_epoch()
    qtbot.waitUntil(lambda: watch.epoch == 21)
    window.runs.change(replace(window.runs.recipe, learning_rate=0.0625))
    window.runs.toggle_playing()
    qtbot.waitUntil(lambda: watch.last.is_at_limit and watch.epoch == 60)
    return window


def test_a_recipe_that_is_copied_from_a_branch_goes_the_same_way(
    qtbot: QtBot, branched: MainWindow, watch: Watch, open_in_test: OpenWindow
) -> None:
    choose(branched, "copy_recipe")
    expected = watch.last.frames[0]
    other = open_in_test(OTHER)
    seen = Watch(other)
    choose(other, "paste_recipe")
    qtbot.waitUntil(lambda: seen.last.frames[0].branches == expected.branches)
    assert (seen.epoch, seen.last.frames[0].changes) == (21, expected.changes)
    assert other.parts.message_bar.text.startswith("Pasted: xor, 4-4, η 0.0625")
    other.runs.toggle_playing()
    qtbot.waitUntil(lambda: seen.last.is_at_limit and seen.epoch == 60)
    frame = seen.last.frames[0]
    assert frame.parameters.tobytes() == expected.parameters.tobytes()
    assert frame.curve.low.tobytes() == expected.curve.low.tobytes()
    other.undo.undo()
    wait_for(qtbot, seen, OTHER)


def test_a_window_that_is_started_with_a_branch_goes_the_same_way(
    qapp: QApplication, branched: MainWindow, watch: Watch
) -> None:
    choose(branched, "copy_recipe")
    expected = watch.last.frames[0]
    seen: list[tuple[object, ...]] = []

    def look() -> None:
        for window in qapp.topLevelWidgets():
            frames = window.runs.latest.frames if isinstance(window, MainWindow) else ()
            if window is not branched and frames and frames[0].branches:
                timer.stop()
                seen.append((frames[0].branches, frames[0].changes, frames[0].epoch))
                window.close()
                qapp.exit(0)

    timer = QTimer(interval=20)
    timer.timeout.connect(look)
    timer.start()
    assert app.run(Shared.from_text(clipboard())) == 0
    assert seen == [(expected.branches, expected.changes, 21)]


def test_what_is_copied_from_a_moment_before_the_branch_is_the_recipe_of_then(
    qtbot: QtBot, branched: MainWindow, watch: Watch, tmp_path: Path
) -> None:
    branched.time.go_to(10)
    qtbot.waitUntil(lambda: watch.epoch == 10)
    choose(branched, "copy_recipe")
    assert Shared.from_text(clipboard()) == Shared(Recipe(epochs=60))
    branched.time.go_to(20)  # with what was chosen there
    qtbot.waitUntil(lambda: watch.epoch == 20)
    branched.recipe_files.save_file(tmp_path / "branch.json")
    record = load_shared(tmp_path / "branch.json").record
    assert record is not None
    assert (record.epoch, record.recipe.learning_rate) == (20, 0.125)
    assert [change.epoch for change in record.changes] == [20]


def test_a_recipe_that_branches_is_not_compared(branched: MainWindow) -> None:
    choose(branched, "copy_recipe")
    choose(branched, "compare_pasted")
    assert branched.parts.message_bar.text.startswith("This recipe branches on its way")
    assert not branched.runs.is_comparing


def test_weights_that_are_not_numbers_are_not_copied_and_it_says_why(
    qtbot: QtBot, open_in_test: OpenWindow
) -> None:
    window = open_in_test(
        Recipe(loss="mean_squared_error", output_activation="identity", learning_rate=1e300)
    )
    watch = Watch(window)
    step(qtbot, window, watch, 2)
    assert not np.isfinite(watch.last.frames[0].parameters).all()
    put("what was there")
    choose(window, "copy_weights")
    assert window.parts.message_bar.text.startswith("The recipe was not copied: start must be ")
    assert clipboard() == "what was there"


def test_what_cannot_be_pasted_is_refused_in_a_sentence_and_the_run_goes_on(
    qtbot: QtBot, window: MainWindow, watch: Watch
) -> None:
    step(qtbot, window, watch, 2)
    refusals = {
        "": "There is no text in the clipboard to paste.",
        "Hello": "That is not a recipe: ",
        Shared(OTHER).to_text()[:-1]: "This recipe text is cut off",
        '{"rate": 1}': "A recipe has no field 'rate'.",
        '{"hide": ["nothing"]}': "hide must name controls of ",
    }
    for epoch, (text, words) in enumerate(refusals.items(), start=3):
        if text:
            put(text)
        choose(window, "paste_recipe")
        assert window.parts.message_bar.text.startswith(words)
        assert window.parts.controls.recipe == Recipe(), text
        step(qtbot, window, watch)
        assert watch.last.frames[0].epoch == epoch, text


# Files


def test_a_recipe_is_saved_and_opened_by_keys(
    qtbot: QtBot, window: MainWindow, watch: Watch, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "mine.json"
    child(window, "learning_rate_input").setValue(0.3)
    answer_with(monkeypatch, place)
    press_with(window, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert place.read_text() == Recipe(learning_rate=0.3).to_json()
    assert window.parts.message_bar.text == f"Saved {place}."
    child(window, "learning_rate_input").setValue(0.1)
    press_with(window, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    wait_for(qtbot, watch, Recipe(learning_rate=0.3))
    assert window.parts.controls.recipe == Recipe(learning_rate=0.3)


def test_nothing_happens_when_no_file_is_chosen(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer_with(monkeypatch, None)
    words = window.parts.message_bar.text
    for name in ("open_recipe", "save_recipe", "compare_file"):
        choose(window, name)
    assert window.parts.message_bar.text == words
    assert window.parts.controls.recipe == Recipe()


def test_the_dialog_to_save_adds_json_and_asks_before_it_replaces(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    from PySide6.QtWidgets import QFileDialog

    from mlpviz.gui.window.recipe_files import ask_where_to_save

    seen: list[tuple[str, bool]] = []

    def accept(dialog: QFileDialog) -> int:
        dialog.setDirectory(os.curdir)
        dialog.selectFile("lecture")
        asks = not dialog.testOption(QFileDialog.Option.DontConfirmOverwrite)
        seen.append((dialog.defaultSuffix(), asks))
        return 1

    monkeypatch.setattr(QFileDialog, "exec", accept)
    place = ask_where_to_save(window)
    assert place is not None
    assert place.name == "lecture.json"
    assert seen == [("json", True)]


def test_what_cannot_be_opened_or_saved_is_said_and_the_run_goes_on(
    qtbot: QtBot, window: MainWindow, watch: Watch, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    step(qtbot, window, watch, 2)
    bad = tmp_path / "bad.json"
    bad.write_text('{"epochs": -1}')
    answer_with(monkeypatch, bad)
    choose(window, "open_recipe")
    assert window.parts.message_bar.text.startswith(f"{bad} is not a recipe: epochs must be ")
    answer_with(monkeypatch, tmp_path)
    choose(window, "save_recipe")
    assert window.parts.message_bar.text.startswith(f"{tmp_path} cannot be written: ")
    step(qtbot, window, watch)
    assert watch.last.frames[0].epoch == 3


# What is dropped


def test_a_recipe_file_that_is_dropped_is_opened(
    qtbot: QtBot, window: MainWindow, watch: Watch, path: Path
) -> None:
    assert drop(window, path)
    wait_for(qtbot, watch, OTHER)
    assert window.parts.message_bar.text.startswith(("Opened other.json.", "Untrained"))


def test_a_file_can_be_dropped_anywhere(
    qtbot: QtBot, window: MainWindow, watch: Watch, path: Path
) -> None:
    opened: list[Path] = []
    window.drop.add(".json", opened.append)
    choose(window, "compare")
    wait_for(qtbot, watch, Recipe(), Recipe())
    places = (
        window.parts.boundary_view,
        child(window, "second_boundary_view"),
        window.parts.network_view,
        window.parts.loss_view,
        window.parts.controls,
        window.parts.transport,
        child(window, "learning_rate_input"),
    )
    for count, place in enumerate(places, 1):
        assert drop(window, path, on=place)
        assert opened == [path] * count, place


def test_other_files_that_are_dropped_are_taken_for_data(
    window: MainWindow, tmp_path: Path, path: Path
) -> None:
    (tmp_path / "photo.png").write_bytes(bytes(range(256)))
    assert drop(window, tmp_path / "photo.png")
    assert window.parts.message_bar.text.startswith("photo.png")
    assert drop(window, path, path)
    assert window.parts.message_bar.text == "One file at a time can be opened. Got 2."
    assert not drop(window)
    assert window.parts.controls.recipe == Recipe()


def test_another_kind_of_file_can_be_given_its_opener(window: MainWindow, tmp_path: Path) -> None:
    opened: list[Path] = []
    window.drop.add(".csv", opened.append)
    assert drop(window, tmp_path / "points.CSV")
    assert opened == [tmp_path / "points.CSV"]


# Comparing with what others made


def test_a_recipe_file_becomes_run_b_beside_the_present_run(
    qtbot: QtBot, window: MainWindow, watch: Watch, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    step(qtbot, window, watch)
    answer_with(monkeypatch, path)
    choose(window, "compare_file")
    wait_for(qtbot, watch, Recipe(), OTHER)
    assert window.parts.controls.recipe == OTHER
    assert child(window, "controls_run_note").isVisible()


def test_a_pasted_recipe_takes_the_place_of_b_where_two_are_compared(
    qtbot: QtBot, window: MainWindow, watch: Watch, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer_with(monkeypatch, path)
    choose(window, "compare_file")
    wait_for(qtbot, watch, Recipe(), OTHER)
    choose(window, "copy_recipe")
    assert Shared.from_text(clipboard()).recipe == OTHER
    assert window.parts.message_bar.text.startswith("Copied the recipe of run B as ")
    third = replace(OTHER, activations_off=True)
    put(Shared(third).to_text())
    choose(window, "compare_pasted")
    wait_for(qtbot, watch, Recipe(), third)


def test_a_recipe_on_other_data_cannot_be_compared_and_it_says_why(
    qtbot: QtBot, window: MainWindow, watch: Watch
) -> None:
    step(qtbot, window, watch, 2)
    put(Shared(Recipe(dataset="linear")).to_text())
    choose(window, "compare_pasted")
    assert window.parts.message_bar.text == (
        "Only runs on the same data can be compared: data set is xor in A and would be linear in B."
    )
    assert not window.runs.is_comparing
    assert window.parts.controls.recipe == Recipe()
    put("")
    choose(window, "compare_pasted")
    assert window.parts.message_bar.text == "There is no text in the clipboard to paste."
    step(qtbot, window, watch)
    assert watch.last.frames[0].epoch == 3


def test_an_opened_recipe_ends_the_comparison(
    qtbot: QtBot, window: MainWindow, watch: Watch, path: Path
) -> None:
    choose(window, "compare")
    wait_for(qtbot, watch, Recipe(), Recipe())
    window.recipe_files.open_file(path)
    wait_for(qtbot, watch, OTHER)
    assert not child(window, "controls_run_note").isVisible()


# The menu


def test_every_entry_for_recipes_has_a_name_and_says_what_it_does(window: MainWindow) -> None:
    keys = {
        "open_recipe": "Ctrl+O",
        "save_recipe": "Ctrl+S",
        "copy_recipe": "Ctrl+Shift+C",
        "copy_weights": "",
        "paste_recipe": "Ctrl+Shift+V",
    }
    (menu,) = [m for m in window.findChildren(QMenu) if m.title() == "Recipe"]
    assert menu.toolTipsVisible()
    for name, key in keys.items():
        (action,) = window.findChildren(QAction, f"{name}_action")
        assert action in menu.actions()
        assert action.shortcut().toString() == key
        assert action.toolTip() not in ("", action.text())


def test_what_is_hidden_goes_with_the_recipe(
    qtbot: QtBot, window: MainWindow, watch: Watch, tmp_path: Path
) -> None:
    window.hidden.hide(("seed_input",))
    place = tmp_path / "class.json"
    window.recipe_files.save_file(place)
    assert load_shared(place).hide == ("seed_input",)
    choose(window, "copy_recipe")
    window.hidden.show_all()
    choose(window, "paste_recipe")
    assert window.hidden.names == ("seed_input",)
    window.hidden.show_all()
    window.recipe_files.open_file(place)
    assert window.hidden.names == ("seed_input",)
    put(Shared(OTHER).to_text())
    choose(window, "paste_recipe")  # it hides nothing
    assert window.hidden.names == ()
    wait_for(qtbot, watch, OTHER)
