"""What a report is to be about."""

from mlpviz.experiment.recipe.catalogue import EXPERIMENTS
from mlpviz.experiment.writing.cases import report_cases


def test_the_report_has_every_experiment_on_both_data_sets_in_its_order() -> None:
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
