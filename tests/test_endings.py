"""Programs that are ended at any moment: no process stays, and no file is half written."""

import glob
import hashlib
import json
import os
import random
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import processes
import pytest

LEAVING_SECONDS = 5.0  # after that nothing of a program may be left
MANY = 20
ENDS = tuple(name for name in ("SIGTERM", "SIGHUP", "SIGKILL") if hasattr(signal, name))
REPORT = ("-m", "mlpviz", "report", "--out", "out", "--epochs", "1500", "--seeds", "8")
# A report on two recipes only: most of the time goes into the figures of the others.
FEW = """
import sys
from mlpviz.experiment.terminal.signals import end_at_signals
end_at_signals()
from mlpviz.experiment.writing import cases
few = cases.report_cases()[:2]
cases.report_cases = lambda: few
from mlpviz.__main__ import main
sys.exit(main())
"""
BENCH = ("-m", "mlpviz", "bench")
# The window, with training and many seeds under way from the beginning.
WINDOW = """
import sys
from mlpviz.experiment.terminal.signals import end_at_signals
end_at_signals()
from mlpviz.__main__ import main
from mlpviz.gui.window import app

def open_window(*arguments):
    window = opened(*arguments)
    window.parts.transport.play_button.click()
    window.tools.toggle_seeds()
    window.drawers.open_drawer.start_button.click()
    return window

opened, app.open_window = app.open_window, open_window
sys.argv = ["mlpviz"]
sys.exit(main())
"""

pytestmark = processes.on_linux

Wait = Callable[..., bool]


@pytest.fixture
def moments(request: pytest.FixtureRequest) -> random.Random:
    """Give what draws when a program is ended: the same in every run of a test."""
    return random.Random(request.node.name)


def end(
    folder: Path, arguments: tuple[str, ...], name: str, moment: float, wait: Wait, **more: str
) -> bool:
    """Run a program and end it after so many seconds; return whether it ran for so long."""
    number, what = getattr(signal, name), f"{name} after {moment:.4f} s"
    environment = {"XDG_CONFIG_HOME": str(folder / "settings")} | more
    with processes.marked(folder, *arguments, environment=environment) as family:
        ended = wait(lambda: family.parent.poll() is not None, timeout=moment)
        if not ended:
            family.parent.send_signal(number)
        assert wait(lambda: not family.members(), timeout=LEAVING_SECONDS), what
        _, errors = family.parent.communicate()
    # In the first moments Python heeds no signals yet, and the system ends it.
    codes = (0,) if ended else (128 + number, -number)
    assert family.parent.returncode in codes, (what, errors)
    assert "Traceback" not in errors, (what, errors)
    if name != "SIGKILL":
        assert not unfinished_in(folder), what
    return not ended


def unfinished_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.name.startswith(".unfinished-")]


def assert_whole(folder: Path) -> None:
    """Every file of a report is as its list says; what is not yet in its place may be cut off."""
    listed = folder / "sha256sums.txt"
    if not listed.exists():
        assert not [path for path in folder.rglob("*.*") if ".unfinished-" not in str(path)]
        return
    lines = re.findall("(?m)^([0-9a-f]{64})  (.*)$", listed.read_text(encoding="ascii"))
    sums = {name: value for value, name in lines}
    for path in folder.rglob("*"):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and path != listed and not name.startswith(".unfinished-"):
            assert hashlib.sha256(path.read_bytes()).hexdigest() == sums[name], name


def assert_settings_whole(folder: Path) -> None:
    for path in folder.rglob("settings.json"):
        json.loads(path.read_text(encoding="utf-8"))


def end_reports(
    folder: Path, count: int, moments: random.Random, seconds: float, wait: Wait
) -> None:
    """End so many reports, each way in turn, all of them into the same folder."""
    were_ended = []
    for turn in range(count):
        moment = moments.uniform(0.0, seconds)
        were_ended.append(end(folder, REPORT, ENDS[turn % len(ENDS)], moment, wait))
        assert_whole(folder / "out")
    # A machine that has less to do than before finishes some; not most of them.
    assert sum(were_ended) > count / 2


