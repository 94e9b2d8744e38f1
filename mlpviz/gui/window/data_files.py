"""Own data in the window: open, paste, drop, look at them first, and save the present ones."""

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtGui import QGuiApplication, QUndoStack
from PySide6.QtWidgets import QFileDialog, QWidget

from mlpviz.engine.marked import marked
from mlpviz.experiment.data.own_data import OwnData
from mlpviz.experiment.language import tr, tr_plural
from mlpviz.experiment.plain_text import one_line
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.words.messages import Message
from mlpviz.gui.actions.jobs import MANY_BYTES, LatestJob
from mlpviz.gui.actions.runs import Runs
from mlpviz.gui.parts.drawer import Drawers
from mlpviz.gui.window.focus import Focus

if TYPE_CHECKING:
    from mlpviz.gui.actions.own_table import OwnTable
    from mlpviz.gui.views.own_data.data_preview import DataPreview

TABLES, ALL = marked("Tables ({patterns})"), marked("All files (*)")
PATTERNS = "*.csv *.tsv *.txt *.dat"
EXPORT_NAME = "data.csv"


def import_drawer() -> None:
    """Import what the drawer of own data needs."""
    import_module("mlpviz.gui.actions.own_table")
    import_module("mlpviz.gui.views.own_data.data_preview")


