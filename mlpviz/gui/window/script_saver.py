"""The recipe of the present run as a script, for NumPy alone, as a file."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from mlpviz.engine.marked import marked
from mlpviz.experiment.language import tr
from mlpviz.experiment.plain_text import path_words
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.regular_files import replace_file
from mlpviz.experiment.words.messages import Message
from mlpviz.gui.actions.runs import Runs
from mlpviz.gui.window.save_dialog import ask_where

SUFFIX = ".py"
# The form of its sums: whether it is the plain one of a textbook.
KINDS = {
    marked("Script that gives these very numbers (*{suffix})"): False,
    marked("Script as in a textbook (*{suffix})"): True,
}


class ScriptSaver(QObject):
    """Writes the recipe of the present run as a script; in a comparison that of B.

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
        recipe = self._recipe()
        is_changed = self._is_changed()  # now, however long the dialog stays open
        kinds = [(tr(words, suffix=SUFFIX), SUFFIX) for words in KINDS]
        answer = ask_where(self._window, tr("Export as script"), "script", kinds)
        if answer is not None:
            path, kind = answer
            self._save(recipe, path, is_plain=list(KINDS.values())[kind], is_changed=is_changed)

    def _save(self, recipe: Recipe, path: Path, *, is_plain: bool, is_changed: bool) -> None:
        # Imported when it is first asked for: the first picture need not wait for it.
        from mlpviz.experiment.writing.script import script

        try:
            replace_file(path, script(recipe, plain=is_plain))
        except ValueError as problem:
            self._runs.notices.refuse(str(problem))
            return
        said = [
            tr("Saved {file}, the script of run B.", file=path_words(path))
            if self._runs.is_comparing
            else tr("Saved {file}.", file=path_words(path))
        ]
        if is_changed:
            said.append(
                tr(
                    "It trains the present recipe from epoch 0: what was changed on the way of "
                    "this run is not in it."
                )
            )
        self._runs.notices.say(Message(" ".join(said)))

    def _recipe(self) -> Recipe:
        """Return the present recipe; of one without an end, as far as the run has gone."""
        recipe, frames = self._runs.present(), self._runs.latest.frames
        if recipe.epochs or not frames:
            return recipe
        return replace(recipe, epochs=frames[-1].epoch)

    def _is_changed(self) -> bool:
        """Tell whether the run has come to where it is by changes on the way."""
        frames = self._runs.latest.frames
        return bool(frames) and frames[-1].changes_applied > 0
