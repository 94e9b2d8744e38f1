"""Work in another process: its answer, its errors, its end."""

import os
import subprocess
import sys
from typing import NoReturn

import numpy as np
import pytest

from mlpviz.experiment import apart
from mlpviz.experiment.apart import run_apart
from mlpviz.experiment.recipe import Recipe
from mlpviz.experiment.seeds import surface_thumbnails
from mlpviz.experiment.studies import run_studies, study_with_thumbnails


class _StoppedError(Exception):
    pass


def stop(share: float) -> NoReturn:
    raise _StoppedError


def ignore(share: float) -> None:
    """Let it go on."""


def test_it_is_done_in_another_process_and_gives_the_numbers_it_gives_here() -> None:
    recipe, shares = Recipe(epochs=60), list[float]()
    study, surfaces = run_apart(study_with_thumbnails, (recipe, 3), shares.append)
    (here,) = run_studies((recipe,), 3, ignore)
    np.testing.assert_array_equal(study.losses, here.losses)
    np.testing.assert_array_equal(surfaces, surface_thumbnails(here))
    assert study.losses.dtype == np.float64
    assert not study.losses.flags.writeable
    assert shares == sorted(shares)
    assert shares


def test_an_error_there_is_raised_here() -> None:
    with pytest.raises(ValueError, match="Got 501"):
        run_apart(study_with_thumbnails, (Recipe(), 501), ignore)


def test_what_watch_raises_ends_the_process(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[subprocess.Popen[bytes]] = []
    interpreter = apart._interpreter

    def start() -> subprocess.Popen[bytes]:
        started.append(interpreter())
        return started[-1]

    monkeypatch.setattr(apart, "_interpreter", start)
    with pytest.raises(_StoppedError):
        run_apart(study_with_thumbnails, (Recipe(epochs=1_000_000), 50), stop)
    assert started[0].returncode is not None


def test_a_process_that_dies_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "_START", "import sys, pickle; pickle.load(sys.stdin.buffer)")
    with pytest.raises(OSError, match="came to an end by itself"):
        run_apart(study_with_thumbnails, (Recipe(), 2), ignore)


def test_where_there_is_no_interpreter_it_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert run_apart(lambda a, watch: (a, os.getpid()), (5,), ignore) == (5, os.getpid())
