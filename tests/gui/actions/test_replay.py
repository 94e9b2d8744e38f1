"""The replay: the past goes by again, by itself."""

import pytest
from gui.conftest import Watch
from gui.helpers import child, press
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSlider
from pytestqt.qtbot import QtBot

from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.gui.actions import whole_run as module
from mlpviz.gui.window.main import MainWindow

Key = Qt.Key
EPOCHS = 300
RECIPE = Recipe(epochs=EPOCHS)


def epochs_shown(watch: Watch) -> list[int]:
    """Return the epochs that were shown, each once where it stayed.

    While one is looked for, the nearest one that is kept is shown, which can be a later one.
    """
    found = [update for update in watch.updates if update.frames and update.share_found is None]
    shown = [update.frames[0].epoch for update in found]
    return [epoch for i, epoch in enumerate(shown) if i == 0 or epoch != shown[i - 1]]


def message(window: MainWindow) -> str:
    return window.parts.message_bar.text


def train(qtbot: QtBot, window: MainWindow, watch: Watch, recipe: Recipe = RECIPE) -> None:
    window.runs.train_from_start(recipe)
    qtbot.waitUntil(lambda: watch.last.is_at_limit and watch.epoch == recipe.epochs)


@pytest.fixture
def trained(qtbot: QtBot, window: MainWindow, watch: Watch) -> MainWindow:
    """A window whose run has come to its limit."""
    train(qtbot, window, watch)
    return window


def choose_speed(window: MainWindow, speed: float | None) -> None:
    slider = child(window, "speed_slider")
    assert isinstance(slider, QSlider)
    window.parts.transport.set_speed(speed)
    window.parts.transport.speed_chosen.emit(speed)


def forget_updates(window: MainWindow, watch: Watch) -> None:
    """Watch only what comes from now on."""
    watch.updates.clear()
    watch.updates.append(window.runs.latest)


def replay_from_start(qtbot: QtBot, window: MainWindow, watch: Watch) -> None:
    """Go to epoch 0 and begin the replay there; only what it shows is watched."""
    press(Key.Key_Home)
    qtbot.waitUntil(lambda: watch.epoch == 0)
    forget_updates(window, watch)
    press(Key.Key_Space)


def test_space_in_the_past_replays_up_to_the_present_and_trains_nothing(
    qtbot: QtBot, trained: MainWindow, watch: Watch
) -> None:
    choose_speed(trained, 1000)
    replay_from_start(qtbot, trained, watch)
    assert message(trained) == "This is a replay: Space stops it, End is live again."
    assert child(trained, "play_button").accessibleName() != "Play"
    qtbot.waitUntil(lambda: not trained.time.is_in_past and watch.epoch == EPOCHS)
    shown = epochs_shown(watch)
    assert shown == sorted(shown)
    assert any(0 < epoch < EPOCHS for epoch in shown)
    assert watch.last.frames[0].live == (EPOCHS, 0)
    assert not trained.whole_run.replay.is_playing
    assert "replay" not in message(trained)


def test_space_stops_the_replay_where_it_is_and_starts_it_again(
    qtbot: QtBot, trained: MainWindow, watch: Watch
) -> None:
    choose_speed(trained, 30)
    replay_from_start(qtbot, trained, watch)
    qtbot.waitUntil(lambda: watch.epoch >= 3)
    press(Key.Key_Space)
    qtbot.waitUntil(lambda: watch.epoch == trained.time.epoch)
    stopped = watch.epoch
    assert 3 <= stopped < EPOCHS
    assert trained.time.is_in_past
    choose_speed(trained, 1000)  # which starts nothing
    assert not trained.whole_run.replay.is_playing
    press(Key.Key_Space)
    qtbot.waitUntil(lambda: watch.epoch > stopped)


def test_at_a_low_speed_no_epoch_is_left_out(
    qtbot: QtBot, trained: MainWindow, watch: Watch
) -> None:
    choose_speed(trained, 10)
    replay_from_start(qtbot, trained, watch)
    qtbot.waitUntil(lambda: watch.epoch >= 4)
    shown = epochs_shown(watch)
    assert shown == list(range(shown[-1] + 1))


def test_who_looks_at_another_moment_ends_the_replay(
    qtbot: QtBot, trained: MainWindow, watch: Watch
) -> None:
    choose_speed(trained, 30)
    for key in (Key.Key_Left, Key.Key_Home, Key.Key_End):
        trained.time.go_to(100)
        qtbot.waitUntil(lambda: watch.epoch == 100)
        press(Key.Key_Space)
        qtbot.waitUntil(lambda: 100 < watch.epoch < EPOCHS)
        assert trained.whole_run.replay.is_playing
        press(key)
        assert not trained.whole_run.replay.is_playing, key


def test_a_replay_goes_on_while_training_does(
    qtbot: QtBot, window: MainWindow, watch: Watch
) -> None:
    window.runs.train_from_start(Recipe(epochs=0))
    qtbot.waitUntil(lambda: watch.last.frames[0].live.epoch > 1000)
    choose_speed(window, 30)
    press(Key.Key_Home)
    press(Key.Key_Space)
    qtbot.waitUntil(lambda: watch.epoch >= 2 and watch.last.frames[0].is_past)
    assert watch.last.is_playing
    assert window.whole_run.replay.is_playing
    rest = "Space stops it, End is live again."
    qtbot.waitUntil(lambda: message(window) == f"This is a replay, while training goes on: {rest}")
    window.runs.toggle_playing()
    qtbot.waitUntil(lambda: message(window) == f"This is a replay: {rest}")
    assert window.whole_run.replay.is_playing


