"""The report on the runs of the window, written in the background."""

import itertools
import os
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QApplication

from mlpviz.experiment.language import tr
from mlpviz.experiment.plain_text import path_words
from mlpviz.experiment.study.apart import Watch, run_apart
from mlpviz.experiment.study.seeds import DEFAULT_SEEDS
from mlpviz.experiment.words.formats import share_text
from mlpviz.experiment.words.messages import Message
from mlpviz.experiment.writing.cases import Case
from mlpviz.experiment.writing.output_folder import check_output, remove_unfinished, write_output
from mlpviz.experiment.writing.report import compute_report
from mlpviz.experiment.writing.report_pages import report_names
from mlpviz.gui.actions.jobs import Job
from mlpviz.gui.look.assets import load_font

FOLDER_NAME = "mlpviz-report"


class ReportJob(QObject):
    """Writes one report at a time, and says how it goes."""

    said = Signal(object)  # Message

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._job: Job | None = None

    @property
    def is_running(self) -> bool:
        """Whether a report is being written."""
        return self._job is not None

    def start(self, cases: list[Case], place: Path, seed_count: int = DEFAULT_SEEDS) -> None:
        """Write a report into a new folder at a place."""
        folder = free_folder(place)
        self._job = Job(lambda watch: save_report(cases, seed_count, folder, watch), self)
        self._job.progressed.connect(self._show_progress)
        self._job.finished.connect(self._finish)
        self._job.failed.connect(self._fail)
        self._job.cancelled.connect(self._note_cancelled)
        self._job.start()
        self._show_progress(0.0)

    def cancel(self) -> None:
        """End it; nothing is written."""
        if self._job is not None:
            self._job.cancel()

    def stop(self) -> bool:
        """End it and wait. Return whether it ended in time."""
        return self._job is None or self._job.stop()

    @Slot(float)
    def _show_progress(self, share: float) -> None:
        self.said.emit(Message(tr("Writing the report: {share}.", share=share_text(share, 0))))

    @Slot(object)
    def _finish(self, page: Path) -> None:
        self._end(Message(tr("The report is in {page}.", page=page)))

    @Slot(str)
    def _fail(self, sentence: str) -> None:
        self._end(Message(f"{tr('The report was not written.')} {sentence}", is_warning=True))

    @Slot()
    def _note_cancelled(self) -> None:
        self._end(Message(tr("The report was cancelled; nothing was written.")))

    def _end(self, message: Message) -> None:
        if self._job is not None:
            self._job.stop()
            self._job.deleteLater()
        self._job = None
        self.said.emit(message)


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
