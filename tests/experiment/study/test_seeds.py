"""Many seeds: what a study says is what each seed does alone, however its time is cut."""

import math
import threading
from dataclasses import FrozenInstanceError, replace

import numpy as np
import pytest

from mlpviz.engine import Array
from mlpviz.engine.training import Training
from mlpviz.experiment.recipe.recipe import MAX_SEED, Recipe
from mlpviz.experiment.run.capture import capture
from mlpviz.experiment.run.run import Run
from mlpviz.experiment.run.start import start_training
from mlpviz.experiment.study import seeds as seeds_module
from mlpviz.experiment.study.seed_study import QUARTILES, SeedStudy, quantiles, surface_thumbnails
from mlpviz.experiment.study.seeds import MAX_POINTS, SeedRun


def study_of(recipe: Recipe, count: int, seconds: float = 0.05) -> SeedStudy:
    run = SeedRun(recipe, count)
    while not run.is_done:
        run.advance(seconds)
    return run.study()


def alone(recipe: Recipe, seed: int) -> Training:
    return start_training(replace(recipe, weight_seed=seed))


def first(flags: list[bool]) -> int | None:
    return flags.index(True) if True in flags else None


# What it says of each seed


@pytest.mark.thorough
@pytest.mark.parametrize(
    "recipe",
    [
        Recipe(learning_rate=3.0, epochs=700),
        Recipe(dataset="linear", samples=30, epochs=530),
        Recipe(epochs=300, activations_off=True),
        Recipe(epochs=60, batch_size=8, learning_rate=2.0),
        Recipe(
            optimizer="adam",
            learning_rate=0.03,
            regularization="l2",
            hidden_activation=("tanh", "leaky_relu"),
            frozen=(0, 20),
            epochs=300,
        ),
    ],
    ids=["xor", "linear", "no activations", "mini-batches", "Adam"],
)
def test_every_figure_is_that_of_the_seed_trained_alone(recipe: Recipe) -> None:
    study = study_of(recipe, 4)
    for column, seed in enumerate(study.seeds):
        training = alone(recipe, seed)
        losses, perfect = [training.loss], [training.accuracy == 1.0]
        for _ in range(recipe.epochs):
            training.run_epoch()
            losses.append(training.loss)
            perfect.append(training.accuracy == 1.0)
        np.testing.assert_allclose(
            study.losses[:, column], np.array(losses)[study.epochs], rtol=0, atol=1e-9
        )
        np.testing.assert_allclose(
            study.parameters[column], training.network.parameters, rtol=0, atol=1e-9
        )
        assert study.accuracies[column] == training.accuracy
        assert study.learned[column] == (training.accuracy == 1.0)
        assert study.first_perfect_epochs[column] == first(perfect)
        assert study.first_nonfinite_epochs[column] == first([not math.isfinite(x) for x in losses])


def test_the_first_epoch_with_every_sample_right_is_found_to_the_epoch() -> None:
    study = study_of(Recipe(learning_rate=3.0, epochs=2000), 6)
    found = [
        (s, e)
        for s, e in zip(study.seeds, study.first_perfect_epochs, strict=True)
        if e is not None
    ]
    assert len(found) >= 3
    for seed, epoch in found:
        training = alone(study.recipe, seed)
        training.run(epoch - 1)
        assert training.accuracy < 1.0
        training.run_epoch()
        assert training.accuracy == 1.0


def test_the_seeds_follow_that_of_the_recipe_and_begin_again_after_the_last() -> None:
    assert SeedRun(Recipe(weight_seed=7), 3).seeds == (7, 8, 9)
    assert SeedRun(Recipe(weight_seed=MAX_SEED), 3).seeds == (MAX_SEED, 0, 1)


@pytest.mark.parametrize("epochs", [1, 2, 510, 511, 512, 1021, 2500])
def test_the_curve_has_at_most_512_points_from_the_first_state_to_the_last(epochs: int) -> None:
    study = study_of(Recipe(epochs=epochs, hidden=(2,)), 2)
    assert study.losses.shape == (len(study.epochs), 2)
    assert len(study.epochs) <= MAX_POINTS
    assert (study.epochs[0], study.epochs[-1]) == (0, epochs)
    strides = np.diff(study.epochs)
    assert (strides > 0).all()
    assert (strides[:-1] == strides[0]).all()
    assert np.isfinite(study.losses).all()


def test_curves_and_statistics_are_float64() -> None:
    study = study_of(Recipe(epochs=5), 2)
    for array in (study.losses, study.parameters, study.accuracies, study.quartiles()):
        assert array.dtype == np.float64


