"""The bar at the upper edge of a presentation: what the transport bar has no room for then."""

from PySide6.QtCore import QEvent, QObject, QRect, QTimer, Slot
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QWidget

from mlpviz.gui.look.sizes import EDGE, GAP, SPACE
from mlpviz.gui.look.sizing import lay, px
from mlpviz.gui.views.controls.transport import Transport

LOOK_MS = 300  # between two looks whether somebody is still at the bar


class EdgeBar(QFrame):
    """Appears while the pointer is at the upper edge, or while the keyboard is in it.

    Parameters
    ----------
    parent : over whose upper edge it lies
    transport : lends its lesser parts while presenting
    leave : a button that ends the presentation
    """

    def __init__(self, parent: QWidget, transport: Transport, leave: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("edge_bar")
        self.setProperty("role", "drawer")
        self._parent, self._transport = parent, transport
        self._edge = _Edge(parent, self)
        self._row = QHBoxLayout(self)
        lay(self._row, GAP, (GAP, SPACE, GAP, SPACE))
        self._row.addStretch(1)
        self._row.addWidget(leave)
        self._looks = QTimer(self)
        self._looks.setInterval(LOOK_MS)
        self._looks.timeout.connect(self._hide_when_left)
        parent.installEventFilter(self)
        self.hide()

    def borrow(self, is_presenting: bool) -> None:
        """Take the lesser parts of the transport bar, or give them back."""
        if is_presenting:
            self._row.insertWidget(0, self._transport.lesser, stretch=2)
            self._row.insertWidget(2, self._transport.menus)
            self._transport.lesser.show()
            self._transport.menus.show()
        else:
            self._transport.seat_lesser()
        self._edge.setVisible(is_presenting)
        self.hide()
        self._arrange()

    def appear(self) -> None:
        """Show the bar until nobody is at it any more."""
        self._arrange()
        self.show()
        self.raise_()
        self._looks.start()

    @Slot()
    def _hide_when_left(self) -> None:
        focused = QApplication.focusWidget()
        has_focus = focused is not None and self.isAncestorOf(focused)
        if not (self.underMouse() or has_focus or QApplication.activePopupWidget()):
            self._looks.stop()
            self.hide()

    def _arrange(self) -> None:
        width = self._parent.width()
        self.setGeometry(QRect(0, 0, width, self.sizeHint().height()))
        self._edge.setGeometry(QRect(0, 0, width, px(EDGE)))
        self._edge.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the width of the window."""
        if event.type() == QEvent.Type.Resize and self._edge.isVisible():
            self._arrange()
        return False


class _Edge(QWidget):
    """A strip that cannot be seen, at which the pointer calls the bar."""

    def __init__(self, parent: QWidget, bar: EdgeBar) -> None:
        super().__init__(parent)
        self.setObjectName("edge")
        self._bar = bar
        self.hide()

    def enterEvent(self, event: QEnterEvent) -> None:
        """Show the bar."""
        self._bar.appear()
