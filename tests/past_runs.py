"""Runs made again, and frames of their past, at one go: the product does both in small steps."""

from mlpviz.engine import Heed, go_on
from mlpviz.experiment.run.capture import USUAL, capture, frame_of
from mlpviz.experiment.run.frame import Frame
from mlpviz.experiment.run.record import Position, Record
from mlpviz.experiment.run.remaking import remaking
from mlpviz.experiment.run.run import Run
from mlpviz.experiment.run.want import Want


def record_of(run: Run) -> Record:
    """Return all that happened to a run so far."""
    epoch, limit = run.history.epoch, run.recipe.epochs
    return Record(run.start_recipe, run.changes, epoch, limit, run.branches)


def run_from(record: Record, heed: Heed = go_on) -> Run:
    """Make a run again, all the way at once."""
    *_, run = remaking(record, heed=heed)
    return run


def frame_at(run: Run, position: Position, want: Want = USUAL) -> Frame:
    """Take a frame of any position of a run, whose state is computed from the one that is kept.

    Raises
    ------
    ValueError
        for a position that is none of the run.
    """
    position = run.checked(position)
    if position == run.position:
        return capture(run, want)
    training = run.training_at(*position)
    return frame_of(run, position, training, run.held_out_at(position, training), want)
