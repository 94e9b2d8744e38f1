"""The runner: orders down, updates up, and a thread that lives on. No Qt."""

import math
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from choices import OTHER

from mlpviz.engine.training import Training
from mlpviz.experiment.recipe.effects import EFFECTS, Effect, effect_of_change
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run import made
from mlpviz.experiment.run import runner as runner_module
from mlpviz.experiment.run import shown as shown_module
from mlpviz.experiment.run.capture import capture
from mlpviz.experiment.run.frame import Frame
from mlpviz.experiment.run.grids import Box
from mlpviz.experiment.run.orders import ChangeRecipes, Play
from mlpviz.experiment.run.record import Position
from mlpviz.experiment.run.run import Run
from mlpviz.experiment.run.runner import SHOWING_SECONDS, Runner, Update
from mlpviz.experiment.run.start import start_training
from mlpviz.experiment.run.trainer import NAP_SECONDS, Trainer
from mlpviz.experiment.run.want import Want
from mlpviz.experiment.words.messages import message_for

PATIENCE = 60.0  # seconds after which a test gives up; none needs a fraction of it


class Window:
    """Behaves as the real one does.

    It takes an update when it has been woken, and says when it has shown it. So whatever it waits
    for also tests that it is woken when it must be.
    """

    def __init__(self, recipes: tuple[Recipe, ...], speed: float | None) -> None:
        self._woken = threading.Event()
        self.updates: list[Update] = []
        self.runner = Runner(recipes, self._woken.set, speed)

    @property
    def last(self) -> Update:
        return self.updates[-1]

    @property
    def frame(self) -> Frame:
        return self.last.frames[0]

    def wait_for(self, condition: Callable[[Update], bool]) -> Update:
        """Take updates until one fulfils the condition."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            if not self._woken.wait(0.1):
                continue
            self._woken.clear()
            update = self.runner.take()
            if update is None:
                continue
            self.runner.shown()
            self.updates.append(update)
            if condition(update):
                return update
        raise AssertionError(f"waited in vain; last: {self._describe_last()}")

    def wait_for_epoch(self, epoch: int) -> Update:
        """Wait for a frame of this epoch or a later one."""
        return self.wait_for(lambda update: bool(update.frames) and epoch_of(update) >= epoch)

    def wait_for_rest(self) -> Update:
        return self.wait_for(lambda update: not update.is_playing)

    def pause(self) -> Update:
        self.runner.pause()
        return self.wait_for_rest()

    def run_epoch(self) -> Update:
        self.runner.run_epoch()
        return self.wait_for_rest()

    def _describe_last(self) -> str:
        if not self.updates:
            return "nothing"
        epochs = [frame.epoch for frame in self.last.frames]
        return f"epochs {epochs}, playing {self.last.is_playing}, error {self.last.error!r}"


Opener = Callable[..., Window]


@pytest.fixture
def open_window() -> Iterator[Opener]:
    """Open windows whose runner has shown its untrained network; stop them all at the end."""
    windows: list[Window] = []

    def open_one(*recipes: Recipe, speed: float | None = None) -> Window:
        window = Window(recipes or (Recipe(epochs=0),), speed)
        windows.append(window)
        window.wait_for_epoch(0)
        return window

    yield open_one
    for window in windows:
        assert window.runner.stop(PATIENCE)


def epoch_of(update: Update) -> int:
    return update.frames[0].epoch


def same_frame(frame: Frame, training: Training) -> bool:
    """Tell whether a frame shows the state of a training, bit for bit."""
    return (
        frame.epoch == training.epoch
        and frame.parameters.tobytes() == training.network.parameters.tobytes()
        and frame.predictions.tobytes() == training.predictions.tobytes()
        and np.array_equal(frame.loss, training.loss, equal_nan=True)
    )


def trained(recipe: Recipe, epochs: int) -> Training:
    training = start_training(recipe)
    training.run(epochs)
    return training


# Orders


def test_the_untrained_network_is_shown_and_nothing_runs(open_window: Opener) -> None:
    window = open_window(Recipe())
    assert not window.last.is_playing
    assert not window.last.is_at_limit
    assert window.last.error == ""
    assert same_frame(window.frame, start_training(Recipe()))


def test_a_step_is_one_epoch(open_window: Opener) -> None:
    window = open_window(Recipe())
    for epoch in range(1, 6):
        assert epoch_of(window.run_epoch()) == epoch
    assert same_frame(window.frame, trained(Recipe(), 5))


def test_play_trains_on_until_pause(open_window: Opener) -> None:
    window = open_window()
    window.runner.play()
    window.wait_for(lambda update: update.is_playing and epoch_of(update) > 100)
    paused = window.pause()
    epoch = epoch_of(paused)
    assert epoch > 100
    assert epoch_of(window.run_epoch()) == epoch + 1  # it stood still in between


def test_a_step_while_playing_pauses(open_window: Opener) -> None:
    window = open_window()
    window.runner.play()
    window.wait_for_epoch(10)
    stepped = window.run_epoch()
    assert not stepped.is_playing
    assert epoch_of(window.run_epoch()) == epoch_of(stepped) + 1


def test_reset_goes_back_to_the_same_initial_weights(open_window: Opener) -> None:
    window = open_window()
    first = window.frame
    window.run_epoch()
    window.runner.reset()
    update = window.wait_for(lambda update: epoch_of(update) == 0)
    assert not update.is_playing
    assert update.frames[0].run_number != first.run_number
    assert np.array_equal(update.frames[0].parameters, first.parameters)
    assert update.frames[0].recipe == first.recipe


@pytest.mark.parametrize("name", EFFECTS)
def test_a_change_has_the_effect_of_the_table(open_window: Opener, name: str) -> None:
    recipe = Recipe(dataset="linear")
    window = open_window(recipe)
    window.run_epoch()
    before = window.frame
    changed = replace(recipe, **{name: "xor" if name == "dataset" else OTHER[name]})
    effect = effect_of_change(recipe, changed)
    window.runner.change((changed,))
    frame = window.wait_for(lambda update: update.frames[0].recipe == changed).frames[0]
    if effect is Effect.LIVE:
        assert (frame.epoch, frame.run_number) == (1, before.run_number)
        assert np.array_equal(frame.parameters, before.parameters)
    else:
        assert frame.epoch == 0
        assert frame.run_number != before.run_number
        same = np.array_equal(frame.parameters, start_training(recipe).network.parameters)
        assert same == (effect is not Effect.NEW_WEIGHTS)
        assert same_frame(frame, start_training(changed))


@pytest.mark.parametrize("side", [0, 1])
def test_an_edit_by_hand_shows_at_once_in_its_run_alone(open_window: Opener, side: int) -> None:
    recipes = (Recipe(epochs=0), Recipe(epochs=0, learning_rate=0.5))
    window = open_window(*recipes)
    before = window.last
    window.runner.edit(before.frames[side].run_number, ((0, 2.5), (36, -1.0)))
    update = window.wait_for(lambda update: True)
    assert not update.is_playing
    frame, other = update.frames[side], update.frames[1 - side]
    assert frame.parameters[[0, 36]].tolist() == [2.5, -1.0]
    assert frame.epoch == 0
    assert frame.loss != before.frames[side].loss
    assert not np.array_equal(frame.surface, before.frames[side].surface)
    assert frame.changes[0].edits == ((0, 2.5), (36, -1.0))
    assert np.array_equal(other.parameters, before.frames[1 - side].parameters)


def test_an_edit_of_a_run_that_is_gone_changes_nothing(open_window: Opener) -> None:
    window = open_window()
    gone = window.frame.run_number
    window.runner.reset()
    before = window.wait_for(lambda update: update.frames[0].run_number != gone).frames[0]
    window.runner.edit(gone, ((0, 2.5),))
    after = window.wait_for(lambda update: True).frames[0]
    assert after.run_number == before.run_number
    assert np.array_equal(after.parameters, before.parameters)
    assert after.changes == ()


def test_an_edit_of_a_never_reaches_b_that_goes_on_alone_meanwhile(open_window: Opener) -> None:
    """B has taken the place of A by the time the order comes, and trained as many epochs."""
    recipes = (Recipe(epochs=0), Recipe(epochs=0, learning_rate=0.5))
    window = open_window(*recipes)
    a, b = window.last.frames
    window.runner.change((recipes[1],), kept=1)
    window.runner.edit(a.run_number, ((0, 2.5),))
    update = window.wait_for(lambda update: len(update.frames) == 1)
    after = window.run_epoch().frames[0]
    assert update.error == ""
    assert (after.run_number, after.changes) == (b.run_number, ())
    assert same_frame(after, trained(recipes[1], 1))


def test_no_two_runs_have_the_same_number(open_window: Opener) -> None:
    first, second = open_window(Recipe(), Recipe()), open_window()
    numbers = {frame.run_number for window in (first, second) for frame in window.last.frames}
    first.runner.change((Recipe(hidden=(3,)), Recipe()))
    first.wait_for(lambda update: update.frames[0].recipe.hidden == (3,))
    numbers |= {frame.run_number for frame in first.last.frames}
    assert len(numbers) == 5


def test_a_change_that_changes_nothing_does_nothing(open_window: Opener) -> None:
    window = open_window()
    window.run_epoch()
    window.runner.change((Recipe(epochs=0),))
    before = window.frame.run_number
    frame = window.wait_for(lambda update: True).frames[0]
    assert (frame.epoch, frame.run_number, frame.changes) == (1, before, ())


def test_a_learning_rate_changed_on_the_way_is_noted_and_used(open_window: Opener) -> None:
    window = open_window()
    window.run_epoch()
    changed = Recipe(epochs=0, learning_rate=0.25)
    window.runner.change((changed,))
    window.run_epoch()
    by_hand = trained(Recipe(), 1)
    by_hand.learning_rate = 0.25
    by_hand.run_epoch()
    assert same_frame(window.frame, by_hand)
    assert [(change.epoch, change.recipe.learning_rate) for change in window.frame.changes] == [
        (1, 0.25)
    ]


ORDERS: dict[str, Callable[[Runner], None]] = {
    "reset": Runner.reset,
    "new weights": lambda runner: runner.change((Recipe(epochs=0, weight_seed=1),)),
    "restart": lambda runner: runner.change((Recipe(epochs=0, loss="mean_squared_error"),)),
    "other network": lambda runner: runner.change((Recipe(epochs=0, hidden=(3,)),)),
}


@pytest.mark.parametrize("order", ORDERS)
def test_what_was_playing_plays_on_after_a_restart(open_window: Opener, order: str) -> None:
    window = open_window()
    window.runner.play()
    before = window.wait_for_epoch(50).frames[0].run_number
    ORDERS[order](window.runner)
    after = window.wait_for(lambda update: update.frames[0].run_number != before)
    assert after.is_playing
    update = window.wait_for_epoch(50)
    assert update.is_playing
    assert update.frames[0].run_number == after.frames[0].run_number


@pytest.mark.parametrize("order", ORDERS)
def test_what_was_paused_stays_paused_after_a_restart(open_window: Opener, order: str) -> None:
    window = open_window()
    before = window.run_epoch().frames[0].run_number
    ORDERS[order](window.runner)
    update = window.wait_for(lambda update: update.frames[0].run_number != before)
    assert (epoch_of(update), update.is_playing) == (0, False)


def test_the_ghost_is_the_curve_of_the_run_before(open_window: Opener) -> None:
    window = open_window()
    window.run_epoch()
    window.run_epoch()
    curve = window.frame.curve
    assert window.frame.ghost is None
    window.runner.change((Recipe(epochs=0, weight_seed=1),))
    second = window.wait_for(lambda update: epoch_of(update) == 0).frames[0]
    ghost = second.ghost
    assert ghost is not None
    assert ghost.low.tolist() == curve.low.tolist()
    window.runner.reset()  # the run before this one was never trained: its ghost stays
    third = window.wait_for(lambda update: update.frames[0].run_number != second.run_number)
    ghost = third.frames[0].ghost
    assert ghost is not None
    assert ghost.low.tolist() == curve.low.tolist()


def test_looking_at_another_box_moves_the_surface_and_nothing_else(open_window: Opener) -> None:
    window = open_window()
    before, box = window.frame, Box(-2.0, -1.0, 3.0, 4.0)
    window.runner.want(Want(box))
    frame = window.wait_for(lambda update: update.frames[0].surface_box == box).frames[0]
    expected = capture(Run(Recipe(epochs=0)), Want(box))
    assert np.array_equal(frame.surface, expected.surface)
    assert frame.box == before.box
    assert np.array_equal(frame.pictures[0], before.pictures[0])
    assert (frame.epoch, frame.run_number) == (0, before.run_number)
    window.run_epoch()
    assert window.frame.surface_box == box
    window.runner.want(Want())
    window.wait_for(lambda update: update.frames[0].surface_box == before.box)


# The epoch limit


def test_at_the_limit_the_run_pauses_and_says_so(open_window: Opener) -> None:
    window = open_window(Recipe(epochs=300))
    window.runner.play()
    update = window.wait_for_rest()
    assert update.is_at_limit
    assert same_frame(update.frames[0], trained(Recipe(), 300))


def test_play_goes_on_without_a_limit(open_window: Opener) -> None:
    window = open_window(Recipe(epochs=50))
    window.runner.play()
    window.wait_for_rest()
    window.runner.play()
    update = window.wait_for_epoch(200)
    assert update.is_playing
    assert not update.is_at_limit


def test_pause_and_play_before_the_limit_still_stop_at_it(open_window: Opener) -> None:
    window = open_window(Recipe(epochs=4000))
    window.runner.play()
    window.wait_for_epoch(1)
    assert not window.pause().is_at_limit
    window.runner.play()
    update = window.wait_for(lambda update: update.is_at_limit)
    assert (epoch_of(update), update.is_playing) == (4000, False)


def test_a_new_number_of_epochs_counts_again(open_window: Opener) -> None:
    window = open_window(Recipe(epochs=50))
    window.runner.play()
    window.wait_for_rest()
    window.runner.play()
    window.wait_for_epoch(51)
    goal = epoch_of(window.pause()) + 500
    window.runner.change((Recipe(epochs=goal),))
    window.runner.play()
    update = window.wait_for(lambda update: update.is_at_limit)
    assert (epoch_of(update), update.is_playing) == (goal, False)


def test_more_epochs_at_the_limit_take_the_word_back(open_window: Opener) -> None:
    window = open_window(Recipe(epochs=20))
    window.runner.play()
    assert window.wait_for_rest().is_at_limit
    window.runner.change((Recipe(epochs=40),))
    assert not window.wait_for(lambda update: update.frames[0].recipe.epochs == 40).is_at_limit
    window.runner.play()
    assert epoch_of(window.wait_for(lambda update: update.is_at_limit)) == 40


def test_a_limit_already_passed_pauses_a_running_run(open_window: Opener) -> None:
    window = open_window()
    window.runner.play()
    window.wait_for_epoch(100)
    window.runner.change((Recipe(epochs=10),))
    update = window.wait_for_rest()
    assert update.is_at_limit
    assert epoch_of(update) >= 100


def test_after_a_reset_the_limit_holds_again(open_window: Opener) -> None:
    window = open_window(Recipe(epochs=30))
    window.runner.play()
    window.wait_for_rest()
    window.runner.play()
    before = window.wait_for_epoch(100).frames[0].run_number
    window.runner.reset()
    update = window.wait_for(lambda update: update.is_at_limit)
    assert epoch_of(update) == 30
    assert update.frames[0].run_number != before


def test_a_step_at_the_limit_goes_one_further(open_window: Opener) -> None:
    window = open_window(Recipe(epochs=10))
    window.runner.play()
    window.wait_for_rest()
    update = window.run_epoch()
    assert (epoch_of(update), update.is_at_limit) == (11, False)


# The same numbers however they are reached


@pytest.mark.thorough
def test_step_and_pause_and_full_speed_give_the_same_run_to_the_bit(open_window: Opener) -> None:
    expected = trained(Recipe(), 400)

    stepped = open_window(Recipe(epochs=400), speed=1.0)
    for _ in range(400):
        stepped.runner.run_epoch()
    assert same_frame(stepped.wait_for_epoch(400).frames[0], expected)

    flat_out = open_window(Recipe(epochs=400))
    flat_out.runner.play()
    assert same_frame(flat_out.wait_for(lambda update: update.is_at_limit).frames[0], expected)

    paused = open_window(Recipe(epochs=400), speed=1000.0)
    for goal in (50, 100, 150):
        paused.runner.play()
        paused.wait_for_epoch(goal)
        paused.pause()
        paused.runner.set_speed(3000.0 if goal == 100 else 700.0)
    paused.runner.play()
    assert same_frame(paused.wait_for(lambda update: update.is_at_limit).frames[0], expected)


@pytest.mark.thorough
def test_every_frame_on_the_way_is_a_state_of_the_run(open_window: Opener) -> None:
    window = open_window(Recipe(epochs=3000))
    window.runner.play()
    window.wait_for_rest()
    training = start_training(Recipe())
    assert len(window.updates) > 2
    for update in window.updates:
        frame = update.frames[0]
        training.run(frame.epoch - training.epoch)
        assert same_frame(frame, training)
        assert len(frame.curve.low) == -(-(frame.epoch + 1) // frame.curve.stride)


def test_two_recipes_run_in_lockstep(open_window: Opener) -> None:
    recipes = (Recipe(epochs=500), Recipe(epochs=500, learning_rate=0.1, hidden=(8,)))
    window = open_window(*recipes)
    window.runner.play()
    window.wait_for_rest()
    assert len(window.updates) > 1
    for update in window.updates:
        assert len(update.frames) == 2
        assert update.frames[0].epoch == update.frames[1].epoch
    for frame, recipe in zip(window.last.frames, recipes, strict=True):
        assert same_frame(frame, trained(recipe, 500))


def test_when_one_of_two_starts_over_both_do(open_window: Opener) -> None:
    first, second = Recipe(epochs=0), Recipe(epochs=0, learning_rate=0.1)
    window = open_window(first, second)
    before = {frame.run_number for frame in window.run_epoch().frames}
    window.runner.change((first, replace(second, loss="mean_squared_error")))
    update = window.wait_for(lambda update: epoch_of(update) == 0)
    assert [frame.epoch for frame in update.frames] == [0, 0]
    assert not before & {frame.run_number for frame in update.frames}


@pytest.mark.parametrize("kept", [0, 1])
def test_one_of_two_goes_on_alone_where_it_stands(open_window: Opener, kept: int) -> None:
    """Also where both have the same recipe: the one that was edited is not the other."""
    window = open_window(Recipe(epochs=0), Recipe(epochs=0))
    edits = ((0, 2.5),)
    window.runner.edit(window.last.frames[1].run_number, edits)
    before = window.run_epoch().frames[kept]
    window.runner.change((Recipe(epochs=0),), kept=kept)
    window.wait_for(lambda update: len(update.frames) == 1)
    assert window.frame.run_number == before.run_number
    assert same_frame(window.frame, edited(edits if kept == 1 else (), 1))
    window.run_epoch()
    assert same_frame(window.frame, edited(edits if kept == 1 else (), 2))


def edited(edits: tuple[tuple[int, float], ...], epochs: int) -> Training:
    run = Run(Recipe(epochs=0))
    run.edit(edits)
    run.advance(epochs)
    return run.training


def test_a_second_run_begins_with_the_first_anew_and_leaves_its_losses(
    open_window: Opener,
) -> None:
    window = open_window()
    before = window.run_epoch().frames[0].run_number
    window.runner.change((Recipe(epochs=0), Recipe(epochs=0, hidden=(3,))))
    update = window.wait_for(lambda update: len(update.frames) == 2)
    assert [frame.epoch for frame in update.frames] == [0, 0]
    assert update.frames[0].run_number != before
    assert update.frames[0].ghost is not None


def test_another_number_of_recipes_begins_anew(open_window: Opener) -> None:
    window = open_window(Recipe(epochs=0))
    window.run_epoch()
    window.runner.change((Recipe(epochs=0), Recipe(epochs=0, weight_seed=1)))
    update = window.wait_for(lambda update: len(update.frames) == 2)
    assert [frame.epoch for frame in update.frames] == [0, 0]


# Speed


@pytest.mark.thorough
def test_a_slow_run_is_not_faster_than_asked_for(open_window: Opener) -> None:
    window = open_window(speed=5.0)
    started = time.perf_counter()
    window.runner.play()
    window.wait_for_epoch(3)  # the first at once, the others 0.2 s apart
    assert time.perf_counter() - started > 0.39


def test_slow_enough_every_epoch_is_shown(open_window: Opener) -> None:
    window = open_window(Recipe(epochs=8), speed=40.0)
    window.runner.play()
    window.wait_for_rest()
    assert {epoch_of(update) for update in window.updates} == set(range(9))


@pytest.mark.thorough
def test_a_paced_run_keeps_its_pace_roughly(open_window: Opener) -> None:
    window = open_window(Recipe(epochs=200), speed=400.0)
    started = time.perf_counter()
    window.runner.play()
    window.wait_for_rest()
    seconds = time.perf_counter() - started
    # Half a second on a machine with nothing else to do; at the slowest it would be 200 s.
    assert 0.49 < seconds < PATIENCE / 2


def test_a_paced_run_trains_when_a_frame_is_due_and_not_before() -> None:
    """Were each frame to wait for the next epoch, one would come after 10 ms, and two after 20."""
    trainer = Trainer(100.0)
    trainer.obey(ChangeRecipes((Recipe(epochs=0),)))
    trainer.obey(Play())
    trainer.burst(time.perf_counter() + 1.0)  # the first epoch, which is due at once
    trainer._burst.epoch_seconds = 1e-6
    trainer._pace._start -= 0.1  # so that ten are overdue
    now = time.perf_counter()
    assert trainer.seconds_to_next_burst(now + 60.0) == NAP_SECONDS
    assert trainer.seconds_to_next_burst(now) == 0.0


def test_the_speed_can_be_changed_while_playing(open_window: Opener) -> None:
    window = open_window(Recipe(epochs=2000), speed=1.0)
    window.runner.play()
    window.wait_for_epoch(1)
    window.runner.set_speed(None)
    window.wait_for(lambda update: update.is_at_limit)  # not after the half hour it was to take


def test_a_pause_between_two_slow_epochs_is_obeyed_at_once(open_window: Opener) -> None:
    window = open_window(speed=0.001)
    window.runner.play()
    window.wait_for_epoch(1)
    assert epoch_of(window.pause()) == 1  # the second epoch was due in 1000 s


def test_frames_are_captured_only_as_fast_as_they_are_taken(
    open_window: Opener, monkeypatch: pytest.MonkeyPatch, wait_until: Callable[..., bool]
) -> None:
    captured: list[Frame] = []

    def counting(run: Run, want: Want) -> Frame:
        captured.append(capture(run, want))
        return captured[-1]

    monkeypatch.setattr(shown_module, "capture", counting)
    window = open_window(Recipe(epochs=5000))
    window.runner.play()
    assert wait_until(lambda: captured[-1].epoch == 5000, PATIENCE)
    assert len(captured) <= 4  # untrained, perhaps twice; playing; at the limit


# The past


def test_of_many_wishes_for_the_past_the_last_one_is_shown_while_training_goes_on(
    open_window: Opener,
) -> None:
    window = open_window(Recipe(epochs=0), speed=None)
    window.runner.play()
    window.wait_for_epoch(500)
    for epoch in (*range(1, 400, 7), 333):
        window.runner.want(Want(position=Position(epoch)))
    update = window.wait_for(lambda update: epoch_of(update) == 333 and update.share_found is None)
    assert update.is_playing
    assert same_frame(update.frames[0], trained(Recipe(epochs=0), 333))
    first = update.frames[0].live
    update = window.wait_for(lambda update: update.frames[0].live > first)
    assert epoch_of(update) == 333
    window.runner.want(Want())
    window.wait_for(lambda update: not update.frames[0].is_past)


def test_while_a_past_state_is_computed_the_nearest_one_is_shown_and_how_far_it_is(
    open_window: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shown_module, "SLICE_SECONDS", 0.0)
    monkeypatch.setattr(shown_module, "WORD_SECONDS", 0.0)
    window = open_window(Recipe(epochs=300), speed=None)
    window.runner.play()
    window.wait_for_rest()
    before = len(window.updates)
    window.runner.want(Want(position=Position(125)))
    window.wait_for(lambda update: epoch_of(update) == 125)
    updates = window.updates[before:]
    assert [epoch_of(update) for update in updates[:-1]] == [128] * (len(updates) - 1)
    shares = [share for update in updates[:-1] if (share := update.share_found) is not None]
    assert shares == sorted(shares)
    assert (len(shares), shares[0]) == (len(updates) - 1, 0.0)
    assert updates[-1].share_found is None


# Trouble


def fail(*_: object, **__: object) -> Any:
    raise RuntimeError("the dog ate it")


def test_an_exception_while_playing_reaches_the_screen_and_the_thread_lives_on(
    open_window: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_window(speed=20.0)
    window.runner.play()
    window.wait_for_epoch(1)
    with monkeypatch.context() as patch:
        patch.setattr(Training, "run_past", fail)
        update = window.wait_for(lambda update: bool(update.error))
        assert update.error == "Training stopped: RuntimeError: the dog ate it"
        assert not update.is_playing
        assert len(update.frames) == 1
    after = window.run_epoch()
    assert after.error == ""
    assert same_frame(after.frames[0], trained(Recipe(), epoch_of(after)))
    window.runner.play()
    window.wait_for(lambda update: update.is_playing)


def test_an_exception_in_an_order_reaches_the_screen_and_later_orders_are_served(
    open_window: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_window()
    with monkeypatch.context() as patch:
        patch.setattr(Training, "run_past", fail)
        window.runner.run_epoch()
        assert "the dog ate it" in window.wait_for(lambda update: bool(update.error)).error
    assert epoch_of(window.run_epoch()) == 1


def test_an_exception_while_capturing_does_not_come_back_for_ever(
    open_window: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[None] = []

    def counting_fail(*_: object) -> Any:
        calls.append(None)
        fail()

    window = open_window()
    with monkeypatch.context() as patch:
        patch.setattr(shown_module, "capture", counting_fail)
        window.runner.play()
        window.wait_for(lambda update: bool(update.error))
        assert len(calls) == 1
    assert window.run_epoch().error == ""


@pytest.mark.parametrize("changed", [Recipe(hidden=(3,)), Recipe(loss="mean_squared_error")])
def test_a_change_that_fails_keeps_the_old_run(
    open_window: Opener, monkeypatch: pytest.MonkeyPatch, changed: Recipe
) -> None:
    window = open_window()
    window.run_epoch()
    before = window.run_epoch().frames[0].run_number
    with monkeypatch.context() as patch:
        patch.setattr(made, "start_training", fail)
        window.runner.change((changed,))
        update = window.wait_for(lambda update: bool(update.error))
    frame = update.frames[0]
    assert (frame.recipe, frame.epoch, frame.run_number) == (Recipe(epochs=0), 2, before)
    after = window.run_epoch().frames[0]
    assert after.run_number == before
    assert same_frame(after, trained(Recipe(), 3))


def test_a_first_run_that_fails_leaves_a_runner_that_takes_another_recipe(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(made, "start_training", fail)
        window = Window((Recipe(),), None)
        update = window.wait_for(lambda update: bool(update.error))
        assert update.frames == ()
    window.runner.change((Recipe(hidden=(2,)),))
    assert window.wait_for_epoch(0).frames[0].recipe.hidden == (2,)
    assert window.runner.stop()


def test_a_speed_that_makes_no_sense_does_not_end_the_thread(open_window: Opener) -> None:
    window = open_window()
    window.runner.set_speed(0.0)
    window.runner.play()
    window.wait_for(lambda update: bool(update.error))
    window.runner.set_speed(None)
    window.runner.play()
    window.wait_for_epoch(10)


# The wake protocol


def test_while_nothing_runs_every_order_wakes_the_window_once(open_window: Opener) -> None:
    window = open_window()
    wakes: list[None] = []
    inner = window._woken.set
    window.runner._wake = lambda: (wakes.append(None), inner())[1]
    for _ in range(5):
        window.run_epoch()
    assert len(wakes) == 5


@pytest.mark.thorough
def test_while_it_runs_it_wakes_the_window_sixty_times_a_second_at_most(
    open_window: Opener,
) -> None:
    window = open_window()
    started = time.perf_counter()
    window.runner.play()
    window.wait_for(lambda _: len(window.updates) > 30)
    assert time.perf_counter() - started > 28 / 60


@pytest.mark.thorough
def test_while_an_update_is_being_shown_the_trainer_rests_but_not_for_ever(
    open_window: Opener, wait_until: Callable[..., bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runner_module, "SHOWING_SECONDS", 0.3)
    window = open_window()
    trainer = window.runner._trainer
    sent: list[float] = []
    monkeypatch.setattr(window.runner, "_wake", lambda: sent.append(time.perf_counter()))
    window.runner.play()
    assert wait_until(lambda: bool(sent))
    epoch = trainer._runs[0].training.epoch
    assert wait_until(lambda: trainer._runs[0].training.epoch > epoch)
    assert time.perf_counter() - sent[0] >= 0.29
    # Nobody has taken the update: there is no second one, and training goes on.
    epoch = trainer._runs[0].training.epoch
    assert wait_until(lambda: trainer._runs[0].training.epoch > epoch + 1000)
    assert len(sent) == 1


def test_what_has_been_shown_lets_the_trainer_go_on_at_once(
    open_window: Opener, wait_until: Callable[..., bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runner_module, "SHOWING_SECONDS", 30.0)
    window = open_window()
    window.runner.play()
    window.wait_for_epoch(3000)
    assert window.runner.stop()


@pytest.mark.thorough
@pytest.mark.parametrize("seed", range(6))
def test_whatever_the_orders_the_final_state_always_arrives(open_window: Opener, seed: int) -> None:
    rng = np.random.default_rng(seed)
    window = open_window(Recipe(epochs=60))
    runner = window.runner
    rates = [Recipe(epochs=60, learning_rate=rate) for rate in (0.1, 0.3, 1.0)]
    orders: list[Callable[[], None]] = [
        runner.play,
        runner.pause,
        runner.run_epoch,
        runner.reset,
        *(lambda recipe=recipe: runner.change((recipe,)) for recipe in rates),
        lambda: runner.want(Want(Box(0.0, 0.0, *rng.random(2).tolist()))),
        lambda: runner.set_speed(rng.choice([30.0, 1000.0])),
        lambda: runner.set_speed(None),
    ]
    for last_box in range(1, 16):
        for index in rng.integers(0, len(orders), rng.integers(1, 12)):
            orders[index]()
            if rng.random() < 0.3:
                window.wait_for(lambda update: True)
                if not window.last.is_playing:
                    break
        final = Box(0.0, 0.0, 1.0, float(last_box))  # a mark by which the last order is known
        runner.want(Want(final))
        runner.pause()
        update = window.wait_for(
            lambda update, final=final: (
                not update.is_playing and update.frames[0].surface_box == final
            )
        )
        trainer = runner._trainer
        assert same_frame(update.frames[0], trainer._runs[0].training)
        assert update.frames[0].recipe == trainer._runs[0].recipe
        assert runner.take() is None


# The end


def seconds_to_stop(window: Window) -> float:
    started = time.perf_counter()
    assert window.runner.stop(PATIENCE)
    return time.perf_counter() - started


def playing(recipe: Recipe, speed: float | None = None) -> Window:
    window = Window((recipe,), speed)
    window.runner.play()
    window.wait_for_epoch(1)
    return window


# The best of three, since a busy machine can take any one of them away for a second.
@pytest.mark.parametrize("recipe", [Recipe(epochs=0), Recipe(epochs=0, hidden=(64,) * 6)])
def test_stop_ends_the_thread_in_less_than_a_second_at_full_speed(recipe: Recipe) -> None:
    assert min(seconds_to_stop(playing(recipe)) for _ in range(3)) < 1.0


def test_stop_ends_a_thread_that_waits_for_the_next_epoch() -> None:
    assert min(seconds_to_stop(playing(Recipe(), 0.001)) for _ in range(3)) < 1.0


def test_stop_ends_a_thread_that_rests() -> None:
    assert min(seconds_to_stop(Window((Recipe(),), None)) for _ in range(3)) < 1.0


@pytest.mark.thorough
def test_a_much_larger_network_does_not_inherit_the_burst_of_a_small_one() -> None:
    large = Recipe(epochs=0, dataset="linear", samples=5000, hidden=(64, 64))

    def first_epoch_shown() -> int:
        window = playing(Recipe(epochs=0, hidden=()))
        window.wait_for_epoch(20_000)  # by now it takes hundreds of epochs at once
        window.runner.change((large,))
        update = window.wait_for(lambda update: update.frames[0].recipe == large)
        assert window.runner.stop(PATIENCE)
        return epoch_of(update)

    assert min(first_epoch_shown() for _ in range(3)) < 30


@pytest.mark.thorough
def test_a_screen_that_is_slow_leaves_time_to_train() -> None:
    woken = threading.Event()
    runner = Runner((Recipe(epochs=0),), woken.set, None)
    runner.play()
    times: list[float] = []
    while len(times) < 30:
        assert woken.wait(PATIENCE)
        woken.clear()
        if runner.take() is not None:  # it never says that it has shown it
            times.append(time.perf_counter())
    assert runner.stop(PATIENCE)
    # The trainer waits for the screen, and then trains for a quarter of that time.
    assert np.median(np.diff(times)) > 1.15 * SHOWING_SECONDS


def test_orders_after_the_stop_do_nothing(open_window: Opener) -> None:
    window = open_window()
    assert window.runner.stop()
    window.runner.play()
    window.runner.run_epoch()
    assert window.runner.take() is None
    assert window.runner.stop()


def test_steps_that_come_faster_than_they_are_done_are_shown_one_by_one(
    open_window: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_window()
    shown: list[int] = []
    all_asked = threading.Event()

    def slow_capture(run: Run, want: Want) -> Frame:
        assert all_asked.wait(PATIENCE)
        shown.append(run.training.epoch)
        return capture(run, want)

    monkeypatch.setattr("mlpviz.experiment.run.shown.capture", slow_capture)
    for _ in range(5):
        window.runner.run_epoch()
    all_asked.set()
    window.wait_for_epoch(5)
    assert shown == [1, 2, 3, 4, 5]


def test_nothing_is_sent_after_the_end(open_window: Opener) -> None:
    window = open_window()
    window.runner.play()
    window.wait_for_epoch(1)
    assert window.runner.stop()
    window.runner.take()
    window.runner._send()
    assert window.runner.take() is None


# In the middle of a slow epoch

# An epoch of 100 000 steps takes a quarter of a minute.
SLOW = Recipe(dataset="linear", samples=100_000, batch_size=1, epochs=0)


@pytest.fixture
def in_an_epoch(open_window: Opener, wait_until: Callable[..., bool]) -> Window:
    """Return a window whose trainer is in the middle of an epoch that takes long."""
    window = open_window(SLOW)
    window.runner.play()
    trainer = window.runner._trainer
    assert wait_until(lambda: math.isfinite(trainer.speaks_at), PATIENCE)
    return window


def test_a_pause_in_the_middle_of_an_epoch_is_answered_there(in_an_epoch: Window) -> None:
    window = in_an_epoch
    update = window.pause()
    assert update.is_held
    assert update.is_under_way
    assert same_frame(update.frames[0], start_training(SLOW))
    assert message_for(update).text == "Paused in the middle of epoch 1. Play completes it."
    box = Box(-2.0, -1.0, 3.0, 4.0)
    window.runner.want(Want(box))
    update = window.wait_for(lambda update: update.frames[0].surface_box == box)
    assert update.is_held
    assert epoch_of(update) == 0


def test_a_change_in_the_middle_of_an_epoch_is_answered_there(in_an_epoch: Window) -> None:
    window = in_an_epoch
    changed = replace(SLOW, learning_rate=0.1)
    window.runner.change((changed,))
    update = window.wait_for(lambda update: update.frames[0].recipe == changed)
    assert epoch_of(update) == 0
    window.runner.change((Recipe(epochs=0),))
    update = window.wait_for(lambda update: update.frames[0].recipe == Recipe(epochs=0))
    assert update.is_playing
    window.wait_for_epoch(20)


@pytest.mark.thorough
def test_an_epoch_that_takes_longer_than_a_second_is_spoken_of(in_an_epoch: Window) -> None:
    window = in_an_epoch
    update = window.wait_for(lambda update: update.is_under_way)
    assert (update.is_playing, epoch_of(update)) == (True, 0)
    assert message_for(update).text == "Epoch 1 is under way."


def test_the_end_in_the_middle_of_an_epoch_does_not_wait_for_it(in_an_epoch: Window) -> None:
    assert in_an_epoch.runner.stop()  # within two seconds, not a quarter of a minute
    assert in_an_epoch.runner._trainer._runs[0].training.epoch == 0


def test_the_end_while_an_epoch_is_held_does_not_wait_for_ever(in_an_epoch: Window) -> None:
    in_an_epoch.pause()
    assert in_an_epoch.runner.stop()


def test_frames_keep_in_step_with_the_screen_and_after_a_delay_do_not_come_in_haste(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """After a stall of ten seconds one frame is overdue, and not six hundred."""
    window = Window((Recipe(),), None)
    window.wait_for_epoch(0)
    assert window.runner.stop()
    runner = window.runner
    runner._has_stopped = False  # to send by hand, at times that the test sets
    now = [1000.0]
    clock = SimpleNamespace(perf_counter=lambda: now[0])
    monkeypatch.setattr(runner_module, "time", clock)
    runner._next_frame = 1000.0
    due = []
    for delay in (0.001, 0.002, 0.0, 10.0, 0.0, 0.001):
        now[0] = max(now[0], runner._next_frame) + delay
        runner._send()
        due.append((runner._next_frame - now[0]) * 60.0)
    on_time = [1.0 - delay * 60.0 for delay in (0.001, 0.002, 0.0)]
    assert due == pytest.approx([*on_time, 0.0, 1.0, 1.0 - 0.06])


@pytest.mark.thorough
def test_a_pause_behind_orders_that_a_new_run_brings_anyway_does_not_wait_for_it(
    open_window: Opener,
) -> None:
    """The runs are so large that each takes seconds to make."""
    large = Recipe(dataset="linear", samples=100_000, hidden=(64,) * 6, epochs=0)
    window = open_window(Recipe(epochs=0))
    before = window.frame.run_number
    window.runner.play()
    window.wait_for(lambda update: update.is_playing)
    window.runner.change((large,))
    window.runner.edit(before, ((0, 1.0),))
    window.runner.reset()
    window.runner.pause()
    update = window.wait_for_rest()
    assert update.frames[0].run_number == before  # the large one is still being made
    window.runner.change((Recipe(epochs=0),))
    update = window.wait_for(lambda update: update.frames[0].run_number != before)
    assert (update.frames[0].recipe, update.is_playing) == (Recipe(epochs=0), False)
