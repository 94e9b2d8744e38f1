"""Making a run again from its record, to the byte but for its number."""

from collections.abc import Iterator

from mlpviz.engine import Heed, go_on
from mlpviz.experiment.recipe.effects import is_live
from mlpviz.experiment.run.history import LossCurve
from mlpviz.experiment.run.record import Record
from mlpviz.experiment.run.retracing import HEEDED_EPOCHS
from mlpviz.experiment.run.run import Run


def run_from(record: Record, ghost: LossCurve | None = None, heed: Heed = go_on) -> Run:
    """Make a run again; it takes as long as it took.

    Parameters
    ----------
    ghost, heed : as of `Run`; `heed` is called all the way
    """
    *_, run = remaking(record, ghost, heed)
    return run


def remaking(record: Record, ghost: LossCurve | None = None, heed: Heed = go_on) -> Iterator[Run]:
    """Do again what is in a record; yield the run on its way, last of all as it ended."""
    run = Run(record.start_recipe, ghost, heed)
    branches = list(record.branches)
    for number in range(len(record.changes) + 1):
        change = record.changes[number] if number < len(record.changes) else None
        while branches and branches[0].changes == number:
            branch = branches.pop(0)
            yield from _advance(run, branch.epoch, heed)
            if change is None or change.epoch > branch.epoch or is_live(run.recipe, change.recipe):
                run = run.branch(branch, ghost=ghost)
            else:  # with what no run could go on with
                run, change = run.branch(branch, change.recipe, change.edits, ghost), None
        if number == len(record.changes):
            yield from _advance(run, record.epoch, heed)
        elif change is not None:
            yield from _advance(run, change.epoch, heed)
            run.repeat(change)
    run.recipe = record.recipe
    yield run


def _advance(run: Run, epoch: int, heed: Heed) -> Iterator[Run]:
    while run.training.epoch < epoch:
        heed()
        run.advance(min(HEEDED_EPOCHS, epoch - run.training.epoch))
        yield run
