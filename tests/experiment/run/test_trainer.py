"""The trainer in the middle of something slow: what is obeyed there, and what ends it."""

from dataclasses import replace
from itertools import count
from types import SimpleNamespace

import numpy as np
import pytest
from past_runs import record_of

import mlpviz.engine
from mlpviz.engine import minibatches
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run import shown as shown_module
from mlpviz.experiment.run import trainer as trainer_module
from mlpviz.experiment.run.capture import capture
from mlpviz.experiment.run.frame import Frame
from mlpviz.experiment.run.grids import Box
from mlpviz.experiment.run.interruption import Answer, Interrupted
from mlpviz.experiment.run.orders import (
    Branch,
    BranchOf,
    ChangeRecipes,
    Edit,
    Kept,
    Order,
    Pause,
    Play,
    Reset,
    Restore,
    RunEpoch,
    SetSpeed,
    ShowWanted,
)
from mlpviz.experiment.run.record import Position, Record
from mlpviz.experiment.run.retracing import HEEDED_EPOCHS
from mlpviz.experiment.run.run import Run
from mlpviz.experiment.run.symptoms import Symptom
from mlpviz.experiment.run.trainer import Trainer
from mlpviz.experiment.run.want import Want

BOX = Box(-2.0, -1.0, 3.0, 4.0)
FREE = Recipe(epochs=0)
RECIPES = {
    "plain": FREE,
    "adam, with a test set": replace(FREE, optimizer="adam", train_share=0.7),
    "mini-batches": replace(FREE, optimizer="momentum", batch_size=4, regularization="l2"),
    "classes": replace(FREE, dataset="gaussians", classes=4, output_activation="softmax"),
}

# Whose loss and weights overflow after some epochs.
BREAKING = replace(
    FREE,
    dataset="linear",
    hidden_activation="identity",
    output_activation="identity",
    loss="mean_squared_error",
    learning_rate=2.0,
)


