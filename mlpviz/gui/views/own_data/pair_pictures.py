"""Small pictures of the columns that can be the inputs, in pairs; one click takes one."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from mlpviz.experiment.language import tr
from mlpviz.gui.actions.table_outcome import Pair
from mlpviz.gui.look.look import Look, current_look
from mlpviz.gui.look.sizes import PAIR_PICTURE as SIDE
from mlpviz.gui.look.sizes import SPACE
from mlpviz.gui.look.sizing import NONE, fix_icon, lay
from mlpviz.gui.parts.inputs import label_button, tool_button
from mlpviz.gui.parts.one_of import OneOf
from mlpviz.gui.plots.points_picture import points_picture

MOST_PAIRS = 6


class PairPictures(QWidget):
    """Shows pairs of columns; nothing where there is no choice."""

    chosen = Signal(str, str)  # the names of x₁ and x₂

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("data_pairs")
        self.setAccessibleName(tr("Pairs of columns"))
        self._look = current_look()
        self._pairs: Sequence[Pair] = ()
        self._one = OneOf(self)
        self._one.chosen.connect(self._choose)
        row = QHBoxLayout(self)
        lay(row, SPACE, NONE)
        self.buttons = [self._make_button(place) for place in range(MOST_PAIRS)]
        for button in self.buttons:
            self._one.add(button)
            row.addWidget(button)
        row.addStretch(1)
        self.hide()

    def _make_button(self, place: int) -> QToolButton:
        button = tool_button(f"data_pair_{place + 1}_button", "", "")
        button.setProperty("role", "pair")
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        fix_icon(button, SIDE)
        return button

    def show_pairs(self, pairs: Sequence[Pair], names: tuple[str, str]) -> None:
        """Show pairs, the one of these names as chosen."""
        is_other = pairs is not self._pairs
        self._pairs = pairs
        self.setVisible(bool(pairs))
        wanted = [{*pair.names} == {*names} for pair in pairs]
        self._one.show_chosen(wanted.index(True) if any(wanted) else None)
        for place, button in enumerate(self.buttons):
            button.setVisible(place < len(pairs))
            if place < len(pairs) and is_other:
                self._describe(button, pairs[place])

    def set_look(self, look: Look) -> None:
        """Take over colours and sizes."""
        self._look = look
        for button, pair in zip(self.buttons, self._pairs, strict=False):
            self._describe(button, pair)

    def _describe(self, button: QToolButton, pair: Pair) -> None:
        first, second = (f"{name:.40}" for name in pair.names)
        words = tr("{first} and {second} as inputs", first=first, second=second)
        label_button(button, words)
        picture = points_picture(pair.X, pair.Y, self._look, SIDE, is_regression=pair.is_regression)
        button.setIcon(QIcon(QPixmap.fromImage(picture)))

    @Slot(int)
    def _choose(self, place: int) -> None:
        if place < len(self._pairs):
            self.chosen.emit(*self._pairs[place].names)
