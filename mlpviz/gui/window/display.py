"""Is there a display? Looked at before Qt is, for Qt aborts where there is none.

What is set in the environment says what somebody wished for, and not what is there: the server may
be gone, its socket left behind, or its door closed. So each platform that Qt would try is asked.
"""

import ctypes
import os
import socket
import struct
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QLibraryInfo

from mlpviz.experiment.language import tr
from mlpviz.experiment.study.apart import can_run_apart

PATIENCE_SECONDS = 5.0  # a server that is stopped takes a connection and never says a word
START_SECONDS = 20.0

# The platforms that show a window everywhere, if perhaps to nobody, and those of the system.
CERTAIN = {"offscreen", "minimal", {"darwin": "cocoa", "win32": "windows"}.get(sys.platform)}

_START = """
import sys
sys.path[:] = {path!r}
if sys.platform != "win32":
    import resource
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
from PySide6.QtGui import QGuiApplication
QGuiApplication([])
"""


def settle_display() -> str:
    """Let Qt try only the platforms that work, and return why there is none, or nothing.

    `QT_QPA_PLATFORM` names the platforms to try, with semicolons between them. Where it says
    nothing, Qt on Linux tries Wayland, if there is a sign of it, and X.
    """
    named = [name for name in os.environ.get("QT_QPA_PLATFORM", "").split(";") if name]
    if not named and not sys.platform.startswith("linux"):
        return ""
    names = named or _usual_platforms()
    problems = {name: _problem(name) for name in names}
    working = [name for name in names if not problems[name]]
    if not working:
        return tr("there is no display ({problems})", problems="; ".join(problems.values()))
    if len(working) < len(names):
        os.environ["QT_QPA_PLATFORM"] = ";".join(working)
    return ""


def _usual_platforms() -> list[str]:
    """Return what Qt tries on Linux, in its order."""
    is_wayland = os.environ.get("XDG_SESSION_TYPE") == "wayland"
    return ["wayland", "xcb"] if is_wayland or os.environ.get("WAYLAND_DISPLAY") else ["xcb"]


def _problem(name: str) -> str:
    """Return why Qt cannot use this platform here, or nothing."""
    if name.partition(":")[0] in CERTAIN:
        return ""
    if name in ("xcb", "wayland"):
        return _missing_library(name) or {"xcb": _x_problem, "wayland": _wayland_problem}[name]()
    if not can_run_apart():  # nothing can be tried: Qt itself has to say
        return ""
    return "" if _starts(name) else tr("Qt's platform {name} does not start", name=name)


def _missing_library(name: str) -> str:
    """Load what Qt is about to load, for it aborts where a library of the system is missing."""
    plugins = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath))
    plugin = plugins / "platforms" / f"libq{name}.so"
    if not plugin.exists():  # Qt may find it elsewhere, or under another name
        return ""
    try:
        ctypes.CDLL(str(plugin))
    except OSError as problem:
        return str(problem)
    return ""


def _x_problem() -> str:
    if not os.environ.get("DISPLAY"):
        return tr("DISPLAY is not set")
    answers: list[bool] = []
    # Xlib waits for ever: then it does so alone.
    asking = threading.Thread(target=lambda: answers.append(_x_answers()), daemon=True)
    with _silence():  # the library itself writes why a server refuses
        asking.start()
        asking.join(PATIENCE_SECONDS)
    if any(answers):
        return ""
    return tr("the X display {display} cannot be opened", display=os.environ["DISPLAY"])


def _x_answers() -> bool:
    """Connect as Qt does: with the host, the cookie and the screen that are meant.

    The connection stays open. A server whose last client goes starts anew, and would refuse Qt.
    """
    xlib = ctypes.CDLL("libX11.so.6")
    xlib.XOpenDisplay.restype = ctypes.c_void_p
    return xlib.XOpenDisplay(None) is not None


@contextmanager
def _silence() -> Iterator[None]:
    """Send what is written to the standard error below Python to nowhere."""
    try:
        kept = os.dup(2)
    except OSError:  # it is closed, and so silent
        yield
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)


def _wayland_problem() -> str:
    # One connection that was made beforehand: to ask over it would use it up.
    os.environ.pop("WAYLAND_SOCKET", None)
    name = os.environ.get("WAYLAND_DISPLAY") or "wayland-0"
    path = os.path.join(os.environ.get("XDG_RUNTIME_DIR", ""), name)
    problem = tr("the Wayland display {name} cannot be opened", name=name)
    if not os.path.isabs(path):
        return problem
    # wl_display (object 1) is asked to "sync" (request 0), that is to call back object 2.
    request = struct.pack("=III", 1, 12 << 16 | 0, 2)
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as compositor:
        compositor.settimeout(PATIENCE_SECONDS)
        try:
            compositor.connect(path)
            compositor.sendall(request)
            answer = compositor.recv(12, socket.MSG_WAITALL)
        except OSError:
            return problem
    return "" if answer[:4] == struct.pack("=I", 2) else problem


def _starts(name: str) -> bool:
    """Try it in another process, where it may abort."""
    try:
        done = subprocess.run(
            [sys.executable, "-c", _START.format(path=sys.path)],
            env=os.environ | {"QT_QPA_PLATFORM": name},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=START_SECONDS,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0
