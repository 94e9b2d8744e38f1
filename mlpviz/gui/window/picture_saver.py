"""Pictures of the views and of the window, for paper: to a file or to the clipboard."""

from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QByteArray, QMimeData, QObject, QSizeF, Slot
from PySide6.QtGui import QCursor, QGuiApplication
from PySide6.QtWidgets import QWidget

from mlpviz.engine.marked import marked
from mlpviz.experiment.language import tr
from mlpviz.experiment.plain_text import path_words
from mlpviz.experiment.words.messages import Message
from mlpviz.gui.actions.notices import Notices
from mlpviz.gui.parts.drawer import Drawer, Drawers
from mlpviz.gui.parts.panel import Panel
from mlpviz.gui.plots.picture_formats import Paint, image, pdf, png, svg
from mlpviz.gui.plots.portrait import size_of, whole, without_inputs
from mlpviz.gui.window.dressing import Dressing
from mlpviz.gui.window.save_dialog import ask_where, save_file
from mlpviz.gui.window.stage import Stage
from mlpviz.gui.window.stage_plan import DIAGRAM, LOSS, MAP, SECOND_DIAGRAM, SECOND_MAP, STEP

USUAL_SHARPNESS = 2
# What the dialog offers, each with the ending of its files, and of a PNG its pixels per pixel.
KINDS = (
    (marked("PNG picture, sharp (2 ×) (*.png)"), ".png", 2),
    (marked("PNG picture, as on the screen (1 ×) (*.png)"), ".png", 1),
    (marked("PNG picture, for print (3 ×) (*.png)"), ".png", 3),
    (marked("PNG picture, for a poster (4 ×) (*.png)"), ".png", 4),
    (marked("SVG drawing (*.svg)"), ".svg", USUAL_SHARPNESS),
    (marked("PDF page (*.pdf)"), ".pdf", USUAL_SHARPNESS),
)
MIME_TYPES = {".png": "image/png", ".svg": "image/svg+xml", ".pdf": "application/pdf"}
TITLES = {  # of the views on the stage, and how their files are called
    DIAGRAM: (marked("Network"), "network"),
    MAP: (marked("Decision boundary"), "map"),
    LOSS: (marked("Loss"), "loss"),
    SECOND_DIAGRAM: (marked("Network of run B"), "network-B"),
    SECOND_MAP: (marked("Decision boundary of run B"), "map-B"),
    STEP: (marked("Step by step"), "step"),
}


class Subject(NamedTuple):
    """What a picture can be of.

    Parameters
    ----------
    title : what it is called
    name : of its file, without an ending
    size : in logical pixels
    paint : paints it
    is_window : whether it is the whole window
    """

    title: str
    name: str
    size: QSizeF
    paint: Paint
    is_window: bool = False


class PictureSaver(QObject):
    """Saves and copies pictures of what is seen, in the light look whatever the window has.

    Parameters
    ----------
    window : of which pictures are made, and over which the dialog opens
    stage, drawers : hold the views
    dressing : puts on the look of paper
    notices : say what was done, or why not
    """

    def __init__(
        self,
        window: QWidget,
        stage: Stage,
        drawers: Drawers,
        dressing: Dressing,
        notices: Notices,
    ) -> None:
        super().__init__(window)
        self._window, self._stage, self._drawers = window, stage, drawers
        self._dressing, self._notices = dressing, notices

    def subjects(self) -> list[Subject]:
        """Return all of which there can be a picture now: the window, and every view in sight."""
        drawer, seen = self._drawers.open_drawer, self._stage.seen
        drawers = [] if drawer is None else [_of_drawer(drawer)]
        views = (_of_view(name, panel) for name, panel in seen.items())
        window = self._window
        title = tr("Window")
        return [Subject(title, "window", size_of(window), whole(window), True), *drawers, *views]

    @Slot()
    def save_view(self) -> None:
        """Save a picture of the view under the pointer, or with the focus."""
        self.ask_and_save(self._view_meant())

    @Slot()
    def copy_view(self) -> None:
        """Copy a picture of the view under the pointer, or with the focus."""
        self.copy(self._view_meant())

    def ask_and_save(self, subject: Subject) -> None:
        """Ask for a place and a format, and save a picture there."""
        kinds = [(tr(words), ending) for words, ending, _ in KINDS]
        answer = ask_where(self._window, tr("Save picture"), subject.name, kinds)
        if answer is not None:
            path, kind = answer
            self.save(subject, path, KINDS[kind][2])

    def save(self, subject: Subject, path: Path, sharpness: int = USUAL_SHARPNESS) -> None:
        """Save a picture in the format that the ending of the name says.

        Parameters
        ----------
        sharpness : of a PNG, its pixels per logical pixel
        """

        def make() -> bytes:
            ending = _ending_of(path)
            with self._dressing.of_paper(is_whole=subject.is_window):
                return _content(subject, ending, sharpness)

        save_file(self._notices, path, make)

    def copy(self, subject: Subject) -> None:
        """Copy a picture, as PNG, SVG and PDF: whatever it is pasted into takes what suits it."""
        data = QMimeData()
        with self._dressing.of_paper(is_whole=subject.is_window):
            data.setImageData(image(subject.size, subject.paint, USUAL_SHARPNESS))
            for ending, kind in MIME_TYPES.items():
                data.setData(kind, QByteArray(_content(subject, ending, USUAL_SHARPNESS)))
        QGuiApplication.clipboard().setMimeData(data)
        self._notices.say(Message(tr("Copied a picture: {what}.", what=subject.title)))

    def _view_meant(self) -> Subject:
        drawer = self._drawers.open_drawer
        if drawer is not None and drawer.rect().contains(drawer.mapFromGlobal(QCursor.pos())):
            return _of_drawer(drawer)
        name = self._stage.view_meant()
        return _of_view(name, self._stage.seen[name])


def _of_view(name: str, panel: Panel) -> Subject:
    title, file_name = TITLES[name]
    return Subject(tr(title), file_name, size_of(panel), without_inputs(panel, panel.tools))


def _of_drawer(drawer: Drawer) -> Subject:
    title, name = drawer.accessibleName(), drawer.objectName().removesuffix("_drawer")
    return Subject(title, name, size_of(drawer), without_inputs(drawer))


def _ending_of(path: Path) -> str:
    """Return which of the formats a name means.

    Raises
    ------
    ValueError
        with a sentence, where it means none of them.
    """
    ending = path.suffix.lower()
    if ending not in MIME_TYPES:
        raise ValueError(
            tr(
                "{name} is not written: a picture ends in .png, .svg or .pdf.",
                name=path_words(path),
            )
        )
    return ending


def _content(subject: Subject, ending: str, sharpness: int) -> bytes:
    """Return a picture as a file."""
    if ending == ".svg":
        return svg(subject.size, subject.paint, subject.title)
    if ending == ".pdf":
        return pdf(subject.size, subject.paint, subject.title)
    return png(image(subject.size, subject.paint, sharpness))
