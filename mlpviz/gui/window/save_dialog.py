"""Where to save something: the dialog that asks, and what is said of the file that was written."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from mlpviz.engine.marked import marked
from mlpviz.experiment.language import tr
from mlpviz.experiment.plain_text import path_words
from mlpviz.experiment.regular_files import replace_file
from mlpviz.experiment.words.messages import Message
from mlpviz.gui.actions.notices import Notices

SAVED = marked("Saved {file}.")
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


def save_file(
    notices: Notices, path: Path, make: Callable[[], bytes | str], words: str = SAVED
) -> None:
    """Write a file and say so, or say in a sentence why it is not written.

    Parameters
    ----------
    make : returns the content, or raises a ValueError with a sentence
    words : what is said then, as the catalogue has it, with a place for the {file}
    """
    try:
        replace_file(path, make())
    except ValueError as problem:
        notices.refuse(str(problem))
        return
    notices.say(Message(tr(words, file=path_words(path))))
