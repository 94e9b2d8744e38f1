"""A legend upon a plot: a short stroke and a name for each line."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from mlpviz.gui.look.assets import ui_font
from mlpviz.gui.look.sizes import GAP, LEGEND_ROW, LEGEND_STROKE, SMALL, SPACE
from mlpviz.gui.plots.canvas import Mapping

LARGEST_SHARE = 0.7  # of the plot's width; a longer name is cut


class Legend:
    """Names lines at the top right, where a loss that falls leaves room."""

    def __init__(self) -> None:
        self.entries: Sequence[tuple[str, QPen]] = ()
        self.has_note_above = False  # a line of text at the top of the plot is left free
        self.ink = QColor()
        self.ground = QColor()

    def paint(self, painter: QPainter, mapping: Mapping) -> None:
        """Paint it."""
        if not self.entries:
            return
        painter.setFont(ui_font(SMALL))
        metrics = painter.fontMetrics()
        room = int(LARGEST_SHARE * mapping.width)
        names = [
            metrics.elidedText(name, Qt.TextElideMode.ElideRight, room) for name, _ in self.entries
        ]
        width = max(map(metrics.horizontalAdvance, names)) + LEGEND_STROKE + 3 * GAP
        top = float(SPACE) + (LEGEND_ROW if self.has_note_above else 0.0)
        rows = max(1, min(len(names), int((mapping.height - top) // LEGEND_ROW)))
        columns = -(-len(names) // rows)  # in a low plot they stand beside each other
        right = mapping.width - SPACE
        whole = QRectF(right - columns * width, top, columns * width, rows * LEGEND_ROW)
        painter.fillRect(whole, self.ground)
        for i, (name, (_, pen)) in enumerate(zip(names, self.entries, strict=True)):
            left = right - (columns - i // rows) * width
            y = top + LEGEND_ROW * (i % rows + 0.5)
            painter.setPen(pen)
            painter.drawLine(QPointF(left + GAP, y), QPointF(left + GAP + LEGEND_STROKE, y))
            painter.setPen(self.ink)
            place = QRectF(left + LEGEND_STROKE + 2 * GAP, y - LEGEND_ROW / 2, width, LEGEND_ROW)
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, name)
