"""Three to six classes: from the recipe to what a frame shows of them."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from mlpviz.engine.datasets import MAX_CLASSES
from mlpviz.engine.initializers import initial_weights
from mlpviz.engine.scores import NO_CLASS
from mlpviz.experiment.recipe.effects import Effect, effect_of_change
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.recipe.revision import FOR_NUMBERS, revised
from mlpviz.experiment.run.capture import capture
from mlpviz.experiment.run.frame import unit_surface
from mlpviz.experiment.run.gradients import gradient
from mlpviz.experiment.run.grids import Box, grid_points, surface_over
from mlpviz.experiment.run.run import Run
from mlpviz.experiment.run.start import make_samples, start_training
from mlpviz.experiment.run.want import Want
from mlpviz.experiment.study.seed_study import surface_thumbnails
from mlpviz.experiment.study.seeds import SeedRun

FOUR = revised(Recipe(), dataset="gaussians", classes=4, samples=40)
CLASSES = range(3, MAX_CLASSES + 1)


def run_of(recipe: Recipe, epochs: int = 30) -> Run:
    run = Run(recipe)
    run.advance(epochs)
    return run


# The recipe


@pytest.mark.parametrize("classes", CLASSES)
def test_with_more_than_two_classes_there_is_an_output_unit_for_each(classes: int) -> None:
    recipe = revised(Recipe(), dataset="spiral", classes=classes)
    assert recipe.outputs == recipe.class_count == classes
    assert recipe.sizes == (2, 4, 4, classes)
    assert recipe.activations == ("sigmoid", "sigmoid", "softmax")


@pytest.mark.parametrize("classes", [2, 5])
def test_sets_that_do_not_leave_the_choice_have_two_classes_and_keep_it(classes: int) -> None:
    recipe = Recipe(dataset="moons", classes=classes)
    assert (recipe.class_count, recipe.outputs, recipe.leaves_classes) == (2, 1, False)
    assert revised(recipe, dataset="gaussians").class_count == classes


def test_numbers_are_no_classes() -> None:
    recipe = revised(FOUR, dataset="plane")
    assert (recipe.class_count, recipe.outputs) == (0, 1)


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        (
            {"dataset": "gaussians", "classes": 4},
            "output_activation must be softmax where there are 4 classes, as in the data set "
            "gaussians. Got 'sigmoid'.",
        ),
        (
            {"output_activation": "softmax"},
            "output_activation must not be softmax where there are 2 classes, as in the data set "
            "xor. Got 'softmax'.",
        ),
        (
            {"dataset": "plane", "loss": "mean_squared_error", "output_activation": "softmax"},
            "output_activation must not be softmax where the targets are numbers, as in the "
            "data set plane. Got 'softmax'.",
        ),
        ({"classes": 7}, "classes must be a whole number from 2 to 6. Got 7."),
        ({"hidden_activation": "softmax"}, "hidden_activation must be one of sigmoid"),
    ],
)
def test_what_does_not_go_with_the_classes_is_refused(
    values: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(ValueError, match="must") as caught:
        Recipe(**values)
    assert sentence in str(caught.value)


@pytest.mark.parametrize("dataset", ["gaussians", "spiral"])
@pytest.mark.parametrize("classes", CLASSES)
def test_fewer_samples_than_classes_are_refused_in_a_sentence_with_both_numbers(
    dataset: str, classes: int
) -> None:
    for samples in range(2, classes):
        with pytest.raises(ValueError, match="samples") as caught:
            revised(Recipe(), dataset=dataset, classes=classes, samples=samples)
        assert str(caught.value) == (
            f"samples must be at least {classes}, one for each of the {classes} classes of the "
            f"data set {dataset}. Got {samples}."
        )
    few = revised(Recipe(), dataset=dataset, classes=classes, samples=classes)
    assert set(make_samples(few)[1][:, 0]) == set(range(classes))
    assert revised(Recipe(), dataset="moons", classes=classes, samples=2).samples == 2
    with pytest.raises(ValueError, match=r"samples .* Got 2\."):
        Recipe.from_json(few.to_json().replace(f'"samples": {classes}', '"samples": 2'))


def test_the_output_follows_the_number_of_classes() -> None:
    assert FOUR.output_activation == "softmax"
    assert revised(FOUR, classes=2).output_activation == "sigmoid"
    assert revised(FOUR, dataset="xor").output_activation == "sigmoid"
    tanh = revised(Recipe(dataset="gaussians"), output_activation="tanh")
    assert revised(tanh, classes=2).output_activation == "tanh"  # nothing has changed
    assert revised(tanh, classes=3).output_activation == "softmax"


def test_between_classes_and_numbers_loss_and_learning_rate_follow_too() -> None:
    plane = revised(replace(FOUR, learning_rate=3.0), dataset="plane")
    assert all(getattr(plane, name) == value for name, value in FOR_NUMBERS.items())
    back = revised(plane, dataset="spiral")
    assert (back.loss, back.output_activation) == ("cross_entropy", "softmax")
    assert back.learning_rate == Recipe().learning_rate


def test_loss_and_learning_rate_stay_between_two_classes_and_more() -> None:
    recipe = Recipe(dataset="gaussians", loss="mean_squared_error", learning_rate=0.3)
    more = revised(recipe, classes=5)
    assert (more.loss, more.learning_rate) == ("mean_squared_error", 0.3)


def test_another_number_of_outputs_means_other_weights_but_the_same_in_front_of_it() -> None:
    other = revised(FOUR, classes=5)
    assert effect_of_change(FOUR, other) is Effect.NEW_WEIGHTS
    assert effect_of_change(FOUR, revised(FOUR, samples=50)) is Effect.RESTART
    assert effect_of_change(Recipe(), Recipe(classes=3)) is Effect.RESTART  # xor has two anyway
    weights = [start_training(recipe).network.weights for recipe in (FOUR, other)]
    for of_four, of_five in zip(weights[0][:2], weights[1][:2], strict=True):
        assert np.array_equal(of_four, of_five)
    drawn = initial_weights("normal", 0, (2, 4, 4, 5))
    assert np.array_equal(weights[1][2], drawn[2])


def test_another_number_of_classes_has_no_frozen_and_no_given_parameters() -> None:
    recipe = replace(FOUR, frozen=(1, 50), start=(0.5,) * 52)
    other = revised(recipe, classes=5)
    assert (other.frozen, other.start) == ((), None)
    assert revised(recipe, samples=44).start == recipe.start


@pytest.mark.parametrize("recipe", [FOUR, revised(FOUR, activations_off=True)])
def test_a_recipe_of_many_classes_survives_json(recipe: Recipe) -> None:
    assert Recipe.from_json(recipe.to_json()) == recipe


def test_a_recipe_file_without_the_number_of_classes_has_two() -> None:
    assert Recipe.from_json('{"dataset": "spiral"}').class_count == 2


# Runs and frames


def test_a_frame_has_the_outputs_of_each_class_first() -> None:
    frame = capture(run_of(FOUR))
    assert frame.predictions.shape == (4, 40)
    assert frame.surface.shape == (4, 100, 100)
    assert frame.pictures[-1].shape == (4, 50, 50)
    np.testing.assert_allclose(frame.predictions.sum(axis=0), 1.0, atol=1e-12)
    np.testing.assert_allclose(frame.surface.sum(axis=0), 1.0, atol=1e-5)
    assert not frame.surface.flags.writeable
    assert frame.Y.tolist() == [i % 4 for i in range(40)]


def test_the_outputs_at_a_sample_are_its_predictions() -> None:
    frame = capture(run_of(FOUR))
    for sample, (x1, x2) in enumerate(frame.X.tolist()):
        np.testing.assert_allclose(
            frame.outputs_at(x1, x2), frame.predictions[:, sample], atol=1e-12
        )


def test_the_surface_is_what_the_network_gives_there() -> None:
    frame = capture(run_of(FOUR), Want(Box(-0.5, -0.2, 0.1, 0.4)))
    for cell in (0, 5050, 9999):
        x1, x2 = grid_points(frame.surface_box)[:, cell].tolist()
        row, column = divmod(cell, 100)
        expected = frame.outputs_at(x1, x2)
        np.testing.assert_allclose(frame.surface[:, row, column], expected, atol=1e-5)


def test_the_predicted_class_is_the_most_probable_one() -> None:
    frame = capture(run_of(FOUR, 300))
    assert frame.predicted.tolist() == frame.predictions.argmax(axis=0).tolist()
    assert frame.accuracy == np.mean(frame.correct) == np.mean(frame.predicted == frame.Y)
    assert frame.accuracy > 0.9


def test_of_two_classes_the_predicted_one_goes_by_a_half() -> None:
    frame = capture(run_of(Recipe(), 300))
    assert frame.predicted.tolist() == (frame.predictions > 0.5).astype(int).tolist()
    assert frame.accuracy == np.mean(frame.correct)


def test_the_test_set_is_judged_by_the_same_rule() -> None:
    frame = capture(run_of(replace(FOUR, train_share=0.5), 200))
    test = frame.test
    assert test is not None
    assert test.predictions.shape == (4, 20)
    assert test.accuracy == np.mean(test.predictions.argmax(axis=0) == test.Y)
    assert test.accuracy == np.mean(test.correct)
    assert frame.predictions.shape == (4, 20)


def test_an_output_unit_shows_its_part_of_the_surface_and_a_hidden_one_its_own() -> None:
    frame = capture(run_of(FOUR))
    for unit in range(4):
        assert np.array_equal(unit_surface(frame, 3, unit), frame.surface[unit])
    x1, x2 = grid_points(frame.box)[:, 5050].tolist()
    hidden = frame.activations_at(x1, x2)[2][1]
    assert unit_surface(frame, 2, 1)[50, 50] == pytest.approx(float(hidden), abs=1e-5)


def test_with_activations_off_nothing_is_a_number_in_the_end_and_no_class() -> None:
    frame = capture(run_of(revised(FOUR, activations_off=True, learning_rate=100.0), 200))
    assert np.isnan(frame.loss)
    assert set(frame.predicted.tolist()) == {NO_CLASS}
    assert frame.accuracy == 0.0
    assert np.isnan(frame.surface).all()


@pytest.mark.parametrize("numerics", ["stable", "textbook"])
@pytest.mark.parametrize("loss", ["cross_entropy", "mean_squared_error"])
def test_the_gradient_of_a_frame_is_the_derivative_of_its_loss(loss: str, numerics: str) -> None:
    recipe = replace(FOUR, loss=loss, numerics=numerics)
    run = run_of(recipe, 5)
    frame = capture(run)
    found = gradient(frame)
    training = start_training(recipe)
    for index in range(0, len(found), 7):
        ends = []
        for step in (-1e-5, 1e-5):
            state = run.training.state()
            state[index] += step
            training.restore(0, state)
            ends.append(training.loss)
        assert found[index] == pytest.approx((ends[1] - ends[0]) / 2e-5, abs=1e-8, rel=1e-6)


@pytest.mark.parametrize("batch_size", [0, 7])
def test_a_past_state_is_computed_again_to_the_bit(batch_size: int) -> None:
    recipe = replace(FOUR, batch_size=batch_size, optimizer="adam", learning_rate=0.01)
    run = run_of(recipe, 100)
    state = run.training.state()
    run.advance(57)
    assert np.array_equal(run.training_at(100).state(), state)


def test_nothing_is_one_line_with_a_unit_per_class() -> None:
    frame = capture(run_of(replace(FOUR, hidden_activation="identity"), 3))
    assert frame.linear_map() is None


# Many seeds


@pytest.mark.thorough
@pytest.mark.parametrize("batch_size", [0, 16])
def test_every_seed_ends_as_it_does_alone(batch_size: int) -> None:
    recipe = replace(FOUR, epochs=150, batch_size=batch_size)
    seeds = SeedRun(recipe, 4)
    while not seeds.is_done:
        seeds.advance()
    study = seeds.study()
    for i, seed in enumerate(study.seeds):
        training = start_training(replace(recipe, weight_seed=seed))
        losses = training.run(150)
        np.testing.assert_allclose(study.losses[-1, i], losses[-1], atol=1e-10)
        assert study.accuracies[i] == training.accuracy
    thumbnails = surface_thumbnails(study)
    assert thumbnails.shape == (4, 4, 25, 25)
    frame = capture(run_of(recipe, 150))
    surface = surface_over(recipe, frame.parameters, frame.box, 4)
    np.testing.assert_allclose(thumbnails[0], surface, atol=1e-5)
