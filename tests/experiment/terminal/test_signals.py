"""Signals: when they end the program, and when they wait."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import processes
import pytest

START = """
from mlpviz.experiment.terminal import signals
signals.end_at_signals()
def ready():
    print("ready", flush=True)
"""
COMPUTING = """
ready()
while True:
    pass
"""
WRITING = """
try:
    with signals.held_back() as heed:
        ready()
        while True:
            heed()
except signals.EndedError as end:
    print(end.code, end.words)
"""
LAST_STEP = """
import signal
came = []
try:
    with signals.held_back():
        ready()
        while signals._Held.number is None:
            pass
        print("done")
except signals.EndedError as end:
    print(end.code, end.words)
"""

pytestmark = [processes.on_linux, pytest.mark.process]


def outcome(folder: Path, program: str, number: int) -> tuple[int, str, str]:
    """Start a program, send a signal once it is ready; return code, output and errors."""
    with processes.marked(folder, "-c", START + program) as family:
        assert family.parent.stdout is not None
        assert family.parent.stdout.readline() == "ready\n"
        family.parent.send_signal(number)
        output, errors = family.parent.communicate(timeout=60.0)
    return family.parent.returncode, output, errors


def test_a_program_that_computes_ends_at_once_with_a_word(tmp_path: Path) -> None:
    assert outcome(tmp_path, COMPUTING, signal.SIGINT) == (130, "", "mlpviz: interrupted\n")
    ended = outcome(tmp_path, COMPUTING, signal.SIGTERM)
    assert ended == (143, "", "mlpviz: ended by SIGTERM\n")


def test_a_program_that_writes_ends_where_it_can(tmp_path: Path) -> None:
    assert outcome(tmp_path, WRITING, signal.SIGINT) == (0, "130 interrupted\n", "")
    assert outcome(tmp_path, WRITING, signal.SIGHUP) == (0, "129 ended by SIGHUP\n", "")


def test_what_came_while_nobody_looked_counts_at_the_end(tmp_path: Path) -> None:
    assert outcome(tmp_path, LAST_STEP, signal.SIGTERM) == (0, "done\n143 ended by SIGTERM\n", "")


def test_what_the_program_was_told_to_ignore_is_ignored(tmp_path: Path) -> None:
    program = "import signal\nsignal.signal(signal.SIGHUP, signal.SIG_IGN)\n" + START  # nohup
    with processes.marked(
        tmp_path, "-c", program + "ready()\ninput()\nprint('still here')"
    ) as family:
        assert family.parent.stdout is not None
        assert family.parent.stdout.readline() == "ready\n"
        family.parent.send_signal(signal.SIGHUP)
        output, errors = family.parent.communicate("go on\n", timeout=60.0)
    assert (family.parent.returncode, output, errors) == (0, "still here\n", "")


def test_what_stood_on_the_line_of_a_terminal_is_wiped_but_for_the_column_that_stays_free() -> None:
    pty = pytest.importorskip("pty", reason="Windows has no pseudo-terminals")
    fcntl, struct, termios = (pytest.importorskip(n) for n in ("fcntl", "struct", "termios"))
    control, terminal = pty.openpty()
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 40, 0, 0))
    program = (
        "from mlpviz.experiment.terminal import output, signals\n"
        "with output.progress_bar() as show:\n"
        "    show(0.5, 'words that are longer than the line is wide')\n"
        f"    signals.end_now({int(signal.SIGTERM)})"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        stderr=terminal,
        env=os.environ | {"PYTHONPATH": str(processes.ROOT)},
        timeout=60,
    )
    os.close(terminal)
    shown = os.read(control, 10_000).decode()
    os.close(control)
    assert done.returncode == 143
    _, words, spaces, last, _ = shown.split("\r")
    assert words.startswith("50% words")
    assert (spaces, last) == (" " * 39, "mlpviz: ended by SIGTERM")
