"""A drawer to be read: headings, sentences, pictures and tables, below each other."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from mlpviz.gui.look.sizes import GAP, SPACE
from mlpviz.gui.look.sizing import NONE, lay, space
from mlpviz.gui.parts.drawer import Drawer
from mlpviz.gui.parts.offered_keys import keeps
from mlpviz.gui.parts.plain_widgets import PlainLabel
from mlpviz.gui.parts.text_line import text_line

KEYS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
PAGES = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}


class TextDrawer(Drawer):
    """Shows what is added to it; the arrows and the wheel move it."""

    def __init__(self, name: str, heading: str) -> None:
        super().__init__(name, heading, least_height=0.0)
        self._page = QWidget()
        self._text = QVBoxLayout(self._page)
        lay(self._text, SPACE, NONE)
        self.area = QScrollArea()
        self.area.setObjectName(f"{name}_text")
        self.area.setAccessibleName(heading)
        self.area.setFrameShape(QScrollArea.Shape.NoFrame)
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.viewport().setAutoFillBackground(False)  # it lies on the drawer
        self.area.setWidget(self._page)
        self._page.setAutoFillBackground(False)
        self.column.addWidget(self.area, stretch=1)

    def add_heading(self, words: str) -> None:
        """Add a heading, with room above it."""
        if self._text.count():
            space(self._text, GAP)
        self._text.addWidget(_line(words, "term"))

    def add_line(self, words: str, role: str = "") -> None:
        """Add a paragraph, in a role of the style sheet."""
        self._text.addWidget(_line(words, role))

    def add_pictured(self, name: str, sentences: Sequence[str], *, is_wide: bool) -> QLabel:
        """Add paragraphs beside a picture, or below a wide one; return the place of the picture.

        Parameters
        ----------
        name : of what the picture shows, for who does not see it
        """
        picture = PlainLabel()
        picture.setAccessibleName(name)
        directions = QBoxLayout.Direction
        row = QBoxLayout(directions.TopToBottom if is_wide else directions.LeftToRight)
        lay(row, SPACE if is_wide else 2 * GAP, NONE)
        row.addWidget(picture, alignment=Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        words = QVBoxLayout()
        lay(words, SPACE, NONE)
        for sentence in sentences:
            words.addWidget(_line(sentence))
        words.addStretch(1)
        row.addLayout(words, stretch=1)
        self._text.addLayout(row)
        return picture

    def add_table(self, rows: Sequence[tuple[str, str]]) -> None:
        """Add a table of two columns."""
        grid = QGridLayout()
        lay(grid, (2 * GAP, SPACE), NONE)
        grid.setColumnStretch(1, 1)
        top = Qt.AlignmentFlag.AlignTop
        for row, (left, right) in enumerate(rows):
            grid.addWidget(_line(left, "key"), row, 0, top)
            grid.addWidget(_line(right), row, 1, top)
        self._text.addLayout(grid)

    def end(self) -> None:
        """Let all that was added stand at the top."""
        self._text.addStretch(1)

    def event(self, event: QEvent) -> bool:
        """Keep the keys of pages, which the window would play and reset with."""
        return keeps(event, PAGES) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the text by lines and pages, to its beginning and to its end."""
        bar, key = self.area.verticalScrollBar(), Qt.Key(event.key())
        if key in KEYS:
            bar.setValue(bar.value() + KEYS[key] * bar.singleStep())
        elif key in PAGES:
            bar.setValue(bar.value() + PAGES[key] * bar.pageStep())
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            bar.setValue(bar.minimum() if key == Qt.Key.Key_Home else bar.maximum())
        else:
            super().keyPressEvent(event)


def _line(words: str, role: str = "") -> QLabel:
    label = text_line("", role)
    label.setText(words)
    return label
