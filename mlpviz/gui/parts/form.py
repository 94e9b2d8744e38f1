"""Rows of a panel: a heading, a form below it, a label before each input."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from mlpviz.gui.look.sizes import FIELD_LABEL, FORM_GAP, SPACE
from mlpviz.gui.look.sizing import NONE, fix, lay, text_width
from mlpviz.gui.parts.plain_widgets import PlainLabel


class _FieldLabel(PlainLabel):
    """A label as high as its field, so that both stand on one line; or as all of its lines."""

    def minimumSizeHint(self) -> QSize:
        """Return the height of the field, where it is more."""
        hint, field = super().minimumSizeHint(), self.buddy()
        if field is None:
            return hint
        height = min(field.sizeHint().height(), field.maximumHeight())
        height = max(height, self.heightForWidth(self.maximumWidth()))
        return hint.expandedTo(QSize(0, height))


def heading(text: str) -> QLabel:
    """Make the heading of a group."""
    label = PlainLabel(text)
    label.setProperty("role", "heading")
    return label


def new_form(column: QVBoxLayout) -> QFormLayout:
    """Add a form to a column."""
    form = QFormLayout()
    lay(form, (SPACE, FORM_GAP), NONE)
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
    label = _FieldLabel(text)
    label.setProperty("role", "field")
    label.setBuddy(field)
    label.setWordWrap(True)  # in a language of longer words
    fix(label, width=max(FIELD_LABEL, text_width(*text.split())))
    for widget in (label, field):
        widget.setToolTip(tooltip)
    if beside is None:
        form.addRow(label, field)
        return
    row = QHBoxLayout()
    lay(row, SPACE)
    row.addWidget(field, stretch=1)
    row.addWidget(beside)
    form.addRow(label, row)
