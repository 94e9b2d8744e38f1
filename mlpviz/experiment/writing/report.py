"""The report: what every experiment came to, computed without a window.

Printouts, predictions and surfaces come from single networks, as `mlpviz train` trains them; the
statistics from many seeds at once. Same cases, same seeds: the same numbers.
"""

import re
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from mlpviz.experiment.language import tr
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.capture import capture
from mlpviz.experiment.run.frame import Frame
from mlpviz.experiment.run.run import Run
from mlpviz.experiment.study.apart import Watch
from mlpviz.experiment.study.seed_study import SeedStudy
from mlpviz.experiment.study.seeds import DEFAULT_SEEDS, SeedRun, check_seed_count
from mlpviz.experiment.study.studies import run_studies
from mlpviz.experiment.writing.cases import Case
from mlpviz.experiment.writing.printout import printout_lines
from mlpviz.experiment.writing.questions import Question, Trial

RUNS_SHARE = 0.1  # of the time, about: the single runs; the rest are the seeds
SLICE_SECONDS = 0.05  # between two looks at `watch`, or one epoch where that takes longer


@dataclass(frozen=True, slots=True)
class Chapter:
    """One experiment and what came of it.

    Parameters
    ----------
    name : begins the names of its files
    title : for people
    frame : the final state of the single run, with its predictions, surface and losses
    printout : a line per sample, then loss and accuracy, as `mlpviz train` prints them
    study : the recipe from many seeds, each changed on the way as the single run was
    is_of_window : whether it repeats a run of the window, as that stood
    """

    name: str
    title: str
    frame: Frame
    printout: tuple[str, ...]
    study: SeedStudy
    is_of_window: bool = False


@dataclass(frozen=True, slots=True)
class Tried:
    """What came of a trial.

    Parameters
    ----------
    frame : the final state of its single run, where there is one
    study : the recipe from many seeds
    """

    trial: Trial
    frame: Frame | None
    study: SeedStudy


@dataclass(frozen=True, slots=True)
class Answer:
    """A question and all that was tried to answer it.

    Parameters
    ----------
    name : begins the names of its files
    """

    name: str
    question: Question
    tried: tuple[Tried, ...]

    @property
    def title(self) -> str:
        """The question itself."""
        return self.question.title

    def of(self, key: str, data: str) -> Tried:
        """Return what came of one trial."""
        return next(t for t in self.tried if (t.trial.key, t.trial.data) == (key, data))


@dataclass(frozen=True, slots=True)
class ReportData:
    """All that a report shows."""

    chapters: tuple[Chapter, ...]
    answers: tuple[Answer, ...] = ()


def compute_report(
    cases: Sequence[Case],
    seed_count: int = DEFAULT_SEEDS,
    watch: Watch = lambda share: None,
    workers: int = 1,
    questions: Sequence[Question] = (),
) -> ReportData:
    """Run every case to its end, alone and from many seeds, and what the questions need besides.

    Parameters
    ----------
    cases : one per chapter
    questions : to be answered in the end; a run that a case has too is done once
    watch : called several times a second with the share done, 0 to 1; what it raises cancels
    workers : processes for the seeds; 1 for none but this one

    Raises
    ------
    ValueError
        for no case, a recipe that never ends, or a number of seeds out of range.
    """
    _check(cases, seed_count)
    trials = [trial for question in questions for trial in question.trials]
    alone = [*cases, *_beyond(cases, [trial for trial in trials if trial.is_shown])]
    from_many = [*cases, *_beyond(cases, trials)]
    part = RUNS_SHARE / len(alone)
    singles = [
        _run_alone(case, _part_of(watch, number * part, part)) for number, case in enumerate(alone)
    ]
    of_seeds = _part_of(watch, RUNS_SHARE, 1.0 - RUNS_SHARE)
    studies = _studies(from_many, seed_count, of_seeds, workers)
    chapters = tuple(
        Chapter(file_name(number, case.title), case.title, *single, study, case.shown is not None)
        for number, (case, single, study) in enumerate(
            zip(cases, singles[: len(cases)], studies[: len(cases)], strict=True), 1
        )
    )
    frames = {
        case.recipe: frame
        for case, (frame, _) in zip(alone, singles, strict=True)
        if not case.changes
    }
    of_recipe = {
        case.recipe: study
        for case, study in zip(from_many, studies, strict=True)
        if not case.changes
    }
    return ReportData(chapters, _answers(questions, frames, of_recipe))


