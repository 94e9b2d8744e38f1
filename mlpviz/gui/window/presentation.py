"""Presentation: the window for the last row of a lecture hall.

In it every text is at least 2.5 % as high as the window, epoch, loss and accuracy at least 4 %; all
other sizes grow alike. The controls are folded away, and so are they where the window is narrow.
"""

import math

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QWidget

from mlpviz.gui.look.look import current_look, look_named
from mlpviz.gui.look.settings import Settings
from mlpviz.gui.look.sizes import (
    LOW_WINDOW,
    NARROW_CONTROLS,
    SMALL,
)
from mlpviz.gui.window.controls_place import ControlsPlace
from mlpviz.gui.window.edge_bar import EdgeBar
from mlpviz.gui.window.hints import PRESENTING
from mlpviz.gui.window.layout import Layout
from mlpviz.gui.window.look_choice import LookChoice
from mlpviz.gui.window.menus import Menus

TEXT_SHARE = 0.025  # of the window's height, that the smallest text has


class Presentation(QObject):
    """Fits the window to its size: as a presentation on a full screen, or as usual.

    Parameters
    ----------
    window : what is presented; it owns this
    layout : what lies in it
    settings : have the factor that counts otherwise
    look_choice : puts on the look
    menus : have the actions "presentation" and "controls"
    """

    def __init__(
        self,
        window: QWidget,
        layout: Layout,
        settings: Settings,
        look_choice: LookChoice,
        menus: Menus,
    ) -> None:
        super().__init__(window)
        self._window, self._layout = window, layout
        self._settings, self._look_choice = settings, look_choice
        self._action = menus.actions["presentation"]
        self._was_maximized, self._place = False, window.geometry()  # before it is presented
        self.controls = ControlsPlace(layout, menus.actions["controls"])
        self.bar = EdgeBar(layout, layout.transport, layout.leave_button)
        layout.leave_button.clicked.connect(self._action.toggle)

    @property
    def is_on(self) -> bool:
        """Whether the window is presented."""
        return self._action.isChecked()

    @Slot(bool)
    def switch(self, is_on: bool) -> None:
        """Begin or end the presentation."""
        self._layout.present(is_on)
        self._layout.hints.hold_back(PRESENTING, is_on)
        self.bar.borrow(is_on)
        if is_on:
            self._was_maximized = self._window.isMaximized()
            self._place = self._window.geometry()
            self._window.setWindowState(Qt.WindowState.WindowFullScreen)
        else:
            self._wear(self._look_choice.chosen_factor())
            state = Qt.WindowState
            self._window.setWindowState(
                state.WindowMaximized if self._was_maximized else state.WindowNoState
            )
            if not self._was_maximized:  # it was made larger, for the large type
                self._window.setGeometry(self._place)
        self.fit()

    def end(self) -> bool:
        """End the presentation; return whether there was one."""
        was_on = self.is_on
        self._action.setChecked(False)
        return was_on

    def fit(self) -> None:
        """Fit what is seen to the size of the window."""
        if self.is_on:
            fitting = math.ceil(TEXT_SHARE * self._window.height()) / SMALL
            self._wear(max(fitting, self._look_choice.chosen_factor()))
        factor = current_look().factor
        width, height = self._window.width() / factor, self._window.height() / factor
        self.controls.fold(self.is_on or width < NARROW_CONTROLS)
        self._layout.transport.show_width(width)
        self._layout.timeline.be_low(height < LOW_WINDOW)

    def _wear(self, factor: float) -> None:
        self._look_choice.wear(look_named(current_look().name, factor))
