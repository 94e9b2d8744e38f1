"""What is said of many seeds: who learned, and where the middle half of them lies."""

from dataclasses import replace

import numpy as np
import pytest

from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.study.seed_study import SeedStudy


def study_of(losses: list[list[float]], accuracies: list[float] | None = None) -> SeedStudy:
    """Make a study of losses, (points, seeds)."""
    count = len(losses[0])
    return SeedStudy(
        Recipe(),
        tuple(range(count)),
        np.arange(len(losses)),
        np.array(losses),
        np.ones(count) if accuracies is None else np.array(accuracies),
        np.zeros((count, 37)),
        (None,) * count,
        (None,) * count,
    )


def test_above_90_percent_is_more_than_nine_samples_of_ten() -> None:
    study = study_of([[0.1] * 5], [1.0, 19 / 21, 0.9, 90 / 100, 0.0])
    assert study.above_90.tolist() == [True, True, False, False, False]
    assert study.learned.tolist() == [True, False, False, False, False]


def test_stuck_is_who_has_a_sample_wrong_and_of_numbers_nobody() -> None:
    study = study_of([[0.1, 0.1]], [1.0, 20 / 21])
    assert study.stuck.tolist() == [False, True]
    plane = Recipe(
        dataset="plane", loss="mean_squared_error", output_activation="identity", epochs=1
    )
    numbers = replace(study, recipe=plane, accuracies=np.array([np.nan, np.nan]))
    assert numbers.stuck.tolist() == [False, False]


@pytest.mark.parametrize(
    ("losses", "band"),
    [
        ([5.0, 1.0, 4.0, 2.0, 3.0], (2.0, 4.0)),
        ([1.0, 2.0, 3.0, 4.0], (2.0, 3.0)),
        ([1.0, 1.0, 1.0, 1.0, 9.0, 9.0], (1.0, 1.0)),  # a quartile would lie between the two heaps
        ([1.0, 2.0, 3.0], None),  # so few have no quarters
        ([1.0, 2.0, np.nan, np.nan, np.inf], None),
        ([1.0, 2.0, 3.0, 4.0, np.nan, np.nan, np.nan], None),  # the middle half has a broken one
        ([1.0, 2.0, 3.0, 4.0, np.inf], (2.0, 4.0)),
    ],
)
def test_the_middle_half_ends_at_losses_of_seeds(
    losses: list[float], band: tuple[float, float] | None
) -> None:
    least, greatest = study_of([losses]).middle_half()[:, 0].tolist()
    if band is None:
        assert np.isnan([least, greatest]).all()
    else:
        assert (least, greatest) == band


def test_the_middle_half_lies_within_the_quartiles() -> None:
    losses = np.random.default_rng(0).exponential(size=(40, 11))
    study = study_of(losses.tolist())
    least, greatest = study.middle_half()
    lower, _, upper = study.quartiles()
    assert (lower <= least).all()
    assert (greatest <= upper).all()
    assert all(band in row for band, row in zip(least, losses, strict=True))
