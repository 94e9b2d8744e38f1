"""A job: how it ends, and that nothing of it stays."""

import sys
import threading
from collections.abc import Callable

import pytest
import shiboken6
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from mlpviz.experiment.study.apart import Watch
from mlpviz.gui.actions.jobs import Job, LatestJob


def jobs() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name == "job"]


def test_it_says_how_far_it_is_and_what_came_of_it(qtbot: QtBot) -> None:
    def work(watch: Watch) -> object:
        for share in (0.0, 0.5, 1.0):
            watch(share)
        return "result"

    job, shares = Job(work), list[float]()
    job.progressed.connect(shares.append)
    with qtbot.waitSignal(job.finished) as finished:
        job.start()
    assert finished.args == ["result"]
    assert shares == [0.0, 0.5, 1.0]
    assert job.stop()
    assert not jobs()


def test_progress_too_small_to_be_seen_is_not_told(qtbot: QtBot) -> None:
    def work(watch: Watch) -> object:
        for step in range(100_001):
            watch(step / 100_000)
        return None

    job, shares = Job(work), list[float]()
    job.progressed.connect(shares.append)
    with qtbot.waitSignal(job.finished):
        job.start()
    assert 100 < len(shares) <= 201
    assert shares == sorted(shares)
    assert shares[-1] > 0.99
    assert job.stop()


def failing_with(problem: Exception) -> Callable[[Watch], object]:
    def work(watch: Watch) -> object:
        raise problem

    return work


def test_what_goes_wrong_is_a_sentence(qtbot: QtBot) -> None:
    for problem, sentence in (
        (ValueError("x must be > 0. Got 0."), "x must be > 0. Got 0."),
        (OSError(28, "no space left on device"), "No space left on device."),
        (MemoryError(), "There is not enough memory."),
        (RuntimeError(), "RuntimeError"),
    ):
        job = Job(failing_with(problem))
        with qtbot.waitSignal(job.failed) as failed:
            job.start()
        assert failed.args == [sentence]
        job.stop()


def test_cancelled_it_ends_at_its_next_word_and_says_so(qtbot: QtBot) -> None:
    def work(watch: Watch) -> object:
        while True:
            watch(0.25)

    job = Job(work)
    with qtbot.waitSignal(job.progressed):
        job.start()
    with qtbot.waitSignal(job.cancelled):
        job.cancel()
    assert job.stop()
    assert not jobs()


def test_cancelled_in_the_last_moment_it_does_not_finish(qtbot: QtBot) -> None:
    job = Job(lambda watch: job.cancel())
    with qtbot.assertNotEmitted(job.finished), qtbot.waitSignal(job.cancelled):
        job.start()
    job.stop()


def test_threads_share_pythons_lock_in_short_turns_while_the_latest_job_works(
    qtbot: QtBot,
) -> None:
    usual, during = sys.getswitchinterval(), list[float]()
    owner = QObject()
    latest = LatestJob(owner)
    with qtbot.waitSignal(latest.finished):
        latest.start(lambda: during.append(sys.getswitchinterval()))
    assert during[0] < usual / 10
    assert sys.getswitchinterval() == usual


def test_a_job_that_is_left_to_itself_says_nothing_to_who_is_gone(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mlpviz.gui.actions.jobs.STOP_SECONDS", 0.0)
    may_end = threading.Event()
    job = Job(lambda _: may_end.wait(60.0))
    job.start()
    assert not job.stop()
    shiboken6.delete(job)
    may_end.set()
    qtbot.waitUntil(lambda: not jobs())  # an error in its thread would fail the test
