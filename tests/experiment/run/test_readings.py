"""What is read off a frame while the window draws: right, and fast enough for every move."""

import time
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from frames import make_frame

from mlpviz.engine.scores import NO_CLASS
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.recipe.revision import revised
from mlpviz.experiment.run.first_layer import unit_lines
from mlpviz.experiment.run.frame import Frame
from mlpviz.experiment.run.grids import Box
from mlpviz.experiment.run.readings import (
    correct_of,
    predicted_class,
    predicted_of,
    softmax_powers,
)
from mlpviz.experiment.words.messages import linear_words

LARGE = revised(Recipe(), dataset="gaussians", classes=6, samples=500, hidden=(64,) * 6)
THREE = revised(Recipe(), dataset="gaussians", classes=3, samples=40, hidden=(3,))
BENT = Recipe(dataset="circle", features=("x1", "x2", "x1_squared", "x1_x2"))
PROMISED = 0.2e-3  # seconds
SLACK = 4.0  # of a machine that does other things too
SQUARE = Box(-1.0, 0.0, 1.0, 4.0)


def least_seconds(ask: Callable[[], object]) -> float:
    """Return how much of a processor's time it takes, at the best of many times."""
    times = []
    for _ in range(100):
        started = time.thread_time()
        ask()
        times.append(time.thread_time() - started)
    return min(times)


@pytest.mark.parametrize("recipe", [Recipe(), LARGE, BENT], ids=["default", "large", "bent"])
@pytest.mark.parametrize(
    "ask",
    [
        lambda frame: frame.forward_at(0.3, 0.4),
        lambda frame: frame.outputs_at(0.3, 0.4),
        lambda frame: unit_lines(frame),
        lambda frame: predicted_of(frame, slice(None)),
        lambda frame: correct_of(frame, slice(None)),
        lambda frame: predicted_class(frame.predictions[..., 0].reshape(-1)),
        lambda frame: softmax_powers(np.zeros(frame.outputs)),
        linear_words,
    ],
)
def test_it_takes_no_time_that_is_seen(recipe: Recipe, ask: Callable[[Frame], object]) -> None:
    frame = make_frame(recipe)
    assert least_seconds(lambda: ask(frame)) < PROMISED * SLACK


# Classes


@pytest.mark.parametrize("recipe", [Recipe(), THREE], ids=["one output", "three"])
def test_of_some_samples_it_says_what_the_frame_says_of_all(recipe: Recipe) -> None:
    frame = make_frame(replace(recipe, train_share=0.5), epochs=30)
    assert frame.test is not None
    for part in (frame, frame.test):
        chosen = np.array([7, 0, 3])
        assert predicted_of(part, chosen).tolist() == part.predicted[chosen].tolist()
        assert correct_of(part, chosen).tolist() == part.correct[chosen].tolist()
        assert correct_of(part, slice(2, 5)).tolist() == part.correct[2:5].tolist()


@pytest.mark.parametrize(
    ("outputs", "number"),
    [
        ([0.5], 0),
        ([0.6], 1),
        ([np.nan], NO_CLASS),
        ([0.2, 0.5, 0.3], 1),
        ([0.2, np.nan, 0.3], NO_CLASS),
    ],
)
def test_the_outputs_at_a_place_mean_a_class(outputs: list[float], number: int) -> None:
    assert predicted_class(np.array(outputs)) == number


def test_the_powers_of_softmax_are_as_large_as_they_are() -> None:
    powers, total = softmax_powers(np.log([1.0, 2.0, 5.0]))
    assert powers == pytest.approx([1.0, 2.0, 5.0], rel=1e-15)
    assert total == pytest.approx(8.0, rel=1e-15)
    assert softmax_powers(np.array([1000.0, 0.0]))[1] == np.inf


def test_the_sums_at_a_point_lead_to_its_activations() -> None:
    frame = make_frame(THREE, epochs=10)
    values, (weights, biases) = frame.forward_at(0.3, 0.7), frame.layers()
    assert [A.shape for A in values.activations] == [(2,), (3,), (3,)]
    for layer, Z in enumerate(values.sums):
        expected = values.activations[layer] @ weights[layer] + biases[layer]
        np.testing.assert_allclose(Z, expected, rtol=1e-13)
    assert values.activations[-1].sum() == pytest.approx(1.0, rel=1e-14)
