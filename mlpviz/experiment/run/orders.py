"""The orders that go down to the trainer thread, each a frozen value.

An order that is meant for one run names it by its number, which no other run has: it may be late,
and the run gone.
"""

from dataclasses import dataclass
from itertools import count

from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.history import LossCurve
from mlpviz.experiment.run.record import Position, Record
from mlpviz.experiment.run.want import Want

_numbers = count()


def new_number() -> int:
    """Return the number of a run that is to begin: no other run ever has it.

    Who orders a run gives it its number, and so knows it before it is there.
    """
    return next(_numbers)


@dataclass(frozen=True, slots=True)
class Play:
    """Train on. At the epoch limit, go on without one."""


@dataclass(frozen=True, slots=True)
class Pause:
    """Stop after the present epoch; in the middle of a slow one, there."""


@dataclass(frozen=True, slots=True)
class RunEpoch:
    """Pause and train for one epoch, or to the end of the one under way."""


@dataclass(frozen=True, slots=True)
class Reset:
    """Go back to epoch 0 with the same initial weights; what was playing plays on.

    Branches go back to where they began.

    Parameters
    ----------
    numbers : of the runs that begin so; none for new ones
    """

    numbers: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class ChangeRecipes:
    """Take over new recipes; what this does to the runs is `effect_of_change`.

    Parameters
    ----------
    recipes : one for each run
    kept : of the runs there are, the place of the one that goes on alone; None where all do
    restarts : whether all begin again at epoch 0, whatever has changed
    numbers : of the runs that then are there; those that there are go on, and others begin. None
        where the recipes alone decide that, and what begins gets new ones.
    """

    recipes: tuple[Recipe, ...]
    kept: int | None = None
    restarts: bool = False
    numbers: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class BranchOf:
    """Another future of a run.

    Parameters
    ----------
    run_number : of the run that is meant
    position : of this run, where it begins
    recipe : with which it goes on, see `Run.branch`; None for that of the position
    edits : (index, value) of parameters that are set by hand there
    repeats : whether it is changed as the run was from there on, at the same epochs
    is_old_future : whether it is another future of the run that this one left, as a branch
    number : of the branch; None for a new one
    """

    run_number: int
    position: Position
    recipe: Recipe | None = None
    edits: tuple[tuple[int, float], ...] = ()
    repeats: bool = False
    is_old_future: bool = False
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Branch:
    """Let branches take the place of the runs there are; what was playing plays on.

    Parameters
    ----------
    branches : all of the same epoch, one for each run that there is to be
    """

    branches: tuple[BranchOf, ...]


@dataclass(frozen=True, slots=True)
class Kept:
    """A run that can come back.

    Parameters
    ----------
    record : all that happened in it
    number : its own; None for a run that nobody has seen yet, which gets a new one
    ghost : the losses of the run before it
    """

    record: Record
    number: int | None = None
    ghost: LossCurve | None = None


@dataclass(frozen=True, slots=True)
class Restore:
    """Let runs come back in the place of those there are: with their numbers, at their epochs.

    As long as there is room for it a run that is left is kept, and comes back at once, where it was
    left. Otherwise it is made again from its record.

    Parameters
    ----------
    runs : which ones
    recipes : with which they go on from there
    positions : which states are shown then, one of each run; none for the present ones
    """

    runs: tuple[Kept, ...]
    recipes: tuple[Recipe, ...]
    positions: tuple[Position, ...] = ()


@dataclass(frozen=True, slots=True)
class Edit:
    """Set parameters of a run by hand.

    Parameters
    ----------
    run_number : of the run that is meant
    edits : (index, value), in the order of `engine.network`
    """

    run_number: int
    edits: tuple[tuple[int, float], ...]


@dataclass(frozen=True, slots=True)
class SetSpeed:
    """Set the epochs per second; None for as fast as it goes."""

    speed: float | None


@dataclass(frozen=True, slots=True)
class ShowWanted:
    """Show from now on what is wanted of each run.

    Parameters
    ----------
    wants : one for each run; the last one also holds for those that it is not said of
    """

    wants: tuple[Want, ...]


@dataclass(frozen=True, slots=True)
class PlanReplay:
    """Find at which epochs the frames of a replay stand; see `equal_change`.

    What changes the runs afterwards makes the plan void.

    Parameters
    ----------
    frames : so many, 2 or more
    """

    frames: int


@dataclass(frozen=True, slots=True)
class Rest:
    """Do nothing; it only wakes whoever waits for an order."""


Order = (
    Play
    | Pause
    | RunEpoch
    | Reset
    | ChangeRecipes
    | Branch
    | Restore
    | Edit
    | SetSpeed
    | ShowWanted
    | PlanReplay
    | Rest
)
