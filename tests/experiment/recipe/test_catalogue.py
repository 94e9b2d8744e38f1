"""The table of the report's experiments."""

from dataclasses import replace

import pytest

from mlpviz.engine.datasets import DATASETS, REGRESSIONS
from mlpviz.experiment.recipe.catalogue import (
    EXPERIMENTS,
    REPORT_DATASETS,
    SUGGESTIONS,
    Suggestion,
)
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.capture import capture
from mlpviz.experiment.run.run import Run

CHANGES = {
    "baseline": {},
    "small_learning_rate": {"learning_rate": 0.1},
    "sixteen_units": {"hidden": (16, 16)},
    "no_activations": {"activations_off": True},
}


@pytest.mark.parametrize("dataset", sorted(set(DATASETS) - REGRESSIONS))
@pytest.mark.parametrize("key", CHANGES)
def test_an_experiment_is_the_baseline_with_one_change(key: str, dataset: str) -> None:
    baseline = Recipe(dataset=dataset)
    assert EXPERIMENTS[key].recipe(dataset) == replace(baseline, **CHANGES[key])


@pytest.mark.thorough
@pytest.mark.parametrize("seed", [0, *(pytest.param(n, marks=pytest.mark.slow) for n in (1, 2))])
@pytest.mark.parametrize("suggestion", SUGGESTIONS, ids=lambda s: s.title)
def test_a_suggested_recipe_learns_its_set(suggestion: Suggestion, seed: int) -> None:
    run = Run(replace(suggestion.recipe, weight_seed=seed))
    assert (run.recipe.features, run.recipe.noise) == (("x1", "x2"), 0.0)
    run.advance(run.recipe.epochs)
    if run.recipe.is_regression:
        assert capture(run).r_squared >= 0.95
    else:
        assert run.training.accuracy >= 0.99


def test_there_is_a_suggestion_for_every_set_but_the_reports() -> None:
    of_two = [suggestion.recipe for suggestion in SUGGESTIONS if suggestion.recipe.outputs == 1]
    named = [recipe.dataset for recipe in of_two]
    assert sorted(named) == sorted(set(DATASETS) - set(REPORT_DATASETS))


def test_there_is_a_suggestion_for_every_set_that_can_have_more_classes() -> None:
    more = [s.recipe.dataset for s in SUGGESTIONS if s.recipe.outputs > 1]
    assert sorted(more) == sorted(key for key, entry in DATASETS.items() if entry.make_classes)
