"""Is there a display? Looked at before Qt is, for Qt aborts where there is none."""

import os
import socket
import sys
from pathlib import Path


def has_display() -> bool:
    """Tell whether a window can be shown.

    On Linux a window needs a reachable X server or a Wayland compositor; a platform plug-in that
    was named on purpose (QT_QPA_PLATFORM) is taken at its word.
    """
    if not sys.platform.startswith("linux"):
        return True
    if os.environ.get("QT_QPA_PLATFORM") or os.environ.get("WAYLAND_DISPLAY"):
        return True
    return _x_answers(os.environ.get("DISPLAY", ""))


def _x_answers(display: str) -> bool:
    host, _, number = display.rpartition(":")
    number = number.partition(".")[0]
    if not number.isdigit():
        return False
    if host not in ("", "unix"):
        return True  # forwarded from elsewhere: not ours to probe
    path = f"/tmp/.X11-unix/X{number}"
    # Servers listen on a file, in the abstract namespace, or on both.
    return any(_accepts(address) for address in (path, f"\0{path}"))


def _accepts(address: str) -> bool:
    if not address.startswith("\0") and not Path(address).exists():
        return False
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
        probe.settimeout(1.0)
        try:
            probe.connect(address)
        except OSError:
            return False
    return True
