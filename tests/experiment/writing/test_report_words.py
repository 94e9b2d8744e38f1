"""The sentences of a report."""

import math
from dataclasses import replace

import numpy as np

from mlpviz.experiment.data.own_data import OwnData
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.capture import capture
from mlpviz.experiment.run.frame import Frame
from mlpviz.experiment.run.run import Run
from mlpviz.experiment.study.seed_study import SeedStudy
from mlpviz.experiment.study.seeds import SeedRun
from mlpviz.experiment.words.comparison import recipe_label
from mlpviz.experiment.writing.printout import loss_words
from mlpviz.experiment.writing.report_words import diagnosis_words, recipe_words, result_words
from mlpviz.experiment.writing.study_words import study_words


def frame_of(recipe: Recipe, epochs: int) -> Frame:
    run = Run(recipe)
    run.advance(epochs)
    return capture(run)


def study_of(first_perfect: tuple[int | None, ...], accuracies: list[float]) -> SeedStudy:
    run = SeedRun(Recipe(epochs=1), len(accuracies))
    while not run.is_done:
        run.advance()
    return replace(run.study(), first_perfect_epochs=first_perfect, accuracies=np.array(accuracies))


def test_a_recipe_is_said_in_one_line() -> None:
    assert recipe_words(Recipe()) == (
        "xor: 2-4-4-1, sigmoid, cross-entropy, learning rate 1, full batch, 10\u2009000 epochs, "
        "weight seed 0"
    )
    recipe = Recipe(hidden_activation="tanh", batch_size=7, learning_rate=0.1)
    assert "tanh and sigmoid, " in recipe_words(recipe)
    assert "learning rate 0.1, batches of 7, " in recipe_words(recipe)
    adam = Recipe(optimizer="adam", regularization="l2", regularization_rate=0.03, frozen=(1, 2))
    assert "learning rate 1, Adam, L2 with rate 0.03, 2 frozen parameters, full" in recipe_words(
        adam
    )
    assert "no activation functions" in recipe_words(replace(recipe, activations_off=True))


def test_noise_and_a_test_set_are_said_where_there_are_such() -> None:
    recipe = Recipe(dataset="moons", noise=0.1, train_share=0.7)
    assert recipe_words(recipe).startswith(
        "moons with noise 10\u2009%, 70\u2009% of the samples trained on: 2-4-4-1, "
    )
    frame = frame_of(recipe, 3)
    assert frame.test is not None
    assert result_words(frame).endswith(
        f"; on the test set, {frame.test.loss:.4f} and {100 * frame.test.accuracy:.1f} %."
    )
    assert "test" not in result_words(frame_of(Recipe(), 3))


def test_a_loss_that_is_no_number_is_said_in_words() -> None:
    assert loss_words(0.00004) == "0.0000"
    assert loss_words(0.1968) == "0.1968"
    assert loss_words(math.nan) == "not a number"
    assert loss_words(math.inf) == "infinite"


def test_the_result_is_said_as_the_printout_says_it() -> None:
    frame = replace(frame_of(Recipe(), 5), loss=0.00035, accuracy=20 / 21)
    assert result_words(frame) == "After 5 epochs the loss is 0.0003 and the accuracy 95.2 %."


def test_a_sound_run_has_no_diagnosis() -> None:
    assert diagnosis_words(frame_of(Recipe(), 20)) == ""


def test_the_diagnosis_is_that_of_the_window_word_for_word() -> None:
    words = diagnosis_words(frame_of(Recipe(dataset="linear", activations_off=True), 60))
    assert "without the sigmoid sample 0 gives −1.33, and the logarithm of that" in words
    assert "weights since epoch 5" in words
    assert words.endswith("being false: it took such a prediction for class 0.")
    early = frame_of(Recipe(dataset="linear", activations_off=True), 1)
    assert diagnosis_words(early).endswith("since epoch 0; the weights still are.")


def test_a_run_that_stands_still_is_said_to_in_a_report_too() -> None:
    words = diagnosis_words(frame_of(Recipe(weight_seed=6), 3000))
    assert words.startswith("1 of 21 is still wrong, and the loss has hardly fallen since epoch ")


def test_the_seeds_are_counted_and_the_median_epoch_named() -> None:
    assert study_words(study_of((10, 20, 30, 40, 50), [1.0] * 5)) == (
        "From the weight seeds 0 to 4, 5 of 5 (100.0 %) end with every sample right; 5 of 5 "
        "(100.0 %) end with more than 90 % of the samples right; the median seed has them all "
        "right at epoch 30 (quartiles 20 to 40)."
    )


def test_those_above_90_percent_are_counted_beside_those_with_every_sample_right() -> None:
    words = study_words(study_of((10, None, None, None), [1.0, 19 / 21, 0.9, 0.5]))
    assert words.startswith(
        "From the weight seeds 0 to 3, 1 of 4 (25.0 %) end with every sample right; 2 of 4 "
        "(50.0 %) end with more than 90 % of the samples right; "
    )


def test_seeds_that_never_get_there_are_not_left_out_of_the_quartiles() -> None:
    words = study_words(study_of((10, 20, 30, None, None), [1.0] * 3 + [0.9] * 2))
    assert "3 of 5 (60.0 %)" in words
    assert "at epoch 30 (quartiles 20 to never)" in words
    words = study_words(study_of((None, 20, 30, None, None), [0.5, 1.0, 1.0, 0.9, 0.9]))
    assert "the earliest had them all right at epoch 20" in words
    assert "epoch" not in study_words(study_of((None, None), [0.5, 0.5]))


def test_what_was_right_for_a_while_only_and_what_broke_is_said() -> None:
    study = study_of((10, 20, 30), [1.0, 0.9, 0.9])
    assert "2 had them all right on the way and lost it" in study_words(study)
    losses = study.losses.copy()
    losses[-1, 1] = math.nan
    broken = replace(study, losses=losses)
    assert study_words(broken).endswith("1 of 3 end with a loss that is not finite.")


def test_own_data_are_not_said_to_have_the_noise_that_they_leave_aside() -> None:
    own = OwnData(np.array([[0.0, 0.0], [1.0, 1.0]]), np.array([0.0, 1.0]))
    recipe = Recipe(dataset="own", own=own, noise=0.2)
    assert recipe_words(recipe).startswith("own 2 points #")
    assert "noise" not in recipe_words(recipe)
    assert "noise" not in recipe_label(recipe)
    assert "with noise 20" in recipe_words(Recipe(noise=0.2))
