"""The runs that were ordered last: known from then on, also before a frame shows them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from mlpviz.experiment.recipe.effects import are_live
from mlpviz.experiment.recipe.recipe import changed_fields
from mlpviz.experiment.run.beginnings import begun_again, branched, untrained
from mlpviz.experiment.run.frame import Frame
from mlpviz.experiment.run.orders import BranchOf, Kept, new_number
from mlpviz.experiment.run.record import Position, Record
from mlpviz.gui.actions.moments import Recipes, recipe_at


class Parting(NamedTuple):
    """Where a branch leaves a run.

    Parameters
    ----------
    left, number : the numbers of that run and of the branch
    position : of the run that is left
    """

    left: int
    number: int
    position: Position


@dataclass(frozen=True, slots=True)
class Ordered:
    """The runs that there are, or that are on their way.

    Parameters
    ----------
    kept : as they were ordered, with their numbers
    repeats : whether each is changed as another was; none where no run is
    """

    kept: tuple[Kept, ...]
    repeats: tuple[bool, ...] = ()

    @property
    def numbers(self) -> tuple[int, ...]:
        """The number of each."""
        return tuple(kept.number for kept in self.kept if kept.number is not None)

    def are_shown(self, frames: Sequence[Frame]) -> bool:
        """Tell whether frames are of these runs; else they are on their way."""
        return self.numbers == tuple(frame.run_number for frame in frames)

    def as_shown(self, frames: Sequence[Frame]) -> tuple[Kept, ...]:
        """Return how they stand, as far as it is known: by their frames, or as they were ordered.

        Parameters
        ----------
        frames : the latest ones
        """
        return tuple(map(_kept_of, frames)) if self.are_shown(frames) else self.kept

    def partings(self, left: Sequence[int]) -> tuple[Parting, ...]:
        """Return where these runs part from others, as far as they are branches.

        Parameters
        ----------
        left : the number of the run that each takes the place of
        """
        return tuple(
            Parting(number, own, kept.record.branches[-1])
            for number, own, kept in zip(left, self.numbers, self.kept, strict=True)
            if kept.record.branches
        )

    def steered(self, before: Recipes, after: Recipes) -> "Ordered":
        """Return the same runs with other recipes: whoever steers one ends what it repeats."""
        if not len(self.repeats) == len(before) == len(after) or not are_live(before, after):
            return replace(self, repeats=())
        pairs = zip(self.repeats, before, after, strict=True)
        repeats = (on and set(changed_fields(old, new)) <= {"epochs"} for on, old, new in pairs)
        return replace(self, repeats=tuple(repeats))

    def repeated(self, frames: tuple[Frame, ...], recipes: Recipes) -> Recipes:
        """Return the recipes, with what was changed in runs that repeat, at their own limits.

        Parameters
        ----------
        frames : of these runs
        recipes : of each, as far as is known
        """
        if not any(self.repeats):
            return recipes
        return tuple(
            replace(recipe_at(frame, frame.live), epochs=recipe.epochs) if is_repeated else recipe
            for frame, recipe, is_repeated in zip(frames, recipes, self.repeats, strict=True)
        )


def untrained_runs(recipes: Recipes) -> Ordered:
    """Return runs that begin at epoch 0."""
    return Ordered(tuple(Kept(untrained(recipe), new_number()) for recipe in recipes))


def branched_runs(
    left: Sequence[Kept], orders: Sequence[BranchOf], *, repeat: bool
) -> tuple[Ordered, tuple[BranchOf, ...]]:
    """Return branches, and the orders of them with their numbers.

    Parameters
    ----------
    left : the runs that are left
    orders : of which branches
    repeat : whether they are changed as others were
    """
    numbered = tuple(replace(order, number=new_number()) for order in orders)
    records = {kept.number: kept.record for kept in left}
    kept = (Kept(branched(records[order.run_number], order), order.number) for order in numbered)
    return Ordered(tuple(kept), (repeat,) * len(numbered)), numbered


def reset_runs(ordered: Ordered, left: Sequence[Kept], recipes: Recipes) -> Ordered:
    """Return the runs that begin with a reset.

    Parameters
    ----------
    ordered, recipes : the runs that are reset
    left : how they stand
    """
    records = [kept.record for kept in left]
    if not branched_together(records):
        return untrained_runs(recipes)
    repeats = ordered.repeats or (False,) * len(recipes)
    kept = (
        Kept(begun_again(record, None if is_repeated else recipe), new_number())
        for record, recipe, is_repeated in zip(records, recipes, repeats, strict=True)
    )
    return Ordered(tuple(kept), ordered.repeats)


def branched_together(records: Sequence[Record]) -> bool:
    """Tell whether runs are branches that began at one epoch; then a reset leads there."""
    began = {record.branches[-1].epoch if record.branches else None for record in records}
    return len(began) == 1 and None not in began


def _kept_of(frame: Frame) -> Kept:
    record = Record(
        frame.start_recipe, frame.changes, frame.live.epoch, frame.recipe.epochs, frame.branches
    )
    return Kept(record, frame.run_number, frame.ghost)
