"""A program in a process of its own, and all processes that come of it."""

import os
import secrets
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parents[1]
ENDINGS = tuple(getattr(signal, name, None) for name in ("SIGINT", "SIGTERM", "SIGHUP"))

on_linux = pytest.mark.skipif(
    not Path("/proc/self/environ").exists(), reason="only Linux lists all processes in files"
)


class Family(NamedTuple):
    """A process and all that came of it, however they are related by now."""

    parent: "subprocess.Popen[str]"
    mark: str

    def members(self) -> list[int]:
        """List the processes that live."""
        return [number for number in _numbers() if _carries(number, self.mark)]


@contextmanager
def marked(
    folder: Path, *arguments: str, environment: dict[str, str] | None = None
) -> Iterator[Family]:
    """Start Python in a folder, as if from a terminal of its own; nothing of it stays.

    Every process that comes of it inherits a variable of its environment, and is known by that.
    """
    mark = f"MLPVIZ_TEST_MARK={secrets.token_hex(8)}"
    usual = {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "QT_QPA_PLATFORM")}
    process = subprocess.Popen(
        [sys.executable, *arguments],
        cwd=folder,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=usual | {"PYTHONPATH": str(ROOT)} | (environment or {}) | dict([mark.split("=")]),
        start_new_session=True,
        preexec_fn=_heed_signals,
    )
    family = Family(process, mark)
    try:
        with process:
            try:
                yield family
            finally:
                process.kill()
    finally:
        for number in family.members():
            os.kill(number, signal.SIGKILL)


def _heed_signals() -> None:
    """Be as if started in a terminal: what a shell starts in the background ignores Ctrl+C."""
    for number in ENDINGS:
        if number is not None:
            signal.signal(number, signal.SIG_DFL)


def _numbers() -> Sequence[int]:
    return [int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit()]


def _carries(number: int, mark: str) -> bool:
    try:
        content = Path(f"/proc/{number}/environ").read_bytes()
    except OSError:  # it has just ended, or is somebody else's
        return False
    return mark.encode() in content.split(b"\0")
