"""The band above the views: the message and, in a presentation, the loss at its right."""

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from mlpviz.gui.look.sizes import GAP, MESSAGE_BAR, MESSAGE_LINE
from mlpviz.gui.look.sizing import fix, px
from mlpviz.gui.parts.message_bar import MessageBar

MESSAGE_SHARE = 0.6  # of the width, while the loss lies beside it


class Band(QWidget):
    """Gives the message all the width, or shares it with a strip where both have room.

    A message is never cut for the sake of the strip: one that is too long takes its place.

    Parameters
    ----------
    message_bar : has the whole height of the band
    strip : what lies beside the message while it is shown
    """

    def __init__(self, message_bar: MessageBar, strip: QWidget) -> None:
        super().__init__()
        self.setObjectName("band")
        self._message_bar, self._strip = message_bar, strip
        for part in (message_bar, strip):
            part.setParent(self)
        strip.installEventFilter(self)
        message_bar.changed.connect(self._arrange)
        self.show_lines(1)

    def show_lines(self, lines: int) -> None:
        """Keep room for one line of text, or for more, so that nothing jumps."""
        fix(self, height=MESSAGE_BAR + (lines - 1) * MESSAGE_LINE)

    @Slot()
    def _arrange(self) -> None:
        width, height, gap = self.width(), self.height(), px(GAP)
        share = round(MESSAGE_SHARE * width)
        has_room = self._message_bar.height_for(share) <= height
        beside = share if self._strip.isVisibleTo(self) and has_room else width
        self._message_bar.setGeometry(QRect(0, 0, beside, height))
        strip_width = max(0, width - beside - gap)
        self._strip.setGeometry(QRect(beside + gap, gap, strip_width, height - 2 * gap))

    def sizeHint(self) -> QSize:
        """Return what the message asks for."""
        return self._message_bar.sizeHint()

    def minimumSizeHint(self) -> QSize:
        """Return what the message needs."""
        return self._message_bar.minimumSizeHint()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow whether there is a strip."""
        if event.type() in (QEvent.Type.ShowToParent, QEvent.Type.HideToParent):
            self._arrange()
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width again."""
        self._arrange()
