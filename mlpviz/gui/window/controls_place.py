"""Where the controls are: beside the views where there is room, else a drawer over them."""

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Slot
from PySide6.QtGui import QAction

from mlpviz.gui.window.layout import Layout


class ControlsPlace(QObject):
    """Folds the controls away, and shows them where they are asked for.

    Parameters
    ----------
    layout : what holds the controls
    action : checked while they are seen
    """

    def __init__(self, layout: Layout, action: QAction) -> None:
        super().__init__(layout)
        self._layout, self._action = layout, action
        self._is_folded = False
        self._was_shown = True  # beside the views
        action.setChecked(True)
        layout.transport.controls_button.clicked.connect(action.toggle)
        layout.stage.installEventFilter(self)

    def fold(self, is_folded: bool) -> None:
        """Make a drawer of the controls, closed at first; or seat them beside the views again."""
        if is_folded == self._is_folded:
            return
        self._is_folded = is_folded
        if is_folded:
            self._was_shown = self._action.isChecked()
        self._layout.seat_controls(not is_folded)
        self._layout.transport.controls_button.setVisible(is_folded)
        self._action.setChecked(not is_folded and self._was_shown)
        self._arrange()

    def close(self) -> bool:
        """Close the controls where they are a drawer; return whether they were open."""
        is_open = self._is_folded and self._action.isChecked()
        if is_open:
            self._action.setChecked(False)
        return is_open

    @Slot(bool)
    def show(self, is_shown: bool) -> None:
        """Show the controls, or no longer."""
        self._layout.controls.setVisible(is_shown)
        self._arrange()

    def _arrange(self) -> None:
        """Lay the drawer over the left of the stage."""
        if self._is_folded:
            controls, stage = self._layout.controls, self._layout.stage.geometry()
            size = QSize(controls.minimumWidth(), stage.height())
            controls.setGeometry(QRect(stage.topLeft(), size))
            controls.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the stage."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Move):
            self._arrange()
        return False
