"""The table of the report's experiments."""

from dataclasses import replace

import pytest

from mlpviz.engine.datasets import DATASETS, REGRESSIONS
from mlpviz.experiment.experiments import EXPERIMENTS, report_cases
from mlpviz.experiment.recipe import Recipe

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


def test_the_report_has_every_experiment_on_both_data_sets_in_its_order() -> None:
    assert list(EXPERIMENTS) == list(CHANGES)
    cases = report_cases()
    assert [case.title for case in cases] == [
        "Baseline, linear",
        "Baseline, xor",
        "Learning rate ÷ 10, linear",
        "Learning rate ÷ 10, xor",
        "16 hidden units, linear",
        "16 hidden units, xor",
        "No activation functions, linear",
        "No activation functions, xor",
    ]
    expected = [
        EXPERIMENTS[key].recipe(dataset) for key in EXPERIMENTS for dataset in ("linear", "xor")
    ]
    assert [case.recipe for case in cases] == expected
