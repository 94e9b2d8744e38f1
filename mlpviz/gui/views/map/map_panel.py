"""The panel of a map: beside its heading its legend, or what lies under the pointer."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from mlpviz.experiment.language import tr
from mlpviz.gui.parts.panel import Panel
from mlpviz.gui.views.map.boundary_view import BoundaryView


class MapPanel(Panel):
    """Frames a map.

    Parameters
    ----------
    view : the map
    tools : small widgets at the top right
    """

    def __init__(self, view: BoundaryView, *tools: QWidget) -> None:
        super().__init__(tr("Decision boundary"), view, *tools)
        self._view = view
        self._run: tuple[str, str] | None = None  # the name and the tooltip of one of two runs
        view.pointed_at.connect(self._show_words)
        view.shown_changed.connect(self._show_heading)

    def show_run(self, name: str, tooltip: str = "") -> None:
        """Name one of two runs in the heading; "" to name what the map shows instead."""
        self._run = (name, tooltip) if name else None
        self._show_heading()

    @Slot()
    def _show_heading(self) -> None:
        self.show_name(*(self._run or (self._view.shown_words.upper(),)))

    @Slot(str)
    def _show_words(self, words: str) -> None:
        """Write a line in which the mark of a class has the colour of its points."""
        self.readout.show_words(words, self._view.mark_colours, self._view.short_legends)
