"""What the window remembers from one start to the next: one table, kept as plain JSON.

QSettings is not used: what stands in its file may say "@Variant(PyObject…)", which Qt for Python
unpickles as it reads, and so a file of settings could run code. Here a setting is a text, a yes
or no, or a number; whatever else a file holds, or where there is none, the default counts.
"""

import json
import re
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar, cast

from PySide6.QtCore import QRect, QSize, QStandardPaths, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from mlpviz.experiment.language import tr
from mlpviz.experiment.regular_files import read_file, replace_file
from mlpviz.gui.look.sizes import FRAME_HEIGHT, FRAME_WIDTH

MAX_BYTES = 100_000  # of the file
MAX_TEXT = 200  # characters of one setting
_GEOMETRY = re.compile(r"(-?\d{1,5}) (-?\d{1,5}) (\d{1,5}) (\d{1,5})( maximized)?", re.ASCII)

Value = TypeVar("Value", bool, str, float)


@dataclass(frozen=True, slots=True)
class Setting(Generic[Value]):
    """One thing that is remembered.

    Parameters
    ----------
    key : its name in the file
    default : what it is where nothing is kept; what is kept has the same type
    meaning : what it decides
    choices : the values that it can have; () for any
    """

    key: str
    default: Value
    meaning: str
    choices: tuple[Value, ...] = ()

    def accepts(self, value: object) -> bool:
        """Tell whether a value is of the type of the default, and one of the choices."""
        if isinstance(value, str) and (len(value) > MAX_TEXT or not value.isascii()):
            return False
        return type(value) is type(self.default) and (not self.choices or value in self.choices)

    def read(self, value: object) -> Value:
        """Return a value that was kept, where the setting can have it; else the default."""
        return cast(Value, value) if self.accepts(value) else self.default


THEME = Setting(
    "theme", "system", "the colours; those of the desktop for system", ("system", "light", "dark")
)
FACTOR = Setting(
    *("factor", 1.0, "by how much all sizes are multiplied"),
    (0.8, 0.9, 1.0, 1.1, 1.25, 1.4, 1.6, 1.8, 2.0, 2.25, 2.5, 2.75, 3.0),
)
LANGUAGE = Setting(
    "language", "system", "the language of all words; that of the desktop for system"
)
GEOMETRY = Setting("geometry", "", "x, y, width, height in pixels, and maximized where it is")
LOGARITHMIC = Setting("logarithmic", False, "whether the loss axis is logarithmic")
MORE = Setting("more", False, "whether all controls are seen, not only the usual ones")
UNIT_HINT = Setting("unit_hint", True, "whether the hint at a unit is still to be seen")
EDGE_HINT = Setting("edge_hint", True, "whether the hint at an edge is still to be seen")
MAP_HINT = Setting("map_hint", True, "whether the hint on the map is still to be seen")
FLAT_COLOURS = Setting("map/discretise", False, "whether the map shows the class alone")
CONTOURS = Setting("map/contours", False, "whether the map shows thin contour lines")
UNIT_LINES = Setting(
    "map/unit_lines",
    "auto",
    "whether the map shows where the first units turn; auto where their lines tell most",
    ("auto", "on", "off"),
)
SETTINGS: tuple[Setting[bool] | Setting[str] | Setting[float], ...] = (
    THEME,
    FACTOR,
    LANGUAGE,
    GEOMETRY,
    LOGARITHMIC,
    MORE,
    UNIT_HINT,
    EDGE_HINT,
    MAP_HINT,
    FLAT_COLOURS,
    CONTOURS,
    UNIT_LINES,
)


class Settings:
    """The settings of one window.

    Parameters
    ----------
    is_kept : whether they come from the last window and count for the next one; else they begin
        with the defaults, and no file is read or written
    """

    def __init__(self, *, is_kept: bool = True) -> None:
        self._is_kept = is_kept
        self._values = _load() if is_kept else _values_in({})

    def get(self, setting: Setting[Value]) -> Value:
        """Return what a setting is."""
        return setting.read(self._values[setting.key])

    def keep(self, setting: Setting[Value], value: Value) -> None:
        """Set a setting, here and for the next window.

        Raises
        ------
        ValueError
            for a value that the setting cannot have.
        """
        if not setting.accepts(value):
            raise ValueError(f"{setting.key} cannot be set to {value!r:.60}.")
        self._values[setting.key] = value
        if not self._is_kept:
            return
        kept = _load()  # another window may have changed others
        if kept[setting.key] != value:
            self._write(kept | {setting.key: value})

    def restore_geometry(self, window: QWidget, start_size: tuple[int, int]) -> None:
        """Give a window the place and size it had the last time, or a size to start with.

        Parameters
        ----------
        start_size : (width, height) in pixels; less where the screen is smaller
        """
        # WORKAROUND PySide6 6.11: the object that QWidget.screen() returns takes the program down
        # when it is collected after its window.
        most = QGuiApplication.primaryScreen().availableGeometry().size()
        most -= QSize(FRAME_WIDTH, FRAME_HEIGHT)  # which the window gets only when it is shown
        window.resize(QSize(*start_size).boundedTo(most))
        found = _GEOMETRY.fullmatch(self.get(GEOMETRY))
        if found is None:
            return
        place = QRect(*map(int, found.groups()[:4]))
        for screen in QGuiApplication.screens():
            room = screen.availableGeometry()
            if room.contains(place.center()):  # else that screen is not there any more
                size = place.size().expandedTo(window.minimumSize()).boundedTo(room.size())
                window.setGeometry(QRect(place.topLeft(), size))
                if found[5]:
                    window.setWindowState(Qt.WindowState.WindowMaximized)

    def keep_geometry(self, window: QWidget) -> None:
        """Let the next window have the place and size of this one."""
        is_maximized = window.isMaximized()
        fills_screen = is_maximized or window.isFullScreen()
        place = window.normalGeometry() if fills_screen else window.geometry()
        numbers = f"{place.x()} {place.y()} {place.width()} {place.height()}"
        # Not what QWidget.saveGeometry gives: of damaged bytes Qt puts a window where no screen is.
        self.keep(GEOMETRY, numbers + (" maximized" if is_maximized else ""))

    def _write(self, values: dict[str, bool | str | float]) -> None:
        path = settings_path()
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            replace_file(path, json.dumps(values, indent=2) + "\n")
        except (OSError, ValueError) as problem:
            self._is_kept = False  # said once; the window works all the same
            if sys.stderr is not None:  # as it is without a terminal on Windows
                with suppress(OSError):  # the terminal may have gone; the window still closes
                    sys.stderr.write(f"mlpviz: {_not_kept_words(problem)}\n")


def _not_kept_words(problem: Exception) -> str:
    return tr("the settings are not kept: {problem}", problem=problem)


def settings_path() -> Path:
    """Return where the settings are kept."""
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericConfigLocation)
    return Path(folder) / "mlpviz" / "settings.json"


def _load() -> dict[str, bool | str | float]:
    """Return what is kept, and the default of all else, by key."""
    return _values_in(_read())


def _values_in(found: dict[str, Any]) -> dict[str, bool | str | float]:
    return {setting.key: setting.read(found.get(setting.key)) for setting in SETTINGS}


def _read() -> dict[str, Any]:
    try:
        found = json.loads(read_file(settings_path(), MAX_BYTES, "settings"))
    except (ValueError, RecursionError):  # there is none yet, or it is no JSON
        return {}
    return found if isinstance(found, dict) else {}
