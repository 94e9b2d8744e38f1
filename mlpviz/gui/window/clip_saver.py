"""Clips of the present runs: where to write one is asked, and another process makes it."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from mlpviz.experiment.language import tr
from mlpviz.experiment.run.clip import Clip
from mlpviz.experiment.run.record import Record
from mlpviz.experiment.study.apart import Watch, can_run_apart
from mlpviz.experiment.words.formats import share_text
from mlpviz.experiment.words.messages import Message
from mlpviz.experiment.writing.gif import check_clip_file, check_gif
from mlpviz.gui.actions.jobs import Job
from mlpviz.gui.actions.notices import NOTHING
from mlpviz.gui.actions.runs import Runs
from mlpviz.gui.window.save_dialog import Kind, ask_where

if TYPE_CHECKING:
    from mlpviz.gui.window.clip_maker import Opener

NAME = "mlpviz-clip"


class ClipSaver(QObject):
    """Makes clips of the present runs, one at a time.

    What makes them is imported with the first one: the first picture need not wait for it.

    Parameters
    ----------
    window : over which the dialog opens
    """

    running_changed = Signal(bool)

    def __init__(self, window: QWidget, runs: Runs) -> None:
        super().__init__(window)
        self._window, self._runs = window, runs
        self._job: Job | None = None
        self.opener: Opener | None = None  # a function of a module; None where no clip can be made

    def save(self, clip: Clip) -> None:
        """Ask for a file, and make a clip of the runs as they stand."""
        notices = self._runs.notices
        records = tuple(kept.record for kept in self._runs.moment().kept)
        if self._job is not None:
            notices.refuse(tr("A clip is being made; end it before you begin another one."))
            return
        if self.opener is None or not can_run_apart():
            notices.refuse(tr("No clip can be made here; `mlpviz clip` makes one."))
            return
        try:
            clip.epochs_in(records[0])
            place = ask_where(self._window, tr("Where to save the clip"), NAME, _kinds())
            if place is not None:
                check_clip_file(place[0])
                self._start(clip, records, place[0], self.opener)
        except ValueError as problem:
            notices.refuse(str(problem))

    def cancel(self) -> bool:
        """End the one that is being made; return whether there was any."""
        if self._job is not None:
            self._job.cancel()
        return self._job is not None

    def stop(self) -> None:
        """End what is under way, before the window goes."""
        if self._job is not None:
            self._job.stop()

    def _start(self, clip: Clip, records: tuple[Record, ...], path: Path, opener: "Opener") -> None:
        from mlpviz.gui.window.clip_job import save_clip

        def work(watch: Watch) -> Path:
            return save_clip(opener, clip, records, path, watch)

        self._job = Job(work, self)
        self._job.progressed.connect(self._show_progress)
        self._job.finished.connect(self._finish)
        self._job.failed.connect(self._fail)
        self._job.cancelled.connect(self._note_cancelled)
        self._job.start()
        self._show_progress(0.0)
        self.running_changed.emit(True)

    @Slot(float)
    def _show_progress(self, share: float) -> None:
        words = tr(
            "Making the clip: {share}. The menu Time cancels it.", share=share_text(share, 0)
        )
        self._runs.notices.show_work(Message(words))

    @Slot(object)
    def _finish(self, path: Path) -> None:
        self._end(Message(tr("The clip is in {file}.", file=path)))

    @Slot(str)
    def _fail(self, sentence: str) -> None:
        self._end(Message(f"{tr('The clip was not made.')} {sentence}", is_warning=True))

    @Slot()
    def _note_cancelled(self) -> None:
        self._end(Message(tr("The clip was cancelled; nothing was written.")))

    def _end(self, message: Message) -> None:
        if self._job is not None:
            self._job.stop()
            self._job.deleteLater()
        self._job = None
        self._runs.notices.show_work(NOTHING)
        self._runs.notices.say(message)
        self.running_changed.emit(False)


def _kinds() -> list[Kind]:
    """Return the kinds of files, first the one that can be made here."""
    kinds = [(tr("GIF (*.gif)"), ".gif"), (tr("Animated PNG (*.png)"), ".png")]
    try:
        check_gif(Path(f"{NAME}.gif"))
    except ValueError:
        kinds.reverse()
    return kinds
