"""What a report is to be about: a recipe with a title each, and what is changed on the way."""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from mlpviz.engine.datasets import DATASETS
from mlpviz.experiment.language import tr
from mlpviz.experiment.recipe.catalogue import EXPERIMENTS, REPORT_DATASETS
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.frame import Frame
from mlpviz.experiment.run.record import Change
from mlpviz.experiment.words.comparison import side_words
from mlpviz.experiment.writing.report_words import recipe_words

EPOCHS_WITHOUT_LIMIT = 10_000  # of a recipe that never ends


class Case(NamedTuple):
    """What a chapter is about: a recipe, and what is changed while it trains.

    Parameters
    ----------
    recipe : what it begins with; it says for how many epochs
    changes : what is changed on the way, each at its epoch
    shown : the run that it repeats, as the window shows it; None for none
    """

    title: str
    recipe: Recipe
    changes: tuple[Change, ...] = ()
    shown: Frame | None = None


def report_cases() -> list[Case]:
    """Return every experiment on both data sets, in the report's order."""
    return [
        Case(f"{tr(experiment.title)}, {tr(DATASETS[dataset].label)}", experiment.recipe(dataset))
        for experiment in EXPERIMENTS.values()
        for dataset in REPORT_DATASETS
    ]


def cases_of(frames: Sequence[Frame]) -> list[Case]:
    """Return a case for each run of the window as it stands, up to the epoch that is shown.

    Parameters
    ----------
    frames : of one run, or of the two that are compared

    Raises
    ------
    ValueError
        with a sentence, where nothing has been trained yet.
    """
    if not frames or frames[0].epoch == 0:
        raise ValueError(tr("There is nothing to report yet: train the network first (Space)."))
    recipes = [frame.recipe for frame in frames]
    sides = side_words(recipes[0], recipes[1]) if len(recipes) == 2 else ("",)
    cases = []
    for side, frame in zip(sides, frames, strict=True):
        # However far its recipe wants to go: it has gone so far.
        start = replace(frame.start_recipe, epochs=frame.epoch)
        title = ": ".join(filter(None, (side, recipe_words(start))))
        changes = tuple(
            replace(change, recipe=replace(change.recipe, epochs=frame.epoch))
            for change in frame.changes[: frame.changes_applied]
        )
        cases.append(Case(title, start, changes, frame))
    return cases
