"""Several studies of many seeds, on several processes where that is wanted.

Threads would not do: the calls of a small network are so short that two threads spend their time
in handing Python's lock to each other. Which process trains what changes nothing in the numbers.
"""

import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_EXCEPTION, Future, ProcessPoolExecutor, wait
from contextlib import contextmanager
from multiprocessing import get_context
from typing import Any

from mlpviz.engine import Array
from mlpviz.experiment.apart import Watch
from mlpviz.experiment.recipe import Recipe
from mlpviz.experiment.seeds import SeedRun, SeedStudy, surface_thumbnails

WATCH_SECONDS = 0.1
SLICE_SECONDS = 0.03
MAX_WORKERS = 4
THUMBNAIL_STEP = 4  # every so many cells of a frame's surface

# What the main process shares with a worker: the share done of each study, and whether to stop.
_shared: dict[str, Any] = {}


class _StoppedError(Exception):
    pass


def worker_count() -> int:
    """Return how many processes to use on this machine."""
    # A frozen program cannot start itself again as a worker.
    is_frozen = getattr(sys, "frozen", False)
    return 1 if is_frozen else max(1, min(MAX_WORKERS, os.cpu_count() or 1))


def run_studies(
    recipes: Sequence[Recipe], seed_count: int, watch: Watch, workers: int = 1
) -> list[SeedStudy]:
    """Train every recipe from many seeds.

    Parameters
    ----------
    seed_count : from the recipe's own weight seed on
    watch : called several times a second, in the calling thread
    workers : processes to train on; 1 for none but this one
    """
    costs = [_cost(recipe) for recipe in recipes]

    def tell(shares: Sequence[float]) -> None:
        done = sum(share * cost for share, cost in zip(shares, costs, strict=True))
        watch(done / sum(costs))

    if min(workers, len(recipes)) <= 1:
        return _run_here(recipes, seed_count, tell)
    return _run_on_processes(recipes, costs, seed_count, tell, workers)


def study_with_thumbnails(recipe: Recipe, seed_count: int, watch: Watch) -> tuple[SeedStudy, Array]:
    """Train a recipe from many seeds, here; return what became of them and their surfaces."""
    (study,) = run_studies((recipe,), seed_count, watch)
    return study, surface_thumbnails(study, THUMBNAIL_STEP)


def _cost(recipe: Recipe) -> float:
    """Estimate how long a recipe takes, in activations computed."""
    samples = recipe.fixed_size or recipe.samples
    return float(recipe.epochs * sum(recipe.sizes) * samples)


def _run_here(
    recipes: Sequence[Recipe], seed_count: int, tell: Callable[[Sequence[float]], None]
) -> list[SeedStudy]:
    shares, studies = [0.0] * len(recipes), []
    for index, recipe in enumerate(recipes):
        run = SeedRun(recipe, seed_count)
        while not run.is_done:
            run.advance(SLICE_SECONDS)
            shares[index] = run.progress
            tell(shares)
        studies.append(run.study())
    return studies


def _run_on_processes(
    recipes: Sequence[Recipe],
    costs: Sequence[float],
    seed_count: int,
    tell: Callable[[Sequence[float]], None],
    workers: int,
) -> list[SeedStudy]:
    context = get_context("spawn")  # fork would copy the threads and the display of a window
    shares, stop = context.RawArray("d", len(recipes)), context.Event()
    with ProcessPoolExecutor(min(workers, len(recipes)), context, _join, (shares, stop)) as pool:
        # The longest first, so that no process sits idle while the other works at it.
        order = sorted(range(len(recipes)), key=lambda i: costs[i], reverse=True)
        try:
            with _interrupt_held_back():
                futures = {i: pool.submit(_work, i, recipes[i], seed_count) for i in order}
            _wait(list(futures.values()), lambda: tell(list(shares)))
        except BaseException:
            stop.set()
            pool.shutdown(wait=True, cancel_futures=True)
            raise
    return [futures[i].result() for i in range(len(recipes))]


@contextmanager
def _interrupt_held_back() -> Iterator[None]:
    """Let Ctrl+C wait until this is over.

    A terminal sends it to all processes, and this one decides: those that are started here inherit
    that they are deaf to it, and so are from their first moment on.
    """
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _wait(futures: Sequence[Future[SeedStudy]], tell: Callable[[], None]) -> None:
    """Wait for all of them; what one of them raises is raised here."""
    are_left = True
    while are_left:
        # An interrupt in the midst of it could leave a lock of these futures taken for ever.
        with _interrupt_held_back():
            state = wait(futures, WATCH_SECONDS, FIRST_EXCEPTION)
        for future in state.done:
            future.result()
        tell()
        are_left = bool(state.not_done)


def _join(shares: Any, stop: Any) -> None:
    """Begin as a worker."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _shared.update(shares=shares, stop=stop)


def _work(index: int, recipe: Recipe, seed_count: int) -> SeedStudy:
    """Train one recipe, in a worker."""
    run = SeedRun(recipe, seed_count)
    while not run.is_done:
        if _shared["stop"].is_set():
            raise _StoppedError
        run.advance(SLICE_SECONDS)
        _shared["shares"][index] = run.progress
    return run.study()