def end_windows(
    folder: Path, count: int, moments: random.Random, seconds: float, wait: Wait, **screen: str
) -> int:
    """End so many windows, each way in turn, and return how many had not ended by themselves."""
    were_ended = 0
    for turn in range(count):
        moment = moments.uniform(0.0, seconds)
        were_ended += end(folder, ("-c", WINDOW), ENDS[turn % len(ENDS)], moment, wait, **screen)
        assert_settings_whole(folder)
    return were_ended


@contextmanager
def screen(folder: Path) -> Iterator[dict[str, str]]:
    """Give what a program needs of its environment to open windows, on a screen of its own."""
    if shutil.which("Xvfb") is None:
        yield {"QT_QPA_PLATFORM": "offscreen"}
        return
    reader, writer = os.pipe()
    # Without a reset when its last window goes: the next one would find it gone meanwhile.
    options = ("-screen", "0", "1280x800x24", "-nolisten", "tcp", "-noreset")
    xvfb = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writer), *options],
        cwd=folder,
        pass_fds=[writer],
        stderr=subprocess.DEVNULL,
    )
    os.close(writer)
    try:
        with os.fdopen(reader) as display:
            yield {"DISPLAY": f":{int(display.readline())}", "QT_QPA_PLATFORM": "xcb"}
    finally:
        xvfb.terminate()
        xvfb.wait()


# The last, which no program hears of, is the hardest; the others are in the tests marked slow too.
@pytest.mark.parametrize(
    "name", [*(pytest.param(name, marks=pytest.mark.slow) for name in ENDS[:-1]), ENDS[-1]]
)
def test_a_report_that_is_ended_while_others_work_for_it_leaves_no_process(
    tmp_path: Path, wait_until: Wait, moments: random.Random, name: str
) -> None:
    long = ("-m", "mlpviz", "report", "--epochs", "3000", "--seeds", "500")
    with processes.marked(tmp_path, *long) as family:
        workers = 2 if (os.cpu_count() or 1) > 1 else 0
        assert wait_until(lambda: len(family.members()) >= 1 + workers, timeout=60.0)
        with pytest.raises(subprocess.TimeoutExpired):
            family.parent.wait(moments.uniform(1.0, 3.0))
        family.parent.send_signal(getattr(signal, name))
        assert wait_until(lambda: not family.members(), timeout=LEAVING_SECONDS)
    assert list(tmp_path.iterdir()) == []


def test_a_window_with_seeds_that_is_ended_leaves_no_process(
    tmp_path: Path, wait_until: Wait, moments: random.Random
) -> None:
    many, place = len(ENDS), {"QT_QPA_PLATFORM": "offscreen"}
    assert end_windows(tmp_path, many, moments, 3.0, wait_until, **place) == many


@pytest.mark.parametrize(
    "name", [ENDS[0], *(pytest.param(name, marks=pytest.mark.slow) for name in ENDS[1:])]
)
def test_a_report_that_is_ended_while_it_is_written_leaves_what_was_there(
    tmp_path: Path, wait_until: Wait, name: str
) -> None:
    out = tmp_path / "out"
    short = ("-c", FEW, "report", "--out", "out", "--epochs", "5", "--seeds", "2")
    with processes.marked(tmp_path, *short) as family:
        # Not `Path.glob`: that raises when a folder goes while it looks, as it may here.
        figures = str(out / ".unfinished-*" / "new" / "figures" / "*")
        assert wait_until(lambda: glob.glob(figures), timeout=60.0)
        family.parent.send_signal(getattr(signal, name))
        assert wait_until(lambda: not family.members(), timeout=LEAVING_SECONDS)
    assert_whole(out)
    if name != "SIGKILL":
        assert list(tmp_path.iterdir()) == []
    with processes.marked(tmp_path, *short) as family:
        family.parent.communicate(timeout=120.0)
    assert family.parent.returncode == 0
    assert_whole(out)
    assert not unfinished_in(out)  # what nobody could remove then is gone now


