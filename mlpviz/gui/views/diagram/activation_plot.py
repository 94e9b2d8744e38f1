"""The curve of an activation as a small plot, and the dot of a sample on it."""

import math

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen, QPolygonF

from mlpviz.experiment.run.making import activation_curve
from mlpviz.gui.look.look import Look
from mlpviz.gui.look.sizes import CURVE_DOT, CURVE_INSET, CURVE_LINE, CURVE_TIP, HAIRLINE, OUTLINE


class ActivationPlot:
    """Where the curve of an activation lies in a rectangle.

    Parameters
    ----------
    activation : its key; softmax has no curve
    rect : of the plot
    """

    def __init__(self, activation: str, rect: QRectF) -> None:
        self._z, self._a = activation_curve(activation)
        self._rect = rect
        self._low = min(0.0, float(self._a.min()))
        self._high = float(self._a.max())

    def place(self, z: float, a: float) -> QPointF:
        """Return where a point of the curve lies."""
        inner = self._rect.adjusted(CURVE_INSET, CURVE_INSET, -CURVE_INSET, -CURVE_INSET)
        reach = float(self._z[-1])
        across = (z + reach) / (2.0 * reach)
        up = (a - self._low) / (self._high - self._low)
        return QPointF(inner.left() + across * inner.width(), inner.bottom() - up * inner.height())

    def paint(self, painter: QPainter, look: Look) -> None:
        """Paint frame, axes and curve."""
        painter.setPen(QPen(QColor(look.line), HAIRLINE))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(self._rect)
        reach = float(self._z[-1])
        painter.drawLine(self.place(-reach, 0.0), self.place(reach, 0.0))
        painter.drawLine(self.place(0.0, self._low), self.place(0.0, self._high))
        painter.setPen(QPen(QColor(look.text), CURVE_LINE))
        points = zip(self._z.tolist(), self._a.tolist(), strict=True)
        painter.drawPolyline(QPolygonF([self.place(z, a) for z, a in points]))

    def dot(self, z: float, a: float) -> tuple[int, int] | None:
        """Return where a dot is to a quarter of a pixel; None where there is no number."""
        if not (math.isfinite(z) and math.isfinite(a)):
            return None
        if abs(z) > float(self._z[-1]):  # an arrow at the rim
            return (1 if z > 0.0 else -1), 0
        place = self.place(z, a)
        return round(4.0 * place.x()), round(4.0 * place.y())

    def paint_dot(self, painter: QPainter, look: Look, z: float, a: float) -> None:
        """Paint where a sample is on the curve: beyond the plot an arrow at its rim says so."""
        if not (math.isfinite(z) and math.isfinite(a)):
            return
        painter.setPen(QPen(QColor(look.panel), OUTLINE))
        painter.setBrush(QBrush(QColor(look.text)))
        reach = float(self._z[-1])
        if abs(z) <= reach:
            painter.drawEllipse(self.place(z, a), CURVE_DOT / 2, CURVE_DOT / 2)
            return
        side = math.copysign(1.0, z)
        end = self.place(side * reach, float(self._a[-1 if z > 0.0 else 0]))
        tip = end + QPointF(side * CURVE_INSET, 0.0)
        back = tip - QPointF(side * 2.0 * CURVE_TIP, 0.0)
        up = QPointF(0.0, CURVE_TIP)
        painter.drawPolygon(QPolygonF([tip, back + up, back - up]))
