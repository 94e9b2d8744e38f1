"""The command line: the window by default, and `train` without one.

NumPy is imported late: the number of BLAS threads can only be set before it loads. One is best for
matrices this small, and makes the results the same whatever the environment says.
"""

import argparse
import errno
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from mlpviz.experiment.data.own_data import OwnData
    from mlpviz.experiment.data.table_choices import TableChoices
    from mlpviz.experiment.recipe.recipe import Recipe
    from mlpviz.experiment.run.record import Record
    from mlpviz.experiment.run.sharing import Shared
    from mlpviz.experiment.writing.cases import Case
    from mlpviz.experiment.writing.questions import Question

UNUSABLE = 2  # exit code for arguments and files that cannot be used
INTERRUPTED = 130  # what a shell expects after Ctrl+C
PICTURE_NAME = "mlpviz.png"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return the exit code."""
    for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ[name] = "1"
    from mlpviz.experiment.language import tr
    from mlpviz.experiment.terminal.signals import EndedError

    try:
        return _run(sys.argv[1:] if arguments is None else arguments)
    except ValueError as problem:
        _complain(str(problem))
        return UNUSABLE
    except EndedError as end:
        _complain(end.words)
        return end.code
    except KeyboardInterrupt:  # of a program that calls this and has left Ctrl+C to Python
        _complain(tr("interrupted"))
        return INTERRUPTED
    except BrokenPipeError:
        # The reader (head, less) has gone; nothing is left to say, not even while closing.
        _forget_output(sys.stdout)
        return 1
    except OSError as problem:  # a full disk behind the standard output
        _forget_output(sys.stdout)
        _complain(tr("the result cannot be written: {reason}.", reason=problem.strerror))
        return 1


def _run(arguments: Sequence[str]) -> int:
    from mlpviz import __version__
    from mlpviz.experiment.terminal.arguments import parse
    from mlpviz.experiment.terminal.output import replace_what_cannot_be_shown
    from mlpviz.experiment.terminal.recipe_flags import flags_of, shared_from
    from mlpviz.experiment.terminal.table_flags import choices_of

    replace_what_cannot_be_shown()
    command, options = parse(arguments)
    if "version" in options:
        _say(f"mlpviz {__version__}\n")
        return 0
    if command:
        _say("")  # an output that is closed is noticed before anything is computed
    if command == "bench":
        return _bench(as_json="json" in options)
    if command == "data":
        return _data(options.table, choices_of(options), as_json="json" in options)
    shared = shared_from(options, _own_data(options))
    if command == "report":
        _check_goes_straight(shared)
        source, flags = getattr(options, "recipe", ""), flags_of(options)
        cases = _report_cases(source, flags, shared.recipe)
        return _report(options, cases, _report_questions(source, flags, shared.recipe))
    if command == "clip":
        return _clip(shared.at_limit(), options)
    if command == "script":
        return _script(shared, options)
    if command == "step":
        _check_goes_straight(shared)
        return _step(shared.recipe, options)
    if command == "train":
        return _train(shared, as_json="json" in options)
    return _window(shared, options)


def _check_goes_straight(shared: "Shared") -> None:
    """Refuse a recipe that branches where it would be taken for the recipe of a straight run."""
    from mlpviz.experiment.language import tr

    if shared.record is not None:
        raise ValueError(
            tr(
                "This recipe branches on its way: only `train`, `clip`, `script` and the window "
                "can go it."
            )
        )


def _own_data(options: argparse.Namespace) -> "OwnData | None":
    """Read the table of `--data`, and say what is to be known of how it was read."""
    from mlpviz.experiment.terminal.table_flags import reading_from

    reading = reading_from(options)
    if reading is None:
        return None
    for note in reading.notes:
        _complain(note)
    return reading.data


def _data(path: Path, choices: "TableChoices", *, as_json: bool) -> int:
    import json

    from mlpviz.experiment.data.reading import load
    from mlpviz.experiment.words.reading_words import reading_json, reading_lines

    reading = load(path, choices)
    text = json.dumps(reading_json(reading)) if as_json else "\n".join(reading_lines(reading))
    _say(f"{text}\n")
    return 0


def _train(shared: "Shared", *, as_json: bool) -> int:
    from mlpviz.experiment.writing.train_command import trained

    printed = trained(shared, as_json=as_json)
    _say(f"{printed.text}\n")
    if printed.problem:
        _complain(printed.problem)
    return 0


def _report(
    options: argparse.Namespace, cases: "Sequence[Case]", questions: "Sequence[Question]"
) -> int:
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from mlpviz.experiment.language import tr

    try:
        from mlpviz.gui.views.figures import report_files
        from mlpviz.gui.window import app
    except ImportError as problem:  # a system library that Qt needs
        _complain(
            tr(
                "the figures cannot be drawn: {problem}. `mlpviz train` works without them.",
                problem=problem,
            )
        )
        return 1
    from mlpviz.experiment.study.studies import worker_count
    from mlpviz.experiment.terminal.output import progress_bar
    from mlpviz.experiment.terminal.signals import held_back
    from mlpviz.experiment.writing.output_folder import check_output, write_output
    from mlpviz.experiment.writing.report import compute_report
    from mlpviz.experiment.writing.report_pages import report_names

    names = report_names([case.title for case in cases], options.format, questions)
    words = _amount_words(len(cases), options.seeds)
    try:
        with held_back():
            check_output(options.out, names)
        try:
            with progress_bar() as show:
                data = compute_report(
                    cases,
                    options.seeds,
                    lambda share: show(share, words),
                    worker_count(),
                    questions,
                )
        except OSError as problem:  # a process that worked at it was killed, or could not start
            _complain(tr("the report could not be computed: {reason}.", reason=problem.strerror))
            return 1
        app.application()
        files = report_files.report_files(data, options.format)
        with held_back() as heed:
            outcome = write_output(options.out, files, heed)
    except OSError as problem:  # a full disk
        _complain(
            tr(
                "the report cannot be written to {folder}: {reason}.",
                folder=options.out,
                reason=problem.strerror,
            )
        )
        return 1
    if outcome.has_replaced:
        _complain(_replaced_words(options.out, has_others=outcome.has_others))
    _say(f"{options.out / names[-1]}\n")
    return 0


def _amount_words(cases: int, seeds: int) -> str:
    from mlpviz.experiment.language import tr_plural

    return tr_plural(
        "{count} experiment, {seeds} seeds each",
        "{count} experiments, {seeds} seeds each",
        cases,
        seeds=seeds,
    )


def _replaced_words(folder: Path, *, has_others: bool) -> str:
    from mlpviz.experiment.language import tr

    if not has_others:
        return tr("this replaced the earlier report in {folder}.", folder=folder)
    return tr(
        "this replaced the earlier report in {folder}, and left the other files there as they are.",
        folder=folder,
    )


def _is_on_experiments(source: str, flags: "Mapping[str, object]") -> bool:
    """Tell whether a report is on the report's own experiments, and not on one recipe."""
    return not source and flags.keys() <= {"epochs"}


