"""The experiments of the report that the project reproduces, each for its two data sets."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from mlpviz.engine.datasets import DATASETS
from mlpviz.experiment.recipe import Recipe
from mlpviz.experiment.report import Case

REPORT_DATASETS = ("linear", "xor")


@dataclass(frozen=True, slots=True)
class Experiment:
    """One entry of the table: what the menus show, and what it changes in the baseline."""

    title: str
    question: str
    change: Callable[[Recipe], Recipe]

    def recipe(self, dataset: str) -> Recipe:
        """Return the recipe for a data set, a key of DATASETS."""
        return self.change(Recipe(dataset=dataset))


EXPERIMENTS: dict[str, Experiment] = {
    "baseline": Experiment(
        "Baseline",
        "Can two hidden layers of 4 sigmoid units learn it?",
        lambda baseline: baseline,
    ),
    "small_learning_rate": Experiment(
        "Learning rate ÷ 10",
        "Do smaller steps still get there in the same number of epochs?",
        lambda baseline: replace(baseline, learning_rate=baseline.learning_rate / 10.0),
    ),
    "sixteen_units": Experiment(
        "16 hidden units",
        "Do more units find a solution from more initial weights?",
        lambda baseline: replace(baseline, hidden=(16,) * len(baseline.hidden)),
    ),
    "no_activations": Experiment(
        "No activation functions",
        "What is left of the network, and of its loss, when every layer is linear?",
        lambda baseline: replace(baseline, activations_off=True),
    ),
}


def report_cases() -> list[Case]:
    """Return every experiment on both data sets, in the report's order."""
    return [
        Case(f"{experiment.title}, {DATASETS[dataset].label}", experiment.recipe(dataset))
        for experiment in EXPERIMENTS.values()
        for dataset in REPORT_DATASETS
    ]
