"""Rows of a panel: a heading, a form below it, a label before each input."""

from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from mlpviz.gui.look.sizes import SPACE
from mlpviz.gui.parts.plain_widgets import PlainLabel

LABEL_WIDTH = 66


def heading(text: str) -> QLabel:
    """Make the heading of a group."""
    label = PlainLabel(text)
    label.setProperty("role", "heading")
    return label


def new_form(column: QVBoxLayout) -> QFormLayout:
    """Add a form to a column."""
    form = QFormLayout()
    form.setContentsMargins(0, 0, 0, 0)
    form.setHorizontalSpacing(SPACE)
    form.setVerticalSpacing(SPACE + 1)
    form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
    column.addLayout(form)
    return form


def add_row(
    form: QFormLayout, text: str, field: QWidget, tooltip: str, beside: QWidget | None = None
) -> None:
    """Add an input with its label; both have the tooltip.

    Parameters
    ----------
    beside : a small widget at the end of the row
    """
    label = PlainLabel(text)
    label.setProperty("role", "field")
    label.setBuddy(field)
    label.setFixedWidth(LABEL_WIDTH)
    label.setMinimumHeight(field.sizeHint().height())  # so that both stand on one line
    for widget in (label, field):
        widget.setToolTip(tooltip)
    if beside is None:
        form.addRow(label, field)
        return
    row = QHBoxLayout()
    row.setSpacing(SPACE)
    row.addWidget(field, stretch=1)
    row.addWidget(beside)
    form.addRow(label, row)
