"""The input column of the diagram: its features, their names and what they are in words."""

import math

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter

from mlpviz.engine.features import FEATURES, PLANE
from mlpviz.experiment.language import tr
from mlpviz.experiment.run.frame import Frame
from mlpviz.experiment.run.grids import Box
from mlpviz.experiment.run.places import Unit
from mlpviz.gui.look.assets import ui_font
from mlpviz.gui.look.look import Look
from mlpviz.gui.look.sizes import BODY, INPUT_NAME_HEIGHT, NAME_GAP, NAME_ROOM, NAME_WIDTH
from mlpviz.gui.views.diagram.network_layout import NetworkLayout, lay_out


class InputColumn:
    """Knows which features are the inputs of a frame, and paints their names."""

    def __init__(self) -> None:
        self._shown: tuple[tuple[str, ...], Box | None] = (PLANE, None)

    @property
    def features(self) -> tuple[str, ...]:
        """The features that are inputs, in their order."""
        return self._shown[0]

    def take(self, frame: Frame) -> bool:
        """Take over the features of a frame; return whether any looks otherwise than before."""
        shown = (frame.recipe.features, frame.box)
        has_changed, self._shown = shown != self._shown, shown
        return has_changed

    def lay_out(
        self, sizes: tuple[int, ...], width: float, height: float, foot: float
    ) -> NetworkLayout:
        """Lay out the diagram with room for the names of its inputs; `foot` as of `lay_out`."""
        return lay_out(sizes, width, height, self._names_inset(), foot)

    def words(self, unit: int) -> str:
        """Say what an input is."""
        key = self.features[unit]
        label = FEATURES[key].label
        if key in PLANE:
            return tr("{label}   input", label=label)
        return tr("{label}   input, {meaning}", label=label, meaning=tr(FEATURES[key].words))

    def paint(
        self,
        painter: QPainter,
        layout: NetworkLayout,
        look: Look,
        units: frozenset[Unit] | None = None,
    ) -> None:
        """Paint the names of the inputs; of these units only, or of all."""
        painter.setFont(ui_font(BODY, bold=True))
        painter.setPen(QColor(look.text))
        for unit, (key, rect) in enumerate(zip(self.features, layout.units[0], strict=True)):
            if units is None or (0, unit) in units:
                _draw_name(painter, rect, FEATURES[key].label.replace(" ", "\n"))

    def _names_inset(self) -> float:
        """Return how far the inputs must stand to the right for the longest of their names."""
        metrics = QFontMetricsF(ui_font(BODY, bold=True))
        lines = [line for key in self.features for line in FEATURES[key].label.split(" ")]
        widest = max(metrics.horizontalAdvance(line) for line in lines)
        return max(0.0, math.ceil(widest - NAME_ROOM))  # whole pixels, as all units have


def _draw_name(painter: QPainter, rect: QRectF, name: str) -> None:
    """Write a name at the left of a unit."""
    height = max(rect.height(), INPUT_NAME_HEIGHT)
    room = QRectF(0, 0, NAME_WIDTH, height)
    room.moveCenter(rect.center())
    room.moveRight(rect.left() - NAME_GAP)
    align = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
    painter.drawText(room, align, name)
