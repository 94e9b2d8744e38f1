"""Sizes of widgets and layouts: set times the factor, and set again whenever it changes.

Each function takes base sizes, in logical pixels at factor 1, mostly constants of `sizes`. It
remembers them on the widget or layout, so that `rescale` sets all sizes of a window again: no
widget has code of its own for a change of the factor.
"""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QPointF, QRectF, QSize
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import (
    QAbstractButton,
    QBoxLayout,
    QHeaderView,
    QLayout,
    QLineEdit,
    QListView,
    QSizePolicy,
    QSpacerItem,
    QWidget,
)

from mlpviz.gui.look.assets import ui_font
from mlpviz.gui.look.look import current_look, scaled
from mlpviz.gui.look.sizes import BODY

Margins = tuple[float, float, float, float]  # left, top, right, bottom
NONE: Margins = (0, 0, 0, 0)


def px(size: float) -> int:
    """Return a size at the present factor, in whole logical pixels."""
    return scaled(size, current_look().factor)


def text_width(*texts: str, size: int = BODY, bold: bool = False) -> float:
    """Return how wide the widest of some texts is, in base sizes."""
    metrics = QFontMetricsF(ui_font(size, bold=bold))
    return max(map(metrics.horizontalAdvance, texts), default=0.0)


def fix(widget: QWidget, *, width: float | None = None, height: float | None = None) -> None:
    """Give a widget a fixed width, or height, or both."""
    _keep(widget, fixed_width=width, fixed_height=height)


def at_least(widget: QWidget, *, width: float | None = None, height: float | None = None) -> None:
    """Let a widget be no narrower, or lower, than this."""
    _keep(widget, least_width=width, least_height=height)


def at_most(widget: QWidget, *, width: float | None = None, height: float | None = None) -> None:
    """Let a widget be no wider, or higher, than this."""
    _keep(widget, most_width=width, most_height=height)


def lay(
    layout: QLayout, gap: float | tuple[float, float] | None = None, margins: Margins | None = None
) -> None:
    """Set the gaps between the items of a layout, and its margins.

    Parameters
    ----------
    gap : between all items; (horizontal, vertical) of a form or a grid; None for the style's own
    margins : around all items; None for the style's own
    """
    _keep(layout, gap=gap, margins=margins)


def space(layout: QBoxLayout, size: float) -> None:
    """Add room before the next item of a layout, besides its gap."""
    layout.addSpacing(px(size))
    _keep(layout, spaces=[*(layout.property("base_spaces") or ()), size])


def pad(widget: QWidget, margins: Margins) -> None:
    """Keep so much room around what a label or a frame contains."""
    _keep(widget, margins=margins)


def pad_text(field: QLineEdit, margins: Margins) -> None:
    """Keep so much room around the text of a field."""
    _keep(field, text_margins=margins)


def fix_icon(widget: QAbstractButton | QListView, side: float) -> None:
    """Show the icons of a button or a list in squares of this side."""
    _keep(widget, icon_side=side)


def fix_rows(rows: QHeaderView, height: float) -> None:
    """Make all rows of a table so high."""
    _keep(rows, row_height=height)


def fix_columns(columns: QHeaderView, *widths: float) -> None:
    """Make the first columns of a table so wide."""
    _keep(columns, column_widths=list(widths))


def bound_columns(columns: QHeaderView, least: float, most: float) -> None:
    """Make no column of a table narrower, or wider, than this."""
    _keep(columns, column_bounds=[least, most])


def fix_font(widget: QWidget, size: int, *, bold: bool = False) -> None:
    """Give a widget the font of the program, where the style sheet gives it none."""
    _keep(widget, font=(size, bold))


def rescale(window: QWidget) -> None:
    """Set all sizes in a window again, for the factor has changed."""
    kept: list[QObject] = [window, *window.findChildren(QWidget), *window.findChildren(QLayout)]
    for target in kept:
        for name in target.dynamicPropertyNames():
            setter = _SETTERS.get(name.toStdString())
            if setter is not None:
                setter(target, target.property(name.toStdString()))


