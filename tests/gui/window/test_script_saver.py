"""The recipe of the present run, written as a script."""

from dataclasses import replace
from pathlib import Path

import pytest
from gui.conftest import Watch
from gui.window.test_compare import choose, step
from pytestqt.qtbot import QtBot

from mlpviz.experiment.recipe.recipe import Recipe
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


def test_what_was_changed_on_the_way_is_said_to_be_left_out(
    qtbot: QtBot, window: MainWindow, watch: Watch, path: Path
) -> None:
    step(qtbot, window, watch, 3)
    recipe = replace(window.runs.recipe, learning_rate=0.1)
    window.runs.change(recipe)
    qtbot.waitUntil(lambda: watch.last.frames[0].changes_applied == 1)
    choose(window, "save_script")
    assert text_of(path) == script(recipe)
    assert window.parts.message_bar.text == (
        f"Saved {path}. It trains the present recipe from epoch 0: what was changed on the way of "
        "this run is not in it."
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
