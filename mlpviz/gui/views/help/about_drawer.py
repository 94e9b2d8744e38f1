"""The drawer of versions, and of the licences of all that is shipped."""

import platform
from typing import NamedTuple

import numpy
import pyqtgraph
import PySide6
from PySide6.QtCore import qVersion

from mlpviz import __version__
from mlpviz.engine.marked import marked
from mlpviz.experiment.language import tr
from mlpviz.experiment.resources import resource_path
from mlpviz.gui.parts.text_drawer import TextDrawer

FONT_LICENCE = ("fonts", "OFL.txt")


class Part(NamedTuple):
    """Something that is shipped: its name, version, licence, and where more is to be found."""

    name: str
    version: str
    licence: str
    address: str


def parts() -> tuple[Part, ...]:
    """Return all that is shipped, and Python."""
    lgpl = marked("GNU Lesser General Public License, version 3")
    return (
        Part("mlpviz", __version__, marked("MIT License"), ""),
        Part("Python", platform.python_version(), marked("PSF License Agreement"), "python.org"),
        Part("Qt", qVersion(), lgpl, "qt.io/licensing"),
        Part("PySide6", PySide6.__version__, lgpl, "doc.qt.io/qtforpython"),
        Part("NumPy", numpy.__version__, marked("BSD 3-Clause License"), "numpy.org"),
        Part("pyqtgraph", pyqtgraph.__version__, marked("MIT License"), "pyqtgraph.org"),
        Part("Inter", "", marked("SIL Open Font License, version 1.1"), "rsms.me/inter"),
    )


def font_licence() -> str:
    """Return the licence of the font: it goes where the font goes, in English."""
    return resource_path(*FONT_LICENCE).read_text(encoding="utf-8").strip()


class AboutDrawer(TextDrawer):
    """Says what the program is, which versions run, and under which licences."""

    def __init__(self) -> None:
        super().__init__("about_drawer", tr("About"))
        self.add_heading("mlpviz")
        self.add_line(tr("See how a small neural network learns."))
        self.add_heading(tr("Versions and licences"))
        self.add_table([(f"{p.name} {p.version}".strip(), _licence_words(p)) for p in parts()])
        self.add_heading(tr("The licence of the font"))
        self.add_line(font_licence(), "quiet")
        self.end()


def _licence_words(part: Part) -> str:
    if not part.address:
        return tr(part.licence)
    return f"{tr(part.licence)}\n{part.address}"
