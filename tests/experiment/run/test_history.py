"""The history: bounded, exact, and honest about oscillation."""

import math
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from frames import curve_of

from mlpviz.engine import Array
from mlpviz.experiment.run.history import (
    BUDGET_BYTES,
    BYTES_OF_LOSSES,
    MAX_BUCKETS,
    MAX_DRAWN,
    History,
    LossCurve,
    Rise,
    thinned_curve,
)

SMALL = BYTES_OF_LOSSES + 4 * 8 * 2  # room for the losses and four states of two numbers


def state_of(epoch: int, size: int = 2) -> Array:
    """Make a state that tells which epoch it belongs to."""
    return np.full(size, float(epoch))


def fill(history: History, losses: Array, rng: np.random.Generator | None = None) -> None:
    """Record losses in pieces as a run does, or in smaller ones of random length."""
    size = len(history.checkpoint_before(0)[1])
    while len(losses):
        count = int(rng.integers(1, 200)) if rng is not None else 100
        piece, losses = losses[:count], losses[count:]
        kept = history.checkpoints_until(history.epoch + len(piece))
        history.record(piece)
        for epoch in kept:
            history.keep(epoch, state_of(epoch, size))


def make(losses: Array, rng: np.random.Generator | None = None, budget: int = SMALL) -> History:
    history = History(state_of(0), float(losses[0]), budget)
    fill(history, losses[1:], rng)
    return history


def buckets(losses: Array, stride: int) -> Iterator[Array]:
    for start in range(0, len(losses), stride):
        yield losses[start : start + stride]


def check_curve(curve: LossCurve, losses: Array) -> None:
    """Compare a curve with a plain computation from all losses."""
    check_buckets(curve, losses)
    assert curve.rise == plain_rise(losses.tolist())


def check_buckets(curve: LossCurve, losses: Array) -> None:
    """Compare all but the rise, which is looked for in the training losses alone."""
    parts = list(buckets(losses, curve.stride))
    assert len(curve.low) == len(curve.high) == len(curve.broken) == len(parts)
    finite = [part[np.isfinite(part)] for part in parts]
    low = [part.min() if len(part) else math.nan for part in finite]
    high = [part.max() if len(part) else math.nan for part in finite]
    np.testing.assert_array_equal(curve.low, low)
    np.testing.assert_array_equal(curve.high, high)
    assert curve.broken.tolist() == [not np.isfinite(part).all() for part in parts]
    assert curve.epochs.tolist() == [i * curve.stride for i in range(len(parts))]
    bad = np.flatnonzero(~np.isfinite(losses))
    assert curve.first_nonfinite_epoch == (int(bad[0]) if len(bad) else None)
    assert repr(curve.first_nonfinite_loss) == repr(float(losses[bad[0]]) if len(bad) else None)


def plain_rise(losses: list[float]) -> Rise | None:
    """Find the largest rise by looking at one epoch after the other."""
    largest = None
    for epoch in range(1, len(losses)):
        before, after = losses[epoch - 1], losses[epoch]
        if before > 0.0 and math.isfinite(after) and after / before > 1.2:
            found = Rise(epoch, before, after)
            if largest is None or found.factor > largest.factor:
                largest = found
    return largest


def test_a_short_run_is_kept_epoch_by_epoch() -> None:
    losses = np.linspace(1.0, 0.5, MAX_BUCKETS)
    curve = make(losses).curve()
    assert curve.stride == 1
    assert np.array_equal(curve.low, losses)
    assert np.array_equal(curve.high, losses)


def test_one_epoch_more_doubles_the_stride() -> None:
    losses = np.linspace(1.0, 0.5, MAX_BUCKETS + 1)
    curve = make(losses).curve()
    assert curve.stride == 2
    assert len(curve.low) == MAX_BUCKETS // 2 + 1
    check_curve(curve, losses)


def test_state_0_has_a_loss_and_a_checkpoint() -> None:
    history = History(state_of(0), 0.7)
    assert history.epoch == 0
    assert history.curve().low.tolist() == [0.7]
    epoch, state = history.checkpoint_before(0)
    assert (epoch, state.tolist()) == (0, [0.0, 0.0])


@pytest.mark.thorough
@pytest.mark.parametrize("seed", range(6))
def test_least_and_greatest_are_exact_for_random_runs_whatever_the_stride(seed: int) -> None:
    rng = np.random.default_rng(seed)
    length = int(rng.integers(1, 40_000))
    losses = rng.lognormal(0.0, 2.0, length)
    special = rng.random(length) < rng.choice([0.0, 1e-4, 0.3, 1.0])
    losses[special] = rng.choice([math.nan, math.inf, -math.inf, 0.0, 1e308], special.sum())
    history = History(state_of(0), float(losses[0]), SMALL)
    done = 1
    while done < length:
        goal = min(length, done + int(rng.integers(1, 5000)))
        fill(history, losses[done:goal], rng)
        done = goal
        check_curve(history.curve(), losses[:done])
    assert history.epoch == length - 1


