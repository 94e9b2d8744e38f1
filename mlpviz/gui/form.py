"""Rows of a panel: a heading, a form below it, a label before each input."""

from PySide6.QtWidgets import QFormLayout, QLabel, QVBoxLayout, QWidget

from mlpviz.gui.theme import SPACE

LABEL_WIDTH = 66


def heading(text: str) -> QLabel:
    """Make the heading of a group."""
    label = QLabel(text)
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


def add_row(form: QFormLayout, text: str, field: QWidget, tooltip: str) -> None:
    """Add an input with its label; both have the tooltip."""
    label = QLabel(text)
    label.setProperty("role", "field")
    label.setBuddy(field)
    label.setFixedWidth(LABEL_WIDTH)
    label.setMinimumHeight(field.sizeHint().height())  # so that both stand on one line
    for widget in (label, field):
        widget.setToolTip(tooltip)
    form.addRow(label, field)
