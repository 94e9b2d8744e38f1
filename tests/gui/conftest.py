"""What the tests of the window start with."""

import time
from collections.abc import Callable, Iterator
from functools import partialmethod
from typing import TypeVar

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.runner import Update
from mlpviz.gui import open_window
from mlpviz.gui.actions import bridge
from mlpviz.gui.look.look import LIGHT, apply_look, current_look, style_sheet
from mlpviz.gui.window.app import application
from mlpviz.gui.window.main import MainWindow

WidgetType = TypeVar("WidgetType", bound=QWidget)
OpenWindow = Callable[..., MainWindow]


PATIENCE_MS = 60_000


class Watch:
    """The update that a window shows, and those to come, each once it is shown in full."""

    def __init__(self, window: MainWindow) -> None:
        self.updates = [window.runs.latest]
        self._last_time = time.monotonic()
        window.runs.updated.connect(self._note)

    @property
    def last(self) -> Update:
        return self.updates[-1]

    @property
    def epoch(self) -> int:
        return self.last.frames[0].epoch if self.last.frames else 0

    def seconds_of_silence(self) -> float:
        return time.monotonic() - self._last_time

    def _note(self, update: Update) -> None:
        self.updates.append(update)
        self._last_time = time.monotonic()


class PatientBot(QtBot):
    """Waits for facts, however long a busy machine takes for them; none needs a second alone."""

    waitUntil = partialmethod(QtBot.waitUntil, timeout=PATIENCE_MS)
    waitSignal = partialmethod(QtBot.waitSignal, timeout=PATIENCE_MS)
    waitSignals = partialmethod(QtBot.waitSignals, timeout=PATIENCE_MS)
    waitExposed = partialmethod(QtBot.waitExposed, timeout=PATIENCE_MS)


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> QtBot:
    """The hands of a test, with patience."""
    return PatientBot(request)


@pytest.fixture(scope="session")
def qapp() -> QApplication:
    """The application as the program makes it: with its font, style and palette."""
    app = application()
    apply_look(app, LIGHT)  # whatever the settings of whoever runs the tests say
    return app


@pytest.fixture(autouse=True)
def what_was_given_is_let_go(request: pytest.FixtureRequest) -> Iterator[None]:
    """Free what a test was given, for pyqtgraph's menus live as long as Python holds their plot."""
    yield
    request.node.funcargs.clear()


@pytest.fixture
def show(qtbot: QtBot) -> Callable[[WidgetType, int, int], WidgetType]:
    """Show one widget alone, at a size: `view = show(NetworkView(), 520, 640)`."""

    def show_widget(widget: WidgetType, width: int, height: int) -> WidgetType:
        qtbot.addWidget(widget)
        widget.setStyleSheet(style_sheet(current_look()))
        widget.resize(width, height)
        with qtbot.waitExposed(widget):
            widget.show()
        return widget

    return show_widget


TEST_SIZE = (1000, 700)


@pytest.fixture
def open_in_test(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[OpenWindow]:
    """Open windows that show their first frame, and close them when the test is over.

    All views show each update. Those that take turns while updates come fast would show it up to
    40 ms later, and a test that looks at them at once would pass or fail by chance.
    """
    monkeypatch.setattr(bridge, "FAST_SECONDS", 0.0)
    windows: list[MainWindow] = []

    def open_one(recipe: Recipe | None = None, *, keeps_settings: bool = True) -> MainWindow:
        window = open_window(recipe, keeps_settings=keeps_settings)
        windows.append(window)
        window.resize(*TEST_SIZE)  # the offscreen screen is smaller than any that is looked at
        with qtbot.waitSignal(window.runs.updated):
            pass
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        window.parts.network_view.setFocus()
        return window

    yield open_one
    for window in windows:
        if isValid(window):
            window.close()


@pytest.fixture
def window(open_in_test: OpenWindow) -> MainWindow:
    """The window with the default recipe, untrained and paused."""
    return open_in_test()


@pytest.fixture
def watch(window: MainWindow) -> Watch:
    """What that window shows from now on."""
    return Watch(window)


@pytest.fixture
def acts(window: MainWindow) -> list[str]:
    """The shortcuts that acted, by the words of their actions."""
    acted: list[str] = []

    def note(action: QAction) -> None:
        action.triggered.connect(lambda: acted.append(action.text()))

    for action in window.actions():
        note(action)
    return acted