def test_how_losses_are_cut_into_pieces_does_not_matter() -> None:
    losses = np.random.default_rng(0).random(30_000)
    large = make(losses).curve()
    small = make(losses, np.random.default_rng(1)).curve()
    assert (large.stride, large.low.tobytes()) == (small.stride, small.low.tobytes())
    assert large.high.tobytes() == small.high.tobytes()


@pytest.mark.thorough
@pytest.mark.parametrize(("size", "epochs"), [(37, 5_000_000), (21_057, 5_000_000)])
def test_memory_is_bounded_for_millions_of_epochs(size: int, epochs: int) -> None:
    history = History(state_of(0, size), 1.0)
    at_first = history.nbytes
    fill(history, np.full(epochs, 0.5))
    assert history.epoch == epochs
    assert at_first <= history.nbytes <= BUDGET_BYTES
    curve = history.curve()
    assert MAX_BUCKETS // 2 < len(curve.low) <= MAX_BUCKETS
    start, state = history.checkpoint_before(epochs)
    assert 0 <= epochs - start < epochs / 16  # not much to compute again
    assert state.tolist() == [start] * size


@pytest.mark.thorough
def test_checkpoints_fill_the_budget_whatever_the_number_of_loss_buckets() -> None:
    history = History(state_of(0, 200), 1.0)  # of which there is room for 9 328
    fill(history, np.full(800_000, 0.5))
    kept = BUDGET_BYTES - BYTES_OF_LOSSES + 25 * MAX_BUCKETS * 10  # the stride is 512 by then
    assert kept - 2 * 8 * 200 < history.nbytes <= kept
    starts = {history.checkpoint_before(epoch)[0] for epoch in range(600_000, 610_000)}
    assert np.diff(sorted(starts)).tolist() == [128] * (len(starts) - 1)


def test_the_budget_leaves_many_checkpoints_for_the_largest_network() -> None:
    history = History(state_of(0, 21_057), 1.0)  # six layers of 64 units
    fill(history, np.full(5000, 0.5))
    starts = {history.checkpoint_before(epoch)[0] for epoch in range(5001)}
    assert len(starts) == 1 + 5000 // 64


def test_oscillation_is_still_seen_after_many_doublings() -> None:
    losses = np.where(np.arange(3_000_000) % 2 == 0, 0.125, 0.875)
    curve = make(losses).curve()
    assert curve.stride >= 1024
    assert set(curve.low.tolist()) == {0.125}
    assert set(curve.high.tolist()) == {0.875}


