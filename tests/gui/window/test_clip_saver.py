"""A clip of the runs of the window: asked for in the drawer, made in the background."""

import sys
from pathlib import Path

import numpy as np
import pytest
from drawn_png import drawn
from gui.conftest import Watch
from gui.helpers import child
from gui.window.test_compare import choose, step
from pytestqt.qtbot import QtBot

from mlpviz.experiment.run.clip import LOSS, WINDOW
from mlpviz.experiment.words.formats import share_text
from mlpviz.gui.window.main import MainWindow

PATIENCE_MS = 120_000


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the dialog says to save."""
    place = tmp_path / "clip.png"
    monkeypatch.setattr("mlpviz.gui.window.clip_saver.ask_where", lambda *_: (place, 0))
    return place


def ask_for_short_clip(window: MainWindow) -> None:
    """Open the drawer, choose a small clip of the map, and press its button."""
    choose(window, "save_clip")
    view = child(window, "clip_view_input")
    view.setCurrentIndex(view.findData("map"))
    for name, value in (("seconds", 1.0), ("rate", 3), ("width", 300), ("height", 240)):
        child(window, f"clip_{name}_input").setValue(value)
    child(window, "clip_save_button").click()


def said(window: MainWindow) -> str:
    return window.parts.message_bar.text


def test_the_clip_of_the_window_is_made_beside_it(
    qtbot: QtBot, window: MainWindow, watch: Watch, path: Path
) -> None:
    step(qtbot, window, watch, 4)
    ask_for_short_clip(window)
    assert said(window) == f"Making the clip: {share_text(0.0, 0)}. The menu Time cancels it."
    assert window.menus.actions["save_clip"].text() == "Cancel the clip"
    qtbot.waitUntil(lambda: said(window) == f"The clip is in {path}.", timeout=PATIENCE_MS)
    assert window.menus.actions["save_clip"].text() == "Save clip…"
    frames = drawn(path.read_bytes())
    assert [frame.shape for frame in frames] == [(240, 300, 3)] * 3
    assert not np.array_equal(frames[0], frames[2])


def test_it_can_be_cancelled_and_leaves_no_file(
    qtbot: QtBot, window: MainWindow, watch: Watch, path: Path
) -> None:
    step(qtbot, window, watch, 2)
    ask_for_short_clip(window)
    choose(window, "save_clip")  # which cancels it now
    ended = "The clip was cancelled; nothing was written."
    qtbot.waitUntil(lambda: said(window) == ended, timeout=PATIENCE_MS)
    assert not [*path.parent.iterdir()]


def test_the_drawer_proposes_the_whole_run(
    qtbot: QtBot, window: MainWindow, watch: Watch, path: Path
) -> None:
    step(qtbot, window, watch, 3)
    choose(window, "save_clip")
    first, last = child(window, "clip_first_input"), child(window, "clip_last_input")
    assert (first.value(), last.value()) == (0, 3)
    step(qtbot, window, watch, 1)
    assert last.value() == watch.epoch
    last.setValue(2)
    step(qtbot, window, watch, 1)
    assert last.value() == 2


def test_what_no_clip_can_have_is_refused_in_a_sentence(
    qtbot: QtBot, window: MainWindow, watch: Watch, path: Path
) -> None:
    step(qtbot, window, watch, 3)
    choose(window, "save_clip")
    child(window, "clip_width_input").setValue(500)
    child(window, "clip_save_button").click()
    assert said(window).startswith("size must be 960x540 to 3840x2160 for the whole window.")
    child(window, "clip_width_input").setValue(1000)
    child(window, "clip_first_input").setValue(3)
    child(window, "clip_save_button").click()
    assert said(window).startswith("A clip must go from one epoch to a later one of the run")
    assert not [*path.parent.iterdir()]


def test_of_two_runs_it_shows_what_has_both(
    qtbot: QtBot, window: MainWindow, watch: Watch, path: Path
) -> None:
    choose(window, "compare")
    step(qtbot, window, watch, 2)
    qtbot.waitUntil(lambda: len(watch.last.frames) == 2)
    choose(window, "save_clip")
    view = child(window, "clip_view_input")
    assert [view.itemData(place) for place in range(view.count())] == [WINDOW, LOSS]


def test_without_pillow_a_gif_is_refused_with_what_to_do(
    qtbot: QtBot, window: MainWindow, watch: Watch, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = path.with_suffix(".gif")
    monkeypatch.setattr("mlpviz.gui.window.clip_saver.ask_where", lambda *_: (place, 0))
    monkeypatch.setitem(sys.modules, "PIL", None)
    step(qtbot, window, watch, 2)
    ask_for_short_clip(window)
    assert said(window).startswith("A GIF needs Pillow")
    assert 'pip install "mlpviz[clip]"' in said(window)
    assert not [*path.parent.iterdir()]
