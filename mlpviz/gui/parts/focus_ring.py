"""The ring around the widget that the keys are meant for: of ink, with a gap, around all alike."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QRegion, QResizeEvent
from PySide6.QtWidgets import (
    QFocusFrame,
    QProxyStyle,
    QStyle,
    QStyleHintReturn,
    QStyleOption,
    QWidget,
)

from mlpviz.gui.look.look import current_look
from mlpviz.gui.look.sizes import FOCUS_GAP, FOCUS_LINE, RADIUS
from mlpviz.gui.look.sizing import px

FOCUS_REACH = FOCUS_GAP + FOCUS_LINE  # from a widget to the outer edge of its ring


class _RingStyle(QProxyStyle):
    """Tells `QFocusFrame` how far it reaches beyond its widget, and to lie above all around it."""

    def pixelMetric(
        self,
        metric: QStyle.PixelMetric,
        option: QStyleOption | None = None,
        widget: QWidget | None = None,
    ) -> int:
        if metric in (
            QStyle.PixelMetric.PM_FocusFrameHMargin,
            QStyle.PixelMetric.PM_FocusFrameVMargin,
        ):
            return px(FOCUS_REACH)
        return super().pixelMetric(metric, option, widget)

    def styleHint(
        self,
        hint: QStyle.StyleHint,
        option: QStyleOption | None = None,
        widget: QWidget | None = None,
        returned: QStyleHintReturn | None = None,
    ) -> int:
        if hint == QStyle.StyleHint.SH_FocusFrame_AboveWidget:
            return True
        return super().styleHint(hint, option, widget, returned)


class FocusRing(QFocusFrame):
    """A ring upon the widgets around it; Qt keeps it where its widget is.

    Parameters
    ----------
    window : which keeps it while it is around nothing
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("focus_ring")
        self._window, self._ring_style = window, _RingStyle("Fusion")
        self.setStyle(self._ring_style)
        self.hide()  # until it is around something

    def surround(self, widget: QWidget | None) -> None:
        """Lie around a widget; None for nowhere."""
        self.setWidget(self._window)  # a window has no ring
        self.setParent(self._window)  # the widget that it was part of may be about to go
        if widget is not None:
            self.setWidget(widget)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ring."""
        line = px(FOCUS_LINE)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(current_look().accent), line))
        inset = line / 2
        radius = px(RADIUS + FOCUS_GAP)
        rect = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        painter.drawRoundedRect(rect, radius, radius)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cover nothing but the ring: what is inside repaints itself without it."""
        super().resizeEvent(event)
        inner = px(RADIUS)  # the corners are round
        self.setMask(
            QRegion(self.rect()) - QRegion(self.rect().adjusted(inner, inner, -inner, -inner))
        )