@pytest.mark.parametrize("bad", [math.nan, math.inf, -math.inf])
@pytest.mark.parametrize("epoch", [0, 1, 63, 64, 2047, 2048, 123_456, 299_999])
def test_a_single_bad_loss_is_never_lost(bad: float, epoch: int) -> None:
    losses = np.full(300_000, 0.5)
    losses[epoch] = bad
    curve = make(losses).curve()
    assert curve.first_nonfinite_epoch == epoch
    assert np.flatnonzero(curve.broken).tolist() == [epoch // curve.stride]
    assert set(curve.low.tolist()) == set(curve.high.tolist()) == {0.5}


def test_the_first_bad_epoch_stays_the_first() -> None:
    losses = np.full(5000, 0.5)
    losses[[1234, 1300, 4000]] = math.nan
    assert make(losses, np.random.default_rng(0)).curve().first_nonfinite_epoch == 1234


def test_the_largest_rise_from_one_epoch_to_the_next_is_kept_however_long_the_run() -> None:
    losses = np.full(300_000, 0.5)
    losses[[700, 123_456, 200_000]] = [0.9, 1.5, 1.4]
    losses[250_000:] = 4.0  # a rise by a factor of 8
    curve = make(losses).curve()
    assert curve.rise == Rise(250_000, 0.5, 4.0)
    assert make(losses[:250_000]).curve().rise == Rise(123_456, 0.5, 1.5)
    small = make(losses[:250_000], np.random.default_rng(0)).curve()
    assert small.rise == Rise(123_456, 0.5, 1.5)


@pytest.mark.parametrize(
    ("losses", "rise"),
    [
        ([1.0, 1.2, 1.4, 1.6], None),  # a fifth is not spoken of
        ([1.0, 1.25], Rise(1, 1.0, 1.25)),
        ([1.0, 1.5, 1.0, 1.5], Rise(1, 1.0, 1.5)),
        ([1.0, math.nan, 2.0], None),
        ([1.0, math.inf, 2.0], None),
        ([0.0, 2.0], None),
        ([0.5, 0.1, 0.0], None),
    ],
)
def test_only_a_rise_by_more_than_a_fifth_between_finite_losses_is_one(
    losses: list[float], rise: Rise | None
) -> None:
    assert make(np.array(losses)).curve().rise == rise
    assert rise == plain_rise(losses)


def test_what_was_set_by_hand_is_no_rise_of_the_training() -> None:
    history = make(np.array([1.0, 0.5]))
    history.note_edit(3.0)
    assert history.curve().rise is None
    fill(history, np.array([2.9, 2.8]))
    assert history.curve().rise is None
    history.note_edit(0.1)
    fill(history, np.array([0.3]))
    assert history.curve().rise == Rise(4, 0.1, 0.3)


def test_a_loss_that_breaks_by_an_edit_is_told_as_it_is() -> None:
    history = make(np.array([1.0, 0.5]))
    history.note_edit(math.inf)
    curve = history.curve()
    assert (curve.first_nonfinite_epoch, curve.first_nonfinite_loss) == (1, math.inf)


@pytest.mark.parametrize("seed", range(4))
def test_the_losses_on_a_test_set_are_kept_in_the_same_way(seed: int) -> None:
    rng = np.random.default_rng(seed)
    losses, test_losses = rng.lognormal(0.0, 2.0, (2, 9_000))
    test_losses[rng.integers(0, 9_000)] = math.nan
    history = History(state_of(0), float(losses[0]), test_loss=float(test_losses[0]))
    for done in range(1, len(losses), 100):
        history.record(losses[done : done + 100], test_losses[done : done + 100])
    curve = history.test_curve()
    assert curve is not None
    check_curve(history.curve(), losses)
    check_buckets(curve, test_losses)
    assert curve.rise is None
    assert curve.stride == history.curve().stride
    assert history.nbytes <= BUDGET_BYTES


def test_without_a_test_set_there_is_no_curve_of_it() -> None:
    assert make(np.full(100, 0.5)).test_curve() is None


def test_a_curve_is_a_frozen_copy() -> None:
    history = make(np.linspace(1.0, 0.5, 100))
    curve = history.curve()
    before = curve.low.copy()
    fill(history, np.full(5000, 0.1))
    assert np.array_equal(curve.low, before)
    for array in (curve.low, curve.high, curve.broken):
        assert not array.flags.writeable


@pytest.mark.parametrize("seed", range(4))
def test_checkpoints_are_exact_and_near_whatever_the_stride(seed: int) -> None:
    rng = np.random.default_rng(seed)
    history = History(state_of(0), 1.0, SMALL)
    for _ in range(30):
        fill(history, np.full(int(rng.integers(1, 400)), 0.5), rng)
        stride = max(64, 1 << (history.epoch // 4).bit_length())
        for epoch in rng.integers(0, history.epoch + 1, 20).tolist():
            start, state = history.checkpoint_before(epoch)
            assert start <= epoch < start + stride
            assert state.tolist() == [start, start]


def test_a_checkpoint_is_a_copy() -> None:
    history = make(np.full(200, 0.5))
    _, state = history.checkpoint_before(70)
    state[:] = -1.0
    assert history.checkpoint_before(70)[1].tolist() == [64.0, 64.0]


@pytest.mark.parametrize("epoch", [-1, 101, 1_000_000])
def test_an_epoch_that_the_run_has_not_reached_is_refused(epoch: int) -> None:
    history = make(np.full(101, 0.5))
    with pytest.raises(ValueError, match=rf"epoch must be from 0 to 100\. Got {epoch}\."):
        history.checkpoint_before(epoch)


# The curve on the screen


def test_a_long_curve_is_thinned_without_losing_a_peak_or_a_dip() -> None:
    losses = np.ones(2000)
    losses[777], losses[1234] = 50.0, 0.001
    epochs, low, high = thinned_curve(curve_of(*losses))
    assert len(epochs) == len(low) == len(high) <= MAX_DRAWN
    assert (high.max(), low.min()) == (50.0, 0.001)
    assert epochs[0] == 0
    assert (np.diff(epochs) == epochs[1]).all()


def test_a_short_curve_is_not_thinned() -> None:
    epochs, low, high = thinned_curve(curve_of(3.0, 2.0))
    assert (epochs.tolist(), low.tolist(), high.tolist()) == ([0, 1], [3.0, 2.0], [3.0, 2.0])


def test_one_loss_that_is_not_finite_leaves_a_gap_in_a_long_curve_too() -> None:
    losses = np.ones(2000)
    losses[1000] = math.nan
    epochs, low, high = thinned_curve(curve_of(*losses))
    (gap,) = np.flatnonzero(np.isnan(low))
    np.testing.assert_array_equal(np.isnan(high), np.isnan(low))
    assert epochs[gap] <= 1000 < epochs[gap + 1]


def test_a_bucket_that_held_a_loss_that_is_not_finite_is_a_gap() -> None:
    curve = curve_of(3.0, 2.0, 1.0, stride=8)
    _, low, _ = thinned_curve(replace(curve, broken=np.array([False, True, False])))
    np.testing.assert_array_equal(low, [3.0, math.nan, 1.0])
