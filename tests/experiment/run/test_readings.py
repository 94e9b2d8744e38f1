"""What is read off a frame while the window draws: right, and fast enough for every move."""

import time
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from frames import make_frame, with_weights

from mlpviz.engine.network import linear_product
from mlpviz.engine.scores import NO_CLASS
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.recipe.revision import revised
from mlpviz.experiment.run.frame import Frame
from mlpviz.experiment.run.grids import Box
from mlpviz.experiment.run.readings import (
    correct_of,
    first_lines,
    predicted_class,
    predicted_of,
    rim_places,
    softmax_powers,
)
from mlpviz.experiment.words.messages import linear_words

LARGE = revised(Recipe(), dataset="gaussians", classes=6, samples=500, hidden=(64,) * 6)
THREE = revised(Recipe(), dataset="gaussians", classes=3, samples=40, hidden=(3,))
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


@pytest.mark.parametrize("recipe", [Recipe(), LARGE], ids=["default", "large"])
@pytest.mark.parametrize(
    "ask",
    [
        lambda frame: frame.forward_at(0.3, 0.4),
        lambda frame: frame.outputs_at(0.3, 0.4),
        lambda frame: first_lines(frame, frame.surface_box),
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


# Lines of the first layer


def one_unit(w1: float, w2: float, b: float) -> Frame:
    """Return a frame of a network with one hidden unit."""
    frame = with_weights(make_frame(Recipe(hidden=(1,))), w0_0_0=w1, w0_1_0=w2)
    parameters = frame.parameters.copy()
    parameters[2] = b
    return replace(frame, parameters=parameters)


@pytest.mark.parametrize(
    ("parameters", "ends"),
    [
        ((1.0, 0.0, -0.5), {(0.5, 0.0), (0.5, 4.0)}),  # upright
        ((0.0, -2.0, 2.0), {(-1.0, 1.0), (1.0, 1.0)}),  # level
        ((1.0, -1.0, 0.5), {(-0.5, 0.0), (1.0, 1.5)}),  # across a corner
        ((1e200, -1e200, 5e199), {(-0.5, 0.0), (1.0, 1.5)}),
        ((1e-200, -1e-200, 5e-201), {(-0.5, 0.0), (1.0, 1.5)}),
        ((1.0, 1e-9, 0.0), {(0.0, 0.0), (-4e-9, 4.0)}),
    ],
)
def test_a_line_ends_where_it_leaves_the_box(
    parameters: tuple[float, float, float], ends: set[tuple[float, float]]
) -> None:
    units, (line,) = first_lines(one_unit(*parameters), SQUARE)
    assert units.tolist() == [0]
    assert np.array(sorted(line.tolist())) == pytest.approx(np.array(sorted(ends)), abs=1e-12)


@pytest.mark.parametrize(
    "parameters",
    [
        (0.0, 0.0, 0.0),
        (0.0, 0.0, 1.0),
        (1.0, 0.0, 3.0),  # beside it
        (1.0, 1.0, 2.0),
        (np.nan, 1.0, 0.0),
        (1.0, 1.0, np.nan),
        (1.0, np.inf, 0.0),
        (1.0, 1.0, -np.inf),
    ],
)
def test_where_there_is_no_line_in_the_box_none_is_given(
    parameters: tuple[float, float, float],
) -> None:
    units, lines = first_lines(one_unit(*parameters), SQUARE)
    assert (len(units), lines.shape) == (0, (0, 2, 2))


@pytest.mark.parametrize(
    ("parameters", "place"),
    [
        ((1.0, 0.0, -3.0), (1.0, 2.0)),  # to the right
        ((-2.0, 0.0, -6.0), (-1.0, 2.0)),  # to the left
        ((0.0, 1.0, 1.0), (0.0, 0.0)),  # below
        ((1.0, 1.0, 2.0), (-1.0, 1.0)),  # to the lower left, and the left side is nearer
        ((1e-200, 0.0, -3e-200), (1.0, 2.0)),
    ],
)
def test_the_rim_is_nearest_to_a_line_outside_on_the_straight_way_to_it(
    parameters: tuple[float, float, float], place: tuple[float, float]
) -> None:
    assert rim_places(one_unit(*parameters), SQUARE)[0] == pytest.approx(place)


@pytest.mark.parametrize(
    "parameters",
    [(1.0, 0.0, -0.5), (0.0, 0.0, 1.0), (np.nan, 1.0, 0.0), (1.0, 1.0, np.inf), (0.0, 0.0, 0.0)],
)
def test_there_is_no_way_to_a_line_inside_and_to_none(
    parameters: tuple[float, float, float],
) -> None:
    assert np.isnan(rim_places(one_unit(*parameters), SQUARE)).all()


@pytest.mark.parametrize("side", [1.0, 1e-9, 1e9])
def test_every_unit_whose_sum_changes_its_sign_in_the_box_has_its_line_there(side: float) -> None:
    frame = make_frame(Recipe(hidden=(64,)))
    box = Box(0.3 - side / 2, 0.6 - side / 2, 0.3 + side / 2, 0.6 + side / 2)
    (W, *_), (b, *_) = frame.layers()
    corners = np.array([(x, y) for x in (box.left, box.right) for y in (box.bottom, box.top)])
    signs = np.sign(corners @ W + b)
    crossed = signs.min(axis=0) < signs.max(axis=0)
    units, lines = first_lines(frame, box)
    assert units.tolist() == np.flatnonzero(crossed).tolist()
    for (w, bias), line in zip(zip(W.T[crossed], b[crossed], strict=True), lines, strict=True):
        assert np.abs(line @ w + bias).max() <= 1e-12 * max(1.0, side)
        rim = np.abs(np.abs(line - (0.3, 0.6)) - side / 2).min(axis=1)
        assert rim.max() <= 1e-9 * max(1e-6, side)


def test_without_hidden_layers_the_line_is_that_of_the_whole_network() -> None:
    frame = make_frame(Recipe(hidden=()), epochs=50)
    w, b = linear_product(*frame.layers())
    _, (line,) = first_lines(frame, frame.box)
    assert line @ w + b == pytest.approx([0.0, 0.0], abs=1e-12)
