"""Work in another process: its answer, its errors, its end."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

import numpy as np
import processes
import pytest
from pseudo import pseudo_language

from mlpviz.experiment.language import tr
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.study import apart
from mlpviz.experiment.study.apart import Interpreter, Watch, run_apart
from mlpviz.experiment.study.seed_study import surface_thumbnails
from mlpviz.experiment.study.studies import run_studies, study_with_thumbnails

pytestmark = pytest.mark.process


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
    popen = subprocess.Popen

    def start(*arguments: Any, **options: Any) -> "subprocess.Popen[bytes]":
        started.append(popen(*arguments, **options))
        return started[-1]

    monkeypatch.setattr(apart.subprocess, "Popen", start)
    with pytest.raises(_StoppedError):
        run_apart(study_with_thumbnails, (Recipe(epochs=1_000_000), 50), stop)
    assert started[0].returncode is not None


def test_a_process_that_dies_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "_START", "import sys, pickle; pickle.load(sys.stdin.buffer)")
    with pytest.raises(OSError, match="came to an end by itself"):
        run_apart(study_with_thumbnails, (Recipe(), 2), ignore)


def test_one_interpreter_does_one_thing_after_the_other() -> None:
    with Interpreter(stands_back=False) as interpreter:
        ends = [
            interpreter.call(study_with_thumbnails, (Recipe(epochs=20), n), ignore) for n in (2, 3)
        ]
        with pytest.raises(ValueError, match="Got 501"):
            interpreter.call(study_with_thumbnails, (Recipe(), 501), ignore)
        again, _ = interpreter.call(study_with_thumbnails, (Recipe(epochs=20), 2), ignore)
    assert [len(study.seeds) for study, _ in ends] == [2, 3]
    np.testing.assert_array_equal(again.losses, ends[0][0].losses)


ENDLESS = """
from dataclasses import replace
from mlpviz.experiment.study.apart import Interpreter
from mlpviz.experiment.language import tr
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.study.studies import run_studies, study_with_thumbnails
endless = Recipe(epochs=100_000_000)
def tell(share):
    if share > 0.0:
        print("working", flush=True)
"""
ONE = """
with Interpreter(stands_back=False) as interpreter:
    interpreter.call(study_with_thumbnails, (endless, 5), tell)
"""
SEVERAL = "run_studies([endless, replace(endless, weight_seed=7)], 5, tell, workers=2)"


@processes.on_linux
@pytest.mark.parametrize(("work", "children"), [(ONE, 1), (SEVERAL, 2)])
def test_a_process_ends_by_itself_when_its_parent_is_gone(
    work: str, children: int, tmp_path: Path, wait_until: Callable[..., bool]
) -> None:
    with processes.marked(tmp_path, "-c", ENDLESS + work) as family:
        assert family.parent.stdout is not None
        assert family.parent.stdout.readline() == "working\n"
        assert len(family.members()) == 1 + children
        family.parent.kill()
        family.parent.wait()
        assert wait_until(lambda: not family.members()), family.members()


where_it_can_stand_back = pytest.mark.skipif(
    not hasattr(os, "sched_getscheduler"), reason="only Linux has processes that stand back so far"
)


@where_it_can_stand_back
def test_beside_the_window_it_has_what_nobody_else_wants(
    monkeypatch: pytest.MonkeyPatch, wait_until: Callable[..., bool]
) -> None:
    monkeypatch.undo()  # tests let nothing stand back otherwise
    with Interpreter(stands_back=True) as interpreter:
        number = interpreter._process.pid
        assert wait_until(lambda: os.sched_getscheduler(number) == os.SCHED_IDLE)


@where_it_can_stand_back
def test_in_a_report_it_has_its_share() -> None:
    with Interpreter(stands_back=False) as interpreter:
        interpreter.call(study_with_thumbnails, (Recipe(epochs=1), 1), ignore)
        assert os.sched_getscheduler(interpreter._process.pid) == os.SCHED_OTHER


def test_where_there_is_no_interpreter_it_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert run_apart(lambda a, watch: (a, os.getpid()), (5,), ignore) == (5, os.getpid())


def sentence_apart(watch: Watch) -> str:
    return tr("A sentence.")


def test_the_language_is_that_of_whoever_asks() -> None:
    assert run_apart(sentence_apart, (), ignore) == "A sentence."
    with pseudo_language():
        assert run_apart(sentence_apart, (), ignore) == tr("A sentence.") != "A sentence."
