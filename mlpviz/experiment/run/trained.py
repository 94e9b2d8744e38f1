"""What training gave, to be recorded by the run that was trained."""

from typing import NamedTuple

from mlpviz.engine import Array
from mlpviz.engine.passed import Passed


class Trained(NamedTuple):
    """What some epochs of training gave, to be recorded.

    Parameters
    ----------
    losses : of each state reached, (epochs,)
    test_losses : likewise on the test set, if there is one
    passed : by after how many of these epochs, what was passed there: where it is to be looked, and
        where a checkpoint is kept
    """

    losses: Array
    test_losses: Array | None
    passed: dict[int, Passed]
