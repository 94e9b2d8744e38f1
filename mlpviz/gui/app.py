"""Starting the program: the application, the window, and the display they need."""

import os
import sys

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication

from mlpviz.experiment.recipe import Recipe
from mlpviz.gui.assets import load_font
from mlpviz.gui.closing import SignalCloser
from mlpviz.gui.theme import apply_theme, saved_theme
from mlpviz.gui.window import MainWindow


def application() -> QApplication:
    """Return the one QApplication; make it when there is none."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        QCoreApplication.setOrganizationName("mlpviz")
        QCoreApplication.setApplicationName("mlpviz")
        # Else Qt divides the drawing of an image among several threads, and waits for the slowest:
        # now and then that takes ten times as long, in a program that leaves no core idle.
        os.environ.setdefault("QT_NO_GUI_THREADPOOL", "1")
        app = QApplication([sys.argv[0] if sys.argv else "mlpviz"])
        app.setDesktopFileName("mlpviz")
    load_font()
    # Before any widget is made: each takes its font from here.
    apply_theme(app, saved_theme())
    return app


def open_window(recipe: Recipe | None = None, hide: tuple[str, ...] = ()) -> MainWindow:
    """Show the window and return it: for tests, notebooks (`%gui qt`) and scripts.

    Parameters
    ----------
    recipe : what to start with; the report's baseline when left out
    hide : controls that it does not show; see `experiment.hiding`
    """
    application()
    window = MainWindow(recipe or Recipe())
    window.hidden.hide(hide)
    window.show()
    return window


def run(recipe: Recipe, hide: tuple[str, ...] = ()) -> int:
    """Show the window until it is closed, and return the exit code."""
    app = application()
    window = open_window(recipe, hide)
    window.raise_()
    with SignalCloser() as closer:
        code = app.exec()
    return closer.code or code