def test_the_whole_run_is_trained_ahead_and_shown_from_its_start(
    qtbot: QtBot, window: MainWindow, watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "FRAMES", 40)
    window.runs.change(Recipe(epochs=1500))
    qtbot.waitUntil(lambda: watch.last.frames[0].recipe.epochs == 1500)
    assert not child(window, "whole_run_button").isVisible()  # nothing has been trained yet
    press(Key.Key_W)
    assert "of 1\u2009500. Space gives it up." in message(window)
    qtbot.waitUntil(lambda: window.whole_run.replay.is_playing)
    assert watch.last.frames[0].live.epoch == 1500
    assert "the whole run in ten seconds: Space stops it" in message(window)
    forget_updates(window, watch)
    qtbot.waitUntil(lambda: not window.time.is_in_past and watch.epoch == 1500)
    shown = epochs_shown(watch)
    assert shown == sorted(shown)
    assert shown[0] < 300
    plan = window.runs.latest.replay_plan
    assert plan is not None
    assert set(shown) <= set(plan)


def test_while_the_whole_run_is_prepared_the_button_offers_to_end_that(
    qtbot: QtBot, window: MainWindow, watch: Watch
) -> None:
    button, said = child(window, "play_button"), set[str]()
    window.time.going_changed.connect(
        lambda _, is_past: window.whole_run.is_busy and is_past and said.add(button.text())
    )
    train(qtbot, window, watch)
    press(Key.Key_W)
    qtbot.waitUntil(lambda: window.whole_run.replay.is_playing)
    assert said == {"Pause"}


def test_the_whole_run_keeps_its_pace_whatever_the_speed(
    qtbot: QtBot, trained: MainWindow, watch: Watch
) -> None:
    press(Key.Key_W)
    qtbot.waitUntil(lambda: trained.whole_run.replay.is_playing and watch.last.frames[0].is_past)
    qtbot.waitUntil(lambda: watch.epoch > 60)
    shown = trained.time.epoch
    choose_speed(trained, 1)
    choose_speed(trained, 1000)
    qtbot.waitUntil(lambda: watch.epoch > shown + 10)
    assert min(epochs_shown(watch)[-3:]) >= shown


def test_while_the_whole_run_is_prepared_the_screen_shows_its_start(
    qtbot: QtBot, window: MainWindow, watch: Watch
) -> None:
    window.runs.change(Recipe(epochs=3_000_000))
    press(Key.Key_W)
    qtbot.waitUntil(lambda: watch.last.frames[0].live.epoch > 2000)
    qtbot.waitUntil(lambda: watch.epoch == 0)
    assert message(window).startswith("Training ahead")
    press(Key.Key_Space)  # gives it up
    qtbot.waitUntil(lambda: not watch.last.is_playing)
    assert not window.whole_run.is_busy
    assert not message(window).startswith("Training ahead")


@pytest.mark.parametrize("does", ["present", "elsewhere", "limit"])
def test_who_does_something_else_meanwhile_gives_it_up(
    qtbot: QtBot, window: MainWindow, watch: Watch, does: str
) -> None:
    window.runs.change(Recipe(epochs=3_000_000))
    press(Key.Key_W)
    qtbot.waitUntil(lambda: watch.last.frames[0].live.epoch > 2000 and watch.epoch == 0)
    if does == "present":
        press(Key.Key_End)
    elif does == "elsewhere":
        window.time.go_to(1000)
    else:
        child(window, "epochs_input").setValue(1_000_000)
    assert not window.whole_run.is_busy
    qtbot.waitUntil(lambda: not watch.last.is_playing)


def test_a_run_at_its_limit_is_not_trained_on(
    qtbot: QtBot, trained: MainWindow, watch: Watch
) -> None:
    child(trained, "whole_run_button").click()
    qtbot.waitUntil(lambda: trained.whole_run.replay.is_playing)
    assert watch.last.frames[0].live.epoch == EPOCHS


def test_another_run_ends_the_preparation(qtbot: QtBot, window: MainWindow, watch: Watch) -> None:
    window.runs.change(Recipe(epochs=3_000_000))
    press(Key.Key_W)
    qtbot.waitUntil(lambda: watch.last.frames[0].live.epoch > 2000)
    press(Key.Key_R)
    qtbot.waitUntil(lambda: not window.whole_run.is_busy)
    qtbot.waitUntil(lambda: not watch.last.is_playing)


def test_two_runs_are_replayed_in_step(qtbot: QtBot, window: MainWindow, watch: Watch) -> None:
    # Without a limit: at one the key that is to pause would train on.
    window.runs.open((Recipe(epochs=0), Recipe(learning_rate=0.1, epochs=0)))
    qtbot.waitUntil(lambda: len(watch.last.frames) == 2)
    window.runs.set_speed(None)
    press(Key.Key_Space)
    qtbot.waitUntil(lambda: watch.last.frames[0].live.epoch > 100)
    press(Key.Key_Space)
    qtbot.waitUntil(lambda: not watch.last.is_playing)
    choose_speed(window, 100)
    replay_from_start(qtbot, window, watch)
    qtbot.waitUntil(lambda: watch.epoch > 10)
    assert all(a.epoch == b.epoch for a, b in (update.frames for update in watch.updates))
