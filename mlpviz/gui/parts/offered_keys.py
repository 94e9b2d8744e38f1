"""Keys that a widget keeps for itself, which would be shortcuts of the window."""

from collections.abc import Collection

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent


def keeps(event: QEvent, keys: Collection[int]) -> bool:
    """Accept one of some keys where Qt offers it before its shortcut; return whether it is so.

    Parameters
    ----------
    event : that a widget gets
    keys : of `Qt.Key`
    """
    is_offer = event.type() == QEvent.Type.ShortcutOverride
    is_kept = is_offer and isinstance(event, QKeyEvent) and Qt.Key(event.key()) in keys
    if is_kept:
        event.accept()
    return is_kept
