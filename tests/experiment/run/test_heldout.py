"""The test set: drawn by the seed, never trained on, judged after every epoch."""

from dataclasses import replace

import numpy as np
import pytest

from mlpviz.engine.heldout import HeldOut
from mlpviz.engine.training import Training
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.capture import capture
from mlpviz.experiment.run.grids import data_box
from mlpviz.experiment.run.history import MAX_BUCKETS
from mlpviz.experiment.run.run import Run
from mlpviz.experiment.run.start import (
    hold_out,
    make_data,
    make_samples,
    make_test_data,
    start_training,
)
from mlpviz.experiment.study.seeds import SeedRun

SPLIT = Recipe(dataset="moons", samples=40, noise=0.2, train_share=0.7, hidden=(3,))


def rows(*arrays: np.ndarray) -> list[tuple[float, ...]]:
    return sorted(map(tuple, np.hstack(arrays).tolist()))


def run_of(recipe: Recipe, epochs: int) -> Run:
    run = Run(recipe)
    run.advance(epochs)
    return run


def plain_loss(training: Training, X: np.ndarray, Y: np.ndarray) -> float:
    """Compute the cross-entropy as the book has it."""
    A = training.network.forward(X).activations[-1]
    return float(-np.mean(Y * np.log(A) + (1.0 - Y) * np.log(1.0 - A)))


@pytest.mark.parametrize("share", [0.1, 0.35, 0.5, 0.9])
def test_training_and_test_set_are_all_samples_and_none_twice(share: float) -> None:
    recipe = replace(SPLIT, train_share=share)
    test = make_test_data(recipe)
    assert test is not None
    (X, Y), (test_X, test_Y) = make_data(recipe), test
    assert len(X) == round(40 * share)
    assert len(X) + len(test_X) == 40
    assert rows(np.vstack((X, test_X)), np.vstack((Y, test_Y))) == rows(*make_samples(recipe))
    assert not any(array.flags.writeable for array in (X, Y, test_X, test_Y))


def test_of_two_samples_one_is_on_each_side() -> None:
    for share in (0.1, 0.9):
        test = make_test_data(Recipe(dataset="moons", samples=2, train_share=share))
        assert test is not None
        assert len(test[0]) == 1


def test_the_same_seed_splits_alike_and_another_otherwise() -> None:
    first, again = make_data(SPLIT)[0], make_data(SPLIT)[0]
    assert np.array_equal(first, again)
    xor = Recipe(train_share=0.5)
    assert rows(make_data(xor)[0]) != rows(make_data(replace(xor, data_seed=1))[0])


def test_the_split_does_not_change_the_samples_nor_their_order() -> None:
    X, _ = make_samples(replace(SPLIT, train_share=1.0))
    part, _ = make_data(SPLIT)
    places = [int(np.flatnonzero((x == X).all(axis=1))[0]) for x in part]
    assert places == sorted(places)


def test_where_all_samples_train_there_is_no_test_set() -> None:
    recipe = replace(SPLIT, train_share=1.0)
    assert make_test_data(recipe) is None
    run = run_of(recipe, 5)
    assert run.held_out is None
    assert run.history.test_curve() is None
    assert capture(run).test is None


def test_what_is_held_out_is_not_trained_on() -> None:
    X, Y = make_data(SPLIT)
    training = start_training(SPLIT)
    assert np.array_equal(training.X, X)
    assert np.array_equal(training.Y, Y)


@pytest.mark.parametrize("recipe", [SPLIT, replace(SPLIT, batch_size=5)], ids=["full", "batches"])
def test_the_training_is_the_same_to_the_bit_as_without_looking_at_the_test_set(
    recipe: Recipe,
) -> None:
    run, training = run_of(recipe, 150), start_training(recipe)
    losses = [training.loss, *training.run(150)]
    assert run.training.state().tobytes() == training.state().tobytes()
    assert run.history.curve().low.tolist() == losses


