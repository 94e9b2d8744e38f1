"""The report of the present runs: where to write it is asked, and how it goes is said."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from mlpviz.experiment.language import tr
from mlpviz.experiment.words.messages import Message
from mlpviz.gui.actions.notices import NOTHING
from mlpviz.gui.actions.runs import Runs

if TYPE_CHECKING:
    from mlpviz.gui.views.figures.report_job import ReportJob


class ReportSaver(QObject):
    """Writes the report of the present runs, one at a time.

    What it needs is imported when it is first asked for: the first picture need not wait for it.

    Parameters
    ----------
    window : over which the dialog opens
    """

    running_changed = Signal(bool)

    def __init__(self, window: QWidget, runs: Runs) -> None:
        super().__init__(window)
        self._window, self._runs = window, runs
        self._job: ReportJob | None = None

    @Slot()
    def save(self) -> None:
        """Ask for a folder and write the report of the present runs; stop one under way."""
        from mlpviz.experiment.writing.cases import cases_of

        if self._job is None:
            from mlpviz.gui.views.figures.report_job import ReportJob

            self._job = ReportJob(self)
            self._job.said.connect(self._say)
        if self._job.is_running:
            self._job.cancel()
            return
        frames = self._runs.latest.frames  # of the moment, however long the dialog stays open
        try:
            cases = cases_of(frames)
        except ValueError as problem:
            self._runs.notices.refuse(str(problem))
            return
        place = QFileDialog.getExistingDirectory(self._window, tr("Where to save the report"))
        if place:
            self._job.start(cases, Path(place))

    def stop(self) -> None:
        """End what is under way, before the window goes."""
        if self._job is not None:
            self._job.stop()

    @Slot(object)
    def _say(self, message: Message) -> None:
        notices = self._runs.notices
        is_running = self._job is not None and self._job.is_running
        notices.show_work(message if is_running else NOTHING)
        if not is_running:
            notices.say(message)
        self.running_changed.emit(is_running)
