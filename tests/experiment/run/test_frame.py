"""The frame: one instant of one run, frozen."""

from dataclasses import FrozenInstanceError, replace

import numpy as np
import pytest
from exact import exact_mean

from mlpviz.engine import Array
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.capture import capture
from mlpviz.experiment.run.diagnosis import Divergence, Mechanism
from mlpviz.experiment.run.frame import Frame
from mlpviz.experiment.run.grids import SURFACE_CELLS, Box, data_box, grid_points, picture_step
from mlpviz.experiment.run.run import Run
from mlpviz.experiment.run.symptoms import Kind, Symptom
from mlpviz.experiment.run.want import Want


def run_of(recipe: Recipe, epochs: int = 0, scale: float = 1.0) -> Run:
    run = Run(recipe)
    run.advance(epochs)
    if scale != 1.0:
        run.training.restore(epochs, scale * run.training.state())
    return run


def activations_at(run: Run, box: Box, row: int, column: int, cells: int) -> list[Array]:
    """Compute every layer at the centre of one cell, in float64."""
    x1 = box.left + (column + 0.5) / cells * (box.right - box.left)
    x2 = box.bottom + (row + 0.5) / cells * (box.top - box.bottom)
    with np.errstate(all="ignore"):
        return run.training.network.forward(np.array([[x1, x2]])).activations[1:]


def all_arrays(frame: Frame) -> list[Array]:
    curves = [frame.curve] if frame.ghost is None else [frame.curve, frame.ghost]
    return [
        frame.X,
        frame.Y,
        frame.predictions,
        frame.sample_losses,
        frame.parameters,
        frame.surface,
        *frame.pictures,
        *(array for curve in curves for array in (curve.low, curve.high, curve.broken)),
    ]


def test_a_frame_is_one_instant_of_the_run() -> None:
    run = run_of(Recipe(), 25)
    frame = capture(run)
    training = run.training
    assert (frame.recipe, frame.run_number, frame.epoch) == (Recipe(), run.number, 25)
    assert (frame.loss, frame.accuracy) == (training.loss, training.accuracy)
    assert np.array_equal(frame.X, training.X)
    assert np.array_equal(frame.Y, training.Y[:, 0])
    assert np.array_equal(frame.predictions, training.predictions)
    assert np.array_equal(frame.parameters, training.state())
    assert len(frame.curve.low) == 26
    assert frame.curve.low[-1] == frame.loss
    assert frame.ghost is None
    assert frame.diagnosis is None
    assert frame.first_nonfinite_weight_epoch is None


def test_a_frame_carries_changes_ghost_and_run_number() -> None:
    first = run_of(Recipe(), 10)
    second = first.successor(Recipe(weight_seed=1))
    second.advance(3)
    second.change(replace(second.recipe, learning_rate=0.5))
    frame = capture(second)
    assert frame.run_number == second.number != first.number
    assert frame.ghost is not None
    assert frame.ghost.low.tolist() == first.history.curve().low.tolist()
    assert [(change.epoch, change.recipe.learning_rate) for change in frame.changes] == [(3, 0.5)]


def test_a_frame_stays_as_it_was_while_training_goes_on() -> None:
    run = run_of(Recipe(), 5)
    frame = capture(run)
    before = [array.copy() for array in all_arrays(frame)]
    run.advance(200)
    for array, kept in zip(all_arrays(frame), before, strict=True):
        assert np.array_equal(array, kept)


def test_taking_a_frame_leaves_the_run_alone() -> None:
    watched, alone = run_of(Recipe(), 5), run_of(Recipe(), 5)
    for _ in range(5):
        capture(watched, Want(Box(-1.0, -1.0, 2.0, 2.0)))
        watched.advance(7)
    alone.advance(35)
    assert watched.training.state().tobytes() == alone.training.state().tobytes()
    assert watched.training.loss == alone.training.loss


def test_a_frame_is_frozen_and_its_arrays_are_read_only() -> None:
    run = run_of(Recipe(), 5).successor(Recipe(activations_off=True))
    run.advance(2)
    frame = capture(run)
    with pytest.raises(FrozenInstanceError):
        frame.epoch = 3  # type: ignore[misc]  # this is what must not work
    arrays = all_arrays(frame)
    assert len(arrays) == 6 + 3 + 3 + 3
    for array in arrays:
        assert not array.flags.writeable
        with pytest.raises(ValueError, match="read-only"):
            array[...] = 0


@pytest.mark.parametrize(
    ("hidden", "cells"),
    [
        ((), 50),
        ((4, 4), 50),
        ((16, 16), 50),
        ((64,) * 6, 20),
    ],
)
def test_pictures_have_the_shape_of_the_network(hidden: tuple[int, ...], cells: int) -> None:
    frame = capture(run_of(Recipe(hidden=hidden)))
    shapes = [(units, cells, cells) for units in (*hidden, 1)]
    assert [picture.shape for picture in frame.pictures] == shapes
    assert frame.surface.shape == (SURFACE_CELLS, SURFACE_CELLS)
    weights, biases = frame.layers()
    assert [W.shape[1] for W in weights] == [len(b) for b in biases] == [*hidden, 1]


