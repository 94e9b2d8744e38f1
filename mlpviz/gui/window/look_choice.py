"""The choice of the look: which colours, and how large everything is; remembered."""

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QApplication, QWidget

from mlpviz.engine.marked import marked
from mlpviz.experiment.language import tr
from mlpviz.gui.look.look import Look, apply_look, current_look, look_named
from mlpviz.gui.look.settings import FACTOR, THEME, Settings
from mlpviz.gui.window.least_size import largest_factor
from mlpviz.gui.window.menus import Menus

NO_ROOM = marked("It stays as large as it is: on this screen the window has no room for larger.")


class LookChoice(QObject):
    """Chooses the look of the application, which all its windows share.

    Parameters
    ----------
    window : which shows the look; it owns this
    settings : where the choice is remembered
    menus : where the present theme is ticked
    """

    changed = Signal(object)  # the `Look` that the window has to show
    refused = Signal(str)  # why it cannot be larger, a sentence

    def __init__(self, window: QWidget, settings: Settings, menus: Menus) -> None:
        super().__init__(window)
        self._window, self._settings, self._menus = window, settings, menus
        self._shown = current_look()  # as the window was made

    @Slot(str)
    def set_theme(self, name: str) -> None:
        """Take the colours of this name; those of the desktop for "system"."""
        self.wear(look_named(name, current_look().factor))
        self._menus.actions[f"theme_{name}"].setChecked(True)
        self._settings.keep(THEME, name)

    def set_factor(self, factor: float) -> None:
        """Multiply all sizes by one of the choices of `FACTOR`."""
        self.wear(look_named(current_look().name, factor))
        self._settings.keep(FACTOR, factor)

    def chosen_factor(self) -> float:
        """Return the factor that is remembered, or less where the screen has no room for it."""
        return min(self._settings.get(FACTOR), largest_factor(self._window))

    def restore_factor(self) -> None:
        """Take up the factor that is remembered, which stays so on a smaller screen too."""
        self.wear(look_named(current_look().name, self.chosen_factor()))

    def grow(self) -> None:
        """Make everything one step larger, or say that there is no room for that."""
        now = current_look().factor
        larger = min((f for f in FACTOR.choices if f > now), default=now)
        if larger > now and larger > largest_factor(self._window):
            self.refused.emit(tr(NO_ROOM))
        else:
            self.set_factor(larger)

    def shrink(self) -> None:
        """Make everything one step smaller."""
        now = current_look().factor
        self.set_factor(max((f for f in FACTOR.choices if f < now), default=FACTOR.choices[0]))

    def reset_factor(self) -> None:
        """Give everything its own size again."""
        self.set_factor(FACTOR.default)

    def wear(self, look: Look) -> None:
        """Let all windows show a look, which is not remembered."""
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        if look == current_look() == self._shown:
            return
        apply_look(app, look)
        for window in app.topLevelWidgets():  # font and palette are the application's: all follow
            # One that was closed may be half taken down already.
            if window is self._window or window.isVisible():
                direct = Qt.FindChildOption.FindDirectChildrenOnly
                for choice in window.findChildren(LookChoice, options=direct):
                    choice.show(look)

    def show(self, look: Look) -> None:
        """Let the window of this choice show the look of the application."""
        self._shown = look
        self.changed.emit(look)
