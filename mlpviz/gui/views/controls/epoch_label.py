"""The number of the epoch, which can be typed."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QMouseEvent

from mlpviz.experiment.language import tr
from mlpviz.experiment.run.frame import Frame
from mlpviz.experiment.words.formats import epoch_text
from mlpviz.experiment.words.time_words import epoch_of_words, shown_epoch_text
from mlpviz.gui.actions.action_table import ACTIONS
from mlpviz.gui.look.sizes import HALF_SPACE, SMALL
from mlpviz.gui.look.sizing import text_width
from mlpviz.gui.parts.line_input import LineInput
from mlpviz.gui.parts.meanings import explained
from mlpviz.gui.views.controls.value_label import ValueLabel

WIDEST_DIGIT = "0"


class EpochLabel(ValueLabel):
    """Shows the epoch, and in the past of how many; a click lets one type another."""

    typed = Signal(str)  # an epoch to go to, as somebody typed it
    left = Signal()  # the field has no more use for the focus

    def __init__(self, width: float) -> None:
        super().__init__("epoch_label", tr("Epoch"), width, "epoch")
        self.setToolTip(explained("epoch", ACTIONS["type_epoch"].tip))
        self.setCursor(Qt.CursorShape.IBeamCursor)
        self._input: LineInput | None = None

    def show_epoch(self, frame: Frame) -> None:
        """Show the epoch of a frame."""
        self.show_value(shown_epoch_text(frame), epoch_text(frame.epoch) if frame.is_past else "")

    @Slot()
    def type_epoch(self) -> None:
        """Let somebody type an epoch in the place of the number."""
        field = self._field()
        field.show_text("")
        field.setGeometry(self.geometry())
        field.show()
        field.raise_()
        field.setFocus()

    def _field(self) -> LineInput:
        """Return the field, which is made when it is first asked for."""
        if self._input is None:
            self._input = LineInput("epoch_input", tr("Epoch to look at"))
            self._input.setPlaceholderText(tr("epoch"))
            self._input.setParent(self.parentWidget())
            self._input.taken.connect(self.typed)
            self._input.left.connect(self._close)
            self._input.editingFinished.connect(self._input.hide)
        return self._input

    @Slot()
    def _close(self) -> None:
        assert self._input is not None
        self._input.hide()
        self.left.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Let somebody type an epoch."""
        self.type_epoch()


def width_in_past(live: int, size: int, *, are_rows: bool) -> float:
    """Return how wide an epoch of the past is at the most beside a live one, in base sizes.

    Parameters
    ----------
    size : of the type of the number
    are_rows : whether they stand below each other
    """
    widest = "".join(WIDEST_DIGIT if letter.isdigit() else letter for letter in epoch_text(live))
    rest = epoch_of_words(0, live).replace(epoch_text(0), "", 1)
    strong, weak = text_width(widest, size=size, bold=True), text_width(rest, size=SMALL)
    return (max(strong, weak) if are_rows else strong + weak) + HALF_SPACE
