"""A past state is shown to the byte as the run went, however it was reached, and in slices."""

import itertools
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pytest
from frames import differing_fields
from past_runs import frame_at

from mlpviz.engine.optimizers import OPTIMIZERS
from mlpviz.engine.training import Training
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run import shown
from mlpviz.experiment.run.frame import Frame
from mlpviz.experiment.run.grids import Box
from mlpviz.experiment.run.orders import (
    ChangeRecipes,
    Edit,
    Order,
    Pause,
    Play,
    RunEpoch,
    ShowWanted,
)
from mlpviz.experiment.run.record import Position
from mlpviz.experiment.run.run import Run
from mlpviz.experiment.run.start import start_training, step_rule
from mlpviz.experiment.run.trainer import Trainer
from mlpviz.experiment.run.want import Want

FREE = Recipe(epochs=0)
# Two learning rates, another batch size, a freezing, and three edits, two of them at one epoch. Of
# each the place is a part of the run, and is moved off the checkpoints.
CHANGES: list[tuple[float, dict[str, Any] | tuple[tuple[int, float], ...]]] = [
    (0.1, {"learning_rate": 0.5}),
    (0.2, ((0, 0.5),)),
    (0.35, {"batch_size": 7}),
    (0.5, {"frozen": (3, 7)}),
    (0.6, ((3, 1.5), (8, 0.25))),
    (0.6, ((4, -0.5),)),
    (0.8, {"learning_rate": 0.05}),
]


class Lesson:
    """A trainer, and somebody who looks back."""

    def __init__(self, *recipes: Recipe) -> None:
        self.trainer = Trainer(None)
        self.trainer.obey(ChangeRecipes(recipes))
        self.trainer.capture()

    @property
    def frame(self) -> Frame:
        return self.trainer.frames[0]

    def train(self, epochs: int) -> None:
        for run in self.runs:
            run.advance(epochs)

    @property
    def runs(self) -> list[Run]:
        return self.trainer._runs

    def obey(self, *orders: Order) -> None:
        for order in orders:
            self.trainer.obey(order)

    def want(self, *positions: Position | None) -> None:
        self.obey(ShowWanted(tuple(Want(position=position) for position in positions)))
        self.trainer.capture()

    def turn(self) -> None:
        """Take a turn of the trainer's thread."""
        self.trainer.burst(0.0)
        if self.trainer.has_news:
            self.trainer.capture()

    def look(self, *positions: Position | None) -> Frame:
        """Look at positions until their exact states are there."""
        self.want(*positions)
        while self.trainer.share_found is not None:
            self.turn()
        return self.frame


