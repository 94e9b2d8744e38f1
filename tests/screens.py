"""A screen of its own for a test, with a manager that gives windows their frames if asked for."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

needs_screen = pytest.mark.skipif(shutil.which("Xvfb") is None, reason="Xvfb is not installed")
needs_frames = pytest.mark.skipif(shutil.which("openbox") is None, reason="openbox is missing")


@contextmanager
def x_server(*options: str) -> Iterator[tuple[str, "subprocess.Popen[bytes]"]]:
    """Start an X server on a free display, and give the display's name."""
    reader, writer = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writer), "-nolisten", "tcp", *options],
        pass_fds=[writer],
        stderr=subprocess.DEVNULL,
    )
    os.close(writer)
    with os.fdopen(reader) as numbers:
        number = numbers.readline().strip()  # which comes when the server can be used
    assert number.isdigit()
    try:
        yield f":{number}", server
    finally:
        server.kill()
        server.wait()


@contextmanager
def framed_screen(width: int, height: int) -> Iterator[str]:
    """Give the name of a display of so many pixels, where windows get a frame."""
    with x_server("-noreset", "-screen", "0", f"{width}x{height}x24") as (name, _):
        manager = subprocess.Popen(
            ["openbox"],
            env=os.environ | {"DISPLAY": name},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            yield name
        finally:
            manager.kill()
            manager.wait()
