"""Training for the command line: on a terminal, with a progress bar that is gone at the end."""

from collections.abc import Callable

from mlpviz.engine.training import Training
from mlpviz.experiment.language import tr
from mlpviz.experiment.terminal.output import progress_bar
from mlpviz.experiment.writing.printout import decimals


def train_with_bar(training: Training, epochs: int, advance: Callable[[int], object]) -> None:
    """Train up to an epoch.

    Parameters
    ----------
    advance : trains for so many epochs more
    """
    chunk = max(1, min(1000, epochs // 100))
    with progress_bar() as show:
        while training.epoch < epochs:
            advance(min(chunk, epochs - training.epoch))
            words = tr(
                "epoch {epoch} of {epochs}  loss {loss}",
                epoch=training.epoch,
                epochs=epochs,
                loss=decimals(training.loss),
            )
            show(training.epoch / epochs, words)
