"""What is ordered when somebody takes another turn at a moment of the past."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from mlpviz.experiment.recipe.recipe import changed_fields
from mlpviz.experiment.run.frame import Frame
from mlpviz.experiment.run.orders import BranchOf
from mlpviz.experiment.run.record import Position
from mlpviz.gui.actions.moments import Recipes

EditsBySide = Mapping[int, tuple[tuple[int, float], ...]]  # (index, value) of each run, 0 or 1
NO_EDITS: EditsBySide = MappingProxyType({})


def branches_of(
    frames: Sequence[Frame], positions: Sequence[Position], recipes: Recipes, edits: EditsBySide
) -> tuple[BranchOf, ...]:
    """Return a branch of each run.

    Parameters
    ----------
    frames : of the runs
    positions, recipes : where each branch begins, and with what it goes on
    edits : what is set by hand there
    """
    return tuple(
        BranchOf(frame.run_number, position, recipe, edits.get(side, ()))
        for side, (frame, position, recipe) in enumerate(
            zip(frames, positions, recipes, strict=True)
        )
    )


def is_of_limit_alone(choices: Recipes, recipes: Recipes) -> bool:
    """Tell whether other recipes only say how long to train, which is no part of what happens."""
    pairs = zip(choices, recipes, strict=True)
    return {name for pair in pairs for name in changed_fields(*pair)} <= {"epochs"}
