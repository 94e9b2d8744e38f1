"""Whatever is ordered, and in whatever order: each frame is of the state that it says it is.

Each is compared, to the byte, with one of a run that is made anew and goes straight there.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache

import numpy as np
import pytest
from frames import differing_fields
from past_runs import run_from

from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run import orders, shown
from mlpviz.experiment.run.capture import capture
from mlpviz.experiment.run.frame import Frame
from mlpviz.experiment.run.grids import Box
from mlpviz.experiment.run.record import Position, Record
from mlpviz.experiment.run.trainer import Trainer
from mlpviz.experiment.run.want import Want

OF_THE_RUN = {"run_number", "curve", "ghost", "changes", "findings"}
OF_THE_RUN |= {"live", "weights_broke_at", "branches"}
MOST_EPOCHS = 200  # of a run, since each frame is computed again from its start
LIVE = ("learning_rate", "batch_size", "frozen", "epochs")


@lru_cache(maxsize=500)
def straight_frame(record: Record, want: Want) -> Frame:
    """Take a frame of a run that is made anew and ends there."""
    return capture(run_from(record), want)


class Monkey:
    """Orders whatever comes into its mind, and looks at every frame.

    Parameters
    ----------
    recipes : one per run
    seed : of what comes into its mind
    """

    def __init__(self, recipes: tuple[Recipe, ...], seed: int) -> None:
        self.random = np.random.default_rng(seed)
        self.trainer = Trainer(None)
        self.recipes = recipes
        self.wants = (Want(),) * len(recipes)
        self.seen: set[tuple[int, Position]] = set()  # which states of which run
        self.near = self.exact = 0  # frames of the past
        self.branches: dict[int, tuple[Position, ...]] = {}  # of each run
        self.left: list[tuple[tuple[orders.Kept, ...], tuple[Recipe, ...]]] = []  # by branching
        self.order(orders.ChangeRecipes(recipes))
        self.trainer.capture()
        self.actions: list[tuple[int, Callable[[], None]]] = [
            (8, self.look_at_an_epoch),
            (4, self.look_at_a_change),
            (4, self.look_on),
            (2, self.look_from_nearer),
            (3, lambda: self.look(None)),
            (4, lambda: self.order(orders.RunEpoch())),
            (4, lambda: self.order(orders.Play())),
            (3, lambda: self.order(orders.Pause())),
            (1, lambda: self.order(orders.SetSpeed((None, 1e4, 5.0)[self.random.integers(3)]))),
            (4, self.edit),
            (4, self.change),
            (3, self.branch),
            (2, self.take_back),
            (1, lambda: self.begin_again(orders.Reset())),
        ]

    @property
    def frames(self) -> tuple[Frame, ...]:
        return self.trainer.frames

    def order(self, order: orders.Order) -> None:
        self.trainer.obey(order)

    def act(self) -> None:
        """Do something, and give the trainer some turns."""
        weights = np.array([weight for weight, _ in self.actions], dtype=np.float64)
        self.actions[self.random.choice(len(weights), p=weights / weights.sum())][1]()
        for _ in range(self.random.integers(1, 5)):
            self.trainer.burst(0.0)
            if self.trainer.has_news:
                self.trainer.capture()
                self.check()
        if self.frames[0].live.epoch > MOST_EPOCHS:
            self.begin_again(orders.ChangeRecipes(self.recipes, restarts=True))

    def look(self, *positions: Position | None) -> None:
        """Look at a position of each run; one is for all."""
        each = positions * len(self.wants) if len(positions) == 1 else positions
        self.wants = tuple(
            replace(want, position=position)
            for want, position in zip(self.wants, each, strict=True)
        )
        self.order(orders.ShowWanted(self.wants))

    def look_at_an_epoch(self) -> None:
        """Look at one that the run has, or seldom at one that it has not."""
        self.look(Position(int(self.random.integers(self.frames[0].live.epoch + 2))))

    def look_at_a_change(self) -> None:
        """Look around a change of a run; the other shows this epoch."""
        which = self.random.integers(len(self.frames))
        changes = self.frames[which].changes
        if changes:
            applied = int(self.random.integers(len(changes) + 1))
            epoch = changes[min(applied, len(changes) - 1)].epoch
            positions = [Position(epoch) for _ in self.frames]
            positions[which] = Position(epoch, applied)
            self.look(*positions)

    def look_on(self) -> None:
        """Go on by an epoch from where it looks."""
        self.look(Position(self.frames[0].epoch + 1))

    def look_from_nearer(self) -> None:
        left, bottom = self.random.uniform(-2.0, 0.0, 2)
        box = (None, Box(left, bottom, left + 2.0, bottom + 2.0))[self.random.integers(2)]
        self.wants = tuple(replace(want, box=box, unit=(1, 0)) for want in self.wants)
        self.order(orders.ShowWanted(self.wants))

    def edit(self) -> None:
        frame = self.frames[self.random.integers(len(self.frames))]
        edits = ((int(self.random.integers(8)), float(self.random.normal())),)
        self.order(orders.Edit(frame.run_number, edits))

    def change(self) -> None:
        """Change something that may change within a run, of one of them or of all."""
        values = {
            "learning_rate": float(self.random.uniform(0.01, 2.0)),
            "batch_size": int(self.random.integers(6)),
            "frozen": tuple(sorted({int(i) for i in self.random.integers(8, size=2)})),
            "epochs": int(self.random.integers(2)) * 100,
        }
        name = LIVE[self.random.integers(len(LIVE))]
        recipes = list(self.recipes)
        for which in range(self.random.integers(len(recipes)), len(recipes)):
            recipes[which] = replace(recipes[which], **{name: values[name]})
        self.recipes = tuple(recipes)
        self.order(orders.ChangeRecipes(self.recipes))

    def branch(self) -> None:
        """Begin another future where it looks, with the same choices or others."""
        self.trainer.capture()
        if len({frame.epoch for frame in self.frames}) > 1:
            return
        self.left.append((tuple(map(self.kept, self.frames)), self.recipes))
        others = (
            {},
            {"learning_rate": float(self.random.uniform(0.01, 2.0))},
            {"hidden_activation": ("tanh", "relu")[self.random.integers(2)]},
            {"optimizer": ("adam", "rmsprop")[self.random.integers(2)]},
        )[self.random.integers(4)]
        edits = ((2, 0.5),) if self.random.integers(2) else ()
        branches, before = [], [self.branches_of(frame) for frame in self.frames]
        for frame in self.frames:
            recipe = replace(frame.recipe, **others)
            branches.append(orders.BranchOf(frame.run_number, frame.position, recipe, edits))
        self.order(orders.Branch(tuple(branches)))
        self.see_other_runs(
            [
                (*(each for each in old if each < branch.position), branch.position)
                for old, branch in zip(before, branches, strict=True)
            ]
        )

    def kept(self, frame: Frame) -> orders.Kept:
        """Return what brings the run of a frame back."""
        limit, branches = frame.recipe.epochs, self.branches_of(frame)
        start, changes, epoch = frame.start_recipe, frame.changes, frame.live.epoch
        return orders.Kept(
            Record(start, changes, epoch, limit, branches), frame.run_number, frame.ghost
        )

    def take_back(self) -> None:
        """Let the runs come back from which it branched last."""
        if self.left:
            kept, recipes = self.left.pop()
            self.order(orders.Restore(kept, recipes))
            self.see_other_runs([each.record.branches for each in kept])

    def begin_again(self, order: orders.Order) -> None:
        before = [self.branches_of(frame) for frame in self.frames]
        self.order(order)
        self.see_other_runs(before)

    def see_other_runs(self, branches: list[tuple[Position, ...]]) -> None:
        """See the present states of runs that took over, and note where they branched."""
        self.wants = tuple(replace(want, position=None) for want in self.wants)
        self.trainer.capture()
        for frame, positions in zip(self.frames, branches, strict=True):
            self.branches[frame.run_number] = positions if frame.branched_at else ()
            assert frame.branched_at in (None, positions[-1] if positions else None)
        self.recipes = tuple(frame.recipe for frame in self.frames)
        self.check()

    def branches_of(self, frame: Frame) -> tuple[Position, ...]:
        return self.branches.get(frame.run_number, ())

    def check(self) -> None:
        """Compare the frames with those of runs that go straight there."""
        is_sought = self.trainer.share_found is not None
        for frame, want in zip(self.frames, self.wants, strict=True):
            record = Record(
                frame.start_recipe,
                frame.changes[: frame.changes_applied],
                frame.epoch,
                frame.recipe.epochs,
                tuple(each for each in self.branches_of(frame) if each < frame.position),
            )
            fresh = straight_frame(record, replace(want, position=None))
            differing = set(differing_fields(frame, fresh)) - OF_THE_RUN
            if frame.test is not None:
                assert set(differing_fields(frame.test, fresh.test)) <= {"curve"}, record
                differing -= {"test"}
            assert not differing, (differing, record, want)
            found = [each for each in frame.findings if each.position <= frame.position]
            assert found == list(fresh.findings), record
            self.seen.add((frame.run_number, frame.position))
            self.near += is_sought
            self.exact += frame.is_past and not is_sought
            if not is_sought and want.position is not None and want.position <= frame.live:
                assert frame.epoch == want.position.epoch, (want, frame.position)
        assert len({frame.live.epoch for frame in self.frames}) == 1
        if len({want.position for want in self.wants}) == 1:
            assert len({frame.epoch for frame in self.frames}) == 1


FREE = Recipe(epochs=0)
RUNS: dict[str, tuple[Recipe, ...]] = {
    "one": (replace(FREE, optimizer="adam", learning_rate=0.05, train_share=0.7),),
    "two": (FREE, replace(FREE, hidden=(3, 3), optimizer="momentum", batch_size=4)),
}


def check_monkey(recipes: tuple[Recipe, ...], actions: int) -> None:
    monkey = Monkey(recipes, seed=actions)
    for _ in range(actions):
        monkey.act()
    assert len(monkey.seen) > actions // 4
    assert monkey.exact > actions // 16
    # A fast machine finds most states within a slice of some length.
    assert monkey.near > (actions // 16 if shown.SLICE_SECONDS == 0.0 else 0)


@pytest.mark.parametrize("recipes", RUNS.values(), ids=RUNS)
def test_each_frame_is_that_of_a_run_that_goes_straight_there(
    recipes: tuple[Recipe, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shown, "SLICE_SECONDS", 0.0)  # so that nothing is near
    check_monkey(recipes, actions=60)


@pytest.mark.slow
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("slice_seconds", [0.0, shown.SLICE_SECONDS])
@pytest.mark.parametrize("recipes", RUNS.values(), ids=RUNS)
def test_so_it_is_after_five_thousand_actions(
    recipes: tuple[Recipe, ...], slice_seconds: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shown, "SLICE_SECONDS", slice_seconds)
    check_monkey(recipes, actions=5000)
