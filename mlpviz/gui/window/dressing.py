"""How a window puts on a look, and for a moment the one of paper: light, on white."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Protocol

from PySide6.QtWidgets import QApplication, QWidget

from mlpviz.gui.look.icons import icon
from mlpviz.gui.look.look import LIGHT, Look, apply_look, current_look, style_sheet
from mlpviz.gui.look.sizes import WINDOW_ICON
from mlpviz.gui.look.sizing import rescale


class Dressed(Protocol):
    """What has colours of its own, besides those of the style sheet."""

    def set_look(self, look: Look) -> None:
        """Take over colours and sizes."""


class Dressing:
    """Puts looks on a window.

    Parameters
    ----------
    window : has the style sheet
    parts : have colours of their own
    """

    def __init__(self, window: QWidget, parts: Sequence[Dressed]) -> None:
        self._window, self._parts = window, parts
        self._factor = current_look().factor  # as the window was made
        self._show_icon()

    def put_on(self, look: Look) -> None:
        """Let the window, its icon and its parts have the colours and sizes of a look."""
        if look.factor != self._factor:  # to set all sizes again takes as long as a frame
            self._factor = look.factor
            rescale(self._window)
        self._colour(look)
        self._show_icon()

    @contextmanager
    def of_paper(self, *, is_whole: bool) -> Iterator[None]:
        """Have the light look on a white ground meanwhile, in the present size.

        Nothing of it is seen: the screen is painted only after control is back with Qt, and then
        the window has its own look again.

        Parameters
        ----------
        is_whole : whether the ground of the window is seen; that of the views is white when light
        """
        app, look = QApplication.instance(), current_look()
        assert isinstance(app, QApplication)
        if look.name == LIGHT.name and not is_whole:
            yield
            return
        paper = replace(LIGHT, ground=LIGHT.panel, factor=look.factor)
        try:
            apply_look(app, paper)
            self._colour(paper)
            yield
        finally:
            apply_look(app, look)
            self._colour(look)

    def _colour(self, look: Look) -> None:
        sheet = style_sheet(look)
        if sheet != self._window.styleSheet():  # else Qt would dress every widget again
            self._window.setStyleSheet(sheet)
        for part in self._parts:
            part.set_look(look)

    def _show_icon(self) -> None:
        self._window.setWindowIcon(icon("mlpviz", current_look().accent, WINDOW_ICON))