@pytest.mark.parametrize(
    "recipe",
    [
        Recipe(),
        Recipe(dataset="linear", hidden=(16, 16)),
        Recipe(hidden_activation="tanh", output_activation="tanh"),
        Recipe(hidden_activation="relu", output_activation="identity", loss="mean_squared_error"),
        Recipe(activations_off=True, hidden=(3,)),
    ],
)
@pytest.mark.parametrize("box", [None, Box(-3.0, 0.5, 2.0, 0.75)])
def test_surface_and_pictures_are_the_networks_values_at_the_cells(
    recipe: Recipe, box: Box | None
) -> None:
    run = run_of(recipe)
    frame = capture(run, Want(box))
    assert frame.surface_box == (box or frame.box)
    for row, column in [(0, 0), (0, SURFACE_CELLS - 1), (SURFACE_CELLS - 1, 0), (37, 81)]:
        exact = activations_at(run, frame.surface_box, row, column, SURFACE_CELLS)[-1][0, 0]
        assert frame.surface[row, column] == pytest.approx(exact, rel=1e-5, abs=1e-5)
    step = picture_step(recipe)
    last = SURFACE_CELLS // step - 1
    for row, column in [(0, 0), (0, last), (last, 0), (11, 19)]:
        at = [step * place + step // 2 for place in (row, column)]
        layers = activations_at(run, frame.box, *at, SURFACE_CELLS)
        for picture, A in zip(frame.pictures, layers, strict=True):
            assert picture[:, row, column] == pytest.approx(A[0], rel=1e-5, abs=1e-5)


def test_the_surface_of_a_trained_network_is_exact_enough_in_every_cell() -> None:
    run = run_of(Recipe(), 3000)
    frame = capture(run)
    points = grid_points(frame.surface_box)
    exact = run.training.network.forward(points.T).activations[-1]
    np.testing.assert_allclose(frame.surface.ravel(), exact[:, 0], rtol=0, atol=1e-5)


def test_where_float32_overflows_the_surface_is_computed_in_float64() -> None:
    run = run_of(Recipe(activations_off=True, numerics="textbook"), scale=1e20)
    frame = capture(run)
    assert np.isfinite(frame.surface).all()
    assert np.abs(frame.surface).max() > 1e50
    exact = activations_at(run, frame.box, 70, 20, SURFACE_CELLS)[-1][0, 0]
    assert frame.surface[70, 20] == pytest.approx(exact, rel=1e-12)


def test_weights_beyond_float32_saturate_as_in_float64() -> None:
    run = run_of(Recipe(), scale=1e200)
    frame = capture(run)
    exact = activations_at(run, frame.box, 12, 93, SURFACE_CELLS)[-1][0, 0]
    assert frame.surface[12, 93] == exact
    assert set(np.unique(frame.surface)) <= {0.0, 1.0}


def test_a_broken_run_gives_a_frame_with_what_is_not_a_number_in_it() -> None:
    frame = capture(run_of(Recipe(activations_off=True), 60))
    assert np.isnan(frame.predictions).all()
    assert np.isnan(frame.surface).all()
    assert np.isnan(frame.loss)
    assert frame.accuracy == 0.0
    assert isinstance(frame.diagnosis, Divergence)
    assert frame.diagnosis.epoch == 0
    assert frame.diagnosis.mechanism is Mechanism.ZERO_TIMES_LOG_ZERO
    assert frame.first_nonfinite_weight_epoch is not None
    assert np.isnan(frame.outputs_at(0.5, 0.5)[0])


def test_the_output_at_a_point_is_computed_in_float64() -> None:
    run = run_of(Recipe(), 100)
    frame = capture(run)
    run.advance(50)  # the frame answers for its own instant
    again = run.training_at(100)
    for x1, x2 in [(0.0, 0.0), (0.123456789, 0.987654321), (-5.0, 7.5)]:
        exact = again.network.forward(np.array([[x1, x2]])).activations[-1][0, 0]
        assert frame.outputs_at(x1, x2)[0] == exact


def test_the_output_at_a_sample_is_its_prediction() -> None:
    frame = capture(run_of(Recipe(), 100))
    for (x1, x2), prediction in zip(frame.X, frame.predictions, strict=True):
        assert frame.outputs_at(x1, x2)[0] == pytest.approx(prediction, abs=1e-12)


def test_the_losses_of_the_samples_are_those_whose_mean_is_the_loss() -> None:
    run = run_of(Recipe(dataset="linear"), 30)
    frame = capture(run)
    assert frame.sample_losses.shape == (len(frame.X),)
    assert frame.sample_losses.mean() == pytest.approx(frame.loss, rel=1e-12)
    before = frame.sample_losses.copy()
    run.advance(20)
    np.testing.assert_array_equal(frame.sample_losses, before)
    assert not np.array_equal(capture(run).sample_losses, before)


@pytest.mark.parametrize("scale", [30.0, 60.0, 100.0, 400.0])
def test_the_losses_of_samples_and_sets_agree_however_small_they_are(scale: float) -> None:
    recipe = Recipe(
        dataset="gaussians", samples=60, train_share=0.5, hidden=(), start=(scale, scale, 0.0)
    )
    frame = capture(Run(recipe))
    Z = scale * frame.X.sum(axis=1)
    assert frame.test is not None
    assert 0.0 < frame.loss < 1e-3
    assert frame.loss == pytest.approx(exact_mean(Z, frame.Y), rel=1e-9, abs=0.0)
    assert frame.sample_losses.mean() == pytest.approx(frame.loss, rel=1e-9, abs=0.0)
    test_Z = scale * frame.test.X.sum(axis=1)
    assert frame.test.loss == pytest.approx(exact_mean(test_Z, frame.test.Y), rel=1e-9, abs=0.0)


def test_the_activations_at_a_point_are_those_of_every_layer_in_float64() -> None:
    run = run_of(Recipe(hidden=(3, 5)), 40)
    frame = capture(run)
    layers = frame.activations_at(0.25, 0.75)
    assert [len(layer) for layer in layers] == [2, 3, 5, 1]
    assert layers[0].tolist() == [0.25, 0.75]
    exact = run.training.network.forward(np.array([[0.25, 0.75]])).activations
    for layer, expected in zip(layers, exact, strict=True):
        assert layer.dtype == np.float64
        np.testing.assert_array_equal(layer, expected[0])
    assert float(layers[-1][0]) == frame.outputs_at(0.25, 0.75)[0]


def test_the_activations_of_a_broken_network_are_not_numbers() -> None:
    frame = capture(run_of(Recipe(activations_off=True, dataset="linear"), 50))
    assert frame.activations_at(0.5, 0.5)[0].tolist() == [0.5, 0.5]
    assert not any(np.isfinite(layer).any() for layer in frame.activations_at(0.5, 0.5)[1:])


def test_a_network_without_hidden_activations_is_one_linear_map() -> None:
    run = run_of(Recipe(hidden_activation="identity"), 50)
    found = capture(run).linear_map()
    assert found is not None
    w, b = found
    assert run.training.X @ w + b == pytest.approx(run.training.logits, abs=1e-12)
    assert capture(run_of(Recipe(activations_off=True))).linear_map() is not None
    assert capture(run_of(Recipe(hidden=()))).linear_map() is not None
    assert capture(run_of(Recipe())).linear_map() is None


def test_a_frame_tells_what_keeps_the_run_from_learning() -> None:
    diagnosis = capture(run_of(Recipe(hidden_activation="identity"), 300)).diagnosis
    assert isinstance(diagnosis, Symptom)
    assert diagnosis.kind is Kind.ONE_LINE


def test_the_box_is_that_of_the_data_and_a_tenth_around_it() -> None:
    box = data_box(np.array([[0.0, 2.0], [1.0, 6.0], [0.5, 3.0]]))
    assert box == pytest.approx((-0.1, 1.6, 1.1, 6.4))
    assert capture(run_of(Recipe())).box == pytest.approx((-0.1, -0.1, 1.1, 1.1))


def test_the_box_of_points_on_a_line_has_an_area() -> None:
    box = data_box(np.array([[0.5, 0.0], [0.5, 1.0]]))
    assert box.left < 0.5 < box.right


def test_grid_points_are_the_centres_of_the_cells_row_after_row_from_the_bottom() -> None:
    x1, x2 = grid_points(Box(0.0, 10.0, 200.0, 410.0))
    assert x1[:3].tolist() == x1[100:103].tolist() == pytest.approx([1.0, 3.0, 5.0])
    assert x2[[0, 99, 100]].tolist() == pytest.approx([12.0, 12.0, 16.0])
    assert (x1[-1], x2[-1]) == pytest.approx((199.0, 408.0))
    assert len(x1) == SURFACE_CELLS**2


def test_a_picture_has_every_other_of_these_points() -> None:
    box = Box(0.0, 0.0, 1.0, 1.0)
    whole = grid_points(box).reshape(2, SURFACE_CELLS, SURFACE_CELLS)
    assert np.array_equal(grid_points(box, 2), whole[:, 1::2, 1::2].reshape(2, -1))


def test_in_a_deep_zoom_the_surface_is_computed_in_float64() -> None:
    run = run_of(Recipe(), 2000)
    box = Box(0.5, 0.5, 0.5 + 1e-6, 0.5 + 1e-6)
    surface = capture(run, Want(box)).surface
    assert surface.dtype == np.float64
    exact = activations_at(run, box, 7, 90, SURFACE_CELLS)[-1][0, 0]
    assert surface[7, 90] == pytest.approx(exact, abs=1e-13)
