"""The report: what every experiment came to, computed without a window.

Printouts, predictions and surfaces come from single networks, as `mlpviz train` trains them; the
statistics from many seeds at once. Same cases, same seeds: the same numbers.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from mlpviz.experiment.apart import Watch
from mlpviz.experiment.frame import Frame, capture
from mlpviz.experiment.printout import result_lines, sample_lines
from mlpviz.experiment.recipe import Recipe
from mlpviz.experiment.run import Run
from mlpviz.experiment.seeds import DEFAULT_SEEDS, SeedStudy, check_seed_count
from mlpviz.experiment.studies import run_studies

RUNS_SHARE = 0.1  # of the time, about: the single runs; the rest are the seeds
CHUNK_NUMBERS = 5_000_000  # activations computed between two looks at `watch`


@dataclass(frozen=True, slots=True)
class Chapter:
    """One experiment and what came of it.

    Parameters
    ----------
    name : begins the names of its files
    title : for people
    frame : the final state of the single run, with its predictions, surface and losses
    printout : a line per sample, then loss and accuracy, as `mlpviz train` prints them
    study : the same recipe from many seeds
    """

    name: str
    title: str
    frame: Frame
    printout: tuple[str, ...]
    study: SeedStudy


@dataclass(frozen=True, slots=True)
class ReportData:
    """All that a report shows."""

    chapters: tuple[Chapter, ...]


def compute_report(
    cases: Sequence[tuple[str, Recipe]],
    seed_count: int = DEFAULT_SEEDS,
    watch: Watch = lambda share: None,
    workers: int = 1,
) -> ReportData:
    """Run every case to its end, alone and from many seeds.

    Parameters
    ----------
    cases : title and recipe of each; the recipe says for how many epochs
    watch : called several times a second with the share done, 0 to 1; what it raises cancels
    workers : processes for the seeds; 1 for none but this one

    Raises
    ------
    ValueError
        for no case, a recipe that never ends, or a number of seeds out of range.
    """
    _check(cases, seed_count)
    part = RUNS_SHARE / len(cases)
    singles = [
        _run_alone(recipe, _part_of(watch, number * part, part))
        for number, (_, recipe) in enumerate(cases)
    ]
    studies = run_studies(
        [recipe for _, recipe in cases],
        seed_count,
        _part_of(watch, RUNS_SHARE, 1.0 - RUNS_SHARE),
        workers,
    )
    return ReportData(
        tuple(
            Chapter(file_name(number, title), title, *single, study)
            for number, ((title, _), single, study) in enumerate(
                zip(cases, singles, studies, strict=True), 1
            )
        )
    )


def file_name(number: int, title: str) -> str:
    """Make a name for files from a title: 02-learning-rate-10-xor."""
    words = re.findall("[a-z0-9]+", title.lower())
    return "-".join([f"{number:02}", *words])[:60]


def _check(cases: Sequence[tuple[str, Recipe]], seed_count: int) -> None:
    check_seed_count(seed_count)
    if not cases:
        raise ValueError("A report needs at least one recipe.")
    if any(recipe.epochs == 0 for _, recipe in cases):
        raise ValueError("epochs must be at least 1 for a report. Got 0.")


def _part_of(watch: Watch, start: float, part: float) -> Watch:
    """Return what tells the share of a part as a share of the whole."""
    return lambda done: watch(start + part * done)


def _run_alone(recipe: Recipe, watch: Watch) -> tuple[Frame, tuple[str, ...]]:
    run = Run(recipe)
    training = run.training
    chunk = max(1, CHUNK_NUMBERS // (sum(recipe.sizes) * len(training.X)))
    while training.epoch < recipe.epochs:
        run.advance(min(chunk, recipe.epochs - training.epoch))
        watch(training.epoch / recipe.epochs)
    return capture(run), (*sample_lines(training), *result_lines(training, run.held_out))