@pytest.fixture(autouse=True)
def everything_is_slow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the smallest network be asked between any two calls, as a large one is."""
    monkeypatch.setattr(mlpviz.engine, "SLOW_PRODUCTS", 0)
    monkeypatch.setattr(minibatches, "MANY_STEPS", 0)


class Scene:
    """A trainer, and orders that come at the n-th time at which it heeds."""

    def __init__(self, *recipes: Recipe) -> None:
        self.trainer = Trainer(None, self._heed)
        self.answers: list[Answer] = []
        self.heeded = 0
        self.shares: list[float] = []  # known of runs on the way whenever it heeds
        self._orders: dict[int, tuple[Order, ...]] = {}
        self.trainer.obey(ChangeRecipes(recipes))
        self.trainer.capture()

    @property
    def runs(self) -> list[Run]:
        return self.trainer._runs

    def at(self, place: int, *orders: Order) -> None:
        self.heeded, self._orders = 0, {place: orders}

    def epoch(self, order: Order | None = None) -> None:
        """Train for one epoch, or to where it is interrupted."""
        self.trainer.obey(order or RunEpoch())
        self.trainer.burst(0.0)

    def look(self, *wants: Want) -> tuple[Frame, ...]:
        """Look at what is wanted until all of it is there."""
        self.trainer.obey(ShowWanted(wants))
        self.trainer.capture()
        self.search()
        self.trainer.capture()
        return self.trainer.frames

    def search(self) -> None:
        """Compute the past state that is wanted, to its end."""
        while self.trainer.share_found is not None:
            self.trainer.burst(0.0)

    def shares_of(self, order: Order) -> list[float]:
        """Return how far runs that an order brings were known to be on the way."""
        self.shares.clear()
        self.trainer.obey(order)
        return list(self.shares)

    def _heed(self) -> None:
        self.heeded += 1
        if self.trainer.on_the_way is not None:
            self.shares.append(self.trainer.on_the_way.share)
        for order in self._orders.get(self.heeded, ()):
            self.answers.append(self.trainer.obey_midway(order))
            if self.answers[-1] is Answer.INTERRUPTS:
                raise Interrupted


def places(recipe: Recipe, epochs: int = 2) -> list[int]:
    """Return places of one epoch at which it heeds, the one after so many: a dozen, or all."""
    scene = Scene(recipe)
    for _ in range(epochs):
        scene.epoch()
    scene.heeded = 0
    scene.epoch()
    assert scene.heeded > 3
    return np.unique(np.linspace(1, scene.heeded, 12, dtype=int)).tolist()


def assert_is(run: Run, expected: Run) -> None:
    """See that a run is another, to the bit, and with the same history."""
    assert run.training.epoch == expected.training.epoch
    assert run.training.state().tobytes() == expected.training.state().tobytes()
    assert np.array_equal(run.training.loss, expected.training.loss, equal_nan=True)
    ours, theirs = run.history.curve(), expected.history.curve()
    assert ours.low.tobytes() == theirs.low.tobytes()
    ours_test, theirs_test = run.history.test_curve(), expected.history.test_curve()
    assert (ours_test is None) == (theirs_test is None)
    if ours_test is not None and theirs_test is not None:
        assert ours_test.low.tobytes() == theirs_test.low.tobytes()


def undisturbed(recipe: Recipe, epochs: int) -> Run:
    run = Run(recipe)
    run.advance(epochs)
    return run


def assert_shows(frame: Frame, run: Run, box: Box | None = None) -> None:
    """See that a frame is one taken of a run that nobody disturbed."""
    expected = capture(run, Want(box))
    assert np.array_equal(frame.loss, expected.loss, equal_nan=True)
    for name in ("epoch", "recipe", "box", "surface_box"):
        assert getattr(frame, name) == getattr(expected, name), name
    for name in ("parameters", "predictions", "sample_losses", "surface"):
        assert getattr(frame, name).tobytes() == getattr(expected, name).tobytes(), name


@pytest.mark.parametrize("recipe", RECIPES.values(), ids=RECIPES)
def test_an_epoch_that_is_held_anywhere_and_completed_is_the_same_to_the_bit(
    recipe: Recipe,
) -> None:
    for place in places(recipe):
        scene = Scene(recipe)
        scene.epoch()
        scene.epoch()
        scene.at(place, Pause(), ShowWanted((Want(BOX),)), Play())
        scene.epoch()
        assert scene.answers == [Answer.OBEYED] * 3
        assert_is(scene.runs[0], undisturbed(recipe, 3))
        scene.epoch()
        assert_is(scene.runs[0], undisturbed(recipe, 4))


@pytest.mark.parametrize("recipe", RECIPES.values(), ids=RECIPES)
def test_a_change_anywhere_in_an_epoch_restores_the_state_that_it_began_with(
    recipe: Recipe,
) -> None:
    changed = replace(recipe, learning_rate=0.25)
    expected = undisturbed(recipe, 2)
    expected.change(changed)
    expected.advance(3)
    for place in places(recipe):
        scene = Scene(recipe)
        scene.epoch()
        scene.epoch()
        scene.trainer.capture()
        scene.at(place, ChangeRecipes((changed,)))
        with pytest.raises(Interrupted):
            scene.epoch()
        assert_is(scene.runs[0], undisturbed(recipe, 2))
        scene.trainer.obey(ChangeRecipes((changed,)))
        assert scene.trainer.seconds_to_next_burst(0.0) is None  # the step is dropped too
        scene.trainer.capture()
        frame = scene.trainer.frames[0]
        assert (frame.recipe, frame.changes[-1].epoch) == (changed, 2)
        for _ in range(3):
            scene.epoch()
        assert_is(scene.runs[0], expected)


def test_what_plays_plays_on_after_a_change_in_the_middle_of_an_epoch() -> None:
    changed = replace(FREE, learning_rate=0.25)
    scene = Scene(FREE)
    scene.at(7, ChangeRecipes((changed,)))
    with pytest.raises(Interrupted):
        scene.epoch(Play())
    scene.trainer.obey(ChangeRecipes((changed,)))
    assert scene.trainer.is_playing
    scene.trainer.burst(0.0)
    assert_is(scene.runs[0], undisturbed(changed, 1))


@pytest.mark.thorough
def test_two_runs_stay_in_lockstep_wherever_the_second_is_interrupted() -> None:
    recipes = (FREE, replace(FREE, hidden=(3,), train_share=0.5))
    changed = (recipes[0], replace(recipes[1], learning_rate=0.5))
    expected = [undisturbed(recipe, 1) for recipe in recipes]
    expected[1].change(changed[1])
    for run in expected:
        run.advance(2)
    scene = Scene(*recipes)
    scene.epoch()
    scene.heeded = 0
    scene.epoch()
    for place in range(1, scene.heeded + 1):
        scene = Scene(*recipes)
        scene.epoch()
        scene.at(place, ChangeRecipes(changed))
        with pytest.raises(Interrupted):
            scene.epoch()
        assert [run.training.epoch for run in scene.runs] == [1, 1]
        scene.trainer.obey(ChangeRecipes(changed))
        scene.epoch()
        scene.epoch()
        for run, other in zip(scene.runs, expected, strict=True):
            assert_is(run, other)


def test_an_edit_in_the_middle_of_an_epoch_is_one_of_the_state_that_it_began_with() -> None:
    scene = Scene(FREE)
    scene.epoch()
    edit = Edit(scene.runs[0].number, ((0, 2.5),))
    scene.at(9, edit)
    with pytest.raises(Interrupted):
        scene.epoch()
    scene.trainer.obey(edit)
    scene.epoch()
    expected = undisturbed(FREE, 1)
    expected.edit(edit.edits)
    expected.advance(1)
    assert_is(scene.runs[0], expected)
    assert [(change.epoch, change.edits) for change in scene.runs[0].changes] == [(1, edit.edits)]


@pytest.mark.parametrize(
    "order",
    [
        ChangeRecipes((replace(FREE, epochs=50),)),
        ChangeRecipes((FREE,)),
        Edit(-1, ((0, 2.5),)),
        SetSpeed(3.0),
    ],
    ids=["other limit", "nothing else", "edit of a run that is gone", "speed"],
)
def test_what_alters_no_state_does_not_end_an_epoch(order: Order) -> None:
    scene = Scene(FREE)
    scene.at(9, order)
    scene.epoch(Play())
    assert scene.answers == [Answer.OBEYED]
    assert_is(scene.runs[0], undisturbed(FREE, 1))
    if isinstance(order, ChangeRecipes):
        assert scene.runs[0].recipe == order.recipes[0]


def test_while_an_epoch_is_held_the_surface_can_be_looked_at() -> None:
    scene = Scene(FREE)
    scene.epoch()
    scene.trainer.capture()
    scene.at(9, Pause(), ShowWanted((Want(BOX),)))
    before = undisturbed(FREE, 1)
    seen: list[tuple[bool, Frame]] = []
    obey_midway = scene.trainer.obey_midway

    def watching(order: Order) -> Answer:
        answer = obey_midway(order)
        seen.append((scene.trainer.is_held, scene.trainer.frames[0]))
        return answer

    scene.trainer.obey_midway = watching  # type: ignore[method-assign]  # to look on from inside
    scene.epoch()
    assert [is_held for is_held, _ in seen] == [True, True]
    assert_shows(seen[0][1], before)
    assert_shows(seen[1][1], before, BOX)


def wanted(position: Position | None) -> ShowWanted:
    return ShowWanted((Want(position=position),))


def test_while_the_past_is_looked_at_training_goes_on_and_its_curve_grows() -> None:
    scene = Scene(FREE)
    for _ in range(5):
        scene.epoch()
    assert_shows(scene.look(Want(position=Position(2)))[0], undisturbed(FREE, 2))
    scene.epoch()
    scene.trainer.capture()
    frame = scene.trainer.frames[0]
    assert_shows(frame, undisturbed(FREE, 2))
    assert len(frame.curve.low) == 7
    scene.trainer.obey(wanted(None))
    scene.trainer.capture()
    assert_shows(scene.trainer.frames[0], undisturbed(FREE, 6))


def test_a_position_that_the_run_does_not_have_is_that_of_the_present_state() -> None:
    scene = Scene(FREE)
    scene.epoch()
    for position in (Position(9), Position(1, 3)):
        scene.trainer.obey(wanted(position))
        scene.trainer.capture()
        assert scene.trainer.frames[0].position == Position(1, 0)


def test_each_of_two_runs_shows_what_is_wanted_of_it() -> None:
    scene = Scene(FREE, replace(FREE, hidden=(3,)))
    for _ in range(3):
        scene.epoch()
    first, second = scene.look(Want(position=Position(1)), Want(unit=(1, 2)))
    assert (first.epoch, first.unit) == (1, None)
    assert (second.epoch, second.unit) == (3, (1, 2))


@pytest.mark.parametrize("order", [Reset(), ChangeRecipes((replace(FREE, hidden=(3,)),))])
def test_a_new_run_shows_its_present_state(order: Order) -> None:
    scene = Scene(FREE)
    for _ in range(3):
        scene.epoch()
    scene.trainer.obey(wanted(Position(1)))
    scene.trainer.obey(order)
    for _ in range(3):
        scene.epoch()
    scene.trainer.capture()
    assert scene.trainer.frames[0].epoch == 3


def test_who_looks_back_in_the_middle_of_an_epoch_sees_the_past_at_once() -> None:
    scene = Scene(FREE)
    for _ in range(3):
        scene.epoch()
    scene.at(5, Pause(), wanted(Position(1)))
    with pytest.raises(Interrupted):
        scene.epoch()
    assert scene.answers == [Answer.OBEYED, Answer.INTERRUPTS]
    assert_shows(scene.look(Want(position=Position(1)))[0], undisturbed(FREE, 1))
    scene.epoch()
    assert_is(scene.runs[0], undisturbed(FREE, 4))


@pytest.mark.parametrize("recipe", RECIPES.values(), ids=RECIPES)
def test_the_next_wish_ends_a_search_in_the_middle_of_an_epoch_and_leaves_no_trace(
    recipe: Recipe, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shown_module, "SLICE_SECONDS", 0.0)  # an epoch of the past in each turn
    for place in places(recipe)[::3]:
        scene = Scene(recipe)
        for _ in range(9):
            scene.epoch()
        scene.trainer.obey(wanted(Position(7)))
        scene.trainer.capture()
        for _ in range(2):
            scene.trainer.burst(0.0)
        scene.at(place, wanted(Position(5)))
        with pytest.raises(Interrupted):
            scene.search()
        assert scene.answers == [Answer.INTERRUPTS]
        for epoch in (7, 2, 5):
            assert_shows(scene.look(Want(position=Position(epoch)))[0], undisturbed(recipe, epoch))
        assert_is(scene.runs[0], undisturbed(recipe, 9))


def test_who_plays_in_the_middle_of_a_search_trains_and_finds(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(shown_module, "SLICE_SECONDS", 0.0)
    scene = Scene(FREE)
    for _ in range(9):
        scene.epoch()
    scene.trainer.obey(wanted(Position(7)))
    scene.trainer.capture()
    scene.at(5, Play())
    scene.search()
    scene.trainer.capture()
    assert scene.answers == [Answer.OBEYED]
    assert scene.runs[0].training.epoch > 9
    assert_shows(scene.trainer.frames[0], undisturbed(FREE, 7))


def test_a_step_ordered_in_the_middle_of_an_epoch_completes_it_and_rests() -> None:
    scene = Scene(FREE)
    scene.at(5, RunEpoch())
    scene.epoch(Play())
    assert scene.runs[0].training.epoch == 1
    assert not scene.trainer.is_playing
    assert scene.trainer.seconds_to_next_burst(0.0) is None


def test_every_step_ordered_while_one_is_under_way_is_an_epoch_more() -> None:
    scene = Scene(FREE)
    scene.at(5, RunEpoch(), RunEpoch())
    scene.epoch()
    while scene.trainer.seconds_to_next_burst(0.0) == 0.0:
        scene.trainer.burst(0.0)
    assert scene.runs[0].training.epoch == 3


@pytest.mark.parametrize("order", [Reset(), ChangeRecipes((replace(FREE, hidden=(3,)),))])
def test_a_new_run_is_made_at_once_in_the_middle_of_an_epoch(order: Order) -> None:
    scene = Scene(FREE)
    scene.epoch()
    gone = scene.runs[0].number
    scene.at(5, order)
    with pytest.raises(Interrupted):
        scene.epoch(Play())
    scene.trainer.obey(order)
    assert scene.runs[0].number != gone
    assert_is(scene.runs[0], undisturbed(scene.runs[0].recipe, 0))
    ghost = scene.runs[0].ghost
    assert ghost is not None
    assert len(ghost.low) == 2  # of two states: the unfinished epoch has left no loss


@pytest.mark.parametrize("last", [FREE, replace(FREE, dataset="linear")], ids=["as before", "new"])
def test_a_run_that_is_being_made_gives_way_to_the_next_and_that_begins_anew(last: Recipe) -> None:
    scene = Scene(FREE)
    scene.epoch()
    old = scene.runs[0]
    scene.at(3, Pause(), Reset(), ChangeRecipes((last,)))
    with pytest.raises(Interrupted):
        scene.trainer.obey(ChangeRecipes((replace(FREE, hidden=(5,)),)))
    assert scene.answers == [Answer.OBEYED, Answer.WAITS, Answer.INTERRUPTS]
    assert scene.runs == [old]
    scene.trainer.obey(ChangeRecipes((last,)))
    assert scene.runs != [old]
    assert_is(scene.runs[0], undisturbed(last, 0))


def test_an_explanation_that_is_interrupted_is_given_all_the_same() -> None:
    recipe = BREAKING
    scene = Scene(recipe)
    for _ in range(40):
        scene.epoch()
    expected = undisturbed(recipe, 40).divergence()
    assert expected is not None
    changed = ChangeRecipes((replace(recipe, learning_rate=0.5),))
    scene.at(20, ShowWanted((Want(BOX),)), changed)
    with pytest.raises(Interrupted):
        scene.trainer.capture()
    assert scene.answers == [Answer.OBEYED, Answer.INTERRUPTS]
    scene.trainer.obey(changed)
    assert scene.trainer.has_news
    scene.trainer.capture()
    frame = scene.trainer.frames[0]
    assert (frame.diagnosis, frame.surface_box, frame.epoch) == (expected, BOX, 40)
    assert frame.recipe == changed.recipes[0]


def test_who_looks_elsewhere_while_a_frame_is_taken_gets_that_frame_with_what_he_looks_at() -> None:
    scene = Scene(BREAKING)
    for _ in range(40):
        scene.epoch()
    scene.at(20, ShowWanted((Want(BOX),)))
    scene.trainer.capture()
    assert scene.answers == [Answer.OBEYED]
    assert_shows(scene.trainer.frames[0], undisturbed(BREAKING, 40), BOX)


def test_a_symptom_is_found_all_the_same_where_epochs_are_interrupted() -> None:
    recipe = replace(FREE, dataset="linear", hidden=(8, 8), hidden_activation="relu")
    dead = replace(recipe, start=(-1.0,) * 105)
    expected = undisturbed(dead, 30).diagnosis()
    assert isinstance(expected, Symptom)
    scene = Scene(dead)
    scene.at(2, Edit(scene.runs[0].number, ((0, -1.0),)))
    with pytest.raises(Interrupted):
        scene.epoch()
    while scene.runs[0].training.epoch < 30:
        scene.epoch()
    scene.trainer.capture()
    assert scene.trainer.frames[0].diagnosis == expected


def test_epochs_that_are_computed_again_are_interrupted_on_the_way_however_quick_each_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.undo()
    scene = Scene(FREE)
    run = scene.runs[0]
    run.advance(63)
    scene.heeded = 0
    run.training_at(63)
    assert scene.heeded >= 63 // HEEDED_EPOCHS


def test_a_burst_counts_the_epochs_that_it_trained_when_they_became_slow(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(mlpviz.engine, "SLOW_PRODUCTS", 10_000_000)
    ticks = count()  # a machine on which nothing takes longer than the trainer expects
    clock = SimpleNamespace(perf_counter=lambda: 1e-6 * next(ticks))
    monkeypatch.setattr(trainer_module, "time", clock)
    monkeypatch.setattr(trainer_module, "work_seconds", clock.perf_counter)
    fast = replace(FREE, dataset="linear")
    scene = Scene(fast)
    scene.trainer.obey(SetSpeed(1e6))
    scene.trainer.obey(Play())
    for _ in range(8):
        scene.trainer.burst(60.0)
    assert scene.trainer._burst._epochs > 1
    scene.trainer.obey(ChangeRecipes((replace(fast, batch_size=1),)))
    assert scene.trainer.is_slow
    scene.trainer.burst(60.0)
    run = scene.runs[0]
    assert scene.trainer._pace._spent in (0, run.training.epoch)  # 0: it started counting anew


def test_an_epoch_that_breaks_the_weights_can_be_interrupted_too() -> None:
    recipe = BREAKING
    calm = undisturbed(recipe, 0)
    while calm.training.first_nonfinite_weight_epoch is None:
        calm.advance(1)
    last = calm.training.epoch - 1
    changed = replace(recipe, learning_rate=0.5)
    for place in places(recipe, last):
        scene = Scene(recipe)
        for _ in range(last):
            scene.epoch()
        scene.at(place, ChangeRecipes((changed,)))
        with pytest.raises(Interrupted):
            scene.epoch()
        assert scene.runs[0].training.first_nonfinite_weight_epoch is None
        scene.epoch()
        assert_is(scene.runs[0], calm)
        assert scene.runs[0].training.first_nonfinite_weight_epoch == last + 1


def test_an_epoch_that_fails_leaves_the_state_before_it(monkeypatch: pytest.MonkeyPatch) -> None:
    scene = Scene(FREE)
    scene.epoch()

    def fail(*_: object) -> None:
        raise RuntimeError("the dog ate it")

    with monkeypatch.context() as patch:
        patch.setattr(scene.runs[0].training, "_note_loss", fail)
        with pytest.raises(RuntimeError):
            scene.epoch()
    assert_is(scene.runs[0], undisturbed(FREE, 1))
    scene.epoch()
    assert_is(scene.runs[0], undisturbed(FREE, 2))


def test_small_epochs_are_not_asked_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    scene = Scene(FREE)
    scene.heeded = 0
    scene.epoch()
    assert scene.heeded == 0


def test_a_run_comes_back_with_its_number_at_its_epoch_and_goes_on_as_it_would_have() -> None:
    scene = Scene(replace(FREE, optimizer="adam"))
    trainer = scene.trainer
    for _ in range(3):
        scene.epoch()
    trainer.capture()
    (before,) = trainer.frames
    kept = Kept(
        Record(before.start_recipe, before.changes, before.epoch, before.recipe.epochs),
        before.run_number,
    )
    trainer.obey(Reset())
    slower = replace(before.recipe, learning_rate=0.125)
    trainer.obey(Restore((kept,), (slower,)))
    trainer.capture()
    (after,) = trainer.frames
    assert (after.run_number, after.epoch) == (before.run_number, 3)
    assert after.recipe == slower
    np.testing.assert_array_equal(after.parameters, before.parameters)
    assert trainer.on_the_way is None


def test_while_a_run_comes_back_it_is_known_how_far_it_is() -> None:
    scene = Scene(FREE)
    told = scene.shares_of(Restore((Kept(Record(FREE, (), 40, 0)),), (FREE,)))
    assert told == sorted(told)
    assert 0.0 < told[-1] < 1.0


@pytest.mark.parametrize(("epoch", "is_at_limit"), [(4, False), (5, True), (6, False)])
def test_a_run_comes_back_at_its_limit_or_beyond_it(epoch: int, is_at_limit: bool) -> None:
    limited = replace(FREE, epochs=5)
    scene = Scene(FREE)
    scene.trainer.obey(Restore((Kept(Record(limited, (), epoch, 5)),), (limited,)))
    assert scene.trainer.is_at_limit == is_at_limit
    scene.trainer.obey(Play())
    scene.trainer.burst(0.0)
    (run,) = scene.runs
    assert run.training.epoch > epoch


def test_another_recipe_ends_the_computation_of_a_run_that_comes_back() -> None:
    scene = Scene(FREE)
    (number,) = (run.number for run in scene.runs)
    other = replace(FREE, dataset="linear")
    scene.at(5, ChangeRecipes((other,)))
    with pytest.raises(Interrupted):
        scene.trainer.obey(Restore((Kept(Record(FREE, (), 1000, 0)),), (FREE,)))
    assert [run.number for run in scene.runs] == [number]  # all is as it was
    scene.trainer.obey(ChangeRecipes((other,)))
    assert [run.recipe for run in scene.runs] == [other]


@pytest.mark.parametrize(
    "order",
    [
        Edit(77, ((3, 1.5),)),
        Reset(),
        ChangeRecipes((replace(FREE, learning_rate=0.125),)),
    ],
)
def test_what_is_meant_for_a_run_that_comes_back_waits_until_it_is_there(order: Order) -> None:
    scene = Scene(replace(FREE, dataset="linear"))
    scene.at(5, order)
    scene.trainer.obey(Restore((Kept(Record(FREE, (), 100, 0), 77),), (FREE,)))
    assert scene.answers == [Answer.WAITS]
    (run,) = scene.runs
    assert (run.number, run.training.epoch) == (77, 100)


@pytest.mark.parametrize("wanted", [Position(64), None])
def test_of_a_run_that_comes_back_the_moment_is_shown_that_is_wanted_last(
    wanted: Position | None,
) -> None:
    scene = Scene(replace(FREE, dataset="linear"))
    scene.at(5, ShowWanted((Want(position=wanted),)))
    runs = (Kept(Record(FREE, (), 100, 0), 77),)
    scene.trainer.obey(Restore(runs, (FREE,), (Position(64),)))
    scene.trainer.capture()
    (frame,) = scene.trainer.frames
    assert (frame.run_number, frame.epoch) == (77, 64 if wanted else 100)


def test_no_moment_is_awaited_of_a_run_whose_coming_back_was_ended() -> None:
    scene, other = Scene(FREE), replace(FREE, dataset="circle")
    scene.at(5, ChangeRecipes((other,)))
    with pytest.raises(Interrupted):
        scene.trainer.obey(Restore((Kept(Record(FREE, (), 1000, 0)),), (FREE,), (Position(3),)))
    scene.trainer.obey(ChangeRecipes((other,)))
    for _ in range(5):
        scene.epoch()
    scene.trainer.capture()
    assert scene.trainer.frames[0].epoch == 5


def test_runs_have_the_numbers_with_which_they_were_ordered() -> None:
    scene, other = Scene(FREE), replace(FREE, dataset="circle")
    trainer = scene.trainer
    for order, numbers in (
        (ChangeRecipes((other,), numbers=(901,)), [901]),
        (ChangeRecipes((replace(other, learning_rate=0.5),), numbers=(901,)), [901]),
        (Reset((902,)), [902]),
        (ChangeRecipes((other, other), numbers=(903, 904)), [903, 904]),
        (ChangeRecipes((other,), kept=1, numbers=(904,)), [904]),
        (Branch((BranchOf(904, Position(0), number=905),)), [905]),
        (Reset((906,)), [906]),
        (ChangeRecipes((other,), restarts=True, numbers=(907,)), [907]),
        (ChangeRecipes((other,), numbers=(908,)), [908]),  # other runs, whatever their recipes
    ):
        trainer.obey(order)
        assert [run.number for run in scene.runs] == numbers


def test_a_reset_of_a_run_that_is_being_made_waits_until_it_is_there() -> None:
    scene, other = Scene(FREE), replace(FREE, dataset="circle")
    scene.at(3, Reset((902,)))
    scene.trainer.obey(ChangeRecipes((other,), numbers=(901,)))
    assert scene.answers == [Answer.WAITS]
    assert [run.number for run in scene.runs] == [901]


def far_branch(*, number: int = 901) -> tuple[Scene, Branch]:
    """A run that has come far, and the order of a branch that has to be computed."""
    scene = Scene(FREE)
    (run,) = scene.runs
    run.advance(5000)
    run.advance(30)
    scene.trainer.capture()
    where = Position(run.history.checkpoint_before(5000)[0] - 1)
    recipe = replace(FREE, learning_rate=0.5)
    return scene, Branch((BranchOf(run.number, where, recipe, number=number),))


def test_while_a_branch_is_made_it_is_known_how_far_that_is() -> None:
    scene, order = far_branch()
    told = scene.shares_of(order)
    assert told == sorted(told)
    assert 0.0 == told[0] < told[len(told) // 2] < told[-1] == 1.0
    scene.runs[0].advance(50)
    again = scene.shares_of(Reset((902,)))
    assert again[-1] == told[-1]
    assert scene.runs[0].live.epoch == order.branches[0].position.epoch


@pytest.mark.parametrize("what", ["the run comes back", "another network", "another branch"])
def test_a_branch_that_is_being_made_gives_way_to_what_is_wanted_instead(what: str) -> None:
    scene, order = far_branch()
    (old,) = scene.runs
    instead: Order = {
        "the run comes back": Restore((Kept(record_of(old), old.number),), (FREE,)),
        "another network": ChangeRecipes((replace(FREE, hidden=(5,)),), numbers=(903,)),
        "another branch": Branch((BranchOf(old.number, Position(3), number=903),)),
    }[what]
    scene.at(5, Pause(), instead)
    scene.trainer.obey(Play())
    with pytest.raises(Interrupted):
        scene.trainer.obey(order)
    assert scene.answers == [Answer.OBEYED, Answer.INTERRUPTS]
    assert not scene.trainer.is_playing
    assert (scene.runs, old.live.epoch) == ([old], 5030)  # all is as it was
    scene.trainer.obey(instead)
    expected = {
        "the run comes back": (old.number, 5030, FREE),
        "another network": (903, 0, replace(FREE, hidden=(5,))),
        "another branch": (903, 3, FREE),
    }[what]
    (run,) = scene.runs
    assert (run.number, run.live.epoch, run.recipe) == expected


def test_what_is_meant_for_a_branch_that_is_being_made_waits_until_it_is_there() -> None:
    scene, order = far_branch()
    change = ChangeRecipes((replace(FREE, learning_rate=0.25),), numbers=(901,))
    later: tuple[Order, ...] = (change, Edit(901, ((3, 1.5),)))
    scene.at(5, *later)
    scene.trainer.obey(order)
    assert scene.answers == [Answer.WAITS] * 2
    for each in later:
        scene.trainer.obey(each)
    (run,) = scene.runs
    assert (run.number, run.recipe.learning_rate) == (901, 0.25)
    assert run.training.network.parameters[3] == 1.5
    assert run.live == Position(order.branches[0].position.epoch, 3)
