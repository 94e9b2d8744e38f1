"""A drawer: a panel that opens over controls and diagram, and leaves map and timeline whole.

Where it has no room beside the map, as in a presentation, it covers the map whole as well.
"""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import delete

from mlpviz.experiment.language import tr
from mlpviz.experiment.run.runner import Update
from mlpviz.gui.look.look import Look
from mlpviz.gui.look.sizes import (
    DRAWER_WIDTH,
    GAP,
    LEAST_DRAWER,
    LEAST_HALF,
    LOW_DRAWER_EXTRA,
    SPACE,
    WIDE_DRAWER,
)
from mlpviz.gui.look.sizing import NONE, at_least, lay, px
from mlpviz.gui.parts.inputs import tool_button
from mlpviz.gui.parts.plain_widgets import PlainLabel

Shares = tuple[int, int]


class Drawer(QFrame):
    """Holds a heading, a button to close it, and whatever a subclass adds to `column`.

    What is added to `upper_half` and `lower_half` lies below each other there, or beside each other
    where the drawer is wide and low. What is added to `footer` is always in sight. A subclass
    overrides `show_update` and `set_look`. It is built when it is first opened.

    Parameters
    ----------
    name : its objectName
    heading : in capitals at the top left
    least_height : of what it holds, at factor 1; where there is less, it scrolls
    below, beside : how `upper_half` and `lower_half` share what there is, where they lie so
    wide : the width from which on they lie beside each other where the drawer is low, at factor 1
    """

    closed = Signal()

    def __init__(
        self,
        name: str,
        heading: str,
        least_height: float = LEAST_DRAWER,
        below: Shares = (0, 1),
        beside: Shares = (1, 1),
        wide: float = WIDE_DRAWER,
    ) -> None:
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
        self._least_height, self._below, self._beside = least_height, below, beside
        self._wide = wide
        self._make_body()
        self._make_scroll()

    def _make_body(self) -> None:
        self._body = QWidget()
        self._body.setObjectName("drawer_body")
        at_least(self._body, height=self._least_height)
        self.column = QVBoxLayout(self._body)
        lay(self.column, SPACE, NONE)
        self._halves = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self.upper_half, self.lower_half, self.footer = QVBoxLayout(), QVBoxLayout(), QHBoxLayout()
        for layout in (self._halves, self.upper_half, self.lower_half, self.footer):
            lay(layout, SPACE, NONE)
        for half, share in zip((self.upper_half, self.lower_half), self._below, strict=True):
            self._halves.addLayout(half, share)
        self.column.addLayout(self._halves, stretch=1)

    def _make_scroll(self) -> None:
        self._scroll = _Scroll()
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(self._body)
        for ground in (self._scroll.viewport(), self._body):
            ground.setAutoFillBackground(False)  # they lie on the drawer
        self._whole = whole = QVBoxLayout(self)
        lay(whole, SPACE, (GAP + SPACE, SPACE, GAP, GAP))
        whole.addLayout(self.header)
        whole.addWidget(self._scroll, stretch=1)
        whole.addLayout(self.footer)

    @property
    def has_halves_beside(self) -> bool:
        """Whether `upper_half` and `lower_half` lie beside each other."""
        return self._halves.direction() is QBoxLayout.Direction.LeftToRight

    @property
    def room(self) -> int:
        """The width that there is for `upper_half`, in pixels."""
        margins = self.contentsMargins() + self._whole.contentsMargins()
        width = self.width() - margins.left() - margins.right()
        if self._seen_height < self._body.minimumHeight():
            width -= self._scroll.verticalScrollBar().sizeHint().width()
        if self.has_halves_beside:
            width = (width - self._halves.spacing()) * self._beside[0] // sum(self._beside)
        return width

    @property
    def room_height(self) -> int:
        """The height that there is for `upper_half` beside `lower_half`, or for both, in pixels."""
        return max(self._seen_height, self._body.minimumHeight())

    @property
    def _seen_height(self) -> int:
        margins = self.contentsMargins() + self._whole.contentsMargins()
        around = margins.top() + margins.bottom() + 2 * self._whole.spacing()
        around += self.close_button.sizeHint().height() + self.footer.sizeHint().height()
        return self.height() - around

    def _turn_halves(self) -> None:
        is_low = self.height() < px(self._least_height + LOW_DRAWER_EXTRA)
        is_beside = is_low and self.width() >= px(self._wide)
        if is_beside != self.has_halves_beside:
            direction = QBoxLayout.Direction
            self._halves.setDirection(direction.LeftToRight if is_beside else direction.TopToBottom)
            lay(self._halves, 2 * GAP if is_beside else SPACE)
            for half, share in enumerate(self._beside if is_beside else self._below):
                self._halves.setStretch(half, share)
            least = min(LEAST_HALF, self._least_height) if is_beside else self._least_height
            at_least(self._body, height=least)

    def show_update(self, update: Update) -> None:
        """Show an update; called while the drawer is open."""

    def set_look(self, look: Look) -> None:
        """Take over colours and sizes."""

    @Slot()
    def close_drawer(self) -> None:
        """Hide the drawer."""
        self.hide()
        self.closed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the halves beside each other where there is more width than height for them."""
        super().resizeEvent(event)
        self._turn_halves()


class _Scroll(QScrollArea):
    """Gives what it holds its own size, or more height than there is: then it scrolls.

    Qt's own way asks for the height at which all that it holds is at ease.
    """

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give what it holds its size."""
        super().resizeEvent(event)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Fit anew what it holds where that needs another height."""
        if event.type() == QEvent.Type.LayoutRequest and watched is self.widget():
            self._fit()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        size, held = self.viewport().size(), self.widget()
        assert held is not None
        held.setFixedWidth(size.width())
        least = max(held.minimumHeight(), _least_height(held, size.width()))
        held.resize(size.width(), max(size.height(), least))


def _least_height(held: QWidget, width: int) -> int:
    """Return the height below which what lies in a widget of a width would lie upon each other."""
    layout = held.layout()
    assert layout is not None
    if layout.hasHeightForWidth():
        return layout.minimumHeightForWidth(width)
    return layout.minimumSize().height()


class Drawers(QObject):
    """Shows one drawer at a time over a place that the window keeps for it.

    Parameters
    ----------
    parent : the widget over which drawers lie
    beside : what they cover whole or not at all: the panel of the map
    above : what they leave in sight below them: the timeline, which moves them too
    below : what else they may cover; what is wholly covered is not painted, nor the drawer with it
    """

    changed = Signal(bool)  # whether one is open

    def __init__(
        self, parent: QWidget, beside: QWidget, above: QWidget, below: Sequence[QWidget] = ()
    ) -> None:
        super().__init__(parent)
        self._parent, self._beside, self._above = parent, beside, above
        self._below = (*below, beside)
        self._drawers: list[Drawer] = []
        for widget in (parent, beside, above):
            widget.installEventFilter(self)

    @property
    def open_drawer(self) -> Drawer | None:
        """The drawer that is open."""
        return next((drawer for drawer in self._drawers if drawer.isVisible()), None)

    def adopt(self, drawer: Drawer) -> None:
        """Take a drawer into the window, which dresses it; closed, as yet."""
        if drawer not in self._drawers:
            drawer.setParent(self._parent)
            drawer.closed.connect(self._follow_open)
            self._drawers.append(drawer)

    def toggle(self, drawer: Drawer) -> None:
        """Open a drawer and close any other; close it if it is open."""
        self.adopt(drawer)
        was_open = drawer.isVisible()
        for other in self._drawers:
            if other.isVisible():
                other.close_drawer()
        if not was_open:
            self._arrange()
            drawer.show()
            drawer.raise_()
            drawer.setFocus()
            self._follow_open()

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
        bottom = self._above.mapTo(self._parent, self._above.rect().topLeft()).y() - px(SPACE)
        left = gap = px(GAP)
        whole = self._parent.width() - 2 * gap
        widths = (top_left.x() - gap - left, top_left.x() + self._beside.width() - left, whole)
        width = next((width for width in widths if width >= px(DRAWER_WIDTH)), whole)
        rect = QRect(left, top_left.y(), width, bottom - top_left.y())
        for drawer in self._drawers:
            drawer.setGeometry(rect)
        self._rest_what_is_covered()

    @Slot()
    def _follow_open(self) -> None:
        self.changed.emit(self.open_drawer is not None)
        self._rest_what_is_covered()

    def _rest_what_is_covered(self) -> None:
        drawer = self.open_drawer
        covered = drawer.geometry() if drawer is not None else QRect()
        for widget in self._below:
            place = QRect(widget.mapTo(self._parent, widget.rect().topLeft()), widget.size())
            widget.setUpdatesEnabled(not covered.contains(place))
