"""What a run holds while it is trained or shown: its training, its points, its test set."""

from typing import NamedTuple

from mlpviz.engine import Array, Heed
from mlpviz.engine.features import PLANE
from mlpviz.engine.heldout import HeldOut
from mlpviz.engine.training import Training
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.start import hold_out, make_data, start_training


class Made(NamedTuple):
    """What a run holds while it is trained or shown; of one that was left it can be made again.

    Parameters
    ----------
    points : the training samples in the plane, (samples, 2)
    held_out : the test set; None where all samples train, or where it is not judged
    """

    training: Training
    points: Array
    held_out: HeldOut | None


def make(recipe: Recipe, heed: Heed, *, is_tested: bool) -> Made:
    """Make the training of a recipe, in its first state, and its data."""
    training = start_training(recipe, heed)
    is_plane = recipe.features == PLANE  # then the inputs are the points themselves
    points = training.X if is_plane else make_data(recipe)[0]
    return Made(training, points, hold_out(recipe, training.network, heed) if is_tested else None)
