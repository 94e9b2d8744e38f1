"""A clip, taken apart: it shows what the window shows at the same epochs."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import numpy as np
import pytest
from drawn_png import drawn
from PySide6.QtCore import QSize
from pytestqt.qtbot import QtBot

from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.clip import Clip
from mlpviz.experiment.run.record import Change, Record
from mlpviz.experiment.writing.apng import Picture
from mlpviz.gui.actions import bridge
from mlpviz.gui.look.settings import EDGE_HINT, MAP_HINT, UNIT_HINT, Settings
from mlpviz.gui.window import clip_maker
from mlpviz.gui.window.app import window_for_pictures
from mlpviz.gui.window.clip_maker import make_clip, picture_of
from mlpviz.gui.window.main import MainWindow

pytestmark = pytest.mark.usefixtures("qapp")

RECIPE = Recipe(epochs=60)
THREE = Clip(seconds=1.0, frames_per_second=3, size=(1000, 700), is_even=True)


def record_of(recipe: Recipe) -> Record:
    return Record(recipe, (), recipe.epochs, recipe.epochs)


def clip_of(clip: Clip, *records: Record) -> list[Picture]:
    return drawn(make_clip(window_for_pictures, clip, records, False, lambda share: None))


@contextmanager
def trained_window(qtbot: QtBot, recipe: Recipe) -> Iterator[MainWindow]:
    """Open a window without hints and train in it up to the limit."""
    settings = Settings(is_kept=False)
    for hint in (UNIT_HINT, EDGE_HINT, MAP_HINT):
        settings.keep(hint, False)
    window = window_for_pictures(recipe, settings)
    try:
        window.runs.set_speed(None)
        window.runs.toggle_playing()
        qtbot.waitUntil(lambda: window.runs.latest.is_at_limit, timeout=20_000)
        yield window
    finally:
        window.close()


def go_to(qtbot: QtBot, window: MainWindow, epoch: int) -> None:
    with qtbot.waitSignal(
        window.runs.updated,
        timeout=20_000,
        check_params_cb=lambda update: update.frames[0].epoch == epoch,
    ):
        window.time.go_to(epoch)


def test_each_frame_is_what_the_window_shows_at_that_epoch(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bridge, "FAST_SECONDS", 60.0)  # so that views take turns all the time
    whole = clip_of(THREE, record_of(RECIPE))
    map_alone = clip_of(replace(THREE, view="map", size=(480, 400)), record_of(RECIPE))
    monkeypatch.setattr(bridge, "FAST_SECONDS", 0.0)
    with trained_window(qtbot, RECIPE) as window:
        window.resize(*THREE.size)
        for frame, epoch in ((1, 30), (0, 0)):
            go_to(qtbot, window, epoch)
            assert np.array_equal(whole[frame], picture_of(window)), epoch
    with trained_window(qtbot, RECIPE) as window:
        view = window.parts.show_alone("map", QSize(480, 400))
        go_to(qtbot, window, 30)
        assert np.array_equal(map_alone[1], picture_of(view))
    assert whole[0].shape == (700, 1000, 3)
    assert map_alone[0].shape == (400, 480, 3)


def test_a_part_of_a_run_with_a_change_is_shown_as_it_was() -> None:
    faster = replace(RECIPE, learning_rate=5.0)
    changed = Record(RECIPE, (Change(20, faster),), 60, 60)
    clip = replace(THREE, view="map", size=(300, 240), first=10, last=40)
    plain, other = clip_of(clip, record_of(RECIPE)), clip_of(clip, changed)
    assert np.array_equal(plain[0], other[0])
    assert not np.array_equal(plain[2], other[2])


@pytest.mark.timeout(60)
def test_an_epoch_that_comes_again_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clip_maker, "TELL_MS", 1_000_000)  # so that none wakes it but an update
    clip = replace(THREE, view="loss", size=(300, 240), seconds=2.0)
    pictures = clip_of(clip, record_of(replace(RECIPE, epochs=2)))
    assert len(pictures) == 6
    assert np.array_equal(pictures[0], pictures[1]) != np.array_equal(pictures[0], pictures[5])


def test_two_runs_are_shown_beside_each_other() -> None:
    slower = replace(RECIPE, learning_rate=0.1)
    one = clip_of(THREE, record_of(RECIPE))
    both = clip_of(THREE, record_of(RECIPE), record_of(slower))
    assert len(both) == 3
    assert not np.array_equal(one[2], both[2])


def test_it_says_how_far_it_is() -> None:
    told: list[float] = []
    clip = replace(THREE, view="loss", size=(300, 240))
    make_clip(window_for_pictures, clip, (record_of(RECIPE),), False, told.append)
    assert told == sorted(told)
    assert told[-1] == 1.0


def test_what_ends_the_work_leaves_no_window(qapp: object) -> None:
    class Enough(Exception):
        pass

    def end(share: float) -> None:
        raise Enough

    with pytest.raises(Enough):
        make_clip(window_for_pictures, THREE, (record_of(RECIPE),), False, end)


def test_epochs_that_a_run_does_not_have_are_refused_at_once() -> None:
    clip = replace(THREE, last=61)
    with pytest.raises(ValueError, match="which has 60"):
        make_clip(window_for_pictures, clip, (record_of(RECIPE),), False, pytest.fail)
