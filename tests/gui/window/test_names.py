"""Accessible names: every control that the focus can reach has a short one, in every state."""

from pathlib import Path

import pytest
from gui.conftest import OpenWindow
from gui.helpers import child
from gui.key_table import STATES
from gui.parts.test_keys import enter, reachable
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from mlpviz.gui.window.main import MainWindow

LONGEST = 40


def focusable(window: MainWindow) -> list[QWidget]:
    """Return all that can have the focus, by Tab or by a click."""
    return [
        widget
        for widget in window.findChildren(QWidget)
        if widget.isVisible()
        and widget.focusPolicy() != Qt.FocusPolicy.NoFocus
        and widget.focusProxy() is None
    ]


@pytest.mark.parametrize("state", STATES)
def test_all_that_the_focus_can_reach_has_a_short_name(
    qtbot: QtBot, open_in_test: OpenWindow, tmp_path: Path, state: str
) -> None:
    window = enter(state, qtbot, open_in_test, tmp_path).window
    widgets = focusable(window)
    assert reachable(window) <= set(widgets)
    names = {widget: widget.accessibleName() for widget in widgets}
    bad = [
        f"{type(widget).__name__} {widget.objectName()}: {name!r}"
        for widget, name in names.items()
        if not name or len(name) > LONGEST or any(sign in name for sign in "\n(:;.")
    ]
    assert bad == []


def test_a_long_tooltip_is_no_name(window: MainWindow) -> None:
    button = child(window, "regenerate_button")
    assert button.accessibleName() == "Regenerate"
    assert "next seed" in button.toolTip()


def test_an_open_list_has_the_name_of_its_drop_down(qtbot: QtBot, window: MainWindow) -> None:
    choice = child(window, "loss_choice")
    choice.showPopup()
    assert choice.view().accessibleName() == choice.accessibleName() == "Loss"
    choice.hidePopup()
