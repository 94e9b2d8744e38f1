"""The bridge between the trainer thread and the window."""

import threading
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QThread
from pytestqt.qtbot import QtBot

from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.runner import Update
from mlpviz.gui.actions import bridge as module
from mlpviz.gui.actions.bridge import Bridge

MakeBridge = Callable[..., Bridge]


@pytest.fixture
def make_bridge(qtbot: QtBot) -> Iterator[MakeBridge]:
    bridges: list[Bridge] = []

    def make(recipe: Recipe, speed: float | None, *viewers: Callable[[Update], None]) -> Bridge:
        bridges.append(Bridge(recipe, speed))
        bridges[-1].show_to(viewers)
        return bridges[-1]

    yield make
    for bridge in bridges:
        assert bridge.stop()


def test_every_viewer_gets_every_update_in_turn_in_the_windows_thread(
    qtbot: QtBot, make_bridge: MakeBridge
) -> None:
    seen: list[tuple[str, Update]] = []
    threads = set()

    def viewer(name: str) -> Callable[[Update], None]:
        def view(update: Update) -> None:
            seen.append((name, update))
            threads.add(threading.current_thread())

        return view

    bridge = make_bridge(Recipe(epochs=500), None, viewer("a"), viewer("b"), viewer("c"))
    ended = []
    bridge.updated.connect(ended.append)
    bridge.runner.play()
    qtbot.waitUntil(lambda: bool(ended) and ended[-1].is_at_limit)
    assert [name for name, _ in seen] == ["a", "b", "c"] * len(ended)
    for i, update in enumerate(ended):
        assert all(shown is update for _, shown in seen[3 * i : 3 * i + 3])
    assert threads == {threading.main_thread()}
    assert ended[-1].frames[0].epoch == 500


@pytest.mark.thorough
def test_frames_come_while_playing_and_none_once_paused(
    qtbot: QtBot, make_bridge: MakeBridge
) -> None:
    updates: list[Update] = []
    bridge = make_bridge(Recipe(), 300.0)
    bridge.updated.connect(updates.append)  # the last word of an update, after its viewers
    qtbot.waitUntil(lambda: len(updates) == 1)
    bridge.runner.play()
    qtbot.waitUntil(lambda: len(updates) > 4)
    bridge.runner.pause()
    qtbot.waitUntil(lambda: not updates[-1].is_playing)
    with qtbot.assertNotEmitted(bridge.updated, wait=150):
        pass
    assert not bridge._turn_timer.isActive()


@pytest.mark.thorough
def test_calm_viewers_take_turns_while_updates_come_fast_and_all_see_the_last(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Whatever a busy machine makes of them: they come fast, and nobody is late.
    monkeypatch.setattr(module, "FAST_SECONDS", 60.0)
    monkeypatch.setattr(module, "LATE_MS", 60_000)
    seen: dict[str, list[Update]] = {"every": [], "a": [], "b": [], "c": []}
    often = (seen["a"].append,)  # which has two turns of four
    calm = (often, (seen["b"].append,), often, (seen["c"].append,))
    bridge = Bridge(Recipe(epochs=20_000), None)
    bridge.show_to((seen["every"].append,), calm)
    qtbot.waitUntil(lambda: len(seen["every"]) == 1)
    bridge.runner.play()
    qtbot.waitUntil(lambda: seen["every"][-1].is_at_limit)
    assert bridge.stop()
    of_calm = [seen[name] for name in "abc"]
    assert all(updates[0] is seen["every"][0] for updates in of_calm)
    assert all(updates[-1] is seen["every"][-1] for updates in of_calm)
    assert sum(map(len, of_calm)) <= 1.4 * len(seen["every"]) + 8
    assert len(seen["a"]) >= len(seen["every"]) // 3
    assert min(len(seen["b"]), len(seen["c"])) >= len(seen["every"]) // 6


def test_a_calm_viewer_that_missed_an_update_sees_it_when_no_other_follows(qtbot: QtBot) -> None:
    calm: list[int] = []
    groups = [[lambda update: calm.append(update.frames[0].epoch)] for _ in range(2)]
    bridge = Bridge(Recipe(), 0.1)
    bridge.show_to((), groups)
    qtbot.waitUntil(lambda: calm.count(0) >= 2)
    bridge.runner.play()  # the first epoch is due at once, the next after ten seconds
    qtbot.waitUntil(lambda: calm.count(1) == 2)
    assert bridge.stop()
    assert set(calm) == {0, 1}


def test_a_step_while_paused_wakes_the_window(qtbot: QtBot, make_bridge: MakeBridge) -> None:
    bridge = make_bridge(Recipe(), None)
    with qtbot.waitSignal(bridge.updated):
        pass
    for epoch in (1, 2, 3):
        with qtbot.waitSignal(bridge.updated) as announced:
            bridge.runner.run_epoch()
        assert announced.args[0].frames[0].epoch == epoch


def test_the_last_update_of_many_orders_is_shown(qtbot: QtBot, make_bridge: MakeBridge) -> None:
    updates: list[Update] = []
    bridge = make_bridge(Recipe(), None)
    bridge.updated.connect(updates.append)
    for _ in range(40):
        bridge.runner.run_epoch()
    qtbot.waitUntil(lambda: bool(updates) and updates[-1].frames[0].epoch == 40)
    with qtbot.assertNotEmitted(bridge.updated, wait=100):
        pass
    shown = [update.frames[0].epoch for update in updates]
    assert shown == sorted(shown)


def test_once_stopped_nothing_is_shown_any_more(qtbot: QtBot, make_bridge: MakeBridge) -> None:
    bridge = make_bridge(Recipe(epochs=0), None)
    bridge.runner.play()
    with qtbot.waitSignals([bridge.updated] * 3):
        pass
    assert bridge.stop()
    with qtbot.assertNotEmitted(bridge.updated, wait=100):
        pass
    assert QThread.currentThread() is bridge.thread()


def test_a_viewer_that_fails_does_not_stop_the_others(
    qtbot: QtBot, make_bridge: MakeBridge
) -> None:
    seen: list[int] = []

    def fails(_: Update) -> None:
        raise ArithmeticError("drawn badly")

    with qtbot.captureExceptions() as exceptions:
        bridge = make_bridge(
            Recipe(), None, fails, lambda update: seen.append(update.frames[0].epoch)
        )
        qtbot.waitUntil(lambda: seen == [0])
        bridge.runner.run_epoch()
        qtbot.waitUntil(lambda: seen == [0, 1])
    assert [kind for kind, *_ in exceptions] == [ArithmeticError] * 2


def test_out_of_sight_nothing_is_shown_and_back_in_sight_the_latest_is(
    qtbot: QtBot, make_bridge: MakeBridge
) -> None:
    shown: list[Update] = []
    bridge = make_bridge(Recipe(epochs=2000), None, shown.append)
    qtbot.waitUntil(lambda: len(shown) == 1)
    bridge.set_in_sight(False)
    bridge.runner.play()
    with qtbot.waitSignal(bridge.updated, check_params_cb=lambda update: update.is_at_limit):
        pass
    assert len(shown) == 1
    bridge.set_in_sight(True)
    assert shown[-1].is_at_limit
    assert shown[-1].frames[0].epoch == 2000