def paint_in_base_sizes(painter: QPainter) -> None:
    """Scale a painter, so that what it paints in base sizes comes out times the factor."""
    factor = current_look().factor
    painter.scale(factor, factor)


def base_rect(widget: QWidget) -> QRectF:
    """Return the rectangle of a widget in base sizes."""
    factor = current_look().factor
    return QRectF(0.0, 0.0, widget.width() / factor, widget.height() / factor)


def base_point(place: QPointF) -> QPointF:
    """Return a place of a widget, such as the pointer's, in base sizes."""
    return place / current_look().factor


def picture_scale(painter: QPainter) -> float:
    """Return the pixels of the screen per base size, for a sharp picture of what is painted."""
    return painter.deviceTransform().m11()


def _keep(target: QObject, **sizes: Any) -> None:
    """Set base sizes, and remember them for `rescale`."""
    for name, size in sizes.items():
        if size is not None:
            target.setProperty(_PREFIX + name, size)
            _SETTERS[_PREFIX + name](target, size)


def _pixels(margins: Margins) -> tuple[int, int, int, int]:
    left, top, right, bottom = margins
    return px(left), px(top), px(right), px(bottom)


def _set_gap(layout: Any, gap: float | tuple[float, float]) -> None:
    if isinstance(gap, int | float):
        layout.setSpacing(px(gap))
        return
    layout.setHorizontalSpacing(px(gap[0]))
    layout.setVerticalSpacing(px(gap[1]))


def _set_spaces(layout: QBoxLayout, sizes: list[float]) -> None:
    """Make the fixed spaces of a layout, in their order, so large."""
    fixed, spacers = QSizePolicy.Policy.Fixed, []
    for place in range(layout.count()):
        item = layout.itemAt(place)
        spacer = item.spacerItem() if item is not None else None
        if spacer is not None and fixed in _policies(spacer):  # the others stretch
            spacers.append(spacer)
    for size, spacer in zip(sizes, spacers, strict=True):
        across, upright = _policies(spacer)
        width, height = (0, px(size)) if upright == fixed else (px(size), 0)
        spacer.changeSize(width, height, across, upright)
    layout.invalidate()


def _policies(spacer: QSpacerItem) -> tuple[QSizePolicy.Policy, QSizePolicy.Policy]:
    policy = spacer.sizePolicy()
    return policy.horizontalPolicy(), policy.verticalPolicy()


def _set_icon_side(widget: Any, side: float) -> None:
    widget.setIconSize(QSize(px(side), px(side)))


def _set_column_widths(columns: Any, widths: list[float]) -> None:
    for column, width in enumerate(widths):
        columns.resizeSection(column, px(width))


def _bound_columns(columns: Any, bounds: list[float]) -> None:
    columns.setMinimumSectionSize(px(bounds[0]))
    columns.setMaximumSectionSize(px(bounds[1]))


def _set_font(widget: QWidget, font: tuple[int, bool]) -> None:
    widget.setFont(ui_font(px(font[0]), bold=font[1]))


_PREFIX = "base_"
_SETTERS: dict[str, Callable[[Any, Any], None]] = {
    "base_fixed_width": lambda widget, size: widget.setFixedWidth(px(size)),
    "base_fixed_height": lambda widget, size: widget.setFixedHeight(px(size)),
    "base_least_width": lambda widget, size: widget.setMinimumWidth(px(size)),
    "base_least_height": lambda widget, size: widget.setMinimumHeight(px(size)),
    "base_most_width": lambda widget, size: widget.setMaximumWidth(px(size)),
    "base_most_height": lambda widget, size: widget.setMaximumHeight(px(size)),
    "base_gap": _set_gap,
    "base_margins": lambda target, margins: target.setContentsMargins(*_pixels(margins)),
    "base_text_margins": lambda field, margins: field.setTextMargins(*_pixels(margins)),
    "base_spaces": _set_spaces,
    "base_icon_side": _set_icon_side,
    "base_row_height": lambda rows, height: rows.setDefaultSectionSize(px(height)),
    "base_column_widths": _set_column_widths,
    "base_column_bounds": _bound_columns,
    "base_font": _set_font,
}
