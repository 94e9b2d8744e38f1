"""The next step of a run on paper: as a page of HTML or PDF, filled in or to be filled in."""

from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QWidget

from mlpviz.engine.marked import marked
from mlpviz.experiment.language import tr
from mlpviz.experiment.plain_text import path_words
from mlpviz.experiment.run.frame import Frame
from mlpviz.experiment.run.runner import Update
from mlpviz.gui.actions.choices import A
from mlpviz.gui.actions.runs import Runs
from mlpviz.gui.actions.selection import Selection
from mlpviz.gui.window.save_dialog import SAVED, ask_where, save_file

SAVED_OF_A = marked("Saved {file}, the step of run A.")
PDF, HTML = ".pdf", (".html", ".htm")
# What the dialog offers, each with the ending of its files and what is to be filled in.
KINDS = (
    (marked("PDF, results to be filled in, and the key (*.pdf)"), PDF, "results"),
    (marked("PDF, all to be filled in, and the key (*.pdf)"), PDF, "all"),
    (marked("PDF, filled in (*.pdf)"), PDF, "none"),
    (marked("Web page, results to be filled in, and the key (*.html)"), HTML[0], "results"),
    (marked("Web page, all to be filled in, and the key (*.html)"), HTML[0], "all"),
    (marked("Web page, filled in (*.html)"), HTML[0], "none"),
)


class SheetSaver(QObject):
    """Writes the step after the state shown, for the sample selected; in a comparison that of A.

    The trainer takes the step apart, and what is shown meanwhile stays as it is. What else it needs
    is imported when it is first asked for: the first picture need not wait for it.

    Parameters
    ----------
    window : over which the dialog opens
    runs, selection : whose step it is, and for which sample
    """

    def __init__(self, window: QWidget, runs: Runs, selection: Selection) -> None:
        super().__init__(window)
        self._window, self._runs, self._selection = window, runs, selection

    @Slot()
    def save(self) -> None:
        """Have the step taken apart; then ask for a file, and write the sheet there."""
        frames = self._runs.latest.frames
        if self._selection.value.needs_step or not frames:
            return  # it is under way, or nothing has been trained yet
        self._runs.updated.connect(self._take)
        self._selection.need_step(True)
        self._take(self._runs.latest)

    @Slot(object)
    def _take(self, update: Update) -> None:
        """Go on when the step that has the sample has come, or cannot come."""
        if not update.frames:
            return
        frame, sample = update.frames[A], self._selection.value.sample or 0
        refusal = _refusal(frame)
        if not refusal and (frame.trace is None or sample not in frame.trace.samples):
            return
        self._runs.updated.disconnect(self._take)
        self._selection.need_step(False)
        if refusal:
            self._runs.notices.refuse(refusal)
        else:
            # Not within the update, for the dialog would hold up all that follow it.
            QTimer.singleShot(0, self, lambda: self._ask(frame, sample))

    def _ask(self, frame: Frame, sample: int) -> None:
        kinds = [(tr(words), ending) for words, ending, _ in KINDS]
        answer = ask_where(self._window, tr("Save step sheet"), "step", kinds)
        if answer is None:
            return
        path, kind = answer
        words = SAVED_OF_A if self._runs.is_comparing else SAVED
        cover = KINDS[kind][2]
        save_file(self._runs.notices, path, lambda: _content(path, frame, sample, cover), words)


def _refusal(frame: Frame) -> str:
    """Say why there is no sheet of the step of a frame; "" where there is one."""
    from mlpviz.experiment.writing.step_sheet_room import check_sheet

    try:
        check_sheet(frame.recipe)
    except ValueError as problem:
        return str(problem)
    return "" if frame.can_follow_gradient else tr("A step of so many samples is not taken apart.")


def _content(path: Path, frame: Frame, sample: int, cover: str) -> bytes | str:
    """Return a sheet as a file, in the format that the ending of its name says.

    Raises
    ------
    ValueError
        with a sentence, where it says none.
    """
    from mlpviz.experiment.writing.step_sheet import TITLE, step_sheet
    from mlpviz.experiment.writing.step_sheet_style import MARGIN_MM
    from mlpviz.gui.plots.page_pdf import page_pdf

    ending = path.suffix.lower()
    if ending not in (PDF, *HTML):
        raise ValueError(
            tr(
                "{name} is not written: a step sheet ends in .html or .pdf.",
                name=path_words(path),
            )
        )
    assert frame.trace is not None
    row = frame.trace.samples.tolist().index(sample)
    page = step_sheet(frame.recipe, frame.trace, row, cover)
    if ending != PDF:
        return page
    return page_pdf(page, tr(TITLE), 1 if cover == "none" else 2, MARGIN_MM)
