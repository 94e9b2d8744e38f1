"""The data sets: those of the report, and the others."""

import numpy as np
import pytest

from mlpviz.engine import Array
from mlpviz.engine.datasets import DATASETS, REGRESSIONS, linear, plane, train_split, xor


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
    if entry.is_regression:
        assert len(set(Y[:, 0])) == samples
        assert np.abs(Y).max() <= 1.0
    else:
        assert set(Y[:, 0]) == {0.0, 1.0}
    again = entry.make(30, 4)
    assert np.array_equal(X, again[0])
    assert np.array_equal(Y, again[1])
    assert entry.label
    assert entry.description


NEW = ("circle", "quadrants", "gaussians", "spiral", "moons", "checkerboard")


def radii(X: Array) -> Array:
    return np.hypot(X[:, 0], X[:, 1])


@pytest.mark.parametrize("name", NEW)
def test_the_classes_take_turns_and_so_are_balanced(name: str) -> None:
    for samples in (2, 7, 100):
        _, Y = DATASETS[name].make(samples, 3)
        assert Y[:, 0].tolist() == [i % 2 for i in range(samples)]


@pytest.mark.parametrize("name", [*NEW, *sorted(REGRESSIONS)])
def test_every_new_set_lies_in_the_square_from_minus_1_to_1_and_fills_it(name: str) -> None:
    X, _ = DATASETS[name].make(2000, 0)
    if name != "gaussians":  # a normal cloud has no end
        assert np.abs(X).max() <= 1.0
    assert X.min(axis=0)[0] < -0.9
    assert X.max(axis=0)[0] > 0.9


@pytest.mark.parametrize("name", DATASETS)
def test_another_seed_draws_other_points_where_there_is_a_choice(name: str) -> None:
    entry = DATASETS[name]
    noise = 0.1 if entry.fixed_size else 0.0
    assert not np.array_equal(entry.make(30, 0, noise)[0], entry.make(30, 1, noise)[0])


@pytest.mark.parametrize("name", DATASETS)
def test_no_noise_is_the_clean_set_to_the_bit(name: str) -> None:
    make = DATASETS[name].make
    for clean, quiet in zip(make(50, 7), make(50, 7, 0.0), strict=True):
        assert clean.tobytes() == quiet.tobytes()


@pytest.mark.parametrize("name", DATASETS)
def test_noise_moves_points_as_far_as_it_says_and_changes_no_target(name: str) -> None:
    make = DATASETS[name].make
    X, Y = make(500, 7)
    moved_X, moved_Y = make(500, 7, 0.2)
    assert np.array_equal(Y, moved_Y)
    moved = np.abs(moved_X - X)
    assert (moved > 0.0).any(axis=1).all()
    reach = 0.1 if name in ("linear", "xor") else 0.2
    if name != "gaussians":
        assert 0.8 * reach < moved.max() <= reach * (1.0 + 1e-9)


@pytest.mark.parametrize("name", [name for name in DATASETS if name != "gaussians"])
def test_more_noise_moves_the_same_points_further_the_same_way(name: str) -> None:
    make = DATASETS[name].make
    X, _ = make(50, 2)
    little, much = make(50, 2, 0.1)[0] - X, make(50, 2, 0.5)[0] - X
    np.testing.assert_allclose(much, 5.0 * little, rtol=0, atol=1e-12)


def test_noise_makes_the_clouds_as_wide_as_it_says() -> None:
    for noise in (0.0, 0.1, 0.5):
        X, Y = DATASETS["gaussians"].make(20_000, 0, noise)
        for y, centre in ((0.0, -0.5), (1.0, 0.5)):
            cloud = X[Y[:, 0] == y]
            assert cloud.mean(axis=0) == pytest.approx(np.array([centre] * 2), abs=0.02)
            assert cloud.std(axis=0) == pytest.approx(np.array([0.15 + 0.7 * noise] * 2), rel=0.02)


def test_the_circle_is_a_disc_in_a_ring() -> None:
    X, Y = DATASETS["circle"].make(1000, 0)
    inner, outer = radii(X[Y[:, 0] == 0]), radii(X[Y[:, 0] == 1])
    assert 0.49 < inner.max() < 0.501
    assert 0.699 < outer.min() < 0.71
    assert outer.max() < 1.001