# Ends the program in the midst of a call of a function.
END_WITHIN = """
import os, signal, sys
from mlpviz.experiment.writing import output_folder
from mlpviz.experiment import regular_files
from mlpviz.experiment.terminal.signals import end_at_signals
end_at_signals()
from mlpviz.cli import main
name, function = "{name}", {name}

def call_and_end(*arguments):
    os.kill(os.getpid(), signal.SIGTERM)
    return function(*arguments)

module, _, attribute = name.partition(".")
setattr(globals()[module], attribute, call_and_end)
sys.exit(main({arguments!r}))
"""


@pytest.mark.parametrize(
    ("name", "arguments", "left"),
    [
        ("output_folder._check", REPORT[2:], []),
        ("regular_files.write_file", ("--epochs", "5"), ["mlpviz.png"]),
    ],
)
def test_what_is_looked_at_or_written_when_a_signal_comes_is_brought_to_its_end(
    tmp_path: Path, name: str, arguments: tuple[str, ...], left: list[str]
) -> None:
    program = END_WITHIN.format(name=name, arguments=arguments)
    settings = {"XDG_CONFIG_HOME": str(tmp_path / "settings")}
    with processes.marked(tmp_path, "-c", program, environment=settings) as family:
        _, errors = family.parent.communicate(timeout=60.0)
    assert family.parent.returncode == 143, errors
    assert errors.endswith("mlpviz: ended by SIGTERM\n")
    assert [path.name for path in tmp_path.iterdir() if path.name != "settings"] == left


def test_ctrl_c_in_the_first_moment_of_dev_py_run_is_one_word(
    tmp_path: Path, wait_until: Wait
) -> None:
    program = (
        f"import sys; sys.path.insert(0, {str(processes.ROOT / 'packaging')!r}); import dev; "
        "dev.run(sys.executable, ['train', '--epochs', '100000000'])"
    )
    with processes.marked(tmp_path, "-c", program) as family:
        words = Path(f"/proc/{family.parent.pid}/cmdline")
        assert wait_until(lambda: b"runpy" in words.read_bytes())  # it has just become mlpviz
        family.parent.send_signal(signal.SIGINT)
        output, errors = family.parent.communicate(timeout=60.0)
    assert (family.parent.returncode, output, errors) == (130, "", "mlpviz: interrupted\n")


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_many_reports_that_are_ended_leave_no_process_and_no_half_file(
    tmp_path: Path, wait_until: Wait, moments: random.Random
) -> None:
    started = time.monotonic()
    with processes.marked(tmp_path, *REPORT) as family:
        family.parent.communicate(timeout=600.0)
    assert family.parent.returncode == 0
    whole = time.monotonic() - started
    end_reports(tmp_path, MANY * len(ENDS), moments, 0.9 * whole, wait_until)
    with processes.marked(tmp_path, *REPORT) as family:
        family.parent.communicate(timeout=600.0)
    assert family.parent.returncode == 0
    assert_whole(tmp_path / "out")
    assert not unfinished_in(tmp_path)


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_many_windows_with_seeds_that_are_ended_leave_no_process(
    tmp_path: Path, wait_until: Wait, moments: random.Random
) -> None:
    with screen(tmp_path) as place:
        many = MANY * len(ENDS)
        assert end_windows(tmp_path, many, moments, 6.0, wait_until, **place) == many


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_a_bench_that_is_ended_leaves_no_process(
    tmp_path: Path, wait_until: Wait, moments: random.Random
) -> None:
    with screen(tmp_path) as place:
        for name in ENDS * 2:
            moment = moments.uniform(0.0, 30.0)
            assert end(tmp_path, BENCH, name, moment, wait_until, **place)
