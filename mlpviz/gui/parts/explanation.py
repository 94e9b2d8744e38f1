"""The bubble that says what something is: over the window, and gone with the next key or click."""

from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtWidgets import QApplication, QFrame, QVBoxLayout, QWidget

from mlpviz.gui.look.sizes import EXPLANATION_GAP, EXPLANATION_WIDTH, GAP, SPACE
from mlpviz.gui.look.sizing import at_most, lay, px
from mlpviz.gui.parts.text_line import text_line

GOES_WITH = (QEvent.Type.MouseButtonPress, QEvent.Type.KeyPress, QEvent.Type.Wheel)


class Explanation(QFrame):
    """Lies over its parent beside what it is about.

    Parameters
    ----------
    parent : within which it stays
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("explanation")
        self.setProperty("role", "drawer")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._term = text_line("explanation_term", "term")
        self._meaning = text_line("explanation_meaning")
        self._formula = text_line("explanation_formula", "formula")
        column = QVBoxLayout(self)
        lay(column, SPACE, (GAP + SPACE, GAP, GAP + SPACE, GAP))
        for label in (self._term, self._meaning, self._formula):
            at_most(label, width=EXPLANATION_WIDTH)
            column.addWidget(label)
        self.hide()

    def explain(self, lines: tuple[str, str, str], about: QRect) -> None:
        """Show a term, its meaning and its formula beside a place of the parent.

        Parameters
        ----------
        lines : the formula, or the meaning, is "" where there is none
        about : in pixels of the parent
        """
        for label, text in zip((self._term, self._meaning, self._formula), lines, strict=True):
            label.setText(text)
            label.setVisible(bool(text))
        self.setAccessibleName(lines[0])
        self.setAccessibleDescription(" ".join(filter(None, lines[1:])))
        self._lay_at(about)
        self.show()
        self.raise_()
        app = QApplication.instance()
        assert app is not None
        app.installEventFilter(self)

    def _lay_at(self, about: QRect) -> None:
        """Lie above what it is about, for bubbles and tooltips lie below; or else below it."""
        around = self.parentWidget()
        assert around is not None
        width = px(EXPLANATION_WIDTH + 2 * (GAP + SPACE))
        self.resize(width, self.heightForWidth(width))
        gap = px(EXPLANATION_GAP)
        left = min(max(gap, about.left()), max(gap, around.width() - self.width() - gap))
        top = about.top() - gap - self.height()
        if top < gap:
            top = about.bottom() + gap
        self.move(left, top)

    def close_explanation(self) -> bool:
        """Hide; return whether it was shown."""
        was_shown = self.isVisible()
        self.hide()
        app = QApplication.instance()
        if app is not None:
            app.removeEventFilter(self)
        return was_shown

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hide when something else is done."""
        if event.type() in GOES_WITH:
            self.close_explanation()
        return False
