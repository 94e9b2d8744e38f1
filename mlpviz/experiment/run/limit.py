"""How far runs are from the limit of their recipes."""

from collections.abc import Sequence

from mlpviz.experiment.run.run import Run

NO_LIMIT = 1 << 30


def epochs_to_limit(runs: Sequence[Run]) -> int:
    """Return how many epochs runs in lockstep may still be trained: until the first ends."""
    limits = [run.recipe.epochs for run in runs if run.recipe.epochs > 0]
    return max(0, min(limits) - runs[0].training.epoch) if limits else NO_LIMIT
