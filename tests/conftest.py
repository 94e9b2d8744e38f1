"""What every test gets: a calm machine to run on, and a check that it leaves nothing behind."""

import gc
import os
import sys
import threading
import time
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any

# Before Qt and NumPy are imported, and hence before anything below.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
for _name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_name, "1")

import pytest  # noqa: E402  the environment comes first

PATIENCE_SECONDS = 60.0  # how long a fact may take that comes at once on an idle machine
LEAVING_SECONDS = 20.0  # how long what a test used may take to go, on a busy machine
_PASSED = pytest.StashKey[bool]()

# The fast lane: what is under these folders, opens no whole window, starts no process, is no long
# test of its own.
FAST_FOLDERS = ("engine", "experiment", "gui")
SLOW_FOLDERS = ("gui/window",)
WHOLE_WINDOW = {"window", "open_in_test"}  # the fixtures that open one
STARTS = {"subprocess.Popen", "os.fork", "os.posix_spawn"}  # what Python audits


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--slow", action="store_true", help="also run the tests marked slow")
    parser.addoption(
        "--fast", action="store_true", help="only what opens no window and starts no process"
    )


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "slow: takes minutes; runs only with --slow")
    config.addinivalue_line("markers", "process: starts a process; does not run with --fast")
    config.addinivalue_line(
        "markers", "thorough: takes long; runs only with --slow, and never with --fast"
    )
    if config.getoption("--fast"):
        sys.addaudithook(_forbid_processes)


def pytest_report_header(config: pytest.Config) -> str:
    if config.getoption("--fast"):
        return "the fast lane: no whole window, no process"
    if config.getoption("--slow"):
        return "slow tests: included"
    return "slow tests: left out; run with --slow"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    wanted = [item for item in items if _is_wanted(item)]
    if len(wanted) < len(items):
        config.hook.pytest_deselected(items=list(set(items) - set(wanted)))
        items[:] = wanted


def pytest_collection_finish() -> None:
    """What is loaded by now stays: the search for what a test leaves behind need not go there."""
    gc.collect()
    gc.freeze()


def _is_wanted(item: pytest.Item) -> bool:
    """Tell whether a test belongs to what was asked for."""
    is_long = any(item.get_closest_marker(name) for name in ("slow", "thorough"))
    if is_long and not item.config.getoption("--slow"):
        return False
    return not item.config.getoption("--fast") or _is_fast(item)


def _is_fast(item: pytest.Item) -> bool:
    here = Path(__file__).parent
    is_there = [
        any(item.path.is_relative_to(here / folder) for folder in folders)
        for folders in (FAST_FOLDERS, SLOW_FOLDERS)
    ]
    return (
        is_there == [True, False]
        and not WHOLE_WINDOW & set(getattr(item, "fixturenames", ()))
        and not item.get_closest_marker("process")
        and not item.get_closest_marker("thorough")
    )


def _forbid_processes(event: str, arguments: tuple[object, ...]) -> None:
    """Let a test fail that is no part of the fast lane and does not say so."""
    if event in STARTS and "PYTEST_CURRENT_TEST" in os.environ:
        pytest.fail("a test that starts a process is marked `process`")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[Any]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if call.when == "call":
        item.stash[_PASSED] = report.passed
    return report


def _wait_until(condition: Callable[[], bool], timeout: float = PATIENCE_SECONDS) -> bool:
    """Look again and again until the condition holds; return whether it did in time."""
    deadline = time.monotonic() + timeout
    pause = threading.Event()
    while not condition():
        if time.monotonic() > deadline:
            return False
        pause.wait(0.002)
    return True


@pytest.fixture
def wait_until() -> Callable[..., bool]:
    """Poll with a deadline: `assert wait_until(lambda: …)`."""
    return _wait_until


@pytest.fixture(autouse=True)
def no_work_stands_back(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let child processes have their share: on a busy machine they would wait for ever."""
    from mlpviz.experiment.study import apart

    start = apart._started
    monkeypatch.setattr(apart, "_started", lambda stands_back: start(False))


@pytest.fixture(autouse=True)
def no_trainer_survives(request: pytest.FixtureRequest) -> Iterator[None]:
    """A test that starts a trainer thread ends it."""
    yield
    if request.node.stash.get(_PASSED, False):
        assert _wait_until(lambda: not _trainers(), LEAVING_SECONDS), f"survived: {_trainers()}"


@pytest.fixture(autouse=True)
def qt_is_isolated(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    """A test that uses Qt gets settings of its own, and leaves no widget and no timer behind."""
    if not {"qtbot", "qapp"} & set(request.fixturenames):
        yield
        return
    _isolate_settings(request.getfixturevalue("tmp_path"), monkeypatch)
    gc.collect()
    gc.freeze()  # what lives on from before is not this test's: the search need not go through it
    before = {id(remnant) for remnant in _qt_remnants()}  # of a test that failed
    yield
    if request.node.stash.get(_PASSED, False):

        def left() -> list[object]:
            _finish_deleting()
            return [remnant for remnant in _qt_remnants() if id(remnant) not in before]

        assert _wait_until(lambda: not left(), LEAVING_SECONDS), f"survived: {left()}"


def _trainers() -> list[str]:
    return [thread.name for thread in threading.enumerate() if thread.name == "trainer"]


def _isolate_settings(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from PySide6.QtCore import QSettings, QStandardPaths

    from mlpviz.gui.look import settings

    monkeypatch.setattr(settings, "settings_path", lambda: folder / "kept" / "settings.json")
    # Qt's own dialogs remember something, too.
    QStandardPaths.setTestModeEnabled(True)
    QSettings.setDefaultFormat(QSettings.Format.IniFormat)
    # QSettings(organization, application) is native whatever the default format is.
    for settings_format in (QSettings.Format.IniFormat, QSettings.Format.NativeFormat):
        for scope in (QSettings.Scope.UserScope, QSettings.Scope.SystemScope):
            QSettings.setPath(settings_format, scope, str(folder))


def _finish_deleting() -> None:
    from PySide6.QtCore import QCoreApplication, QEvent

    gc.collect()
    if QCoreApplication.instance() is not None:
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QCoreApplication.processEvents()


def _qt_remnants() -> list[object]:
    """Return the top-level widgets and the running timers that exist."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication
    from shiboken6 import isValid

    timers = [thing for thing in gc.get_objects() if issubclass(type(thing), QTimer)]
    running = [timer for timer in timers if isValid(timer) and timer.isActive()]
    return [*QApplication.topLevelWidgets(), *running]
