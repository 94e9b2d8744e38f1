"""The report of the present runs: where to write it is asked, and another process computes it."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QWidget

from mlpviz.engine.marked import marked
from mlpviz.experiment.language import tr
from mlpviz.gui.actions.runs import Runs
from mlpviz.gui.actions.writing_job import WritingJob, WritingWords

if TYPE_CHECKING:
    from mlpviz.experiment.writing.cases import Case

WORDS = WritingWords(
    going=marked("Writing the report: {share}."),
    done=marked("The report is in {file}."),
    failed=marked("The report was not written."),
    cancelled=marked("The report was cancelled; nothing was written."),
)


class ReportSaver:
    """Writes the report of the present runs, one at a time.

    What it needs is imported when it is first asked for: the first picture need not wait for it.

    Parameters
    ----------
    window : over which the dialog opens

    Attributes
    ----------
    job : writes the report
    """

    def __init__(self, window: QWidget, runs: Runs) -> None:
        self._window, self._runs = window, runs
        self.job = WritingJob(window, runs.notices, WORDS)

    def save(self) -> None:
        """Ask for a folder and write the report of the present runs; cancel one under way."""
        from mlpviz.experiment.writing.cases import cases_of

        if self.job.cancel():
            return
        frames = self._runs.latest.frames  # of the moment, however long the dialog stays open
        try:
            cases = cases_of(frames)
        except ValueError as problem:
            self._runs.notices.refuse(str(problem))
            return
        place = QFileDialog.getExistingDirectory(self._window, tr("Where to save the report"))
        if place:
            self._start(cases, Path(place))

    def _start(self, cases: "list[Case]", place: Path) -> None:
        from mlpviz.experiment.study.seeds import DEFAULT_SEEDS
        from mlpviz.gui.views.figures.report_job import free_folder, save_report

        folder = free_folder(place)
        self.job.start(lambda watch: save_report(cases, DEFAULT_SEEDS, folder, watch))
