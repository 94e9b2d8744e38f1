"""Weights, samples and losses of the moment that is shown, written to files."""

import csv
from pathlib import Path

import numpy as np
import pytest
from gui.conftest import Watch
from gui.window.test_compare import choose, step
from pytestqt.qtbot import QtBot

from mlpviz.gui.window.main import MainWindow


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the dialog says to save."""
    place = tmp_path / "numbers.csv"
    monkeypatch.setattr("mlpviz.gui.window.table_saver.ask_where", lambda *_: (place, 0))
    return place


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def numbers(path: Path, name: str) -> bytes:
    return np.array([float(row[name]) for row in rows_of(path)]).tobytes()


def test_the_numbers_of_the_moment_are_saved_to_the_bit(
    qtbot: QtBot, window: MainWindow, watch: Watch, path: Path
) -> None:
    step(qtbot, window, watch, 3)
    (frame,) = watch.last.frames
    choose(window, "save_weights")
    assert numbers(path, "value") == frame.parameters.tobytes()
    assert window.parts.message_bar.text == f"Saved {path}."
    choose(window, "save_samples")
    assert numbers(path, "prediction") == frame.predictions.tobytes()
    choose(window, "save_losses")
    assert numbers(path, "lowest_loss") == frame.curve.low.tobytes()
    assert len(rows_of(path)) == 4


def test_in_the_past_the_weights_are_those_of_the_moment_looked_at(
    qtbot: QtBot, window: MainWindow, watch: Watch, path: Path
) -> None:
    step(qtbot, window, watch, 3)
    choose(window, "start")
    qtbot.waitUntil(lambda: watch.epoch == 0)
    choose(window, "save_weights")
    assert numbers(path, "value") == watch.last.frames[0].parameters.tobytes()
    choose(window, "save_losses")
    assert len(rows_of(path)) == 4


def test_both_runs_of_a_comparison_are_saved(
    qtbot: QtBot, window: MainWindow, watch: Watch, path: Path
) -> None:
    choose(window, "compare")
    qtbot.waitUntil(lambda: len(watch.last.frames) == 2)
    choose(window, "save_weights")
    assert [row["run"] for row in rows_of(path)] == ["A"] * 37 + ["B"] * 37


def test_what_cannot_be_written_is_said_and_nothing_where_the_dialog_is_left(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mlpviz.gui.window.table_saver.ask_where", lambda *_: (tmp_path, 0))
    choose(window, "save_losses")
    assert window.parts.message_bar.text == f"{tmp_path} cannot be written: it is a folder."
    monkeypatch.setattr("mlpviz.gui.window.table_saver.ask_where", lambda *_: None)
    choose(window, "save_samples")
    assert list(tmp_path.iterdir()) == []
