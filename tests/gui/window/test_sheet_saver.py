"""The next step of a run, written as a page for paper."""

from dataclasses import replace
from pathlib import Path

import pytest
from gui.conftest import OpenWindow, Watch
from gui.window.test_compare import choose, step
from pytestqt.qtbot import QtBot

from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.run import Run
from mlpviz.experiment.run.trace import step_trace
from mlpviz.experiment.writing.step_sheet import step_sheet
from mlpviz.gui.window.main import MainWindow
from mlpviz.gui.window.sheet_saver import KINDS

ASK = "mlpviz.gui.window.sheet_saver.ask_where"


def answer(monkeypatch: pytest.MonkeyPatch, path: Path, cover: str) -> None:
    """Let the dialog say where to save, and what is to be filled in."""
    kind = next(
        number for number, kind in enumerate(KINDS) if kind[1:] == (path.suffix.lower(), cover)
    )
    monkeypatch.setattr(ASK, lambda *_: (path, kind))


def expected(recipe: Recipe, epoch: int, sample: int, cover: str) -> str:
    run = Run(recipe)
    run.advance(epoch)
    batches = run.training.batches()
    batch = next(number for number, of in enumerate(batches) if sample in of)
    trace = step_trace(run.training, batch)
    return step_sheet(recipe, trace, trace.samples.tolist().index(sample), cover)


def says(window: MainWindow, path: Path) -> bool:
    return window.parts.message_bar.text == f"Saved {path}."


def test_it_is_the_step_of_the_sample_selected_after_the_moment_that_is_looked_at(
    qtbot: QtBot,
    window: MainWindow,
    watch: Watch,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    recipe, path = window.runs.recipe, tmp_path / "sheet.html"
    answer(monkeypatch, path, "results")
    step(qtbot, window, watch, 5)
    window.selection.select_sample(7)
    choose(window, "back")
    qtbot.waitUntil(lambda: watch.epoch == 4)
    choose(window, "save_sheet")
    qtbot.waitUntil(lambda: says(window, path))
    assert path.read_text(encoding="utf-8") == expected(recipe, 4, 7, "results")
    # Nothing that is seen has changed, and no step is computed any more.
    assert not window.selection.value.has_step
    assert not window.tools.step.is_on
    qtbot.waitUntil(lambda: watch.last.frames[0].trace is None)


def test_in_batches_it_is_the_step_that_has_the_sample_and_while_training_goes_on_too(
    qtbot: QtBot, open_in_test: OpenWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    recipe, path = Recipe(dataset="xor", hidden=(2,), batch_size=4, epochs=0), tmp_path / "s.html"
    window = open_in_test(recipe)
    watch = Watch(window)
    answer(monkeypatch, path, "none")
    qtbot.waitUntil(lambda: bool(watch.last.frames))
    choose(window, "save_sheet")
    qtbot.waitUntil(lambda: says(window, path))
    assert path.read_text(encoding="utf-8") == expected(recipe, 0, 0, "none")
    path.unlink()
    window.runs.toggle_playing()
    qtbot.waitUntil(lambda: watch.epoch > 5)
    choose(window, "save_sheet")
    qtbot.waitUntil(path.exists)
    assert "Sample 0 in batch " in path.read_text(encoding="utf-8")
    window.runs.toggle_playing()


def test_the_ending_of_the_name_says_in_which_format(
    qtbot: QtBot,
    window: MainWindow,
    watch: Watch,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    qtbot.waitUntil(lambda: bool(watch.last.frames))
    path = tmp_path / "sheet.PDF"
    answer(monkeypatch, path, "all")
    choose(window, "save_sheet")
    qtbot.waitUntil(lambda: says(window, path))
    assert path.read_bytes().startswith(b"%PDF")
    other = tmp_path / "sheet.doc"
    monkeypatch.setattr(ASK, lambda *_: (other, 0))
    choose(window, "save_sheet")
    words = f"{other} is not written: a step sheet ends in .html or .pdf."
    qtbot.waitUntil(lambda: window.parts.message_bar.text == words)
    assert not other.exists()


def test_of_a_comparison_it_is_the_step_of_a_and_says_so(
    qtbot: QtBot,
    window: MainWindow,
    watch: Watch,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    recipe, path = window.runs.recipe, tmp_path / "sheet.html"
    answer(monkeypatch, path, "none")
    choose(window, "compare")
    qtbot.waitUntil(lambda: len(watch.last.frames) == 2)
    window.runs.change(replace(recipe, learning_rate=0.1))
    choose(window, "save_sheet")
    words = f"Saved {path}, the step of run A."
    qtbot.waitUntil(lambda: window.parts.message_bar.text == words)
    assert path.read_text(encoding="utf-8") == expected(recipe, 0, 0, "none")


def test_what_has_no_room_on_a_page_is_refused_before_it_asks_where_to(
    qtbot: QtBot, open_in_test: OpenWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ASK, lambda *_: pytest.fail("it asked"))
    window = open_in_test(Recipe(hidden=(16, 16)))
    watch = Watch(window)
    qtbot.waitUntil(lambda: bool(watch.last.frames))
    choose(window, "save_sheet")
    assert window.parts.message_bar.text == (
        "2-16-16-1 has no room on a step sheet, which is one page: it takes fewer units or layers."
    )
    assert not window.selection.value.needs_step