class DataFiles(QObject):
    """Brings tables into a window, by way of a preview, and writes its data to a file.

    Parameters
    ----------
    window : over which dialogs open
    runs : what is trained on the data
    stack : where edits of the cells can be taken back
    recipe_on : the recipe that is trained on them, for own data
    drawers : where the preview opens
    focus : what keeps the keys where they belong
    open_pasted : opens the file that was copied in a file manager; returns whether there is one
    """

    def __init__(
        self,
        window: QWidget,
        runs: Runs,
        stack: QUndoStack,
        recipe_on: Callable[[OwnData], Recipe],
        drawers: Drawers,
        focus: Focus,
        open_pasted: Callable[[], bool],
    ) -> None:
        super().__init__(window)
        self._window, self._runs, self._stack = window, runs, stack
        self._recipe_on = recipe_on
        self._drawers, self._focus, self._open_pasted = drawers, focus, open_pasted
        # The first drawer needs modules whose import would hold up the frames of a running window:
        # where the table is large and takes its time anyway, they are imported beside it.
        self._imports = LatestJob(self)
        self._imports.finished.connect(self._go_on)
        self._waiting: Callable[[], None] | None = None  # opens what was asked for last
        self._own: OwnTable | None = None  # made when it is first asked for
        self._preview: DataPreview | None = None

    def open_file(self, path: Path) -> None:
        """Show what a file holds; say so where it holds no table."""
        name = one_line(path.name)
        try:
            size = path.stat().st_size
        except (OSError, ValueError):  # which reading it will say
            size = 0

        def show() -> None:
            from mlpviz.experiment.data.reading import from_file

            self._table().open(name, lambda read: from_file(path, read), size)

        if self._own is None and size > MANY_BYTES:
            self._waiting = show
            self._imports.start(import_drawer)
        else:
            show()

    @property
    def is_importing(self) -> bool:
        """Whether the drawer is still to be made."""
        return self._imports.is_at_work

    def stop(self) -> None:
        """Let go of the preview, before the window goes."""
        self._waiting = None
        self._imports.stop()
        if self._own is not None:
            self._own.stop()
        self._own = self._preview = None

    def let_drops_pass(self, parent: QWidget) -> None:
        """Leave files to the window: plots and fields would take them and do nothing."""
        for child in parent.findChildren(QWidget):
            child.setAcceptDrops(False)

    @Slot()
    def ask_and_open(self) -> None:
        """Ask for a table and show what it holds."""
        name, _ = QFileDialog.getOpenFileName(self._window, tr("Open data"), "", _filter())
        if name:
            self.open_file(Path(name))

    @Slot()
    def paste(self) -> None:
        """Show what the table on the clipboard holds."""
        if self._open_pasted():
            return
        text = QGuiApplication.clipboard().text()
        if text.strip():
            self._table().open_text(tr("from the clipboard"), text)
        else:
            self._runs.notices.refuse(tr("There is no text on the clipboard: copy a table first."))

    @Slot()
    def edit_present(self) -> None:
        """Show the present points as a table that can be edited."""
        from mlpviz.experiment.writing.csv_export import present_data, table_of

        self._runs.take_typed()
        try:
            text, choices = table_of(present_data(self._runs.recipe))
        except ValueError as problem:
            self._runs.notices.refuse(str(problem))
        else:
            self._table().open_text(tr("the present data"), text, choices)
            self._go_to_cells()

    @Slot()
    def begin_table(self) -> None:
        """Show an empty table, to be typed in."""
        from mlpviz.gui.actions.table_edits import new_table

        self._table().begin(tr("a new table"), new_table())
        self._go_to_cells()

    @Slot()
    def ask_and_export(self) -> None:
        """Ask for a place and write the present points there."""
        from mlpviz.experiment.writing.csv_export import present_data, write_csv

        self._runs.take_typed()
        name, _ = QFileDialog.getSaveFileName(
            self._window, tr("Export data"), EXPORT_NAME, _filter()
        )
        if not name:
            return
        try:
            data = present_data(self._runs.recipe)
            write_csv(Path(name), data)
        except ValueError as problem:
            self._runs.notices.refuse(str(problem))
        else:
            words = tr_plural(
                "{count} point is saved in {file}.",
                "{count} points are saved in {file}.",
                len(data.Y),
                file=one_line(Path(name).name),
            )
            self._runs.notices.say(Message(words))

    def _table(self) -> "OwnTable":
        """Return the table, which is made with its drawer when it is first asked for."""
        self._waiting = None
        if self._own is None:
            from mlpviz.gui.actions.own_table import OwnTable
            from mlpviz.gui.views.own_data.data_preview import DataPreview

            self._own = OwnTable(self._stack, self)
            self._preview = DataPreview(self._own)
            self._preview.taken.connect(self._use)
            self._preview.refused.connect(self._runs.notices.refuse)
            self._own.changed.connect(self._follow)
            self._own.refused.connect(self._refuse)
            self._focus.prepare(self._preview)
            self._preview.writing.missing.left.connect(self._focus.go_home)
            self.let_drops_pass(self._preview)
        return self._own

    @Slot(object)
    def _go_on(self, _: object) -> None:
        """Make the drawer, dress it and show it: each in a turn of its own, between frames."""
        show = self._waiting
        if show is not None:
            self._table()
            self._waiting = show
            QTimer.singleShot(0, self, self._dress)

    @Slot()
    def _dress(self) -> None:
        if self._waiting is not None and self._preview is not None:
            self._drawers.adopt(self._preview)
            QTimer.singleShot(0, self, self._show_waiting)

    @Slot()
    def _show_waiting(self) -> None:
        if self._waiting is not None:
            self._waiting()

    def _go_to_cells(self) -> None:
        if self._preview is not None:
            self._preview.go_to_cells()

    @Slot()
    def _follow(self) -> None:
        """Open the drawer when there is a table, or one on its way; close it when there is none."""
        if self._own is None or self._preview is None:
            return
        if self._own.is_open and not self._preview.isVisible():
            self._runs.notices.end()  # the table before may have been refused
            self._drawers.toggle(self._preview)
        elif not self._own.is_open and self._preview.isVisible():
            self._preview.close_drawer()

    @Slot(str)
    def _refuse(self, problem: str) -> None:
        self._runs.notices.refuse(problem)

    @Slot(object)
    def _use(self, data: OwnData) -> None:
        """Train on data; the preview stays where that is refused."""
        if self._runs.change(self._recipe_on(data)) and self._preview is not None:
            self._preview.close_drawer()


def _filter() -> str:
    """Return what kinds of files a dialog offers."""
    return f"{tr(TABLES, patterns=PATTERNS)};;{tr(ALL)}"
