"""A drawer: a panel that opens over controls and diagram, and never takes room from the map."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget
from shiboken6 import delete

from mlpviz.experiment.language import tr
from mlpviz.experiment.run.runner import Update
from mlpviz.gui.look.look import Look
from mlpviz.gui.look.sizes import DRAWER_WIDTH, GAP, LEAST_DRAWER, SPACE
from mlpviz.gui.look.sizing import NONE, at_least, lay, px
from mlpviz.gui.parts.inputs import tool_button
from mlpviz.gui.parts.plain_widgets import PlainLabel


class Drawer(QFrame):
    """Holds a heading, a button to close it, and whatever a subclass adds to `column`.

    A subclass overrides `show_update` and `set_look`. It is built when it is first opened.

    Parameters
    ----------
    name : its objectName
    heading : in capitals at the top left
    least_height : of what it holds, at factor 1; where there is less, it scrolls
    """

    closed = Signal()

    def __init__(self, name: str, heading: str, least_height: float = LEAST_DRAWER) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(heading)
        self.setProperty("role", "drawer")
        label = PlainLabel(heading.upper())
        label.setProperty("role", "heading")
        self.close_button = tool_button(f"{name}_close_button", "✕", tr("Close"), key="Esc")
        self.close_button.clicked.connect(self.close_drawer)
        self.header = QHBoxLayout()
        lay(self.header, GAP)
        self.header.addWidget(label)
        self.header.addStretch(1)
        self.header.addWidget(self.close_button)
        self._body = QWidget()
        self._body.setObjectName("drawer_body")
        at_least(self._body, height=least_height)
        self.column = QVBoxLayout(self._body)
        lay(self.column, SPACE, NONE)
        self._scroll = _Scroll()
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(self._body)
        for ground in (self._scroll.viewport(), self._body):
            ground.setAutoFillBackground(False)  # they lie on the drawer
        whole = QVBoxLayout(self)
        lay(whole, SPACE, (GAP + SPACE, SPACE, GAP, GAP))
        whole.addLayout(self.header)
        whole.addWidget(self._scroll, stretch=1)

    @property
    def room(self) -> int:
        """The width that there is for what the drawer holds, in pixels."""
        layout = self.layout()
        assert layout is not None
        margins = layout.contentsMargins()
        width = self.contentsRect().width() - margins.left() - margins.right()
        above = margins.top() + self.close_button.sizeHint().height() + layout.spacing()
        if self.contentsRect().height() - above - margins.bottom() < self._body.minimumHeight():
            width -= self._scroll.verticalScrollBar().sizeHint().width()
        return width

    def show_update(self, update: Update) -> None:
        """Show an update; called while the drawer is open."""

    def set_look(self, look: Look) -> None:
        """Take over colours and sizes."""

    @Slot()
    def close_drawer(self) -> None:
        """Hide the drawer."""
        self.hide()
        self.closed.emit()


class _Scroll(QScrollArea):
    """Gives what it holds its own size, or more height than there is: then it scrolls.

    Qt's own way asks for the height at which all that it holds is at ease.
    """

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give what it holds its size."""
        super().resizeEvent(event)
        size, held = self.viewport().size(), self.widget()
        assert held is not None
        held.setFixedWidth(size.width())
        held.resize(size.width(), max(size.height(), held.minimumHeight()))


class Drawers(QObject):
    """Shows one drawer at a time over a place that the window keeps for it.

    Parameters
    ----------
    parent : the widget over which drawers lie
    beside : what they may not cover: the panel of the map
    below : what they may cover; what is wholly covered is not painted, nor the drawer with it
    """

    def __init__(self, parent: QWidget, beside: QWidget, below: Sequence[QWidget] = ()) -> None:
        super().__init__(parent)
        self._parent, self._beside, self._below = parent, beside, tuple(below)
        self._drawers: list[Drawer] = []
        parent.installEventFilter(self)
        beside.installEventFilter(self)

    @property
    def open_drawer(self) -> Drawer | None:
        """The drawer that is open."""
        return next((drawer for drawer in self._drawers if drawer.isVisible()), None)

    def toggle(self, drawer: Drawer) -> None:
        """Open a drawer and close any other; close it if it is open."""
        if drawer not in self._drawers:
            drawer.setParent(self._parent)
            drawer.closed.connect(self._rest_what_is_covered)
            self._drawers.append(drawer)
        was_open = drawer.isVisible()
        for other in self._drawers:
            if other.isVisible():
                other.close_drawer()
        if not was_open:
            self._arrange()
            drawer.show()
            drawer.raise_()
            drawer.setFocus()
            self._rest_what_is_covered()

    def close(self) -> bool:
        """Close the drawer that is open; return whether there was one."""
        drawer = self.open_drawer
        if drawer is not None:
            drawer.close_drawer()
        return drawer is not None

    def delete(self) -> None:
        """Take all drawers down, before their window goes.

        A plot that is younger than its window crashes when the collector finds both at once.
        """
        for drawer in self._drawers:
            delete(drawer)
        self._drawers.clear()

    def show_update(self, update: Update) -> None:
        """Hand an update to the drawer that is open."""
        drawer = self.open_drawer
        if drawer is not None:
            drawer.show_update(update)

    def set_look(self, look: Look) -> None:
        """Take over colours and sizes."""
        for drawer in self._drawers:
            drawer.set_look(look)
        self._arrange()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the window's size."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Move):
            self._arrange()
        return False

    def _arrange(self) -> None:
        top_left = self._beside.mapTo(self._parent, self._beside.rect().topLeft())
        left = gap = px(GAP)
        # Swapped, the map stands in the middle, and what is left of it belongs to the drawer.
        width = max(top_left.x() - gap - left, self._parent.width() // 3, px(DRAWER_WIDTH))
        rect = QRect(left, top_left.y(), width, self._parent.height() - top_left.y() - gap)
        for drawer in self._drawers:
            drawer.setGeometry(rect)
        self._rest_what_is_covered()

    @Slot()
    def _rest_what_is_covered(self) -> None:
        drawer = self.open_drawer
        covered = drawer.geometry() if drawer is not None else QRect()
        for widget in self._below:
            place = QRect(widget.mapTo(self._parent, widget.rect().topLeft()), widget.size())
            widget.setUpdatesEnabled(not covered.contains(place))
