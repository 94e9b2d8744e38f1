"""The dialog that asks where to save."""

import os

import pytest
from PySide6.QtWidgets import QFileDialog

from mlpviz.gui.window.main import MainWindow
from mlpviz.gui.window.save_dialog import ask_where

KINDS = (("PNG (*.png)", ".png"), ("SVG (*.svg)", ".svg"))


def test_a_name_gets_the_ending_of_the_kind_chosen_before_it_asks_to_replace(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen, seen = [0, 1], []

    def accept(dialog: QFileDialog) -> int:
        dialog.setDirectory(os.curdir)
        words = KINDS[chosen[len(seen)]][0]
        dialog.selectNameFilter(words)
        dialog.filterSelected.emit(words)
        dialog.selectFile("lecture")
        asks = not dialog.testOption(QFileDialog.Option.DontConfirmOverwrite)
        seen.append((dialog.acceptMode(), dialog.defaultSuffix(), asks))
        return 1

    monkeypatch.setattr(QFileDialog, "exec", accept)
    answers = [ask_where(window, "Save", "map", KINDS) for _ in KINDS]
    assert [(path.name, kind) for path, kind in filter(None, answers)] == [
        ("lecture.png", 0),
        ("lecture.svg", 1),
    ]
    save = QFileDialog.AcceptMode.AcceptSave
    assert seen == [(save, "png", True), (save, "svg", True)]


def test_nothing_is_written_where_it_is_left(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "exec", lambda _: 0)
    assert ask_where(window, "Save", "map", KINDS) is None
