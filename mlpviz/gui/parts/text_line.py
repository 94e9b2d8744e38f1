"""A line of text in a drawer, which wraps where it is long."""

from PySide6.QtWidgets import QLabel

from mlpviz.gui.parts.plain_widgets import PlainLabel


def text_line(name: str, role: str = "") -> QLabel:
    """Make a label.

    Parameters
    ----------
    name : its `objectName`
    role : of the style sheet, such as "quiet"
    """
    label = PlainLabel()
    label.setObjectName(name)
    label.setProperty("role", role)
    label.setWordWrap(True)
    return label
