"""What a report is to be about: a recipe with a title each, and what is changed on the way."""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from mlpviz.experiment.comparison import side_words
from mlpviz.experiment.frame import Frame
from mlpviz.experiment.recipe import Recipe
from mlpviz.experiment.report_words import recipe_words
from mlpviz.experiment.run import Change

EPOCHS_WITHOUT_LIMIT = 10_000  # of a recipe that never ends


class Case(NamedTuple):
    """What a chapter is about: a recipe, and what is changed while it trains."""

    title: str
    recipe: Recipe
    changes: tuple[Change, ...] = ()

    @property
    def last_recipe(self) -> Recipe:
        """The recipe in force at the end; it says for how many epochs."""
        return self.changes[-1].recipe if self.changes else self.recipe


def cases_of(recipes: Sequence[Recipe], frames: Sequence[Frame]) -> list[Case]:
    """Return a case for each run of the window.

    Parameters
    ----------
    recipes : of one run, or of the two that are compared
    frames : the last ones shown, which know what was changed on the way
    """
    sides = side_words(*recipes) if len(recipes) == 2 else ("",)
    # By their side and not by their recipe: two runs of the same one can be edited apart.
    shown: Sequence[Frame | None] = frames if len(frames) == len(recipes) else [None] * len(recipes)
    cases = []
    for side, recipe, frame in zip(sides, recipes, shown, strict=True):
        epochs = recipe.epochs or EPOCHS_WITHOUT_LIMIT
        title = ": ".join(filter(None, (side, recipe_words(replace(recipe, epochs=epochs)))))
        changes = frame.changes if frame is not None and frame.recipe == recipe else ()
        made = [change for change in changes if change.epoch < epochs]
        start = frame.start_recipe if frame is not None and made else recipe
        cases.append(
            Case(
                title,
                replace(start, epochs=epochs),
                tuple(replace(c, recipe=replace(c.recipe, epochs=epochs)) for c in made),
            )
        )
    return cases