def test_quadrants_have_the_class_of_their_signs() -> None:
    X, Y = DATASETS["quadrants"].make(1000, 0)
    assert np.array_equal(X[:, 0] * X[:, 1] < 0.0, Y[:, 0] == 1.0)
    assert np.abs(X).min() >= 0.05
    assert len({(x1 > 0, x2 > 0) for x1, x2 in X.tolist()}) == 4


def test_the_arms_of_the_spiral_are_the_same_turned_by_half() -> None:
    X, Y = DATASETS["spiral"].make(1000, 0)
    turn = 1.5 * (radii(X) - 0.1) / 0.9 + 0.5 * Y[:, 0]
    expected = radii(X)[:, np.newaxis] * np.stack(
        (np.cos(2 * np.pi * turn), np.sin(2 * np.pi * turn)), axis=1
    )
    np.testing.assert_allclose(X, expected, rtol=0, atol=2e-5)


def test_the_moons_are_half_circles() -> None:
    X, Y = DATASETS["moons"].make(1000, 0)
    places = 1.5 * X + np.array([0.5, 0.25])  # where the formulas put them
    upper, lower = places[Y[:, 0] == 0], places[Y[:, 0] == 1]
    assert radii(upper) == pytest.approx(np.ones(500), abs=1e-5)
    assert radii(lower - np.array([1.0, 0.5])) == pytest.approx(np.ones(500), abs=1e-5)
    assert upper[:, 1].min() >= -1e-5
    assert lower[:, 1].max() <= 0.5 + 1e-5


def test_the_squares_of_the_checkerboard_alternate_from_class_0_at_the_lower_left() -> None:
    X, Y = DATASETS["checkerboard"].make(2000, 0)
    cells = np.floor((X + 1.0) / 0.5).astype(int)
    assert np.array_equal(cells.sum(axis=1) % 2, Y[:, 0])
    assert len({tuple(cell) for cell in cells.tolist()}) == 16


@pytest.mark.parametrize("name", [*NEW, *sorted(REGRESSIONS)])
def test_no_coordinate_hangs_on_the_last_digit_of_a_sine(name: str) -> None:
    X, _ = DATASETS[name].make(200, 0)
    assert np.array_equal(X, np.round(X, 6))


def test_the_plane_is_the_mean_of_the_coordinates() -> None:
    X, Y = plane(500, 3)
    assert Y[:, 0].tolist() == [0.5 * (x1 + x2) for x1, x2 in X.tolist()]


def test_the_bumps_of_the_multi_gaussian_go_up_and_down_in_turn() -> None:
    X, Y = DATASETS["multi_gaussian"].make(5000, 0)
    signs = {}
    for x1 in (-0.65, 0.0, 0.65):
        for x2 in (-0.45, 0.45):
            is_near = np.hypot(X[:, 0] - x1, X[:, 1] - x2) < 0.1
            assert np.abs(Y[is_near]).min() > 0.8
            signs[x1, x2] = {float(sign) for sign in np.sign(Y[is_near, 0])}
    assert list(signs.values()) == [{1.0}, {-1.0}, {-1.0}, {1.0}, {1.0}, {-1.0}]
    assert np.array_equal(Y, np.round(Y, 6))


@pytest.mark.parametrize("samples", [2, 3, 21, 100])
@pytest.mark.parametrize("share", [0.1, 0.5, 0.77, 0.9])
def test_the_split_is_a_partition_with_a_sample_on_each_side(samples: int, share: float) -> None:
    train, test = train_split(samples, share, 5)
    assert sorted([*train.tolist(), *test.tolist()]) == list(range(samples))
    assert len(train) == min(max(round(share * samples), 1), samples - 1)
    assert len(test) >= 1
    assert train.tolist() == sorted(train.tolist())


def test_the_split_is_drawn_by_its_seed_and_purpose() -> None:
    order = np.random.default_rng((9, 4)).permutation(50)
    train, test = train_split(50, 0.6, 9)
    assert train.tolist() == sorted(order[:30].tolist())
    assert test.tolist() == sorted(order[30:].tolist())
