"""The present run, written as a script."""

from dataclasses import replace
from pathlib import Path

import pytest
from gui.conftest import Watch
from gui.window.test_compare import choose, step
from pytestqt.qtbot import QtBot

from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.record import Change
from mlpviz.experiment.writing.script import script
from mlpviz.gui.window.main import MainWindow

ASK = "mlpviz.gui.window.script_saver.ask_where"


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the dialog says to save, in the first of the forms that it offers."""
    place = tmp_path / "script.py"
    monkeypatch.setattr(ASK, lambda *_: (place, 0))
    return place


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def test_the_present_recipe_is_saved_in_either_form(
    window: MainWindow, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    recipe = Recipe(dataset="moons", hidden=(3,))
    window.runs.open((recipe,))
    choose(window, "save_script")
    assert text_of(path) == script(recipe)
    assert window.parts.message_bar.text == f"Saved {path}."
    monkeypatch.setattr(ASK, lambda *_: (path, 1))
    choose(window, "save_script")
    assert text_of(path) == script(recipe, plain=True)


def test_of_a_comparison_it_is_the_script_of_b_and_says_so(
    qtbot: QtBot, window: MainWindow, watch: Watch, path: Path
) -> None:
    choose(window, "compare")
    qtbot.waitUntil(lambda: len(watch.last.frames) == 2)
    recipe = replace(window.runs.recipe, learning_rate=0.1)
    window.runs.change(recipe)
    choose(window, "save_script")
    assert text_of(path) == script(recipe)
    assert window.parts.message_bar.text == f"Saved {path}, the script of run B."


def test_what_was_changed_on_the_way_is_in_it(
    qtbot: QtBot, window: MainWindow, watch: Watch, path: Path
) -> None:
    start = window.runs.recipe
    step(qtbot, window, watch, 3)
    changes = (
        Change(3, replace(start, learning_rate=0.1)),
        Change(3, replace(start, learning_rate=0.1), ((0, 2.5),)),
    )
    window.runs.change(changes[0].recipe)
    window.runs.edit(watch.last.frames[0].run_number, changes[1].edits)
    qtbot.waitUntil(lambda: watch.last.frames[0].changes_applied == 2)
    choose(window, "save_script")
    assert text_of(path) == script(start, changes)
    assert "if epoch == 3:" in text_of(path)
    choose(window, "start")  # where nothing had been changed yet
    qtbot.waitUntil(lambda: watch.epoch == 0)
    choose(window, "save_script")
    assert text_of(path) == script(start)


def test_a_branch_that_goes_on_otherwise_is_refused_before_it_asks_where_to(
    qtbot: QtBot, window: MainWindow, watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ASK, lambda *_: pytest.fail("it asked"))
    step(qtbot, window, watch, 5)
    choose(window, "back")
    qtbot.waitUntil(lambda: watch.epoch == 4)
    window.runs.change(replace(window.runs.recipe, optimizer="adam"))
    qtbot.waitUntil(lambda: bool(watch.last.frames[0].changes_applied))
    choose(window, "save_script")
    assert window.parts.message_bar.text == (
        "A script has one optimizer from its beginning to its end; this run has another from epoch "
        "4 on."
    )


def test_a_run_without_an_end_is_written_as_far_as_it_has_gone(
    qtbot: QtBot, window: MainWindow, watch: Watch, path: Path
) -> None:
    window.runs.change(replace(window.runs.recipe, epochs=0))
    choose(window, "save_script")
    words = "epochs must be at least 1 for a script. Got 0."
    assert window.parts.message_bar.text == words
    assert not path.exists()
    step(qtbot, window, watch, 3)
    choose(window, "save_script")
    assert text_of(path) == script(replace(window.runs.recipe, epochs=3))


def test_what_cannot_be_written_is_said_and_nothing_where_the_dialog_is_left(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ASK, lambda *_: (tmp_path, 0))
    choose(window, "save_script")
    assert window.parts.message_bar.text == f"{tmp_path} cannot be written: it is a folder."
    monkeypatch.setattr(ASK, lambda *_: None)
    choose(window, "save_script")
    assert list(tmp_path.iterdir()) == []
