"""The buttons of the transport bar."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QToolButton

from mlpviz.experiment.language import tr
from mlpviz.gui.actions.action import Action
from mlpviz.gui.look import sizes
from mlpviz.gui.look.sizing import fix_icon, text_width
from mlpviz.gui.parts.action_button import action_button


def extra_width(*words: str) -> float:
    """Return by how much the widest of some words is wider than in English, in base sizes."""
    return max(0.0, text_width(*map(tr, words)) - text_width(*words))


def transport_button(action: Action) -> QPushButton:
    """Return a button that announces an action of the transport bar."""
    button = QPushButton(tr(action.button))
    button.setObjectName(f"{action.id}_button")
    button.setAccessibleName(tr(action.button))
    button.setToolTip(action.tip)
    fix_icon(button, sizes.ICON)
    # A click leaves the focus where it is: Space goes on to mean play.
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button


def menu_button(action: Action, side: int) -> QToolButton:
    """Return a button that opens a menu.

    Parameters
    ----------
    side : of its icon, at factor 1
    """
    button = action_button(action)
    button.setText("")
    button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    fix_icon(button, side)
    button.setProperty("role", "flat")
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button
