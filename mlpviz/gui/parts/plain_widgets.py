"""Text that is shown as it stands: Qt would take "<b>" of a class name for bold, and "&" for a key.

A label guesses by itself whether a text is HTML, and so does the window of a tooltip. Names come
from files, so nothing here is left to guess.
"""

from html import escape, unescape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel


class PlainLabel(QLabel):
    """A label that shows its text as it stands. All labels are of this kind."""

    def __init__(self, text: str = "") -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(text)


def plain_tooltip(text: str) -> str:
    """Return the tooltip that shows a text as it stands."""
    if "<" not in text:
        return text
    return f"<qt>{escape(text)}</qt>".replace("\n", "<br>")


def tooltip_text(tooltip: str) -> str:
    """Return the text that `plain_tooltip` was made of."""
    if not tooltip.startswith("<qt>"):
        return tooltip
    return unescape(tooltip.removeprefix("<qt>").removesuffix("</qt>").replace("<br>", "\n"))


def plain_action(text: str) -> str:
    """Return the words of a menu or a button that show a text as it stands."""
    return text.replace("&", "&&")
