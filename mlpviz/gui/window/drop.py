"""Files that are dropped on the window, or copied in a file manager and pasted."""

import os
import socket
import sys
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote_to_bytes

from PySide6.QtCore import QEvent, QMimeData, QObject, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtWidgets import QWidget

from mlpviz.experiment.language import tr
from mlpviz.experiment.plain_text import one_line, shown

URI_LIST = "text/uri-list"
GNOME_FILES = "x-special/gnome-copied-files"  # "copy" or "cut", and then the same list


class FileDrop(QObject):
    """Opens a file that is dropped on a window, by what its name ends in.

    Parameters
    ----------
    window : on which files can be dropped
    refuse : says why one cannot be opened
    """

    def __init__(self, window: QWidget, refuse: Callable[[str], object]) -> None:
        super().__init__(window)
        self._refuse = refuse
        self._openers: dict[str, Callable[[Path], object]] = {}
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def add(self, suffix: str, open_file: Callable[[Path], object]) -> None:
        """Let files of a suffix (".json") be opened by a function; "" for all others."""
        self._openers[suffix] = open_file

    def open_file(self, path: Path) -> None:
        """Open a file, or say that there is nothing that could."""
        opener = self._openers.get(path.suffix.lower(), self._openers.get(""))
        if opener is None:
            kinds = ", ".join(self._openers)
            self._refuse(
                tr(
                    "Only {kinds} files can be dropped here. Got {file}.",
                    kinds=kinds,
                    file=one_line(path.name),
                )
            )
        else:
            opener(path)

    def open_pasted(self) -> bool:
        """Open the file that was copied in a file manager; return whether there is one."""
        return self._open(QGuiApplication.clipboard().mimeData())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take files and links, to open them or to say why not; leave all else to the window."""
        if not isinstance(event, QDropEvent):  # to enter and to move are kinds of it
            return False
        if not _links(event.mimeData()):
            return False
        event.acceptProposedAction()
        if event.type() == QEvent.Type.Drop:
            self._open(event.mimeData())
        return True

    def _open(self, data: QMimeData | None) -> bool:
        try:
            path = file_of(data)
        except ValueError as problem:
            self._refuse(str(problem))
            return True
        if path is not None:
            self.open_file(path)
        return path is not None


def file_of(data: QMimeData | None) -> Path | None:
    """Return the one file that was dropped or copied; None where there is none, nor a link.

    Raises
    ------
    ValueError
        with a sentence, for several, and for what is not on this computer.
    """
    links = _links(data)
    if not links:
        return None
    if len(links) > 1:
        raise ValueError(tr("One file at a time can be opened. Got {number}.", number=len(links)))
    url = QUrl.fromEncoded(links[0])
    here = ("", "localhost", socket.gethostname().lower())
    # On Windows the host is that of a network share, from which files are opened as from a disk.
    is_here = sys.platform == "win32" or url.host().lower() in here
    if not (url.isLocalFile() and is_here):
        words = shown(one_line(links[0].decode("utf-8", "replace")))
        raise ValueError(
            tr("Only files of this computer can be opened, no links. Got {got}.", got=words)
        )
    if sys.platform == "win32":
        return Path(url.toLocalFile())
    # By its bytes: QUrl.toLocalFile loses a name that is not UTF-8.
    name = url.path(QUrl.ComponentFormattingOption.FullyEncoded)
    return Path(os.fsdecode(unquote_to_bytes(name)))


def _links(data: QMimeData | None) -> list[bytes]:
    """Return what is dropped or copied, as encoded links; an empty clipboard gives None."""
    if data is None:
        return []
    for kind in (URI_LIST, GNOME_FILES):
        if data.hasFormat(kind):
            lines = bytes(data.data(kind).data()).split(b"\n")
            links = [line.strip(b"\r\0 ") for line in lines]
            return [link for link in links if link not in (b"", b"copy", b"cut") and link[0] != 35]
    return []
