"""The axis of a loss that is as long as what lies on it wants."""

import math

import numpy as np
import pytest

from mlpviz.gui.plots.loss_axis import (
    decade_ticks,
    fitted_range,
    loss_range,
    major_and_minor,
    power_ticks,
)


@pytest.mark.parametrize("is_logarithmic", [False, True])
@pytest.mark.parametrize(
    "losses",
    [[0.7, 0.0003], [2.4, 0.6, 5.1], [1e-12, 1.0], [1e-300, 1e300], [1e-3, math.nan, math.inf, 3]],
)
def test_what_lies_there_fills_nearly_all_of_it(losses: list[float], is_logarithmic: bool) -> None:
    low, high = fitted_range(np.array(losses), is_logarithmic)
    finite = [loss for loss in losses if math.isfinite(loss)]
    ends = min(finite), max(finite)
    bottom, top = (math.log10(end) for end in ends) if is_logarithmic else (0.0, ends[1])
    assert low < bottom
    assert top < high
    assert top - bottom > 0.9 * (high - low)


@pytest.mark.parametrize("losses", [[], [math.nan], [0.0, math.inf], [0.3], [1e308], [5e-324]])
def test_an_axis_for_any_losses_has_a_length(losses: list[float]) -> None:
    for is_logarithmic in (False, True):
        low, high = fitted_range(np.array(losses), is_logarithmic)
        assert math.isfinite(high - low)
        assert low < high
        assert not is_logarithmic or len(decade_ticks(low, high)) < 60


@pytest.mark.parametrize("least", np.geomspace(0.1, 1.0, 17).tolist())
@pytest.mark.parametrize("ratio", [1.0, 1.5, 3.0, 8.0, 90.0, 1e5, 1e40])
def test_a_fitted_axis_has_some_numbers(least: float, ratio: float) -> None:
    low, high = fitted_range(np.array([least, least * ratio]), is_logarithmic=True)
    major, minor = major_and_minor(decade_ticks(low, high))
    assert 2 <= len(major) <= 8
    assert len({words for _, words in major}) == len(major)
    assert not any(words for _, words in minor)
    for place, words in major:
        assert low <= place <= high
        assert math.isclose(float(words), 10.0**place, rel_tol=1e-9)


def test_ticks_have_numbers_up_to_the_largest_that_an_axis_shows() -> None:
    low, high = loss_range(np.array([1e300, 1.7e308]), is_logarithmic=True)
    assert [words for _, words in power_ticks(low, high)] == ["1e300", "1e302", "1e304", "1e306"]
