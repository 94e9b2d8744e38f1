"""Clips of the present runs: where to write one is asked, and another process makes it."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from mlpviz.engine.marked import marked
from mlpviz.experiment.language import tr
from mlpviz.experiment.run.clip import Clip
from mlpviz.experiment.run.record import Record
from mlpviz.experiment.study.apart import can_run_apart
from mlpviz.experiment.writing.gif import check_clip_file, check_gif
from mlpviz.gui.actions.runs import Runs
from mlpviz.gui.actions.writing_job import WritingJob, WritingWords
from mlpviz.gui.window.save_dialog import Kind, ask_where

if TYPE_CHECKING:
    from mlpviz.gui.window.clip_maker import Opener

NAME = "mlpviz-clip"
WORDS = WritingWords(
    going=marked("Making the clip: {share}. The menu Time cancels it."),
    done=marked("The clip is in {file}."),
    failed=marked("The clip was not made."),
    cancelled=marked("The clip was cancelled; nothing was written."),
)


class ClipSaver:
    """Makes clips of the present runs, one at a time.

    What makes them is imported with the first one: the first picture need not wait for it.

    Parameters
    ----------
    window : over which the dialog opens

    Attributes
    ----------
    job : makes the clip
    opener : opens the windows that are painted, a function of a module; None where no clip can be
        made
    """

    def __init__(self, window: QWidget, runs: Runs) -> None:
        self._window, self._runs = window, runs
        self.job = WritingJob(window, runs.notices, WORDS)
        self.opener: Opener | None = None

    def save(self, clip: Clip) -> None:
        """Ask for a file, and make a clip of the runs as they stand."""
        notices = self._runs.notices
        records = tuple(kept.record for kept in self._runs.moment().kept)
        if self.job.is_running:
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

    def _start(self, clip: Clip, records: tuple[Record, ...], path: Path, opener: "Opener") -> None:
        from mlpviz.gui.window.clip_job import save_clip

        self.job.start(lambda watch: save_clip(opener, clip, records, path, watch))


def _kinds() -> list[Kind]:
    """Return the kinds of files, first the one that can be made here."""
    kinds = [(tr("GIF (*.gif)"), ".gif"), (tr("Animated PNG (*.png)"), ".png")]
    try:
        check_gif(Path(f"{NAME}.gif"))
    except ValueError:
        kinds.reverse()
    return kinds