def test_a_study_cannot_be_changed() -> None:
    study = study_of(Recipe(epochs=5), 2)
    for array in (study.epochs, study.losses, study.parameters, study.accuracies):
        assert not array.flags.writeable
    with pytest.raises(FrozenInstanceError):
        study.seeds = ()  # type: ignore[misc]  # that is what is tested


@pytest.mark.thorough
@pytest.mark.parametrize("rate", [1.0, 0.1])
def test_the_verdict_on_10_seeds_is_that_of_single_runs(rate: float) -> None:
    recipe = Recipe(learning_rate=rate, epochs=2000)
    study = study_of(recipe, 10)
    for seed, learned in zip(study.seeds, study.learned.tolist(), strict=True):
        training = alone(recipe, seed)
        training.run(recipe.epochs)
        assert learned == (training.accuracy == 1.0), seed


@pytest.mark.slow
@pytest.mark.timeout(1200)
@pytest.mark.parametrize(
    "recipe",
    [
        Recipe(),
        Recipe(learning_rate=0.1),
        Recipe(hidden=(16, 16)),
        Recipe(activations_off=True),
        Recipe(dataset="linear"),
        Recipe(dataset="linear", learning_rate=0.1),
        Recipe(dataset="linear", hidden=(16, 16)),
        Recipe(dataset="linear", activations_off=True),
    ],
)
def test_the_verdict_on_seeds_0_to_49_is_that_of_single_runs(recipe: Recipe) -> None:
    study = study_of(recipe, 50)
    assert study.seeds == tuple(range(50))
    for seed, learned in zip(study.seeds, study.learned.tolist(), strict=True):
        training = alone(recipe, seed)
        training.run(recipe.epochs)
        assert learned == (training.accuracy == 1.0), seed


# How it goes


@pytest.mark.thorough
def test_how_the_time_is_cut_changes_nothing() -> None:
    recipe = Recipe(epochs=700, learning_rate=2.0)
    long, short = study_of(recipe, 5, seconds=10.0), study_of(recipe, 5, seconds=1e-9)
    np.testing.assert_array_equal(long.losses, short.losses)
    np.testing.assert_array_equal(long.parameters, short.parameters)
    assert long.first_perfect_epochs == short.first_perfect_epochs


def test_groups_one_after_the_other_give_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    recipe = Recipe(epochs=100)
    whole = study_of(recipe, 7)
    monkeypatch.setattr(seeds_module, "group_size", lambda *_: 3)
    parts = study_of(recipe, 7)
    np.testing.assert_allclose(parts.losses, whole.losses, rtol=0, atol=1e-12)
    np.testing.assert_allclose(parts.parameters, whole.parameters, rtol=0, atol=1e-12)
    assert parts.accuracies.tolist() == whole.accuracies.tolist()


@pytest.mark.parametrize("batch_size", [0, 7])
def test_the_progress_grows_from_0_to_1_and_reaches_it_only_at_the_end(batch_size: int) -> None:
    run = SeedRun(Recipe(epochs=40, batch_size=batch_size), 3)
    seen = [run.progress]
    while not run.is_done:
        with pytest.raises(ValueError, match="not all been trained"):
            run.study()
        run.advance(seconds=1e-9)
        seen.append(run.progress)
    assert seen[0] == 0.0
    assert seen == sorted(seen)
    assert len(seen) > 40
    assert len(run.study().seeds) == 3


@pytest.mark.thorough
def test_slices_grow_while_they_are_short_and_shrink_when_they_are_long() -> None:
    def slices(seconds: float) -> int:
        run = SeedRun(Recipe(epochs=2000), 2)
        count = 0
        while not run.is_done:
            run.advance(seconds)
            count += 1
        return count

    assert slices(1e9) < 20
    assert slices(1e-9) > 2000


def test_it_runs_on_any_thread() -> None:
    studies: list[SeedStudy] = []
    recipe = Recipe(epochs=50)
    thread = threading.Thread(target=lambda: studies.append(study_of(recipe, 3)), name="seeds")
    thread.start()
    thread.join(60.0)
    np.testing.assert_array_equal(studies[0].losses, study_of(recipe, 3).losses)


def test_large_networks_and_many_samples_work_too() -> None:
    recipe = Recipe(dataset="linear", samples=1000, hidden=(64, 64), epochs=2)
    study = study_of(recipe, 3)
    training = alone(recipe, 2)
    training.run(2)
    assert abs(study.losses[-1, 2] - training.loss) < 1e-12


