"""The lines of the first layer: where its weighted sums are 0 within a box."""

from dataclasses import replace

import numpy as np
import pytest
from frames import make_frame, with_weights

from mlpviz.engine.network import linear_product
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.first_layer import first_lines, rim_places
from mlpviz.experiment.run.frame import Frame
from mlpviz.experiment.run.grids import Box

SQUARE = Box(-1.0, 0.0, 1.0, 4.0)


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