def _answers(
    questions: Sequence[Question],
    frames: Mapping[Recipe, Frame],
    studies: Mapping[Recipe, SeedStudy],
) -> tuple[Answer, ...]:
    """Put what came of every recipe to the questions for which it was trained."""
    answers = []
    for number, question in enumerate(questions, 1):
        tried = tuple(
            Tried(trial, frames.get(trial.recipe), studies[trial.recipe])
            for trial in question.trials
        )
        answers.append(Answer(question_name(number, question.key), question, tried))
    return tuple(answers)


def question_name(number: int, key: str) -> str:
    """Make a name for the files of a question: question-1-activations."""
    return f"question-{number}-{key}"


def _beyond(cases: Sequence[Case], trials: Sequence[Trial]) -> list[Case]:
    """Return each recipe once that is tried and that no case has as it is."""
    known = {case.recipe for case in cases if not case.changes}
    more = dict.fromkeys(trial.recipe for trial in trials if trial.recipe not in known)
    return [Case("", recipe) for recipe in more]


def file_name(number: int, title: str) -> str:
    """Make a name for files from a title: 02-learning-rate-10-xor."""
    words = re.findall("[a-z0-9]+", title.lower())
    return "-".join([f"{number:02}", *words])[:60]


def _check(cases: Sequence[Case], seed_count: int) -> None:
    check_seed_count(seed_count)
    if not cases:
        raise ValueError(tr("A report needs at least one recipe."))
    if any(case.recipe.epochs == 0 for case in cases):
        raise ValueError(tr("epochs must be at least 1 for a report. Got 0."))


def _part_of(watch: Watch, start: float, part: float) -> Watch:
    """Return what tells the share of a part as a share of the whole."""
    return lambda done: watch(start + part * done)


def _studies(cases: Sequence[Case], seed_count: int, watch: Watch, workers: int) -> list[SeedStudy]:
    """Train every case from many seeds: those with changes on the way seed by seed."""
    plain = [case.recipe for case in cases if not case.changes]
    part = 1.0 / len(cases)
    share = len(plain) * part
    of_plain = iter(run_studies(plain, seed_count, _part_of(watch, 0.0, share), workers))
    studies = []
    for case in cases:
        if not case.changes:
            studies.append(next(of_plain))
            continue
        run, tell = SeedRun(case.recipe, seed_count, case.changes), _part_of(watch, share, part)
        while not run.is_done:
            run.advance(SLICE_SECONDS)
            tell(run.progress)
        studies.append(run.study())
        share += part
    return studies


def _run_alone(case: Case, watch: Watch) -> tuple[Frame, tuple[str, ...]]:
    run, last = Run(case.recipe), case.recipe.epochs
    for change in case.changes:
        _advance(run, change.epoch, last, watch)
        run.repeat(change)
    _advance(run, last, last, watch)
    frame = capture(run)
    if case.shown is not None:  # a symptom has the figures with which it was noticed
        frame = replace(frame, diagnosis=case.shown.diagnosis)
    return frame, tuple(printout_lines(run.recipe, run.training, run.held_out))


def _advance(run: Run, epoch: int, last: int, watch: Watch) -> None:
    """Train up to an epoch, a few at a time, so that `watch` can look."""
    training, chunk = run.training, 1
    while training.epoch < epoch:
        started = time.perf_counter()
        run.advance(min(chunk, epoch - training.epoch))
        spent = time.perf_counter() - started
        chunk = max(1, chunk // 2) if spent > SLICE_SECONDS else chunk
        chunk = chunk * 2 if spent < SLICE_SECONDS / 2 else chunk
        watch(training.epoch / last)
