"""What leaves the window besides recipes and data: reports, pictures, numbers, scripts, steps."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from mlpviz.gui.actions.runs import Runs
from mlpviz.gui.actions.selection import Selection
from mlpviz.gui.parts.drawer import Drawers
from mlpviz.gui.window.clip_saver import ClipSaver
from mlpviz.gui.window.dressing import Dressing
from mlpviz.gui.window.menus import Menus
from mlpviz.gui.window.picture_saver import PictureSaver, Subject
from mlpviz.gui.window.report_saver import ReportSaver
from mlpviz.gui.window.script_saver import ScriptSaver
from mlpviz.gui.window.sheet_saver import SheetSaver
from mlpviz.gui.window.stage import Stage
from mlpviz.gui.window.table_saver import TableSaver


class Exports(QObject):
    """Has what saves and copies, and fills the menus that offer pictures.

    Parameters
    ----------
    window : of which pictures are made, and over which dialogs open
    runs, selection : what it shows, and what of it is looked at
    stage, drawers : hold its views
    dressing : puts a look on it
    menus : have "save_picture" and "copy_picture", within "export"
    """

    def __init__(
        self,
        window: QWidget,
        runs: Runs,
        selection: Selection,
        stage: Stage,
        drawers: Drawers,
        dressing: Dressing,
        menus: Menus,
    ) -> None:
        super().__init__(window)
        self.report, self.tables = ReportSaver(window, runs), TableSaver(window, runs)
        self.pictures = PictureSaver(window, stage, drawers, dressing, runs.notices)
        self.clips, self.scripts = ClipSaver(window, runs), ScriptSaver(window, runs)
        self.sheets = SheetSaver(window, runs, selection)
        self._menus = menus
        menus.menus["export"].aboutToShow.connect(self._offer_pictures)

    def acts(self) -> Mapping[str, Callable[[], object]]:
        """Return what the actions do, by their ids."""
        return {
            "report": self.report.save,
            "save_view": self.pictures.save_view,
            "copy_view": self.pictures.copy_view,
            "save_weights": self.tables.save_weights,
            "save_samples": self.tables.save_samples,
            "save_losses": self.tables.save_losses,
            "save_script": self.scripts.save,
            "save_sheet": self.sheets.save,
        }

    def stop(self) -> None:
        """End what is under way, before the window goes."""
        self.report.job.stop()
        self.clips.job.stop()

    def _offer_pictures(self) -> None:
        """Offer a picture of all that is in sight now."""
        subjects = self.pictures.subjects()
        self._offer("save_picture", subjects, self.pictures.ask_and_save)
        self._offer("copy_picture", subjects, self.pictures.copy)

    def _offer(self, menu: str, subjects: list[Subject], act: Callable[[Subject], object]) -> None:
        titles = [subject.title for subject in subjects]
        self._menus.fill(menu, titles, lambda place: act(subjects[place]))
