"""Where to save something: the dialog that asks, and what the ending of a name means."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

Kind = tuple[str, str]  # what a dialog calls a format, and the ending of its files: ".png"


def ask_where(
    parent: QWidget, title: str, name: str, kinds: Sequence[Kind]
) -> tuple[Path, int] | None:
    """Ask for a file to write; a name without an ending gets that of the kind chosen.

    Parameters
    ----------
    name : that is proposed, without an ending
    kinds : of files, the usual one first

    Returns
    -------
    the file and the place of the kind in `kinds`; None where nothing is to be written
    """
    filters = [words for words, _ in kinds]
    dialog = QFileDialog(parent, title, f"{name}{kinds[0][1]}")
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilters(filters)

    def follow(chosen: str) -> None:
        # Here, so that it asks before it replaces that very file.
        dialog.setDefaultSuffix(kinds[filters.index(chosen)][1])

    follow(filters[0])
    dialog.filterSelected.connect(follow)
    names = dialog.selectedFiles() if dialog.exec() else []
    kind = filters.index(dialog.selectedNameFilter())
    dialog.deleteLater()
    return (Path(names[0]), kind) if names else None
