"""A button that does what an action does, with its words and its keys."""

from PySide6.QtWidgets import QToolButton

from mlpviz.experiment.language import tr
from mlpviz.gui.actions.action import Action
from mlpviz.gui.parts.inputs import tool_button


def action_button(action: Action) -> QToolButton:
    """Make a small button for an action."""
    return tool_button(f"{action.id}_button", tr(action.button), action.name, action.tip)