def test_the_test_loss_of_every_epoch_is_the_plain_one() -> None:
    run = run_of(SPLIT, 30)
    X, Y = make_test_data(SPLIT) or (np.empty(0), np.empty(0))
    training = start_training(SPLIT)
    expected = [plain_loss(training, X, Y)]
    for _ in range(30):
        training.run_epoch()
        expected.append(plain_loss(training, X, Y))
    curve = run.history.test_curve()
    assert curve is not None
    np.testing.assert_allclose(curve.low, expected, rtol=1e-12)
    assert np.array_equal(curve.low, curve.high)


@pytest.mark.parametrize("loss", ["cross_entropy", "mean_squared_error"])
@pytest.mark.parametrize("numerics", ["stable", "textbook"])
def test_on_the_training_samples_it_is_the_loss_of_the_training(loss: str, numerics: str) -> None:
    recipe = replace(SPLIT, train_share=0.5, loss=loss, numerics=numerics)
    training = run_of(recipe, 20).training
    held_out = HeldOut(training.network, training.X, training.X, training.Y, loss, numerics)
    assert held_out.loss() == pytest.approx(training.loss, rel=1e-12)
    assert held_out.accuracy() == training.accuracy


def test_a_frame_holds_the_test_set_and_how_its_state_does_on_it() -> None:
    run = run_of(SPLIT, 40)
    frame = capture(run)
    test, data = frame.test, make_test_data(SPLIT)
    assert test is not None
    assert data is not None
    assert np.array_equal(test.X, data[0])
    assert np.array_equal(test.Y, data[1][:, 0])
    assert test.predictions == pytest.approx(
        np.array([frame.outputs_at(x1, x2)[0] for x1, x2 in test.X]), rel=1e-12
    )
    assert test.loss == test.curve.low[-1]
    assert test.accuracy == np.mean((test.predictions > 0.5) == (test.Y == 1.0))
    assert capture(run).test.X is test.X  # type: ignore[union-attr]  # there is a test set
    for array in (test.X, test.Y, test.predictions, test.curve.low, test.curve.high):
        assert not array.flags.writeable


def test_the_box_holds_the_test_set_too() -> None:
    frame = capture(Run(SPLIT))
    assert frame.box == data_box(make_samples(SPLIT)[0])


def test_a_state_computed_again_has_the_test_loss_that_was_kept() -> None:
    run = run_of(SPLIT, 200)
    run.change(replace(SPLIT, learning_rate=0.3))
    run.advance(100)
    curve = run.history.test_curve()
    assert curve is not None
    for epoch in (0, 63, 64, 199, 200, 201, 300):
        held_out = hold_out(SPLIT, run.training_at(epoch).network)
        assert held_out is not None
        assert held_out.loss() == curve.low[epoch]


@pytest.mark.thorough
def test_the_curve_of_the_test_set_is_merged_like_that_of_the_training() -> None:
    run = run_of(replace(SPLIT, samples=10, hidden=()), MAX_BUCKETS + 5)
    curve, test_curve = run.history.curve(), run.history.test_curve()
    assert test_curve is not None
    assert (test_curve.stride, len(test_curve.low)) == (curve.stride, len(curve.low))
    assert curve.stride == 2


def test_a_test_loss_that_is_no_number_is_a_result() -> None:
    run = run_of(replace(SPLIT, activations_off=True), 60)
    test = capture(run).test
    assert test is not None
    assert np.isnan(test.loss)
    assert test.accuracy == 0.0
    assert test.curve.first_nonfinite_epoch == 0


def test_many_seeds_train_on_the_training_part() -> None:
    recipe = replace(SPLIT, epochs=20)
    seeds = SeedRun(recipe, 2)
    while not seeds.is_done:
        seeds.advance()
    losses = [float(run_of(replace(recipe, weight_seed=seed), 20).training.loss) for seed in (0, 1)]
    assert seeds.study().losses[-1] == pytest.approx(np.array(losses), rel=1e-12)
