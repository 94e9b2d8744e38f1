"""What is remembered for the next window, and that a file of settings is only data."""

import json
import os
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from gui.helpers import child
from PySide6.QtCore import QRect
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

import mlpviz
from mlpviz.gui.actions.action_table import ACTIONS
from mlpviz.gui.look import settings
from mlpviz.gui.look.look import LIGHT, LOOKS, apply_look, current_look
from mlpviz.gui.look.settings import (
    GEOMETRY,
    LOGARITHMIC,
    SETTINGS,
    THEME,
    Settings,
)
from mlpviz.gui.window.main import MainWindow

pytestmark = pytest.mark.usefixtures("qapp")

OpenWindow = Callable[..., MainWindow]
PACKAGE = Path(mlpviz.__file__).parent

_WRITE_HOSTILE = """
import pathlib, sys
from PySide6.QtCore import QSettings

class Hostile:
    def __reduce__(self):
        return pathlib.Path.touch, (pathlib.Path(sys.argv[2]),)

file = QSettings(sys.argv[1], QSettings.Format.IniFormat)
for key in ("theme", "logarithmic", "geometry", "map/contours"):
    file.setValue(key, Hostile())
file.sync()
"""
_OPEN_AND_CLOSE = """
from mlpviz.gui import open_window
window = open_window()
window.close()
"""


def kept() -> dict[str, object]:
    path = settings.settings_path()
    return dict(json.loads(path.read_text(encoding="utf-8"))) if path.exists() else {}


def write(text: str | bytes) -> None:
    path = settings.settings_path()
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(text.encode() if isinstance(text, str) else text)


def defaults() -> dict[str, object]:
    return {setting.key: setting.default for setting in SETTINGS}


@pytest.mark.process
def test_a_file_of_settings_runs_no_code(tmp_path: Path) -> None:
    """The files of Qt's own format are not even looked at, wherever they lie."""
    mark, config = tmp_path / "ran", tmp_path / "config"
    (config / "mlpviz").mkdir(parents=True)
    hostile = config / "mlpviz" / "mlpviz.conf"  # where QSettings looks on Linux
    run = [sys.executable, "-c"]
    subprocess.run([*run, _WRITE_HOSTILE, str(hostile), str(mark)], check=True, timeout=60)
    text = hostile.read_text(encoding="utf-8")
    assert text.count("@Variant") == 4
    assert "PyObject" in text
    (config / "mlpviz" / "settings.json").write_text(
        json.dumps({"theme": text, "logarithmic": text, "geometry": text}), encoding="utf-8"
    )
    environment = os.environ | {
        "XDG_CONFIG_HOME": str(config),
        "HOME": str(tmp_path),
        "PYTHONPATH": str(PACKAGE.parent),
    }
    subprocess.run([*run, _OPEN_AND_CLOSE], check=True, timeout=60, env=environment, cwd=tmp_path)
    assert not mark.exists()


def test_nothing_reads_settings_in_the_way_that_runs_code() -> None:
    for path in PACKAGE.rglob("*.py"):
        lines = path.read_text(encoding="utf-8").splitlines()
        assert not [line for line in lines if "import" in line and "QSettings" in line], path


NO_SETTINGS: list[str | bytes] = [
    "nonsense",
    "[1, 2]",
    "[" * 90_000,
    b"\xff\xfe\x00",
    " " * 200_000 + "{}",
    '{"theme": ' + "1" * 5000 + "}",
    '{"theme": 1, "geometry": true, "logarithmic": "true", "map/contours": 1}',
    '{"theme": "pink", "geometry": NaN, "logarithmic": null, "map/contours": {}}',
    '{"geometry": "\\ud800", "theme": ["dark"], "other": 1}',
    '{"factor": NaN}',
    '{"factor": 1e999}',
    '{"factor": "1.6"}',
    '{"factor": true}',
    '{"factor": 0.81}',
    '{"factor": -1e9}',
    '{"factor": [1.6]}',
]


@pytest.mark.parametrize("text", NO_SETTINGS, ids=range(len(NO_SETTINGS)))
def test_what_is_no_setting_is_the_default(text: str | bytes) -> None:
    write(text)
    read = Settings()
    found: dict[str, object] = {}
    for setting in SETTINGS:
        found[setting.key] = read.get(setting)
    assert found == defaults()


@pytest.mark.parametrize("text", [NO_SETTINGS[3], NO_SETTINGS[7]], ids=["no text", "wrong values"])
def test_a_window_opens_all_the_same(text: str | bytes, open_in_test: OpenWindow) -> None:
    write(text)
    window = open_in_test()
    assert not window.parts.loss_view.is_logarithmic
    assert not window.parts.map_menu.options.contours


def test_every_setting_has_one_key_a_meaning_and_a_default_that_it_accepts() -> None:
    assert len(defaults()) == len(SETTINGS)
    for setting in SETTINGS:
        assert setting.meaning
        assert setting.accepts(setting.default)


def test_every_theme_that_can_be_chosen_can_be_kept() -> None:
    names = {
        action.id.removeprefix("theme_") for action in ACTIONS.values() if action.menu == "theme"
    }
    assert names == set(THEME.choices)
    assert set(LOOKS) < set(THEME.choices)


