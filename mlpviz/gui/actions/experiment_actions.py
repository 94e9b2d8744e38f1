"""The actions of the menu Experiments: what can be opened, compared and pinned."""

from collections.abc import Iterator
from dataclasses import replace

from mlpviz.engine.datasets import DATASETS
from mlpviz.engine.marked import marked
from mlpviz.experiment.recipe.catalogue import EXPERIMENTS, REPORT_DATASETS, SUGGESTIONS
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.gui.actions.action import Action, Entry, Heading, Submenu, placed

EXPERIMENTS_BUTTON = "experiments_button"  # with which all of them hide
BESIDE_BASELINE = marked("Baseline | {title}")  # what an experiment opens


def _experiment(name: str, words: str, tooltip: str) -> Action:
    return Action(name, words, tooltip, hides_with=EXPERIMENTS_BUTTON)


def _of_the_report() -> Iterator[tuple[Entry, tuple[Recipe, ...]]]:
    """Give the report's experiments, each with the one or two recipes that it opens."""
    for dataset in REPORT_DATASETS:
        place, kind = ("experiments", dataset), DATASETS[dataset]
        yield placed(*place, Heading(f"{dataset}_heading", kind.label, kind.description))[0], ()
        baseline = EXPERIMENTS["baseline"].recipe(dataset)
        for key, experiment in EXPERIMENTS.items():
            recipe = experiment.recipe(dataset)
            is_baseline = recipe == baseline
            words = experiment.title if is_baseline else BESIDE_BASELINE
            entry = _experiment(f"{key}_{dataset}", words, experiment.question)
            entry = replace(entry, title="" if is_baseline else experiment.title)
            yield placed(*place, entry)[0], (recipe,) if is_baseline else (baseline, recipe)


def _of_other_sets() -> Iterator[tuple[Entry, tuple[Recipe, ...]]]:
    """Give the recipes for other data sets, each with itself."""
    for suggestion in SUGGESTIONS:
        recipe = suggestion.recipe
        classes = f"_{recipe.outputs}" if recipe.outputs > 1 else ""
        name = f"suggest_{recipe.dataset}{classes}"
        entry = _experiment(name, suggestion.title, suggestion.reason)
        yield placed("suggestions", "", entry)[0], (recipe,)


CATALOGUE = (*_of_the_report(), *_of_other_sets())
OPENS = {entry.id: recipes for entry, recipes in CATALOGUE if recipes}  # what an action opens

COMPARING = placed(
    *("experiments", "compare"),
    Action(
        *(
            "compare",
            marked("Compare with the present run"),
            marked("The present run becomes A; B is a copy"),
        ),
        is_enabled=lambda now: not now.is_comparing,
        hides_with=EXPERIMENTS_BUTTON,
    ),
    Action(
        *(
            "compare_file",
            marked("Compare with a recipe file…"),
            marked("The recipe of the file becomes B"),
        ),
        hides_with=EXPERIMENTS_BUTTON,
    ),
    Action(
        *(
            "compare_pasted",
            marked("Compare with the pasted recipe"),
            marked("The recipe text copied becomes B"),
        ),
        hides_with=EXPERIMENTS_BUTTON,
    ),
    Action(
        *("end_with_a", marked("End comparison, go on with A"), marked("B goes")),
        is_enabled=lambda now: now.is_comparing,
        hides_with=EXPERIMENTS_BUTTON,
    ),
    Action(
        *("end_with_b", marked("End comparison, go on with B"), marked("A goes")),
        is_enabled=lambda now: now.is_comparing,
        hides_with=EXPERIMENTS_BUTTON,
    ),
)

PINS = placed(
    *("experiments", "pins"),
    Action(
        *("pin", marked("Pin this run")),
        marked("Its loss stays in the plot behind the next runs; the last five stay"),
        hides_with=EXPERIMENTS_BUTTON,
    ),
    Submenu("pins", marked("Unpin"), is_enabled=lambda now: now.has_pins),
    Action(
        *("unpin", marked("Unpin all"), marked("Take all pinned losses off the plot")),
        is_enabled=lambda now: now.has_pins,
        hides_with=EXPERIMENTS_BUTTON,
    ),
)
