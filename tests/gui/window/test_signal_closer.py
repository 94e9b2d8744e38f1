"""Signals close the window in order, whatever it is about; in a process of its own."""

import signal
from pathlib import Path

import processes
import pytest

WINDOW = """
import sys
from mlpviz.experiment.terminal.signals import end_at_signals
end_at_signals()
from PySide6.QtCore import QTimer
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.sharing import Shared
from mlpviz.gui.window import app

def say() -> None:
    print("ready", flush=True)

app.application()
{prepare}
sys.exit(app.run(Shared(Recipe(epochs=100_000_000))))
"""
IDLE = "QTimer.singleShot(0, say)"
BEFORE_THE_LOOP = """
open_window = app.open_window
def open_and_say(*arguments):
    window = open_window(*arguments)
    say()
    while True:
        pass
app.open_window = open_and_say
"""
SEEDS = """
open_window = app.open_window
def open_seeds(*arguments):
    window = open_window(*arguments)
    window.parts.transport.play_button.click()
    window.tools.toggle_seeds()
    drawer = window.drawers.open_drawer
    drawer.start_button.click()
    drawer._job.progressed.connect(say)
    return window
app.open_window = open_seeds
"""
DIALOG = """
open_window = app.open_window
def open_dialog(*arguments):
    window = open_window(*arguments)
    QTimer.singleShot(0, window.recipe_files.ask_and_open)
    QTimer.singleShot(0, lambda: QTimer.singleShot(0, say))
    return window
app.open_window = open_dialog
"""
# Windows has none of the last kind.
SIGNALS = [
    ("SIGINT", 130),
    ("SIGTERM", 143),
    pytest.param("SIGHUP", 129, marks=pytest.mark.slow),
]

pytestmark = processes.on_linux


def run_until_ready(folder: Path, prepare: str, number: int) -> tuple[int, str, str]:
    """Run the window until it says that it is ready, send a signal, return how it ended."""
    environment = {"QT_QPA_PLATFORM": "offscreen", "XDG_CONFIG_HOME": str(folder)}
    program = WINDOW.format(prepare=prepare)
    with processes.marked(folder, "-c", program, environment=environment) as family:
        assert family.parent.stdout is not None
        assert family.parent.stdout.readline() == "ready\n", family.parent.communicate()
        family.parent.send_signal(number)
        output, errors = family.parent.communicate(timeout=60.0)
        assert not family.members()
    # That the offscreen platform cannot raise a window is no fault here.
    lines = [line for line in errors.splitlines() if not line.startswith("This plugin does not")]
    return family.parent.returncode, output.replace("ready\n", ""), "\n".join(lines)


@pytest.mark.parametrize(("name", "code"), SIGNALS)
def test_a_signal_closes_an_idle_window_as_its_user_would(
    tmp_path: Path, name: str, code: int
) -> None:
    assert run_until_ready(tmp_path, IDLE, getattr(signal, name)) == (code, "", "")
    (settings,) = tmp_path.rglob("settings.json")
    assert "geometry" in settings.read_text(encoding="utf-8")  # it was closed, not only ended


@pytest.mark.parametrize("prepare", [SEEDS, DIALOG], ids=["seeds", "dialog"])
def test_a_signal_closes_a_window_that_computes_or_asks(tmp_path: Path, prepare: str) -> None:
    assert run_until_ready(tmp_path, prepare, signal.SIGINT) == (130, "", "")


@pytest.mark.parametrize(("name", "code"), SIGNALS)
def test_before_the_event_loop_runs_a_signal_ends_the_program_with_a_word(
    tmp_path: Path, name: str, code: int
) -> None:
    word = "interrupted" if name == "SIGINT" else f"ended by {name}"
    ended = run_until_ready(tmp_path, BEFORE_THE_LOOP, getattr(signal, name))
    assert ended == (code, "", f"mlpviz: {word}")