@pytest.mark.parametrize(
    "geometry",
    ["nonsense", "1 2 3", "90000 90000 800 600", "-9000 5 800 600", "0 0 0 0", "0 0 99999 99999",
     "10 20 500 400 minimized", "1e3 0 800 600", "\u0663 1 800 600"],
)  # fmt: skip
def test_a_geometry_that_makes_no_sense_leaves_a_window_on_the_screen(
    geometry: str, qtbot: QtBot
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.setMinimumSize(300, 200)
    write(json.dumps({"geometry": geometry}))
    Settings().restore_geometry(window, (700, 500))
    window.show()
    room = QGuiApplication.primaryScreen().availableGeometry()
    assert room.contains(window.geometry().center())
    assert room.width() >= window.width() >= 300
    assert room.height() >= window.height() >= 200


@pytest.mark.parametrize("is_maximized", [False, True])
def test_the_next_window_has_the_place_and_size_of_the_last(
    qtbot: QtBot, is_maximized: bool
) -> None:
    first, second = QWidget(), QWidget()
    for window in (first, second):
        qtbot.addWidget(window)
    first.setGeometry(30, 40, 500, 400)
    first.show()
    if is_maximized:
        first.showMaximized()
        qtbot.waitUntil(first.isMaximized)
    Settings().keep_geometry(first)
    Settings().restore_geometry(second, (700, 500))
    assert second.isMaximized() == is_maximized
    second.showNormal()
    assert second.geometry() == QRect(30, 40, 500, 400)


def test_what_is_chosen_is_there_for_the_next_window_and_nothing_else_is_written(
    open_in_test: OpenWindow,
) -> None:
    window = open_in_test()
    assert kept() == {}
    window.menus.actions["contours"].trigger()
    assert kept() == defaults() | {"map/contours": True}
    window.close()
    changed = {key for key, value in kept().items() if value != defaults()[key]}
    assert changed == {"map/contours", "geometry"}
    assert open_in_test().parts.map_menu.options.contours


@pytest.fixture
def light_again(qapp: QApplication) -> Iterator[None]:
    """Leave the theme as the next test expects it."""
    yield
    apply_look(qapp, LIGHT)


def choose_all(window: MainWindow) -> None:
    """Choose another theme, axis and map."""
    window.look_choice.set_theme("dark")
    child(window, "log_button").click()
    window.menus.actions["contours"].trigger()


@pytest.mark.usefixtures("light_again")
def test_a_window_that_keeps_no_settings_keeps_none(open_in_test: OpenWindow) -> None:
    window = open_in_test(keeps_settings=False)
    choose_all(window)
    assert (current_look().name, window.parts.loss_view.is_logarithmic) == ("dark", True)
    assert window.parts.map_menu.options.contours
    window.close()
    assert not settings.settings_path().exists()
    after = open_in_test()
    assert (current_look().name, after.parts.loss_view.is_logarithmic) == ("light", False)
    assert not after.parts.map_menu.options.contours


@pytest.mark.usefixtures("light_again")
def test_a_window_that_keeps_no_settings_takes_up_none_and_leaves_them_as_they_are(
    open_in_test: OpenWindow,
) -> None:
    before = open_in_test()
    choose_all(before)
    before.close()
    left = kept()
    assert (left["theme"], left["logarithmic"], left["map/contours"]) == ("dark", True, True)
    window = open_in_test(keeps_settings=False)
    assert (current_look().name, window.parts.loss_view.is_logarithmic) == ("light", False)
    assert not window.parts.map_menu.options.contours
    window.close()
    assert kept() == left


def test_two_windows_do_not_undo_what_the_other_keeps() -> None:
    one, other = Settings(), Settings()
    one.keep(THEME, "light")
    other.keep(LOGARITHMIC, True)
    assert kept() == defaults() | {"theme": "light", "logarithmic": True}


def test_settings_that_cannot_be_kept_are_said_once_and_hold_for_this_window(
    capsys: pytest.CaptureFixture[str],
) -> None:
    settings.settings_path().mkdir(parents=True)
    here = Settings()
    here.keep(LOGARITHMIC, True)
    here.keep(THEME, "light")
    assert here.get(LOGARITHMIC)
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("mlpviz: the settings are not kept: ")
    assert line.endswith("settings.json cannot be written: it is a folder.")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such links and modes")
def test_the_file_keeps_its_link_and_mode() -> None:
    write("{}")
    path = settings.settings_path()
    there = path.with_name("there.json")
    path.rename(there)
    there.chmod(0o600)
    path.symlink_to(there)
    Settings().keep(THEME, "dark")
    assert path.is_symlink()
    assert stat.S_IMODE(there.stat().st_mode) == 0o600


def test_a_value_of_the_wrong_kind_is_refused() -> None:
    for value in ("pink", "x" * 300):
        with pytest.raises(ValueError, match="theme cannot be set to"):
            Settings().keep(THEME, value)
    with pytest.raises(ValueError, match="geometry cannot be set to"):
        Settings().keep(GEOMETRY, "é")
