"""The button that plays the stages of a step, with a menu of how long each is shown."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QActionGroup, QKeyEvent
from PySide6.QtWidgets import QMenu, QToolButton

from mlpviz.experiment.language import tr, tr_plural
from mlpviz.gui.actions.step_walk import PACE
from mlpviz.gui.look.sizes import SMALL_ICON
from mlpviz.gui.look.sizing import fix_icon
from mlpviz.gui.parts.inputs import label_button

PACES = (2, PACE, 8, 15, 30)  # seconds that a stage is shown


class PlayButton(QToolButton):
    """Is down while the stages are played; the arrow on it, or ↓, opens the paces."""

    pace_chosen = Signal(int)  # seconds that a stage is shown

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("step_play_button")
        label_button(self, tr("Play the stages"), tr("Play the stages; the arrow has the pace"))
        fix_icon(self, SMALL_ICON)
        self.setCheckable(True)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.MenuButtonPopup)
        menu, group = QMenu(self), QActionGroup(self)
        for seconds in PACES:
            words = tr_plural("A stage each second", "A stage every {count} seconds", seconds)
            action = menu.addAction(words)
            action.setCheckable(True)
            action.setChecked(seconds == PACE)
            action.triggered.connect(partial(self._choose, seconds))
            group.addAction(action)
        self.setMenu(menu)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the paces with the key that opens a list."""
        if event.key() == Qt.Key.Key_Down:
            self.showMenu()
        else:
            super().keyPressEvent(event)

    def _choose(self, seconds: int, _: bool = False) -> None:
        self.pace_chosen.emit(seconds)
