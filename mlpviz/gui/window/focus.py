"""Where the keys go: the one place that hands the focus on.

It is at home on the diagram. It comes home when a field has taken or restored what was typed, when
a list has closed, when a button or a slider was used with the pointer, and when the control that
had it is hidden or disabled: Qt would give it to the next button then. Who reaches a control with
Tab stays there.
"""

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QListView,
    QMainWindow,
    QScrollBar,
    QWidget,
)

from mlpviz.gui.parts.drawer import Drawer
from mlpviz.gui.parts.focus_ring import FocusRing
from mlpviz.gui.parts.inputs import Choice
from mlpviz.gui.parts.keys import GUARDED, KeyGuard
from mlpviz.gui.views.diagram.network_panel import NetworkPanel
from mlpviz.gui.views.diagram.network_view import NetworkView

# Used with the pointer, these leave the focus to others.
_POINTED = (QAbstractButton, QAbstractSlider, QListView)
_KEEPS_CLICK = (QComboBox, QAbstractSpinBox, NetworkView, QAbstractItemView)
# The diagram has a ring around the unit that its cursor is on, and a drawer shows by being there;
# so does whatever says of itself that it is `ringless`.
_RINGLESS = (NetworkView, Drawer, QMainWindow)
_BY_HAND = (
    Qt.FocusReason.MouseFocusReason,
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
)


class Focus(QObject):
    """Keeps the focus where the keys are meant to go.

    Parameters
    ----------
    window : whose focus it is
    panel : of the diagram where it is at home
    """

    def __init__(self, window: QWidget, panel: NetworkPanel) -> None:
        super().__init__(window)
        self._window = window
        self._panels = [panel]
        self._used: NetworkView | None = None  # the diagram that was used last
        self._guest: QWidget | None = None
        self._ring = FocusRing(window)
        self._guard = KeyGuard(self)
        self._guard.left.connect(self.go_home)
        panel.view.installEventFilter(self)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._look_after)

    @property
    def diagram(self) -> NetworkView:
        """The diagram that keys mean: the one used last, else that of the controls."""
        shown = [panel.view for panel in self._panels if not panel.isHidden()] or self.diagrams
        return next((view for view in shown if view is self._used), shown[-1])

    @property
    def diagrams(self) -> tuple[NetworkView, ...]:
        """All the diagrams that there are, seen or not."""
        return tuple(panel.view for panel in self._panels)

    def add_diagram(self, panel: NetworkPanel) -> None:
        """Let the keys mean a second diagram."""
        self._panels.append(panel)
        panel.view.installEventFilter(self)

    def forget_use(self) -> None:
        """Let the keys mean the diagram that the controls belong to."""
        self._used = None
        self.go_home()

    def lodge(self, guest: QWidget | None) -> None:
        """Let the focus be at home on another widget, as long as there is one; and go there."""
        self._guest = guest
        self.go_home()

    def prepare(self, parent: QWidget) -> None:
        """See to it that the focus goes where it belongs, for all that lies in a widget."""
        for control in parent.findChildren(QWidget):
            is_popup = control.window() is not parent.window()  # the list of a drop-down
            if is_popup or not isinstance(control, GUARDED) or isinstance(control, QScrollBar):
                continue
            control.installEventFilter(self)
            if isinstance(control, _POINTED):
                control.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            if isinstance(control, QListView):
                control.viewport().installEventFilter(self)  # which gets its presses
            if isinstance(control, Choice):
                control.closed.connect(self.go_home)
        if isinstance(parent, Drawer):
            parent.closed.connect(self.go_home)

    @Slot()
    def go_home(self) -> None:
        """Give the focus to the diagram, or to what takes its place."""
        home = self._guest or self.diagram
        # A widget that is hidden takes no focus, and the next one that could would get it.
        (home if home.isVisible() or not self._window.isVisible() else self._window).setFocus()

    def stop(self) -> None:
        """Look after nothing any more, before the window goes."""
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.disconnect(self._look_after)

    @Slot(QWidget, QWidget)
    def _look_after(self, before: QWidget | None, now: QWidget | None) -> None:
        """Put the ring where the focus is; go home from a control that is gone, or disabled."""
        has_ring = (
            now is not None
            and now.window() is self._window
            and not (isinstance(now, _RINGLESS) or now.property("ringless"))
        )
        self._ring.surround(now if has_ring else None)
        if before is None or not self._window.isAncestorOf(before) or not self._window.isVisible():
            return
        if not (before.isVisible() and before.isEnabled()):
            self.go_home()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note which diagram is used; go home from what is used with the pointer; guard the keys.

        The guard is asked from here: a filter of its own would be one more that Qt asks about every
        event of every control.
        """
        # The class first: this sees every event of every control, and to ask for the type is slow.
        if isinstance(event, QKeyEvent):
            return self._guard.eventFilter(watched, event)
        if isinstance(event, QMouseEvent) and isinstance(watched, QWidget):
            kind = event.type()
            if kind == QEvent.Type.MouseButtonPress:
                self._note_use(watched)
                if not isinstance(watched, _KEEPS_CLICK):
                    self.go_home()
            elif kind == QEvent.Type.MouseButtonRelease and isinstance(watched, QAbstractSpinBox):
                self.go_home()  # from its arrows: the text in it gets the pointer's events itself
        elif (
            isinstance(event, QFocusEvent)
            and isinstance(watched, NetworkView)
            and event.gotFocus()
            and event.reason() in _BY_HAND
        ):
            self._used = watched
        return False

    def _note_use(self, pressed: QWidget) -> None:
        """Remember the diagram that a press belongs to, if any: its own buttons are part of it."""
        for panel in self._panels:
            if panel.isAncestorOf(pressed):
                self._used = panel.view
