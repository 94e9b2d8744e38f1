"""A report that is written beside a window: computed in a process of its own, then written."""

import itertools
import os
from pathlib import Path

from PySide6.QtWidgets import QApplication

from mlpviz.experiment.language import tr
from mlpviz.experiment.plain_text import path_words
from mlpviz.experiment.study.apart import Watch, run_apart
from mlpviz.experiment.writing.cases import Case
from mlpviz.experiment.writing.output_folder import check_output, remove_unfinished, write_output
from mlpviz.experiment.writing.report import compute_report
from mlpviz.experiment.writing.report_pages import report_names
from mlpviz.gui.look.assets import load_font

FOLDER_NAME = "mlpviz-report"


def free_folder(place: Path) -> Path:
    """Return the path of a folder at a place that does not exist yet."""
    for number in itertools.count(1):
        folder = place / (FOLDER_NAME if number == 1 else f"{FOLDER_NAME}-{number}")
        remove_unfinished(folder)  # what a window that was killed has left
        if not os.path.lexists(folder):
            return folder
    raise AssertionError


def save_report(cases: list[Case], seed_count: int, folder: Path, watch: Watch) -> Path:
    """Compute a report in another process and write it; all files appear, or none.

    Return its page. What is in its way is found before anything is computed.

    Raises
    ------
    ValueError, OSError
        when the folder cannot be written to.
    """
    if not folder.parent.is_dir():  # a name that Qt could not read leads nowhere
        raise ValueError(
            tr("{path} cannot be written to: it is no folder.", path=path_words(folder.parent))
        )
    names = report_names([case.title for case in cases])
    check_output(folder, names)
    files = run_apart(compute_report_apart, (cases, seed_count), watch)
    write_output(folder, files, lambda: watch(1.0))
    return folder / names[-1]


def compute_report_apart(cases: list[Case], seed_count: int, watch: Watch) -> dict[str, bytes]:
    """Compute a report, in a process without a window; return its files."""
    # Only here: the window starts sooner without what draws figures.
    from mlpviz.gui.views.figures.report_files import report_files

    os.environ["QT_QPA_PLATFORM"] = "offscreen"  # whatever the window is on
    app = QApplication.instance() or QApplication([])  # held, for the figures need it
    load_font()
    files = report_files(compute_report(cases, seed_count, watch))
    del app
    return files
