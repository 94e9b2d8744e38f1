"""What takes long to write is written in the background, and the message bar says how it goes."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from mlpviz.experiment.language import tr
from mlpviz.experiment.study.apart import Watch
from mlpviz.experiment.words.formats import share_text
from mlpviz.experiment.words.messages import Message
from mlpviz.gui.actions.jobs import Job
from mlpviz.gui.actions.notices import NOTHING, Notices


@dataclass(frozen=True, slots=True)
class WritingWords:
    """What is said of something that is written: whole sentences, marked for translation.

    Parameters
    ----------
    going : while it is written; has a place {share}
    done : when it is written; has a place {file}
    failed : before the reason why it is not
    cancelled : when it was ended
    """

    going: str
    done: str
    failed: str
    cancelled: str


class WritingJob(QObject):
    """Writes one thing at a time, and says how it goes.

    Parameters
    ----------
    notices : say it
    words : what is said
    """

    running_changed = Signal(bool)

    def __init__(self, parent: QObject, notices: Notices, words: WritingWords) -> None:
        super().__init__(parent)
        self._notices, self._words = notices, words
        self._job: Job | None = None

    @property
    def is_running(self) -> bool:
        """Whether something is being written."""
        return self._job is not None

    def start(self, write: Callable[[Watch], Path]) -> None:
        """Begin, while nothing is being written.

        Parameters
        ----------
        write : writes it, and returns the file; it is called as the work of a `Job`
        """
        self._job = Job(write, self)
        self._job.progressed.connect(self._show_progress)
        self._job.finished.connect(self._finish)
        self._job.failed.connect(self._fail)
        self._job.cancelled.connect(self._note_cancelled)
        self._job.start()
        self._show_progress(0.0)
        self.running_changed.emit(True)

    def cancel(self) -> bool:
        """End what is being written; return whether anything was."""
        if self._job is not None:
            self._job.cancel()
        return self._job is not None

    def stop(self) -> None:
        """End what is being written and wait for it, before the window goes."""
        if self._job is not None:
            self._job.stop()

    @Slot(float)
    def _show_progress(self, share: float) -> None:
        self._notices.show_work(Message(tr(self._words.going, share=share_text(share, 0))))

    @Slot(object)
    def _finish(self, path: Path) -> None:
        self._end(Message(tr(self._words.done, file=path)))

    @Slot(str)
    def _fail(self, sentence: str) -> None:
        self._end(Message(f"{tr(self._words.failed)} {sentence}", is_warning=True))

    @Slot()
    def _note_cancelled(self) -> None:
        self._end(Message(tr(self._words.cancelled)))

    def _end(self, message: Message) -> None:
        if self._job is not None:
            self._job.stop()
            self._job.deleteLater()
        self._job = None
        self._notices.show_work(NOTHING)
        self._notices.say(message)
        self.running_changed.emit(False)
