"""Going again the way that a run went, to know the losses on it that are not kept one by one."""

from collections.abc import Generator, Sequence

import numpy as np

from mlpviz.engine import Heed
from mlpviz.engine.heldout import HeldOut
from mlpviz.engine.training import Training
from mlpviz.experiment.run.history import History
from mlpviz.experiment.run.record import Change

HEEDED_EPOCHS = 8  # at once, as long as that takes a few milliseconds
HEEDED_PRODUCTS = 2_000_000  # samples times parameters: what is trained at once of a larger network


def heeded_epochs(training: Training) -> int:
    """Return how many epochs are to be trained at once, so that an answer need not wait."""
    products = len(training.X) * training.network.parameters.size
    return max(1, min(HEEDED_EPOCHS, HEEDED_PRODUCTS // products))


def retrace(
    history: History,
    training: Training,
    held_out: HeldOut | None,
    changes: Sequence[Change],
    epoch: int,
    heed: Heed,
) -> Generator[int, None, None]:
    """Train on to an epoch as a run did, and record the losses; yield the epochs of each step.

    Parameters
    ----------
    history : takes the losses; ends at the present epoch of the training
    training : in a state of the run
    held_out : the test set, which judges this training; None where there is none
    changes : what was changed from there on, until after the last epoch
    heed : called on the way
    """
    for change in changes:
        yield from _go_to(change.epoch, history, training, held_out, heed)
        change.apply(training)
        if change.edits:
            note_state(history, training, held_out)
    yield from _go_to(epoch, history, training, held_out, heed)


def begin_at(history: History, training: Training, held_out: HeldOut | None) -> None:
    """Take note of the losses of the state with which the way begins."""
    if history.epoch >= 0:
        history.go_on_from(training.loss)
    else:
        tested = None if held_out is None else np.array([held_out.loss()])
        history.record(np.array([training.loss]), tested)


def note_state(history: History, training: Training, held_out: HeldOut | None) -> None:
    """Take note that the last state has other losses than those with which it was reached."""
    history.note_edit(training.loss, None if held_out is None else held_out.loss())


def _go_to(
    epoch: int, history: History, training: Training, held_out: HeldOut | None, heed: Heed
) -> Generator[int, None, None]:
    while training.epoch < epoch:
        heed()
        if held_out is None:
            losses = training.run(min(heeded_epochs(training), epoch - training.epoch))
            history.record(losses)
        else:
            losses = training.run(1)
            history.record(losses, np.array([held_out.loss()]))
        yield len(losses)
