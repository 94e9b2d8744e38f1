"""When the next epoch is due, by a clock that the test sets."""

import pytest

from mlpviz.experiment.run import pace as pace_module
from mlpviz.experiment.run.pace import Pace


class Clock:
    """Stands in for the module `time`."""

    def __init__(self) -> None:
        self.now = 1000.0

    def perf_counter(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(pace_module, "time", clock)
    return clock


def test_the_first_epoch_is_due_at_once_and_the_others_one_by_one(clock: Clock) -> None:
    pace = Pace(4.0)
    assert (pace.due(), pace.rest()) == (1, 0.0)
    pace.spend(1)
    assert (pace.due(), pace.rest()) == (0, 0.25)
    assert pace.rest(least=0.5) == 0.5
    clock.now += 0.125
    assert (pace.due(), pace.rest()) == (0, 0.125)
    clock.now += 0.125
    assert (pace.due(), pace.rest()) == (1, 0.0)


def test_a_short_delay_is_caught_up(clock: Clock) -> None:
    pace = Pace(128.0)
    clock.now += 0.25
    pace.spend(1)
    assert pace.due() == 32  # all that were missed: a quarter of a second
    pace.spend(32)
    assert pace.due() == 0


@pytest.mark.parametrize("delay", [0.28125, 10.0])
def test_what_a_slow_machine_cannot_keep_up_with_is_dropped(clock: Clock, delay: float) -> None:
    pace = Pace(128.0)
    clock.now += delay
    pace.spend(1)
    assert pace.due() == 1  # as at the start, and not all that were missed
    pace.spend(1)
    assert pace.due() == 0


def test_flat_out_there_is_always_one_due_and_never_a_rest(clock: Clock) -> None:
    pace = Pace(None)
    pace.spend(1_000_000)
    assert pace.due() > 1_000_000
    assert pace.rest() == 0.0
    assert not pace.is_slow
    assert not pace.is_between_frames


@pytest.mark.parametrize(("speed", "is_slow"), [(1.0, True), (59.0, True), (61.0, False)])
def test_slow_is_what_a_screen_can_show_epoch_by_epoch(speed: float, is_slow: bool) -> None:
    assert Pace(speed).is_slow == is_slow
    assert Pace(speed).is_between_frames != is_slow
