"""Making a run again from its record, to the byte but for its number."""

from collections.abc import Iterator, Sequence

from mlpviz.engine import Heed, go_on
from mlpviz.experiment.recipe.effects import STEERING, is_live
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.history import LossCurve
from mlpviz.experiment.run.record import Change, Record
from mlpviz.experiment.run.retracing import heeded_epochs
from mlpviz.experiment.run.run import Run


def remaking(record: Record, ghost: LossCurve | None = None, heed: Heed = go_on) -> Iterator[Run]:
    """Do again what is in a record; yield the run on its way, last of all as it ended.

    It takes as long as it took.

    Parameters
    ----------
    ghost, heed : as of `Run`; `heed` is called all the way
    """
    run = Run(record.start_recipe, ghost, heed)
    changes, branches = list(record.changes), list(record.branches)
    while changes or branches:
        if branches and branches[0].changes == len(run.changes):
            branch = branches.pop(0)
            yield from _advance(run, branch.epoch, heed)
            end = branches[0].changes - branch.changes if branches else len(changes)
            first = begun_with(changes[:end], branch.epoch, run.recipe)
            recipe, edits = (first[-1].recipe, first[-1].edits) if first else (None, ())
            run = run.branch(branch, recipe, edits, ghost)
        else:
            first = changes[:1]
            yield from _advance(run, first[0].epoch, heed)
            run.repeat(first[0])
        del changes[: len(first)]
    yield from _advance(run, record.epoch, heed)
    run.recipe = record.recipe
    yield run


def begun_with(changes: Sequence[Change], epoch: int, recipe: Recipe) -> Sequence[Change]:
    """Return the changes that a branch is to be begun with, of those that follow in it.

    They are what no run could go on with, and what was set by hand, which a reset sets again.

    Parameters
    ----------
    epoch, recipe : at which it begins, and what was in force there
    """
    found = [change for change in changes[:2] if change.epoch == epoch]
    if found and (found[0].edits or not is_live(recipe, found[0].recipe)):
        return found[:1]
    if len(found) < 2 or not found[1].edits or found[1].recipe != found[0].recipe:
        return []
    is_steered = any(getattr(found[0].recipe, name) != getattr(recipe, name) for name in STEERING)
    return found if is_steered else []


def _advance(run: Run, epoch: int, heed: Heed) -> Iterator[Run]:
    while run.training.epoch < epoch:
        heed()
        run.advance(min(heeded_epochs(run.training), epoch - run.training.epoch))
        yield run
