"""The report's experiments, each for its two data sets, and recipes for the other sets."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from mlpviz.engine.activations import SOFTMAX
from mlpviz.engine.marked import marked
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.recipe.revision import FOR_NUMBERS

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
        marked("Baseline"),
        marked("Can two hidden layers of 4 sigmoid units learn it?"),
        lambda baseline: baseline,
    ),
    "small_learning_rate": Experiment(
        marked("Learning rate ÷ 10"),
        marked("Do smaller steps still get there in the same number of epochs?"),
        lambda baseline: replace(baseline, learning_rate=baseline.learning_rate / 10.0),
    ),
    "sixteen_units": Experiment(
        marked("16 hidden units"),
        marked("Do more units find a solution from more initial weights?"),
        lambda baseline: replace(baseline, hidden=(16,) * len(baseline.hidden)),
    ),
    "no_activations": Experiment(
        marked("No activation functions"),
        marked("What is left of the network, and of its loss, when every layer is linear?"),
        lambda baseline: replace(baseline, activations_off=True),
    ),
}


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A recipe for the menu that learns a data set from x₁ and x₂ alone, and why it is that one."""

    title: str
    reason: str
    recipe: Recipe


def _suggestion(title: str, reason: str, dataset: str, **choices: Any) -> Suggestion:
    tanh: dict[str, Any] = {"hidden_activation": "tanh", "initializer": "xavier", "samples": 200}
    return Suggestion(title, reason, Recipe(dataset=dataset, **(tanh | choices)))


SUGGESTIONS: tuple[Suggestion, ...] = (
    _suggestion(
        marked("Gaussians: no hidden layer"),
        marked("One line parts the two clouds."),
        "gaussians",
        hidden=(),
        epochs=500,
    ),
    _suggestion(
        marked("Circle: one layer of 4"),
        marked("Three lines or more, put together, close a curve."),
        "circle",
        hidden=(4,),
        epochs=1000,
    ),
    _suggestion(
        marked("XOR quadrants: 4-4"),
        marked("Two layers cut the plane twice."),
        "quadrants",
        hidden=(4, 4),
        epochs=2000,
    ),
    _suggestion(
        marked("Moons: 8-8, batches of 20"),
        marked("Ten steps an epoch get there in a tenth of the epochs."),
        "moons",
        hidden=(8, 8),
        learning_rate=0.3,
        batch_size=20,
        epochs=500,
    ),
    _suggestion(
        marked("Checkerboard: 16-16, Adam"),
        marked("Many folds need many units, and each its own step size."),
        "checkerboard",
        hidden=(16, 16),
        optimizer="adam",
        learning_rate=0.01,
        epochs=3000,
    ),
    _suggestion(
        marked("Spiral: 8-8-8, Adam"),
        marked("The hardest one: three layers, each folding what the one before has folded."),
        "spiral",
        hidden=(8, 8, 8),
        optimizer="adam",
        learning_rate=0.01,
        epochs=3000,
    ),
    _suggestion(
        marked("Four clouds: no hidden layer"),
        marked("Four weighted sums, and softmax favours the largest: lines part them all."),
        "gaussians",
        hidden=(),
        classes=4,
        output_activation=SOFTMAX,
        epochs=1000,
    ),
    _suggestion(
        marked("Spiral of three arms: 8-8, Adam"),
        marked("Two layers fold three arms apart, and softmax shares out the plane."),
        "spiral",
        hidden=(8, 8),
        classes=3,
        output_activation=SOFTMAX,
        optimizer="adam",
        learning_rate=0.01,
        epochs=2000,
    ),
    _suggestion(
        marked("Plane: no hidden layer"),
        marked("A plane is a weighted sum already."),
        "plane",
        hidden=(),
        epochs=500,
        **FOR_NUMBERS,
    ),
    _suggestion(
        marked("Multi Gaussian: 12-12, Adam"),
        marked("Six bumps, each put together of folds."),
        "multi_gaussian",
        hidden=(12, 12),
        optimizer="adam",
        epochs=3000,
        **(FOR_NUMBERS | {"learning_rate": 0.01}),
    ),
)
