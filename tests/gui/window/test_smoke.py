"""The picture for a machine without a display."""

import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from mlpviz import cli
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.gui.window import display
from mlpviz.gui.window.smoke import save_picture


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such links and modes")
def test_the_picture_keeps_the_link_and_the_mode_of_the_old_one(
    qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "there.png").write_bytes(b"old")
    (tmp_path / "there.png").chmod(0o600)
    (tmp_path / "mlpviz.png").symlink_to("there.png")
    save_picture(Recipe(epochs=1), tmp_path / "mlpviz.png")
    assert (tmp_path / "mlpviz.png").is_symlink()
    assert (tmp_path / "there.png").stat().st_mode & 0o777 == 0o600
    assert QImage(str(tmp_path / "there.png")).width() == 1280


def test_a_folder_in_the_place_of_the_picture_is_found_before_the_training(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / cli.PICTURE_NAME).mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(display, "settle_display", lambda: "there is no display")
    assert cli.main([]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.splitlines()[-1] == "mlpviz: mlpviz.png cannot be written: it is a folder."
