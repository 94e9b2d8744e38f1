"""Several studies of many seeds, on several processes where that is wanted.

Threads would not do: the calls of a small network are so short that two threads spend their time
in handing Python's lock to each other. Which process trains what changes nothing in the numbers.
"""

import os
import queue
import threading
from collections.abc import Callable, Sequence
from contextlib import ExitStack

from mlpviz.engine import Array
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.study.apart import Interpreter, Watch, can_run_apart
from mlpviz.experiment.study.seed_study import SeedStudy, surface_thumbnails
from mlpviz.experiment.study.seeds import SeedRun

SLICE_SECONDS = 0.03
MAX_WORKERS = 4
THUMBNAIL_STEP = 4  # every so many cells of a frame's surface

# What the threads tell: of which recipe; its share done, what came of it, or what went wrong.
_News = queue.SimpleQueue[tuple[int, float | SeedStudy | Exception]]


def worker_count() -> int:
    """Return how many processes to use on this machine."""
    return max(1, min(MAX_WORKERS, os.cpu_count() or 1)) if can_run_apart() else 1


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
    left: queue.SimpleQueue[int] = queue.SimpleQueue()
    # The longest first, so that no process sits idle while the other works at it.
    for index in sorted(range(len(recipes)), key=lambda i: costs[i], reverse=True):
        left.put(index)
    news: _News = queue.SimpleQueue()
    with ExitStack() as stack:
        for _ in range(min(workers, len(recipes))):
            interpreter = stack.enter_context(Interpreter(stands_back=False))
            arguments = (interpreter, left, recipes, seed_count, news)
            thread = threading.Thread(target=_work_through, args=arguments, name="study")
            thread.start()
            stack.callback(thread.join)
            stack.callback(interpreter.kill)  # done first: the thread then waits for nothing
        return _collect(news, len(recipes), tell)


def _collect(news: _News, count: int, tell: Callable[[Sequence[float]], None]) -> list[SeedStudy]:
    """Wait for all studies; what goes wrong with one of them is raised here."""
    shares, studies = [0.0] * count, dict[int, SeedStudy]()
    while len(studies) < count:
        index, value = news.get()
        if isinstance(value, Exception):
            raise value
        if isinstance(value, SeedStudy):
            studies[index] = value
        shares[index] = value if isinstance(value, float) else 1.0
        tell(shares)
    return [studies[index] for index in range(count)]


def _work_through(
    interpreter: Interpreter,
    left: queue.SimpleQueue[int],
    recipes: Sequence[Recipe],
    seed_count: int,
    news: _News,
) -> None:
    """Let a process train one recipe after the other, as long as any are left."""
    while True:
        try:
            index = left.get_nowait()
        except queue.Empty:
            return

        def tell(share: float, index: int = index) -> None:
            news.put((index, share))

        try:
            news.put((index, interpreter.call(_study, (recipes[index], seed_count), tell)))
        except Exception as problem:  # raised where it is waited for
            news.put((index, problem))
            return


def _study(recipe: Recipe, seed_count: int, watch: Watch) -> SeedStudy:
    """Train one recipe, in a process that was started for it."""
    (study,) = run_studies((recipe,), seed_count, watch)
    return study
