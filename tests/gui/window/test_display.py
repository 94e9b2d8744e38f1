"""Whatever the environment says, Qt is only let near a display that answers."""

import os
import secrets
import signal
import socket
import struct
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QLibraryInfo
from screens import needs_screen, x_server

from mlpviz.gui.window import display

ROOT = Path(__file__).resolve().parents[3]
NOT_OURS = ("DISPLAY", "WAYLAND_", "XDG_", "QT_", "XAUTHORITY")

# The module alone, for it must decide before the rest of the window is loaded.
SETTLE_AND_START = f"""
import importlib.util, os, sys
path = {display.__file__!r}
spec = importlib.util.spec_from_file_location("display", path)
display = importlib.util.module_from_spec(spec)
spec.loader.exec_module(display)
problem = display.settle_display()
if problem:
    sys.exit(problem)
from PySide6.QtGui import QGuiApplication
print(QGuiApplication([]).platformName())
"""

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the displays of Linux")


Settle = Callable[..., str]


def platform_of_qt(**variables: str) -> str:
    """Return on which platform Qt starts, in a process with these variables."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(NOT_OURS)}
    done = subprocess.run(
        [sys.executable, "-c", SETTLE_AND_START],
        env=kept | variables,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.strip()


@pytest.fixture
def settle(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Settle:
    """Return why no display is found with these variables, and print nothing on the way."""

    def settle_with(**variables: str) -> str:
        for name in list(os.environ):
            if name.startswith(NOT_OURS):
                monkeypatch.delenv(name)
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        problem = display.settle_display()
        assert capfd.readouterr() == ("", "")
        return problem

    return settle_with


@pytest.fixture(scope="module")
def screen() -> Iterator[str]:
    """The name of a display that answers."""
    with x_server("-noreset") as (name, _):
        yield name


@pytest.fixture
def cookie(tmp_path: Path) -> Path:
    """A file of authority for any display, as xauth writes it."""
    path = tmp_path / "authority"
    name, data = b"MIT-MAGIC-COOKIE-1", secrets.token_bytes(16)
    fields = b"".join(struct.pack(">H", len(text)) + text for text in (b"", b"", name, data))
    path.write_bytes(struct.pack(">H", 0xFFFF) + fields)
    return path


@pytest.fixture
def dead_screen() -> str:
    """The name of a display whose server was killed and left its socket behind."""
    with x_server() as (name, _):
        pass
    assert Path(f"/tmp/.X11-unix/X{name[1:]}").exists()
    return name


def serve_one(path: Path, answer: bytes) -> threading.Thread:
    """Listen where a compositor would, and answer the first request so."""
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    listener.bind(str(path))
    listener.listen()

    def serve() -> None:
        with listener, listener.accept()[0] as client:
            request = client.recv(64)
            assert request == struct.pack("=IHHI", 1, 0, 12, 2)  # "sync", into object 2
            client.sendall(answer)

    thread = threading.Thread(target=serve)
    thread.start()
    return thread


@pytest.fixture
def runtime_folder(tmp_path: Path) -> Path:
    """A folder with the socket of a compositor that is gone, called dead."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as listener:
        listener.bind(str(tmp_path / "dead"))
        listener.listen()
    return tmp_path


# X


@needs_screen
def test_a_display_that_answers_gets_the_window(screen: str) -> None:
    assert platform_of_qt(DISPLAY=screen) == "xcb"
    assert platform_of_qt(DISPLAY=f"{screen}.0", QT_QPA_PLATFORM="xcb") == "xcb"


@pytest.mark.parametrize("name", ["", ":", "garbage", ":x", ":4711", "nowhere.invalid:0", "::::"])
def test_a_display_that_is_not_there_is_one_sentence(settle: Settle, name: str) -> None:
    reason = f"the X display {name} cannot be opened" if name else "DISPLAY is not set"
    assert settle(DISPLAY=name) == f"there is no display ({reason})"
    assert settle(DISPLAY=name, QT_QPA_PLATFORM="xcb") == f"there is no display ({reason})"


