"""How many samples are wrong, in words."""

from dataclasses import replace

import numpy as np
import pytest
from frames import make_frame

from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.capture import capture
from mlpviz.experiment.run.frame import Frame
from mlpviz.experiment.run.run import Run
from mlpviz.experiment.words.wrong_words import widest_wrong_words, wrong_count, wrong_words


def with_wrong(count: int, recipe: Recipe | None = None) -> Frame:
    frame = make_frame(recipe or Recipe())
    return replace(frame, accuracy=float(np.mean(np.arange(len(frame.X)) >= count)))


@pytest.mark.parametrize("count", range(22))
def test_as_many_are_wrong_as_the_accuracy_says(count: int) -> None:
    assert wrong_count(with_wrong(count)) == count
    assert wrong_words([with_wrong(count)]) == f"{count} of 21 wrong"
    assert wrong_words([with_wrong(count)], is_brief=True) == f"{count} wrong"


def test_of_two_runs_both_are_counted() -> None:
    a, b = with_wrong(1), with_wrong(3)
    assert wrong_words([a, b]) == "1 | 3 of 21 wrong"
    assert wrong_words([a, b], is_brief=True) == "1 | 3 wrong"
    assert widest_wrong_words([a, b]) == "21 | 21 of 21 wrong"
    split = with_wrong(2, Recipe(train_share=0.7))
    assert wrong_words([a, split]) == f"1 of 21 | 2 of {len(split.X)} wrong"


def test_an_output_that_is_not_finite_is_wrong() -> None:
    run = Run(Recipe(activations_off=True))
    while run.training.first_nonfinite_weight_epoch is None:
        run.advance(1)
    frame = capture(run)
    assert not np.isfinite(frame.predictions).any()
    assert wrong_words([frame]) == "21 of 21 wrong"
