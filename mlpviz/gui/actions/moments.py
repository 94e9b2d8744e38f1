"""How runs stood at one moment, so that they can come back."""

from dataclasses import dataclass, replace

from mlpviz.experiment.language import tr
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.frame import Frame
from mlpviz.experiment.run.orders import Kept
from mlpviz.experiment.run.record import Position
from mlpviz.experiment.words.comparison import change_words, recipe_label

Recipes = tuple[Recipe, ...]
LookedAt = tuple[Position, int]  # a moment, and the run whose changes it counts, A (0) or B (1)


@dataclass(frozen=True, slots=True)
class Moment:
    """The runs as they stood: what they were, and what is needed to bring them back.

    Parameters
    ----------
    recipes, kept : of each run
    looked_at : the moment that was looked at
    futures : the old futures that there were
    """

    recipes: Recipes
    kept: tuple[Kept, ...]
    looked_at: LookedAt | None = None
    futures: "tuple[Future, ...]" = ()

    @property
    def positions(self) -> tuple[Position, ...]:
        """What was looked at in each run; none for the present."""
        if self.looked_at is None:
            return ()
        where, side = self.looked_at
        every = range(len(self.kept))
        return tuple(where if other == side else Position(where.epoch) for other in every)


@dataclass(frozen=True, slots=True)
class Future:
    """Runs that were left for another future, and can be returned to.

    Parameters
    ----------
    moment : how they stood
    frames : their last ones
    epoch : at which the other future began
    """

    moment: Moment
    frames: tuple[Frame, ...]
    epoch: int


@dataclass(frozen=True, slots=True)
class Done:
    """What was done to the runs, for whoever takes it back.

    Parameters
    ----------
    before : the runs as they stood
    recipes : those that were taken over
    is_live : whether the runs went on with them; else others began
    words : what it was, as a menu names it
    """

    before: Moment
    recipes: Recipes
    is_live: bool
    words: str


def recipe_at(frame: Frame, position: Position) -> Recipe:
    """Return the recipe in force at a position of the run of a frame, with the present limit."""
    changes = frame.changes[: min(frame.changes_until(position.epoch), position.changes)]
    recipe = changes[-1].recipe if changes else frame.start_recipe
    epochs = frame.recipe.epochs  # a recipe that is made again is checked again
    return recipe if recipe.epochs == epochs else replace(recipe, epochs=epochs)


def words_of(before: Recipes, after: Recipes) -> str:
    """Say what was done to runs, as a menu names it."""
    if len(before) < len(after):
        return tr("comparison")
    if len(before) > len(after):
        return tr("end of the comparison")
    changed = [pair for pair in zip(before, after, strict=True) if pair[0] != pair[1]]
    return change_words(*changed[-1]) if changed else recipe_label(after[-1])