@pytest.fixture
def everything_is_far(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave so little time to a slice that it has one epoch."""
    monkeypatch.setattr(shown, "SLICE_SECONDS", 0.0)


# Exact


@dataclass(frozen=True)
class State:
    """What a run is in a state, to the byte: parameters and memory of the optimizer, outputs."""

    state: bytes
    predictions: bytes
    loss: float


def state_of(training: Training) -> State:
    return State(training.state().tobytes(), training.predictions.tobytes(), training.loss)


def straight_run(
    recipe: Recipe, changes: list[tuple[int, Any]], looked_at: set[Position]
) -> dict[Position, State]:
    """Train straight on, by the engine alone, and note the states that are asked for."""
    training, found, applied = start_training(recipe), {}, 0
    stops = sorted({epoch for epoch, _ in looked_at} | {epoch for epoch, _ in changes})
    for epoch in stops:
        training.run(epoch - training.epoch)
        found[Position(epoch, applied)] = state_of(training)
        while applied < len(changes) and changes[applied][0] == epoch:
            recipe = make_change(training, recipe, changes[applied][1])
            applied += 1
            found[Position(epoch, applied)] = state_of(training)
    return {position: found[position] for position in looked_at}


def make_change(training: Training, recipe: Recipe, what: Any) -> Recipe:
    if isinstance(what, dict):
        recipe = replace(recipe, **what)
        training.learning_rate = recipe.learning_rate
        training.set_batch_size(recipe.batch_size)
        training.set_rule(step_rule(recipe))
        return recipe
    state = training.state()
    for index, value in what:
        state[index] = value
    training.restore(training.epoch, state)
    return recipe


def random_positions(changes: list[tuple[int, Any]], last: int, count: int) -> list[Position]:
    """Draw positions: each fourth one is at a change, before it, between two, or after it."""
    rng = np.random.default_rng(count)
    positions = []
    for i in range(count):
        epoch = changes[rng.integers(len(changes))][0] if i % 4 == 0 else int(rng.integers(last))
        least, most = (sum(at + d <= epoch for at, _ in changes) for d in (1, 0))
        positions.append(Position(epoch, int(rng.integers(least, most + 1))))
    return positions


def lived(recipe: Recipe, changes: list[tuple[int, Any]], last: int) -> Lesson:
    """Let a run be trained and changed by orders."""
    lesson = Lesson(recipe)
    for epoch, what in changes:
        lesson.train(epoch - lesson.runs[0].training.epoch)
        if isinstance(what, dict):
            recipe = replace(recipe, **what)
            lesson.obey(ChangeRecipes((recipe,)))
        else:
            lesson.obey(Edit(lesson.runs[0].number, what))
    lesson.train(last - lesson.runs[0].training.epoch)
    lesson.trainer.capture()
    return lesson


def check_positions(recipe: Recipe, last: int, count: int) -> None:
    """Look at random positions in random order, and compare each with a straight run."""
    changes = [(int(share * last), what) for share, what in CHANGES]
    lesson = lived(recipe, changes, last)
    positions = random_positions(changes, last, count)
    expected = straight_run(recipe, changes, set(positions))
    (run,) = lesson.runs
    for position in positions:
        frame, state = lesson.look(position), expected[position]
        assert frame.position == position
        size = frame.parameters.nbytes
        assert frame.parameters.tobytes() == state.state[:size], position
        assert frame.predictions.tobytes() == state.predictions, position
        assert frame.loss == state.loss, position
        assert state_of(run.training_at(*position)) == state, position


KINDS: dict[str, dict[str, Any]] = {
    "all samples": {},
    "with a test set": {"train_share": 0.7},
    "mini-batches": {"batch_size": 4},
    "mini-batches and a test set": {"batch_size": 4, "train_share": 0.7},
}


# What an optimizer remembers and how the samples are taken have to do with each other only at the
# ends of epochs: each optimizer is tried with two kinds, each kind with two optimizers at least.
# All pairs are tried over a hundred thousand epochs, below.
PAIRS = [
    (optimizer, kind)
    for i, optimizer in enumerate(OPTIMIZERS)
    for j, kind in enumerate(KINDS)
    if (i + j) % 2 == 1
]


@pytest.mark.parametrize(("optimizer", "kind"), PAIRS)
def test_random_positions_are_to_the_byte_those_of_a_straight_run(
    optimizer: str, kind: str
) -> None:
    check_positions(replace(FREE, optimizer=optimizer, **KINDS[kind]), last=400, count=12)


@pytest.mark.slow
@pytest.mark.timeout(1200)
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_so_they_are_in_a_run_of_a_hundred_thousand_epochs(optimizer: str, kind: str) -> None:
    check_positions(replace(FREE, optimizer=optimizer, **KINDS[kind]), last=100_000, count=200)


def test_a_frame_of_the_past_is_the_same_however_it_was_reached(everything_is_far: None) -> None:
    recipe = replace(FREE, train_share=0.7, optimizer="adam")
    changes = [(int(share * 300), what) for share, what in CHANGES]
    lesson = lived(recipe, changes, 300)
    (run,) = lesson.runs
    # From the checkpoint, from the state before, from further back, from the checkpoint itself.
    for positions in itertools.permutations([Position(150, 4), Position(151, 4), Position(130, 3)]):
        for position in (*positions, Position(128, 3)):
            frame = lesson.look(position)
            assert differing_fields(frame, frame_at(run, position)) == [], position


def test_a_replay_to_the_end_and_back_shows_identical_frames(everything_is_far: None) -> None:
    lesson = lived(FREE, [(20, {"learning_rate": 0.5}), (20, ((0, 0.5),))], 70)
    there = {epoch: lesson.look(Position(epoch)) for epoch in range(70)}
    for epoch in reversed(range(70)):
        assert differing_fields(lesson.look(Position(epoch)), there[epoch]) == [], epoch


# In slices


def test_of_a_state_that_is_far_the_nearest_one_kept_is_shown_first(
    everything_is_far: None,
) -> None:
    lesson = Lesson(FREE)
    lesson.train(1000)
    lesson.trainer.capture()
    for wanted, kept in ((130, 128), (150, 128), (170, 192), (900, 896)):
        lesson.want(None)
        lesson.want(Position(wanted))
        assert lesson.frame.position == Position(kept, 0)
        assert lesson.trainer.share_found == 0.0
        assert differing_fields(lesson.frame, frame_at(lesson.runs[0], Position(kept))) == []
        assert lesson.look(Position(wanted)).position == Position(wanted, 0)
        assert lesson.trainer.share_found is None


def test_what_is_near_is_shown_at_once() -> None:
    lesson = Lesson(FREE)
    lesson.train(1000)
    lesson.look(Position(500))  # by now it is known how long an epoch takes
    lesson.want(Position(501))
    assert lesson.frame.epoch == 501
    lesson.want(Position(64))
    assert lesson.frame.epoch == 64


def test_it_is_said_how_far_the_wanted_state_is_and_nothing_else_changes_meanwhile(
    everything_is_far: None,
) -> None:
    lesson = Lesson(FREE)
    lesson.train(1000)
    lesson.want(Position(64 * 7 + 60))
    first, shares = lesson.frame, []
    while lesson.trainer.share_found is not None:
        shares.append(lesson.trainer.share_found)
        assert differing_fields(lesson.frame, first) == []
        lesson.turn()
    assert shares == sorted(set(shares))
    assert (shares[0], len(shares)) == (0.0, 60)


def test_the_state_just_left_is_shown_until_the_next_one_is_there_where_it_is_the_nearest(
    everything_is_far: None,
) -> None:
    lesson = Lesson(FREE)
    lesson.train(1000)
    lesson.look(Position(160))
    lesson.want(Position(165))
    assert lesson.frame.epoch == 160
    assert lesson.look(Position(165)).epoch == 165


def test_who_goes_forward_never_sees_a_later_state_than_the_wanted_one(
    everything_is_far: None,
) -> None:
    lesson = Lesson(FREE, FREE)
    lesson.train(1000)
    lesson.look(Position(10), Position(10))
    epochs = [10]
    for wanted in range(60, 1000, 50):  # as a replay asks for
        lesson.want(Position(wanted), Position(wanted))
        while lesson.trainer.share_found is not None:
            epochs.append(lesson.frame.epoch)
            lesson.turn()
        epochs.append(lesson.frame.epoch)
        assert epochs[-1] == wanted
    assert epochs == sorted(epochs)
    assert {64, 128, 960} < set(epochs)


def test_the_next_wish_ends_the_search_for_the_last_one(everything_is_far: None) -> None:
    lesson = Lesson(FREE)
    lesson.train(1000)
    lesson.want(Position(500))
    lesson.turn()
    lesson.want(Position(100))
    epochs = set()
    while lesson.trainer.share_found is not None:
        lesson.turn()
        epochs.add(lesson.frame.epoch)
    assert epochs == {128, 100}
    lesson.want(Position(500))
    lesson.want(None)
    assert (lesson.frame.epoch, lesson.trainer.share_found) == (1000, None)


def test_from_the_state_shown_it_is_as_far_as_the_epochs_between(
    everything_is_far: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    lesson = Lesson(FREE)
    lesson.train(1000)
    lesson.look(Position(130))
    trained: list[int] = []
    run_past = Training.run_past

    def counting(training: Training, epochs: int, at: Any) -> Any:
        trained.append(epochs)
        return run_past(training, epochs, at)

    monkeypatch.setattr(Training, "run_past", counting)
    lesson.look(Position(133))
    assert sum(trained) == 3
    lesson.look(Position(132))  # back it is from the checkpoint
    assert sum(trained) == 3 + 4


def test_another_box_is_shown_of_what_is_there_and_the_search_goes_on(
    everything_is_far: None,
) -> None:
    lesson = Lesson(FREE)
    lesson.train(200)
    lesson.want(Position(150))
    lesson.turn()
    box = Box(-2.0, -1.0, 3.0, 4.0)
    share = lesson.trainer.share_found
    lesson.obey(ShowWanted((Want(box, position=Position(150)),)))
    lesson.trainer.capture()
    assert (lesson.frame.epoch, lesson.frame.surface_box) == (128, box)
    assert lesson.trainer.share_found == share
    while lesson.trainer.share_found is not None:
        lesson.turn()
    expected = frame_at(lesson.runs[0], Position(150), Want(box))
    assert differing_fields(lesson.frame, expected) == []


# Together with training


def test_training_goes_on_while_a_past_state_is_computed(everything_is_far: None) -> None:
    lesson = Lesson(FREE)
    lesson.train(1000)
    lesson.obey(Play())
    lesson.want(Position(490))
    trained = []
    while lesson.trainer.share_found is not None:
        trained.append(lesson.runs[0].training.epoch)
        lesson.turn()
    assert lesson.frame.epoch == 490
    assert trained == sorted(set(trained))
    assert lesson.frame.live == lesson.runs[0].live
    assert lesson.frame.is_past


def test_while_one_looks_at_the_past_training_is_shown_at_a_calm_pace() -> None:
    lesson = Lesson(FREE)
    lesson.train(1000)
    lesson.obey(Play())
    lesson.look(Position(500))
    shown, first = [lesson.frame], lesson.runs[0].live
    while len(shown) < 4:
        lesson.turn()
        if lesson.frame is not shown[-1]:
            shown.append(lesson.frame)
    turns_apart = [b.live.epoch - a.live.epoch for a, b in itertools.pairwise(shown)]
    assert min(turns_apart) > 1
    assert shown[0].live <= first < shown[-1].live
    state = {frame.parameters.tobytes() for frame in shown}
    assert len(state) == 1
    assert len(shown[-1].curve.low) > len(shown[0].curve.low) or shown[-1].curve.stride > 1


def test_what_is_ordered_while_one_looks_at_the_past_is_shown_at_once() -> None:
    lesson = Lesson(replace(FREE, epochs=1010))
    lesson.train(1000)
    lesson.look(Position(500))
    lesson.obey(RunEpoch())
    lesson.turn()
    assert (lesson.frame.epoch, lesson.frame.live.epoch) == (500, 1001)
    lesson.obey(Play())
    while lesson.trainer.is_playing:
        lesson.turn()
    assert (lesson.frame.epoch, lesson.frame.live.epoch) == (500, 1010)
    assert lesson.trainer.is_at_limit
    lesson.obey(Pause())
    assert lesson.trainer.seconds_to_next_burst(0.0) is None


def test_a_failure_ends_the_search(
    everything_is_far: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    lesson = Lesson(FREE)
    lesson.train(200)
    lesson.want(Position(150))
    lesson.trainer.fail(RuntimeError("the dog ate it"))
    assert lesson.trainer.share_found is None
    assert lesson.trainer.seconds_to_next_burst(0.0) is None


# Two runs


def test_a_comparison_stays_in_step(everything_is_far: None) -> None:
    lesson = Lesson(FREE, replace(FREE, hidden=(64, 64, 64), optimizer="adam"))
    lesson.train(5000)  # for which the large one has not room for every state
    lesson.trainer.capture()
    small, large = (run.history.checkpoint_stride for run in lesson.runs)
    assert small < large
    epochs = []
    for wanted in (700, 710, 650, 4999, 1000, 601):
        lesson.want(Position(wanted), Position(wanted))
        while True:
            first, second = lesson.trainer.frames
            assert first.epoch == second.epoch
            epochs.append(first.epoch)
            if lesson.trainer.share_found is None:
                break
            lesson.turn()
        assert epochs[-1] == wanted
    assert len(set(epochs)) > 6


@pytest.mark.parametrize(
    ("branched_at", "kept_by_both"), [(20, {0}), (70, {0, 64}), (100, {0, 64})]
)
def test_a_branch_stays_in_step_with_a_run_that_has_kept_other_epochs(
    branched_at: int, kept_by_both: set[int], everything_is_far: None
) -> None:
    run, left = Run(FREE), Run(FREE)
    run.advance(200)
    left.advance(branched_at)
    branch = left.branch(Position(branched_at))
    branch.advance(200 - branched_at)
    seen = set()
    for wanted in range(0, 200, 7):
        both = shown.Shown()
        both.want((Want(position=Position(wanted)),) * 2)
        both.take((run, branch), 1.0, is_playing=False)
        first, second = both.frames
        assert first.epoch == second.epoch
        seen.add(first.epoch)
    assert seen == kept_by_both
