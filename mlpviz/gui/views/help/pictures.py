"""The pictures of the help: the parts of the window as they look when it is opened."""

from typing import NamedTuple

from PySide6.QtGui import QPixmap


class Pictures(NamedTuple):
    """A picture of each part."""

    transport: QPixmap
    diagram: QPixmap
    map: QPixmap
    loss: QPixmap
