"""The present run as a script, for NumPy alone, as a file."""

from dataclasses import replace

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from mlpviz.engine.marked import marked
from mlpviz.experiment.language import tr
from mlpviz.experiment.recipe.effects import is_live
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.record import Change
from mlpviz.gui.actions.runs import Runs
from mlpviz.gui.window.save_dialog import SAVED, ask_where, save_file

SUFFIX = ".py"
SAVED_OF_B = marked("Saved {file}, the script of run B.")
# The form of its sums: whether it is the plain one of a textbook.
KINDS = {
    marked("Script that gives these very numbers (*{suffix})"): False,
    marked("Script as in a textbook (*{suffix})"): True,
}


class ScriptSaver(QObject):
    """Writes the present run as a script, its recipe and what was changed; in a comparison B.

    What it needs is imported when it is first asked for: the first picture need not wait for it.

    Parameters
    ----------
    window : over which the dialog opens
    runs : whose recipe it is
    """

    def __init__(self, window: QWidget, runs: Runs) -> None:
        super().__init__(window)
        self._window, self._runs = window, runs

    @Slot()
    def save(self) -> None:
        """Ask for a place and in which form, and write the script there."""
        from mlpviz.experiment.writing.script import check_script, script

        recipe, changes = self._present()  # of the moment, however long the dialog stays open
        try:
            check_script(recipe, changes)
        except ValueError as problem:
            self._runs.notices.refuse(str(problem))
            return
        kinds = [(tr(words, suffix=SUFFIX), SUFFIX) for words in KINDS]
        answer = ask_where(self._window, tr("Export as script"), "script", kinds)
        if answer is None:
            return
        path, kind = answer
        plain = list(KINDS.values())[kind]
        words = SAVED_OF_B if self._runs.is_comparing else SAVED
        save_file(self._runs.notices, path, lambda: script(recipe, changes, plain=plain), words)

    def _present(self) -> tuple[Recipe, tuple[Change, ...]]:
        """Return what the run began with and was changed to, up to its limit, or how far it is."""
        recipe, frames = self._runs.present(), self._runs.latest.frames
        if not frames or not is_live(frames[-1].recipe, recipe):
            return recipe, ()  # a run that has not begun
        frame = frames[-1]
        changes = frame.changes[: frame.changes_applied]
        if recipe != frame.recipe:  # typed just now
            changes = (*changes, Change(frame.epoch, recipe))
        return replace(frame.start_recipe, epochs=max(recipe.epochs, frame.epoch)), changes
