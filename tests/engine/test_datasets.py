"""The report's two data sets."""

import numpy as np
import pytest

from mlpviz.engine.datasets import DATASETS, linear, xor


def test_xor_is_the_21_points_of_the_report_in_order() -> None:
    X, Y = xor()
    expected = []
    for i in range(11):
        expected.append((0.1 * i, 0.1 * i, 0.0))
        if i != 5:
            expected.append((0.1 * i, 1 - 0.1 * i, 1.0))
    assert np.array_equal(np.hstack((X, Y)), np.array(expected))


def test_xor_written_out() -> None:
    X, Y = xor()
    assert Y[:, 0].astype(int).tolist() == [0, 1] * 5 + [0] + [0, 1] * 5
    assert X[:3].tolist() == [[0.0, 0.0], [0.0, 1.0], [0.1, 0.1]]
    assert X[10].tolist() == [0.5, 0.5]
    assert X[11:13] == pytest.approx(np.array([[0.6, 0.6], [0.6, 0.4]]))
    assert X[20] == pytest.approx(np.array([1.0, 0.0]))


def test_xor_does_not_depend_on_size_and_seed() -> None:
    assert np.array_equal(xor(5, 3)[0], xor()[0])


def test_linear_is_what_its_seed_and_purpose_draw() -> None:
    X, Y = linear(100, 7)
    drawn = np.random.default_rng((7, 1)).uniform(0.0, 1.0, (100, 2))
    assert np.array_equal(X, drawn)
    assert [y == 0.0 for y in Y[:, 0]] == [x1 > x2 for x1, x2 in drawn]
    assert set(Y[:, 0]) == {0.0, 1.0}


@pytest.mark.parametrize("samples", [2, 100, 1000])
def test_linear_has_the_size_asked_for(samples: int) -> None:
    X, Y = linear(samples, 0)
    assert (X.shape, Y.shape) == ((samples, 2), (samples, 1))
    assert X.min() >= 0.0
    assert X.max() < 1.0


def test_linear_of_another_seed_is_another_set() -> None:
    assert not np.array_equal(linear(100, 0)[0], linear(100, 1)[0])


@pytest.mark.parametrize("name", DATASETS)
def test_every_set_keeps_the_promises_of_the_table(name: str) -> None:
    entry = DATASETS[name]
    X, Y = entry.make(30, 4)
    samples = entry.fixed_size or 30
    assert (X.shape, Y.shape) == ((samples, 2), (samples, 1))
    assert X.dtype == Y.dtype == np.float64
    assert set(Y[:, 0]) == {0.0, 1.0}
    again = entry.make(30, 4)
    assert np.array_equal(X, again[0])
    assert np.array_equal(Y, again[1])
    assert entry.label
    assert entry.description
