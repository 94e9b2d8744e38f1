"""Several studies: the same numbers here and on other processes, and an end when one is wanted."""

import multiprocessing
import pickle
import sys
import threading
from dataclasses import replace

import numpy as np
import pytest

from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.study import studies as studies_module
from mlpviz.experiment.study.seed_study import SeedStudy
from mlpviz.experiment.study.seeds import SeedRun
from mlpviz.experiment.study.studies import MAX_WORKERS, run_studies, worker_count

RECIPES = [Recipe(epochs=40), Recipe(dataset="linear", hidden=(8,), epochs=25)]


class Stop(Exception):
    pass


def assert_same(one: SeedStudy, other: SeedStudy) -> None:
    assert (one.recipe, one.seeds) == (other.recipe, other.seeds)
    np.testing.assert_array_equal(one.losses, other.losses)
    np.testing.assert_array_equal(one.parameters, other.parameters)
    assert one.first_perfect_epochs == other.first_perfect_epochs


def study_of(recipe: Recipe, count: int) -> SeedStudy:
    run = SeedRun(recipe, count)
    while not run.is_done:
        run.advance()
    return run.study()


def test_studies_come_in_the_order_of_their_recipes() -> None:
    for study, recipe in zip(run_studies(RECIPES, 3, lambda share: None), RECIPES, strict=True):
        assert_same(study, study_of(recipe, 3))


def test_the_share_done_grows_to_1(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(studies_module, "SLICE_SECONDS", 1e-9)
    shares: list[float] = []
    run_studies(RECIPES, 2, shares.append)
    assert shares == sorted(shares)
    assert len(shares) > 60
    assert shares[0] < 0.1
    assert shares[-1] == 1.0


def test_what_the_watcher_raises_ends_the_work() -> None:
    def stop(share: float) -> None:
        raise Stop

    with pytest.raises(Stop):
        run_studies([Recipe(epochs=1_000_000)], 2, stop)


@pytest.mark.process
def test_other_processes_give_the_same_numbers_and_leave_nothing_behind() -> None:
    here = run_studies(RECIPES, 3, lambda share: None)
    shares: list[float] = []
    there = run_studies(RECIPES, 3, shares.append, workers=2)
    for one, other in zip(here, there, strict=True):
        assert_same(one, other)
        assert not other.losses.flags.writeable
    assert shares[-1] == 1.0
    assert not multiprocessing.active_children()


@pytest.mark.process
def test_work_on_other_processes_is_ended_too() -> None:
    def stop(share: float) -> None:
        if share > 0.0:
            raise Stop

    endless = [replace(recipe, epochs=100_000_000) for recipe in RECIPES]
    with pytest.raises(Stop):
        run_studies(endless, 2, stop, workers=2)
    assert not multiprocessing.active_children()


@pytest.mark.process
def test_what_goes_wrong_on_another_process_is_raised_here() -> None:
    with pytest.raises(ValueError, match="seeds must be"):
        run_studies(RECIPES, 0, lambda share: None, workers=2)


def test_one_recipe_or_one_worker_needs_no_other_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(studies_module, "Interpreter", None)
    threads = threading.active_count()
    run_studies(RECIPES[:1], 2, lambda share: None, workers=4)
    run_studies(RECIPES, 2, lambda share: None, workers=1)
    assert threading.active_count() == threads


def test_a_frozen_program_uses_one_process(monkeypatch: pytest.MonkeyPatch) -> None:
    assert 1 <= worker_count() <= MAX_WORKERS
    monkeypatch.setattr(studies_module.os, "cpu_count", lambda: 64)
    assert worker_count() == MAX_WORKERS
    monkeypatch.setattr(studies_module.os, "cpu_count", lambda: None)
    assert worker_count() == 1
    monkeypatch.setattr(studies_module.os, "cpu_count", lambda: 64)
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert worker_count() == 1


def test_a_study_from_another_process_cannot_be_changed_either() -> None:
    study = study_of(RECIPES[0], 2)
    again = pickle.loads(pickle.dumps(study))
    assert_same(study, again)
    for array in (again.epochs, again.losses, again.accuracies, again.parameters):
        assert not array.flags.writeable