@needs_screen
def test_a_screen_that_the_display_does_not_have_is_one_sentence(
    settle: Settle, screen: str
) -> None:
    assert "cannot be opened" in settle(DISPLAY=f"{screen}.7")


@needs_screen
def test_the_socket_of_a_dead_x_server_is_no_display(settle: Settle, dead_screen: str) -> None:
    assert f"the X display {dead_screen} cannot be opened" in settle(DISPLAY=dead_screen)


@needs_screen
def test_a_display_that_does_not_let_one_in_is_no_display(settle: Settle, cookie: Path) -> None:
    with x_server("-noreset", "-auth", str(cookie)) as (name, _):
        assert "cannot be opened" in settle(DISPLAY=name, XAUTHORITY=os.devnull)
        assert platform_of_qt(DISPLAY=name, XAUTHORITY=str(cookie)) == "xcb"


@needs_screen
def test_a_server_is_not_left_without_a_client_before_qt_comes(settle: Settle) -> None:
    with x_server("-terminate") as (name, server):  # which ends with its last client
        assert settle(DISPLAY=name) == ""
        with pytest.raises(subprocess.TimeoutExpired):
            server.wait(0.5)


@needs_screen
def test_a_server_that_hangs_is_given_up(settle: Settle, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(display, "PATIENCE_SECONDS", 0.2)
    with x_server() as (name, server):
        server.send_signal(signal.SIGSTOP)
        assert "cannot be opened" in settle(DISPLAY=name)


# Wayland


def test_the_socket_of_a_dead_compositor_is_no_display(
    settle: Settle, runtime_folder: Path
) -> None:
    folder = str(runtime_folder)
    assert settle(WAYLAND_DISPLAY="dead", XDG_RUNTIME_DIR=folder) == (
        "there is no display (the Wayland display dead cannot be opened; DISPLAY is not set)"
    )
    for variables in (
        {"WAYLAND_DISPLAY": f"{folder}/dead"},
        {"WAYLAND_DISPLAY": "nothing", "XDG_RUNTIME_DIR": folder},
        {"WAYLAND_DISPLAY": "dead"},
        {"XDG_SESSION_TYPE": "wayland"},
        {"WAYLAND_SOCKET": "99", "QT_QPA_PLATFORM": "wayland"},
        {"WAYLAND_DISPLAY": "dead", "XDG_RUNTIME_DIR": folder, "QT_QPA_PLATFORM": "wayland"},
    ):
        assert "the Wayland display" in settle(**variables)


@needs_screen
def test_behind_a_dead_compositor_a_living_x_server_gets_the_window(
    runtime_folder: Path, screen: str
) -> None:
    folder = str(runtime_folder)
    dead = {"WAYLAND_DISPLAY": "dead", "XDG_RUNTIME_DIR": folder, "DISPLAY": screen}
    assert platform_of_qt(**dead) == "xcb"
    assert platform_of_qt(**dead, QT_QPA_PLATFORM="wayland;xcb") == "xcb"


@pytest.mark.parametrize("is_path", [False, True])
def test_a_compositor_that_answers_is_a_display(
    settle: Settle, tmp_path: Path, is_path: bool
) -> None:
    server = serve_one(tmp_path / "w", struct.pack("=IHHI", 2, 0, 12, 1))
    name, folder = (str(tmp_path / "w"), "/nowhere") if is_path else ("w", str(tmp_path))
    assert settle(WAYLAND_DISPLAY=name, XDG_RUNTIME_DIR=folder) == ""
    assert os.environ["QT_QPA_PLATFORM"] == "wayland"  # and no X, which is not there
    server.join(10)


@pytest.mark.parametrize("answer", [b"", b"HTTP/1.1 400\r\n", struct.pack("=IHHI", 1, 0, 12, 0)])
def test_another_server_on_the_socket_is_no_display(
    settle: Settle, tmp_path: Path, answer: bytes
) -> None:
    server = serve_one(tmp_path / "w", answer)
    assert "the Wayland display" in settle(WAYLAND_DISPLAY=str(tmp_path / "w"))
    server.join(10)


# Platforms that are named


@pytest.mark.parametrize("name", ["nonsense", "xcb:nonsense", "eglfs", "cocoa"])
def test_a_platform_that_does_not_start_is_one_sentence(settle: Settle, name: str) -> None:
    reason = f"Qt's platform {name} does not start"
    assert settle(QT_QPA_PLATFORM=name) == f"there is no display ({reason})"


def test_a_frozen_program_does_not_start_itself_to_try_a_platform(
    settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    def start(*_: object, **__: object) -> None:
        pytest.fail("it started itself")

    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(display.subprocess, "run", start)
    assert settle(QT_QPA_PLATFORM="eglfs") == ""


def test_a_platform_that_needs_no_display_is_taken_at_its_word(settle: Settle) -> None:
    assert settle(QT_QPA_PLATFORM="offscreen") == ""
    assert platform_of_qt(QT_QPA_PLATFORM="nonsense;minimal:x") == "minimal"


def test_a_library_that_the_platform_lacks_is_named(
    settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    def load(path: str) -> None:
        raise OSError("libxcb-cursor.so.0: cannot open shared object file")

    monkeypatch.setattr(display.ctypes, "CDLL", load)
    assert "(libxcb-cursor.so.0: cannot open" in settle(DISPLAY=":0")


def test_the_plugin_is_looked_for_where_qt_has_it_and_one_that_is_not_there_says_nothing(
    settle: Settle, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def load(path: str) -> None:
        raise OSError(f"{path} lacks a library")

    def plugins_path(_: QLibraryInfo.LibraryPath) -> str:
        return str(tmp_path)  # as another way to install Qt has it

    monkeypatch.setattr(display.QLibraryInfo, "path", plugins_path)
    with monkeypatch.context() as loading:
        loading.setattr(display, "_x_problem", lambda: "")
        loading.setattr(display.ctypes, "CDLL", load)
        assert settle(DISPLAY=":0") == ""
        plugin = tmp_path / "platforms" / "libqxcb.so"
        plugin.parent.mkdir()
        plugin.touch()
        assert settle(DISPLAY=":0") == f"there is no display ({plugin} lacks a library)"


# The program


def test_without_a_display_the_program_trains_and_leaves_a_picture(tmp_path: Path) -> None:
    (tmp_path / "short.json").write_text('{"epochs": 3}', encoding="utf-8")
    kept = {k: v for k, v in os.environ.items() if not k.startswith(NOT_OURS)}
    done = subprocess.run(
        [sys.executable, "-m", "mlpviz", "--recipe", "short.json"],
        cwd=tmp_path,
        env=kept | {"PYTHONPATH": str(ROOT), "DISPLAY": ":4711", "WAYLAND_DISPLAY": "gone"},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr.startswith("mlpviz: there is no display (the Wayland display gone cannot ")
    assert done.stderr.endswith(
        "so this trains without a window and leaves a picture of it in mlpviz.png.\n"
    )
    assert done.stderr.count("\n") == 1
    assert "Loss:" in done.stdout
    assert (tmp_path / "mlpviz.png").stat().st_size > 10_000


def test_a_script_without_a_display_gets_an_error_and_does_not_die() -> None:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(NOT_OURS)}
    code = (
        "from mlpviz.gui import open_window\n"
        "try:\n    open_window()\nexcept RuntimeError as problem:\n    print(problem)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=kept | {"PYTHONPATH": str(ROOT), "DISPLAY": ":4711"},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.stdout == "there is no display (the X display :4711 cannot be opened).\n"
