"""In the middle of something: what the trainer does, and what an order that comes then does."""

from collections.abc import Mapping
from enum import Enum, auto

from mlpviz.experiment.language import tr
from mlpviz.experiment.recipe.recipe import Recipe, changed_fields
from mlpviz.experiment.run.orders import ChangeRecipes, Edit, Order


class Interrupted(Exception):
    """Raised out of `heed`: an order ends what is being done, before its end."""


class Doing(Enum):
    """What the trainer is in the middle of."""

    NOTHING = auto()
    AN_ORDER = auto()  # that ends soon
    A_RUN = auto()  # making one that begins
    RUNS_ON_THE_WAY = auto()  # those that come back, or branches, computed up to where they stand
    AN_EPOCH = auto()
    A_FRAME = auto()


class Answer(Enum):
    """What becomes of an order that came in the middle of something."""

    OBEYED = auto()
    INTERRUPTS = auto()
    WAITS = auto()


def leaves_states(order: Order, runs: Mapping[int, Recipe]) -> bool:
    """Tell whether an order leaves each state of the runs as it is.

    Parameters
    ----------
    runs : their recipes, by their numbers
    """
    if isinstance(order, Edit):
        return order.run_number not in runs
    if not isinstance(order, ChangeRecipes) or order.restarts or len(order.recipes) != len(runs):
        return False
    if order.numbers and [*order.numbers] != [*runs]:
        return False  # others begin
    pairs = zip(runs.values(), order.recipes, strict=True)
    return all(set(changed_fields(*pair)) <= {"epochs"} for pair in pairs)


def why_stopped(problem: Exception) -> str:
    """Say that training stopped, without a full stop: a remedy may follow."""
    kind, text = type(problem).__name__, str(problem)
    if not text:
        return tr("Training stopped: {kind}: no further word", kind=kind)
    return tr("Training stopped: {kind}: {text}", kind=kind, text=text)