@pytest.mark.parametrize("recipe", [Recipe(), Recipe(batch_size=8)], ids=["together", "alone"])
def test_networks_of_which_nothing_is_left_take_no_more_time(
    monkeypatch: pytest.MonkeyPatch, recipe: Recipe
) -> None:
    broken = replace(recipe, activations_off=True, epochs=600)
    whole = study_of(broken, 3)
    epochs = 0
    record = SeedRun._record

    def count(self: SeedRun, members: slice, first: int, losses: Array, correct: Array) -> None:
        nonlocal epochs
        epochs = max(epochs, first + len(losses))
        record(self, members, first, losses, correct)

    monkeypatch.setattr(SeedRun, "_record", count)
    study = study_of(replace(broken, epochs=1_000_000), 3, seconds=1e-9)
    assert epochs < 600
    assert study.epochs[-1] == 1_000_000
    assert np.isnan(study.losses[1:]).all()
    assert np.isnan(study.parameters).all()
    assert np.isnan(whole.parameters).all()
    assert study.first_nonfinite_epochs == whole.first_nonfinite_epochs
    assert study.accuracies.tolist() == [0.0] * 3


@pytest.mark.parametrize("count", [0, -1, 501])
def test_another_number_of_seeds_is_refused(count: int) -> None:
    with pytest.raises(
        ValueError, match=f"seeds must be a whole number from 1 to 500. Got {count}"
    ):
        SeedRun(Recipe(), count)


def test_a_recipe_that_never_ends_is_refused() -> None:
    with pytest.raises(ValueError, match="epochs must be at least 1"):
        SeedRun(Recipe(epochs=0))


# Statistics


def with_losses(*rows: list[float]) -> SeedStudy:
    losses = np.array(rows)
    study = study_of(Recipe(epochs=1), 1)
    return replace(study, losses=losses, first_perfect_epochs=(10, None, 30, 20, 40))


def test_quartiles_of_numbers_are_those_of_numpy() -> None:
    values = np.random.default_rng(0).normal(size=(5, 11))
    for n in (1, 2, 10, 11):
        expected = np.quantile(values[:, :n], QUARTILES, axis=1)
        np.testing.assert_allclose(
            quantiles(values[:, :n], QUARTILES), expected, rtol=0, atol=1e-14
        )


def test_a_loss_that_is_no_number_ranks_above_every_number_and_is_counted() -> None:
    study = with_losses([1, 2, 3, 4, 5], [1, math.nan, 3, 2, math.inf], [math.nan] * 5)
    assert study.nonfinite_counts.tolist() == [0, 2, 5]
    lower, median, upper = study.quartiles()
    np.testing.assert_array_equal(lower, [2, 2, math.nan])
    np.testing.assert_array_equal(median, [3, 3, math.nan])
    np.testing.assert_array_equal(upper, [4, math.nan, math.nan])


def test_a_seed_that_never_gets_there_ranks_last_among_the_epochs() -> None:
    study = with_losses([0.0])
    np.testing.assert_array_equal(study.perfect_epoch_quartiles(), [20, 30, 40])
    study = replace(study, first_perfect_epochs=(None, None, 7))
    np.testing.assert_array_equal(study.perfect_epoch_quartiles(), [math.nan] * 3)


def test_without_activations_every_loss_is_kept_as_no_number() -> None:
    study = study_of(Recipe(epochs=50, activations_off=True), 5)
    assert study.nonfinite_counts[-1] == 5
    assert not study.learned.any()
    assert not np.isfinite(study.losses[-1]).any()
    assert set(study.first_perfect_epochs) == {None}
    assert np.isnan(study.quartiles()[:, -1]).all()


# Pictures


def test_a_thumbnail_is_the_surface_that_the_run_of_that_seed_ends_with() -> None:
    recipe = Recipe(epochs=200)
    surfaces = surface_thumbnails(study_of(recipe, 3), 1)
    assert surfaces.shape == (3, 100, 100)
    for seed, surface in enumerate(surfaces):
        run = Run(replace(recipe, weight_seed=seed))
        run.advance(200)
        np.testing.assert_allclose(surface, capture(run).surface, atol=1e-5)


def test_every_seed_draws_its_own_weights_whatever_a_recipe_starts_from() -> None:
    recipe = Recipe(epochs=3)
    given = SeedRun(replace(recipe, start=(0.5,) * 37), 3)
    drawn = SeedRun(recipe, 3)
    for run in (given, drawn):
        while not run.is_done:
            run.advance()
    assert np.array_equal(given.study().losses, drawn.study().losses)
    assert given.study().recipe == recipe
