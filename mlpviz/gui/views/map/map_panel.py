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
        view.pointed_at.connect(self._show_words)

    @Slot(str)
    def _show_words(self, words: str) -> None:
        """Write a line in which the mark of a class has the colour of its points."""
        self.readout.show_words(words, self._view.mark_colours)
