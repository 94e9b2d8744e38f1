"""The questions that the report ends with, and the recipes whose runs answer them."""

from dataclasses import replace
from typing import NamedTuple

import numpy as np

from mlpviz.engine.datasets import DATASETS
from mlpviz.engine.network import layer_views, parameter_count
from mlpviz.experiment.data.own_data import OWN, OwnData
from mlpviz.experiment.language import tr
from mlpviz.experiment.recipe.catalogue import EXPERIMENTS, REPORT_DATASETS
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.start import make_samples

FACTORS = {"tenth": 0.1, "same": 1.0, "ten": 10.0, "thirty": 30.0}  # of the learning rate
MOVED = "moved"
SHIFT = np.array([1.0, 0.0])  # of the points of `linear`, so that their line misses the origin


class Trial(NamedTuple):
    """What is trained to answer a question.

    Parameters
    ----------
    key, data : what is tried and on which points, for the program
    words, data_words : the same, for people
    recipe : what is trained
    is_shown : whether the single run of the recipe is spoken of or drawn, besides its many seeds
    """

    key: str
    data: str
    words: str
    data_words: str
    recipe: Recipe
    is_shown: bool = False


class Question(NamedTuple):
    """A question, and what is trained to answer it.

    Parameters
    ----------
    key : of its figure and of its answer
    """

    key: str
    title: str
    trials: tuple[Trial, ...]


def report_questions(epochs: int) -> list[Question]:
    """Return the three questions of the report; what they share with its experiments is the same.

    Parameters
    ----------
    epochs : of every recipe
    """
    return [
        Question(
            "activations",
            tr("What is the purpose of activation functions?"),
            tuple(_about_activations(epochs)),
        ),
        Question(
            "learning-rate",
            tr("What might happen if the learning rate is too large or too small?"),
            tuple(_about_learning_rate(epochs)),
        ),
        Question(
            "weights-and-biases",
            tr("What is the purpose of weights and biases in a neural network?"),
            tuple(_about_parameters(epochs)),
        ),
    ]


def _of_experiment(name: str, dataset: str, epochs: int) -> Recipe:
    return replace(EXPERIMENTS[name].recipe(dataset), epochs=epochs)


def _about_activations(epochs: int) -> list[Trial]:
    # A product of layers makes long steps: at the baseline's rate most seeds overflow.
    line_words = tr("none in the hidden layers, learning rate ÷ 10")
    tried = (
        ("sigmoid", tr("sigmoid in every layer"), "baseline"),
        ("line", line_words, "small_learning_rate"),
        ("none", tr("none in any layer"), "no_activations"),
    )
    trials = []
    for key, words, experiment in tried:
        for dataset in REPORT_DATASETS:
            recipe = _of_experiment(experiment, dataset, epochs)
            if key == "line":
                recipe = replace(recipe, hidden_activation="identity")
            name = tr(DATASETS[dataset].label)
            trials.append(Trial(key, dataset, words, name, recipe, is_shown=key == "line"))
    return trials


def _about_learning_rate(epochs: int) -> list[Trial]:
    trials = []
    for key, factor in FACTORS.items():
        for dataset in REPORT_DATASETS:
            recipe = _of_experiment("baseline", dataset, epochs)
            # Divided, as the experiment does it: its very recipe, and so its very run.
            rate = recipe.learning_rate / 10.0 if factor == 0.1 else recipe.learning_rate * factor
            recipe = replace(recipe, learning_rate=rate)
            words = tr("learning rate {rate}", rate=f"{rate:g}")
            name = tr(DATASETS[dataset].label)
            trials.append(Trial(key, dataset, words, name, recipe, is_shown=dataset == "xor"))
    return trials


def _about_parameters(epochs: int) -> list[Trial]:
    linear, xor = (_of_experiment("baseline", dataset, epochs) for dataset in REPORT_DATASETS)
    X, Y = make_samples(linear)
    # So far from the origin a step of the baseline's rate is too long: the loss would jump about.
    rate = 0.5 * linear.learning_rate
    own = OwnData(X + SHIFT, Y[:, 0])
    moved = replace(linear, dataset=OWN, own=own, learning_rate=rate)
    moved_words = tr("linear, moved by 1 along x₁, learning rate {rate}", rate=f"{rate:g}")
    both, no_biases = tr("weights and biases learn"), tr("biases held at 0")
    trials = []
    for key, words, frozen in (("both", both, ()), ("no_biases", no_biases, biases_of(linear))):
        for data, recipe in (("linear", linear), ("xor", xor), (MOVED, moved)):
            name = moved_words if data == MOVED else tr(DATASETS[data].label)
            held = replace(recipe, frozen=frozen)
            trials.append(Trial(key, data, words, name, held, is_shown=data == MOVED))
    only_biases = replace(xor, frozen=weights_of(xor))
    words = tr("weights held where they start")
    return [*trials, Trial("no_weights", "xor", words, tr(DATASETS["xor"].label), only_biases)]


def biases_of(recipe: Recipe) -> tuple[int, ...]:
    """Return the indices of all biases, in the order of `engine.network`."""
    return _indices(recipe, 1)


def weights_of(recipe: Recipe) -> tuple[int, ...]:
    """Return the indices of all weights, in the order of `engine.network`."""
    return _indices(recipe, 0)


def _indices(recipe: Recipe, kind: int) -> tuple[int, ...]:
    parts = layer_views(np.arange(parameter_count(recipe.sizes)), recipe.sizes)[kind]
    return tuple(index for part in parts for index in part.ravel().tolist())
