"""The output column of the diagram: what each unit is called, and the marker of its class."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from mlpviz.experiment.parameters import name_of
from mlpviz.experiment.recipe import Recipe
from mlpviz.gui.assets import ui_font
from mlpviz.gui.network_layout import NetworkLayout
from mlpviz.gui.theme import BODY, Theme

NAME_GAP = 4.0  # between a unit and its name
NAME_WIDTH = 64.0


def paint_outputs(painter: QPainter, layout: NetworkLayout, theme: Theme, recipe: Recipe) -> None:
    """Name the output units, at their right."""
    painter.setFont(ui_font(BODY, bold=True))
    painter.setPen(QColor(theme.text))
    for unit, rect in enumerate(layout.units[-1]):
        room = QRectF(rect.right() + NAME_GAP, rect.top(), NAME_WIDTH, rect.height())
        name = name_of(recipe, len(layout.units) - 1, unit)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, name)
