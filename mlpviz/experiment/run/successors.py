"""Runs that are to take the place of those there are, and how they are made."""

from collections.abc import Sequence
from dataclasses import dataclass

from mlpviz.engine import Heed
from mlpviz.experiment.recipe.effects import are_live
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.kept_runs import KeptRuns
from mlpviz.experiment.run.orders import Branch, ChangeRecipes, Order, Restore
from mlpviz.experiment.run.run import Run
from mlpviz.experiment.run.ways import Way, one_by_one


@dataclass(slots=True)
class OnTheWay:
    """Runs that have to be computed up to where they stand.

    Parameters
    ----------
    way : to them
    numbers : of each; None for a new one
    recipes : with which they go on then
    are_branches : else they come back
    share : how much of the way is done, 0 to 1
    """

    way: Way[list[Run]]
    numbers: tuple[int | None, ...]
    recipes: tuple[Recipe, ...]
    are_branches: bool
    share: float = 0.0

    def is_left_by(self, order: Order) -> bool:
        """Tell whether an order is of other runs, so that these are no longer wanted."""
        if not isinstance(order, ChangeRecipes):
            return isinstance(order, Restore | Branch)
        if order.restarts or order.kept is not None:
            return order.restarts
        if order.numbers and None not in self.numbers:
            return order.numbers != self.numbers
        return not are_live(self.recipes, order.recipes)


def begin(
    pairs: Sequence[tuple[Run | None, Recipe]], numbers: Sequence[int], heed: Heed
) -> list[Run]:
    """Make runs that begin at epoch 0.

    Parameters
    ----------
    pairs : the run before each, if there is one, and its recipe
    numbers : of each; none for new ones
    """
    return [
        Run(recipe, heed=heed, number=number) if run is None else run.successor(recipe, number)
        for (run, recipe), number in zip(pairs, _each(numbers, len(pairs)), strict=True)
    ]


def returning_to_stems(runs: Sequence[Run], numbers: Sequence[int]) -> OnTheWay | None:
    """Return the branches that begin again where these did; None unless they began together.

    Parameters
    ----------
    numbers : as of `begin`
    """
    began = {None if run.stem is None else run.stem.position.epoch for run in runs}
    if None in began or len(began) > 1:
        return None
    each = _each(numbers, len(runs))
    ways = [run.from_stem(run.recipe, number) for run, number in zip(runs, each, strict=True)]
    recipes = tuple(run.recipe for run in runs)
    return OnTheWay(one_by_one(ways), each, recipes, are_branches=True)


def branching(runs: Sequence[Run], order: Branch) -> OnTheWay | None:
    """Return the branches that an order is of; None where a run that was meant has gone."""
    left = {run.number: run for run in runs}
    if any(branch.run_number not in left for branch in order.branches):
        return None
    ways = [left[branch.run_number].branching_as(branch) for branch in order.branches]
    numbers = tuple(branch.number for branch in order.branches)
    recipes = tuple(branch.recipe for branch in order.branches if branch.recipe is not None)
    return OnTheWay(one_by_one(ways), numbers, recipes, are_branches=True)


def coming_back(order: Restore, kept: KeptRuns, present: Sequence[Run], heed: Heed) -> OnTheWay:
    """Return the runs that an order lets come back.

    Parameters
    ----------
    kept, present : where they are looked for
    """
    numbers = tuple(run.number for run in order.runs)
    way = kept.bring_back(order.runs, present, heed)
    return OnTheWay(way, numbers, order.recipes, are_branches=False)


def _each(numbers: Sequence[int], count: int) -> tuple[int | None, ...]:
    """Return the number of each run; None for a new one."""
    return tuple(numbers) if len(numbers) == count else (None,) * count
