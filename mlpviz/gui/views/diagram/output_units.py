"""The output column of the diagram: what each unit is called, and the marker of its class."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.places import Unit
from mlpviz.experiment.words.names import name_of
from mlpviz.gui.look.assets import ui_font
from mlpviz.gui.look.look import Look
from mlpviz.gui.look.sizes import BODY, NAME_GAP, NAME_WIDTH
from mlpviz.gui.look.sizes import NAME_ROW as LINE
from mlpviz.gui.plots.class_names import CLASS_GLYPHS
from mlpviz.gui.views.diagram.network_layout import NetworkLayout

CENTRED = Qt.AlignmentFlag.AlignVCenter


def paint_outputs(
    painter: QPainter,
    layout: NetworkLayout,
    look: Look,
    recipe: Recipe,
    units: frozenset[Unit] | None = None,
) -> None:
    """Name the output units, at their right; each of several with the marker of its class.

    Parameters
    ----------
    units : those that are named; None for all
    """
    rects = layout.units[-1]
    is_close = len(rects) > 1 and rects[1].top() - rects[0].top() < 2.0 * LINE
    last = len(layout.units) - 1
    for unit, rect in enumerate(rects):
        if units is not None and (last, unit) not in units:
            continue
        room = QRectF(rect.right() + NAME_GAP, rect.center().y() - LINE, NAME_WIDTH, 2.0 * LINE)
        upper, lower = room.adjusted(0.0, 0.0, 0.0, -LINE), room.adjusted(0.0, LINE, 0.0, 0.0)
        painter.setFont(ui_font(BODY, bold=True))
        if not is_close:  # else there is room for the marker alone
            painter.setPen(QColor(look.text))
            name = name_of(recipe, last, unit)
            painter.drawText(upper if len(rects) > 1 else room, CENTRED, name)
        if len(rects) > 1:
            painter.setPen(QColor(look.classes[unit]))
            painter.drawText(room if is_close else lower, CENTRED, CLASS_GLYPHS[unit])
