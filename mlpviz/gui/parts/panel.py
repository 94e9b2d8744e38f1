"""A panel: a quiet frame with a heading, a readout beside it, and one view below."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from mlpviz.gui.look.sizes import GAP, PANEL_HEADER, SPACE
from mlpviz.gui.look.sizing import NONE, fix, lay
from mlpviz.gui.parts.elided_label import ElidedLabel
from mlpviz.gui.parts.plain_widgets import plain_tooltip

WITH_HEADING = (GAP + SPACE, SPACE, GAP, GAP)
WITHOUT_HEADING = (GAP, SPACE, GAP, SPACE)


class Panel(QFrame):
    """Frames a view. A double click on its heading asks for more room.

    Parameters
    ----------
    heading : in capitals at the top left
    view : fills the rest
    tools : small widgets at the top right
    """

    enlarge_wanted = Signal()

    def __init__(self, heading: str, view: QWidget, *tools: QWidget) -> None:
        super().__init__()
        self.setObjectName("panel")
        self._heading = heading.upper()
        self.heading = ElidedLabel(self._heading)
        self.heading.setProperty("role", "heading")
        self.readout = ElidedLabel()
        self.readout.setProperty("role", "quiet")
        self._last = tools[-1] if tools else view  # that Tab reaches before what is added
        self._top = QWidget()
        self._header = header = QHBoxLayout(self._top)
        lay(header, GAP, NONE)
        fix(self.heading, height=PANEL_HEADER)  # the same with and without tools
        header.addWidget(self.heading)
        header.addWidget(self.readout, stretch=1)
        for tool in tools:
            tool.setProperty("role", "flat")
            header.addWidget(tool)
        self._column = QVBoxLayout(self)
        lay(self._column, SPACE, WITH_HEADING)
        self._column.addWidget(self._top)
        self._column.addWidget(view, stretch=1)

    def add_tool(self, tool: QWidget) -> None:
        """Add a small widget before the others at the top right."""
        tool.setProperty("role", "flat")
        self._header.insertWidget(2, tool)
        QWidget.setTabOrder(self._last, tool)
        self._last = tool

    @property
    def tools(self) -> tuple[QWidget, ...]:
        """What stands beside heading and readout."""
        items = map(self._header.itemAt, range(self._header.count()))
        widgets = [item.widget() for item in items if item is not None]
        beside = (self.heading, self.readout)
        return tuple(tool for tool in widgets if tool is not None and tool not in beside)

    def add_bar(self, bar: QWidget) -> None:
        """Add a wide widget beside the heading, for when the readout is hidden."""
        self._header.insertWidget(2, bar, stretch=1)

    def fold_heading(self, is_folded: bool) -> None:
        """Leave the room of heading and tools to the view, or give it back to them."""
        self._top.setVisible(not is_folded)
        lay(self._column, margins=WITHOUT_HEADING if is_folded else WITH_HEADING)

    def show_name(self, name: str, tooltip: str = "") -> None:
        """Write another heading, as it stands; "" for the panel's own again."""
        tooltip = plain_tooltip(tooltip)
        if (name or self._heading, tooltip) != (self.heading.text(), self.heading.toolTip()):
            self.heading.setText(name or self._heading)
            self.heading.setToolTip(tooltip)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Ask for all the room, where the heading was meant."""
        if event.position().y() < self._top.geometry().bottom() + SPACE:
            self.enlarge_wanted.emit()
