"""The help: how the window is used, with pictures of its own parts."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QLabel

from mlpviz.engine.marked import marked
from mlpviz.experiment.language import tr
from mlpviz.gui.look.sizes import HELP_MARGINS, HELP_PICTURE
from mlpviz.gui.look.sizing import px
from mlpviz.gui.parts.text_drawer import TextDrawer
from mlpviz.gui.views.help.pictures import Pictures

BESIDE = 0.5  # of the width: a picture with words beside it
# Each part: its heading, the field of `Pictures` that it shows, or "", and its sentences.
PARTS = (
    (
        marked("Train"),
        "transport",
        (
            marked(
                "Play, or Space, trains the network, and pauses it. → trains for one epoch, one "
                "pass over all samples."
            ),
            marked(
                "Reset, or R, goes back to the same initial weights; New weights, or N, draws "
                "others. Ctrl+Z takes back whatever was done last."
            ),
        ),
    ),
    (
        marked("The network"),
        "diagram",
        (
            marked(
                "Every unit shows the picture that it makes of the input plane. The thicker a "
                "line, the larger its weight: orange is positive, blue negative."
            ),
            marked(
                "Point at a unit, or at a line, to read its numbers. A click sets or freezes it, "
                "while the run goes on. − and + change the units and the layers."
            ),
        ),
    ),
    (
        marked("The map"),
        "map",
        (
            marked(
                "The colour says what the network gives at each place, the line where its answer "
                "changes. A ring marks a sample that is misclassified."
            ),
            marked(
                "Click a sample to follow it through the network. The wheel zooms, a double "
                "click shows all again. D draws samples of your own."
            ),
        ),
    ),
    (
        marked("The loss"),
        "loss",
        (
            marked(
                "How wrong the network is at each epoch. The grey curve is the run before; the "
                "dashed one is the loss on the test set, where there is one."
            ),
        ),
    ),
    (
        marked("Try something else"),
        "",
        (
            marked(
                "Choose another data set by its picture, and change what stands below: the "
                "activation, the learning rate, the noise. More shows all the other choices."
            ),
            marked(
                "Experiments opens the experiments of the report, and compares two runs side by "
                "side. S trains the same recipe from many seeds, T lists the samples."
            ),
            marked(
                "☰ ▸ Data reads a table of your own. ☰ ▸ Save report… writes a page about the "
                "present run."
            ),
        ),
    ),
    (
        marked("What a word means"),
        "",
        (
            marked(
                "F1 says what the thing under the pointer is, with its formula. ☰ ▸ Help ▸ Keys "
                "lists all keys."
            ),
        ),
    ),
)


class HelpDrawer(TextDrawer):
    """A page about each part of the window; its pictures are taken when it opens."""

    def __init__(self) -> None:
        super().__init__("help_drawer", tr("Help"))
        self._places: dict[str, QLabel] = {}
        for heading, picture, sentences in PARTS:
            self.add_heading(tr(heading))
            words = [tr(sentence) for sentence in sentences]
            if picture:
                self._places[picture] = self.add_pictured(
                    tr(heading), words, is_wide=picture == "transport"
                )
                continue
            for sentence in words:
                self.add_line(sentence)
        self.end()

    def show_pictures(self, pictures: Pictures) -> None:
        """Show the parts of the window as they look now."""
        for name, picture in pictures._asdict().items():
            share = 1.0 if name == "transport" else BESIDE
            self._places[name].setPixmap(_small(picture, round(share * self.width())))


def _small(picture: QPixmap, width: int) -> QPixmap:
    """Make a picture so small that it fits a width, and leaves room for words."""
    ratio = picture.devicePixelRatio()
    room = QSize(width - px(HELP_MARGINS), px(HELP_PICTURE)) * ratio
    if picture.width() <= room.width() and picture.height() <= room.height():
        return picture
    keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    return picture.scaled(room, keep, smooth)