def _report_questions(
    source: str, flags: "Mapping[str, object]", recipe: "Recipe"
) -> "list[Question]":
    """Return the questions of the report's own experiments; none of a recipe."""
    from mlpviz.experiment.writing.questions import report_questions

    return report_questions(recipe.epochs) if _is_on_experiments(source, flags) else []


def _report_cases(source: str, flags: "Mapping[str, object]", recipe: "Recipe") -> "list[Case]":
    """Choose the report's own experiments, or the recipe that was asked for."""
    from mlpviz.experiment.plain_text import one_line
    from mlpviz.experiment.run.sharing import is_text
    from mlpviz.experiment.writing.cases import Case, report_cases
    from mlpviz.experiment.writing.report_words import recipe_words

    is_as_named = flags.keys() <= {"epochs"}
    if _is_on_experiments(source, flags):
        epochs = recipe.epochs
        return [
            case._replace(recipe=replace(case.recipe, epochs=epochs)) for case in report_cases()
        ]
    is_file = bool(source) and not is_text(source)
    name = one_line(Path(source).stem) if is_file and is_as_named else recipe_words(recipe)
    return [Case(name, recipe)]


def _clip(record: "Record", options: argparse.Namespace) -> int:
    from mlpviz.experiment.language import tr

    try:
        from mlpviz.gui.window.clip_command import write_clip
    except ImportError as problem:  # a system library that Qt needs
        _complain(
            tr(
                "the clip cannot be painted: {problem}. `mlpviz train` works without that.",
                problem=problem,
            )
        )
        return 1
    _say(f"{write_clip(record, options)}\n")
    return 0


