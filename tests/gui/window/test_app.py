"""`open_window` from a script of one's own, in a process of its own."""

from pathlib import Path

import processes
import pytest

from mlpviz.gui.window.app import NO_LOOP_WORDS

ROOT = Path(__file__).resolve().parents[3]
WATCHER = """
import gc
from PySide6.QtCore import QTimer
from mlpviz.gui.window.app import application
from mlpviz.gui.window.main import MainWindow

def look():
    gc.collect()
    windows = [w for w in app.topLevelWidgets() if isinstance(w, MainWindow)]
    if windows and windows[0].isVisible() and windows[0].runs.latest.frames:
        timer.stop()
        print("shown", flush=True)
        windows[0].close()

app = application()
timer = QTimer(interval=20)
timer.timeout.connect(look)
timer.start()
"""
OPEN = "from mlpviz.gui import open_window\n"
EXEC = "from PySide6.QtWidgets import QApplication\n{}\nQApplication.exec()\n"


def outcome(folder: Path, program: str) -> tuple[int, str, list[str]]:
    """Run a script; return its exit code, what it printed, and what it complained of."""
    environment = {"QT_QPA_PLATFORM": "offscreen", "XDG_CONFIG_HOME": str(folder)}
    with processes.marked(folder, "-c", program, environment=environment) as family:
        output, errors = family.parent.communicate(timeout=60.0)
    return family.parent.returncode, output, errors.splitlines()


def readme_script() -> str:
    lines = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()
    first = lines.index("    from mlpviz.gui import open_window") - 1
    script = lines[first : lines.index("", first)]
    assert all(line.startswith("    ") for line in script)
    return "\n".join(line.removeprefix("    ") for line in script)


@pytest.mark.parametrize(
    "script", [readme_script(), EXEC.format(OPEN + "open_window()")], ids=["readme", "not kept"]
)
def test_a_script_with_an_event_loop_shows_the_window_until_it_is_closed(
    tmp_path: Path, script: str
) -> None:
    assert outcome(tmp_path, f"{WATCHER}\n{script}") == (0, "shown\n", [])


@pytest.mark.parametrize("script", ["open_window()", "window = open_window()"])
def test_a_script_without_an_event_loop_is_told_what_to_add(tmp_path: Path, script: str) -> None:
    assert outcome(tmp_path, OPEN + script) == (0, "", [f"mlpviz: {NO_LOOP_WORDS}"])
    assert "QApplication.exec()" in NO_LOOP_WORDS


@pytest.mark.parametrize(
    "script",
    [
        # As IPython does it, and a notebook.
        "window = open_window()\nfrom PySide6.QtWidgets import QApplication\n"
        "QApplication.processEvents()",
        "open_window().close()",
    ],
)
def test_who_runs_events_in_another_way_or_closes_it_is_told_nothing(
    tmp_path: Path, script: str
) -> None:
    assert outcome(tmp_path, OPEN + script) == (0, "", [])


def test_the_import_reads_no_source_and_leaves_the_import_of_pyside_in_place(
    tmp_path: Path,
) -> None:
    program = (
        "import builtins, linecache\nplain = builtins.__import__\n"
        f"{OPEN}"
        "import sys\nfolder = sys.modules['mlpviz'].__path__[0]\n"
        "read = [name for name in linecache.cache if name.startswith(folder)]\n"
        "print(len(read), builtins.__import__ is plain)"
    )
    assert outcome(tmp_path, program) == (0, "0 False\n", [])
