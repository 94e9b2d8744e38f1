"""Buttons of which one is down, or none."""

from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QAbstractButton


class OneOf(QObject):
    """Lets one of several buttons be down.

    Tab reaches each of them. Of the buttons of Qt's groups it reaches the one that is down, and the
    arrows that lead on to the others belong to the window.
    """

    chosen = Signal(int)  # the place of the button that was pressed

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._buttons: list[QAbstractButton] = []

    def add(self, button: QAbstractButton) -> None:
        """Add a button."""
        button.setCheckable(True)
        button.clicked.connect(partial(self._choose, len(self._buttons)))
        self._buttons.append(button)

    def show_chosen(self, place: int | None) -> None:
        """Show which one is down; None for none."""
        for number, button in enumerate(self._buttons):
            button.setChecked(number == place)

    def _choose(self, place: int, _: bool = False) -> None:
        self.show_chosen(place)
        self.chosen.emit(place)
