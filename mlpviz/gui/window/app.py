"""Starting the program: the application, the window, and the display they need."""

import atexit
import os
import sys

from PySide6.QtCore import QCoreApplication, QLocale, QTimer
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from mlpviz.engine.marked import marked
from mlpviz.experiment.language import choose, tr, use
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.sharing import Shared
from mlpviz.gui.actions.branches import go_the_way
from mlpviz.gui.look.assets import load_font
from mlpviz.gui.look.look import apply_look, look_named
from mlpviz.gui.look.qt_words import follow_language
from mlpviz.gui.look.settings import FACTOR, LANGUAGE, THEME, Settings
from mlpviz.gui.window.display import settle_display
from mlpviz.gui.window.main import MainWindow
from mlpviz.gui.window.signal_closer import SignalCloser

NO_LOOP_WORDS = marked(
    "open_window() made a window that nobody could see, for the script ended without an event "
    "loop: add `from PySide6.QtWidgets import QApplication` and, as its last line, "
    "`QApplication.exec()`."
)
_open_windows: dict[MainWindow, bool] = {}  # whether an event loop has come to each


def application(settings: Settings | None = None) -> QApplication:
    """Return the one QApplication; make it when there is none.

    Parameters
    ----------
    settings : whose look it has; those that are kept when left out

    Raises
    ------
    RuntimeError
        when there is no display: Qt would end the process, a notebook's too.
    """
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        if problem := settle_display():
            raise RuntimeError(f"{problem}.")
        QCoreApplication.setOrganizationName("mlpviz")
        QCoreApplication.setApplicationName("mlpviz")
        # Else Qt divides the drawing of an image among several threads, and waits for the slowest:
        # now and then that takes ten times as long, in a program that leaves no core idle.
        os.environ.setdefault("QT_NO_GUI_THREADPOOL", "1")
        app = QApplication([sys.argv[0] if sys.argv else "mlpviz"])
        app.setDesktopFileName("mlpviz")
    load_font()
    follow_language(app)
    # Before any widget is made: each takes its font from here.
    settings = settings or Settings()
    apply_look(app, look_named(settings.get(THEME), settings.get(FACTOR)))
    return app


def open_window(
    recipe: Recipe | None = None, hide: tuple[str, ...] = (), *, keeps_settings: bool = True
) -> MainWindow:
    """Show the window and return it: for tests, notebooks (`%gui qt`) and scripts.

    It stays until it is closed, whether or not the caller keeps it. A script goes on with
    `QApplication.exec()`: only an event loop draws it, and a script that ends without one is told.

    Parameters
    ----------
    recipe : what to start with; the report's baseline when left out
    hide : controls that it does not show; see `experiment.recipe.hideable`
    keeps_settings : whether look, axis, map options and place are those of the last window, and
        those of the next; else they are the defaults, and no file is read or written
    """
    settings = Settings(is_kept=keeps_settings)
    application(settings)
    window = MainWindow(recipe or Recipe(), settings)
    window.hidden.hide(hide)
    window.exports.clips.opener = window_for_pictures
    window.show()
    _keep(window)
    return window


def window_for_pictures(recipe: Recipe, settings: Settings) -> MainWindow:
    """Show a window with settings of its own; whoever asked for it closes it.

    Nobody sees it where Qt's platform is "offscreen".
    """
    application(settings)
    window = MainWindow(recipe, settings)
    window.show()
    return window


def _keep(window: MainWindow) -> None:
    """Hold a window until it is destroyed, and note whether an event loop comes to it."""
    _open_windows[window] = False

    def note() -> None:
        if window in _open_windows:
            _open_windows[window] = True

    window.destroyed.connect(lambda: _open_windows.pop(window, None))
    QTimer.singleShot(0, note)


@atexit.register
def _close_what_is_left() -> None:
    """Close the windows that are open when Python ends, and say so if nobody ever saw them."""
    left = {w: was_seen for w, was_seen in _open_windows.items() if isValid(w) and w.isVisible()}
    if not all(left.values()) and sys.stderr is not None:
        sys.stderr.write(f"mlpviz: {tr(NO_LOOP_WORDS)}\n")
    for window in left:
        window.close()


def run(shared: Shared, language: str | None = None) -> int:
    """Show the window until it is closed, and return the exit code.

    Parameters
    ----------
    shared : what to start with
    language : of all words, one that `experiment.language.use` takes; else that of the settings,
        or of the system
    """
    settings = Settings()
    use(choose(language, settings.get(LANGUAGE), QLocale.system().uiLanguages()))
    app = application(settings)
    window = open_window(shared.recipe, shared.hide)
    if shared.record is not None:
        go_the_way(window.runs, shared.record)
    window.raise_()
    with SignalCloser() as closer:
        code = app.exec()
    return closer.code or code