def _step(recipe: "Recipe", options: argparse.Namespace) -> int:
    from mlpviz.experiment.regular_files import place_of, replace_file
    from mlpviz.experiment.terminal.step_flags import step_choice
    from mlpviz.experiment.writing.step_command import sheet_text, step_text

    choice = step_choice(options)
    if choice.sheet is None:
        _say(f"{step_text(recipe, choice)}\n")
        return 0
    place_of(choice.sheet)  # looked at before the work is done
    replace_file(choice.sheet, sheet_text(recipe, choice))
    _say(f"{choice.sheet}\n")
    return 0


def _script(shared: "Shared", options: argparse.Namespace) -> int:
    from mlpviz.experiment.regular_files import replace_file
    from mlpviz.experiment.terminal.output import source_for
    from mlpviz.experiment.writing.script import script

    changes = () if shared.record is None else shared.at_limit().changes
    text = script(shared.recipe, changes, plain="plain" in options)
    if "out" in options:
        replace_file(options.out, text)
        _say(f"{options.out}\n")
    else:
        _say(source_for(sys.stdout, text))
    return 0


def _bench(*, as_json: bool) -> int:
    import json

    from mlpviz.experiment.study import bench as speed

    figures: dict[str, object] = {
        "epochs_per_second": speed.epochs_per_second(),
        "scaling": speed.scaling(),
        "batched": speed.batched(),
        "memory_mb": speed.memory_mb(),
    }
    from mlpviz.gui.window import display
    from mlpviz.gui.window import window_bench as window_speed

    machine = speed.machine()
    if display.settle_display():  # there is none
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        machine["display"] = "none: drawn into memory"
    figures |= {
        "frame_ms": window_speed.frame_costs(),
        "live": window_speed.live_figures(),
        "many_seeds": window_speed.seeds_figures(),
        "theme_ms": window_speed.theme_figures(),
        "size_ms": window_speed.size_figures(),
        "startup_ms": window_speed.startup_figures(),
        "machine": machine,
    }
    _say((json.dumps(figures) if as_json else "\n".join(speed.lines(figures))) + "\n")
    return 0


def _window(shared: "Shared", options: argparse.Namespace) -> int:
    from mlpviz.experiment.language import tr
    from mlpviz.experiment.regular_files import place_of

    try:
        from mlpviz.gui.window import app, display
        from mlpviz.gui.window import smoke as checks
    except ImportError as problem:  # a system library that Qt needs
        _complain(
            tr(
                "the window cannot be shown: {problem}. `mlpviz train` works without it.",
                problem=problem,
            )
        )
        return 1
    if "smoke_test" in options:
        _check_goes_straight(shared)
        return checks.run_smoke_test(shared.recipe)
    no_display = display.settle_display()
    if not no_display:
        return app.run(shared, getattr(options, "language", None))
    _check_goes_straight(shared)
    _complain(
        tr(
            "{problem}, so this trains without a window and leaves a picture of it in {name}.",
            problem=no_display,
            name=PICTURE_NAME,
        )
    )
    place = place_of(Path(PICTURE_NAME))  # looked at before the work is done
    code = _train(shared, as_json=False)
    checks.save_picture(shared.recipe, place)
    return code


def _say(text: str) -> None:
    """Print a result; where it cannot be written, that is noticed here and not while closing."""
    if sys.stdout is None:  # it was closed: `mlpviz train >&-`
        raise OSError(errno.EBADF, os.strerror(errno.EBADF))
    print(text, end="", flush=True)


def _forget_output(stream: TextIO | None) -> None:
    """Let what could not be written go, or Python would complain of it while closing."""
    if stream is not None:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _complain(sentence: str) -> None:
    from mlpviz.experiment.plain_text import one_line

    if sys.stderr is None:  # closed, and print would take the standard output instead
        return
    try:
        print(f"mlpviz: {one_line(sentence)}", file=sys.stderr, flush=True)
    except OSError:  # nobody can be told
        _forget_output(sys.stderr)
