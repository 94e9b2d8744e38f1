"""Recipes that come into the window and leave it: files, the clipboard, what is dropped on it."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from mlpviz.engine.marked import marked
from mlpviz.experiment.language import tr, tr_plural
from mlpviz.experiment.plain_text import one_line, path_words
from mlpviz.experiment.run.sharing import Shared, load_shared, save_shared
from mlpviz.experiment.words.comparison import recipe_label
from mlpviz.experiment.words.messages import Message
from mlpviz.gui.actions.branches import go_the_way, record_shown
from mlpviz.gui.actions.runs import Runs
from mlpviz.gui.window.drop import file_of
from mlpviz.gui.window.hiding import HiddenControls

SUFFIX = ".json"
RECIPES, ALL = marked("Recipes (*{suffix})"), marked("All files (*)")


class RecipeFiles(QObject):
    """Opens, saves, copies and pastes recipes; what cannot be done is said in a sentence.

    Parameters
    ----------
    window : over which dialogs open
    runs : whose recipes they are
    hidden : what goes with a recipe: the controls that this window hides
    """

    def __init__(self, window: QWidget, runs: Runs, hidden: HiddenControls) -> None:
        super().__init__(window)
        self._window, self._runs, self._hidden = window, runs, hidden

    @Slot()
    def ask_and_open(self) -> None:
        """Ask for a recipe file and start from it."""
        path = ask_what_to_open(self._window)
        if path is not None:
            self.open_file(path)

    @Slot()
    def ask_and_save(self) -> None:
        """Ask for a place and save the present recipe there."""
        path = ask_where_to_save(self._window)
        if path is not None:
            self.save_file(path)

    def open_file(self, path: Path) -> None:
        """Start from a recipe file."""
        shared = self._read(lambda: load_shared(path))
        if shared is not None:
            self._start(shared, tr("Opened {file}.", file=one_line(path.name)))

    def save_file(self, path: Path) -> None:
        """Save the present recipe, and what this window hides."""
        try:
            save_shared(self._present(), path)
        except ValueError as problem:
            self._runs.notices.refuse(str(problem))
            return
        self._say(tr("Saved {file}.", file=path_words(path)))

    @Slot()
    def copy(self) -> None:
        """Copy the present recipe, and what this window hides, as a short text."""
        self._copy(self._present)

    @Slot()
    def copy_with_weights(self) -> None:
        """Copy the present recipe as it starts from the weights and biases of this moment."""
        self._copy(self._present_with_weights, with_weights=True)

    @Slot()
    def paste(self) -> None:
        """Start from the recipe text in the clipboard."""
        shared = self._read(_pasted)
        if shared is not None:
            recipe = shared.recipe if shared.record is None else shared.record.recipe
            self._start(shared, tr("Pasted: {recipe}.", recipe=recipe_label(recipe)))

    @Slot()
    def ask_and_compare(self) -> None:
        """Ask for a recipe file and compare the present run with it."""
        path = ask_what_to_open(self._window)
        if path is not None:
            self._compare(lambda: load_shared(path))

    @Slot()
    def compare_with_pasted(self) -> None:
        """Compare the present run with the recipe text in the clipboard."""
        self._compare(_pasted)

    def _compare(self, read: Callable[[], Shared]) -> None:
        shared = self._read(read)
        if shared is not None:
            if shared.record is None:
                self._runs.compare_with(shared.recipe)
            else:
                self._runs.notices.refuse(
                    tr(
                        "This recipe branches on its way, and so it cannot begin beside another: "
                        "open it alone."
                    )
                )

    def _start(self, shared: Shared, sentence: str) -> None:
        if shared.record is None:
            self._runs.open((shared.recipe,))
        else:
            go_the_way(self._runs, shared.record)
        self._hidden.hide(shared.hide)
        self._runs.notices.say_of_next_run(Message(sentence))

    def _copy(self, share: Callable[[], Shared], *, with_weights: bool = False) -> None:
        try:
            text = share().to_text()
        except ValueError as problem:
            self._runs.notices.refuse(tr("The recipe was not copied: {problem}", problem=problem))
            return
        QGuiApplication.clipboard().setText(text)
        self._say(_copied_words(len(text), is_b=self._runs.is_comparing, with_weights=with_weights))

    def _read(self, read: Callable[[], Shared]) -> Shared | None:
        """Read a recipe; say why not, and then nothing else has changed."""
        try:
            return read()
        except ValueError as problem:
            self._runs.notices.refuse(str(problem))
            return None

    def _present(self) -> Shared:
        recipe, record = self._runs.present(), record_shown(self._runs)
        if record.branches:
            return Shared.of_branch(record, recipe, self._hidden.names)
        return Shared(recipe, self._hidden.names)

    def _present_with_weights(self) -> Shared:
        self._runs.take_typed()
        frame = self._runs.latest.frames[-1]  # its weights fit its own recipe
        recipe = replace(frame.recipe, start=tuple(frame.parameters.tolist()))
        return Shared(recipe, self._hidden.names)

    def _say(self, sentence: str) -> None:
        self._runs.notices.say(Message(sentence))


def ask_what_to_open(parent: QWidget) -> Path | None:
    """Ask for a recipe file to read."""
    name, _ = QFileDialog.getOpenFileName(parent, tr("Open recipe"), "", f"{_filter()};;{tr(ALL)}")
    return Path(name) if name else None


def ask_where_to_save(parent: QWidget) -> Path | None:
    """Ask for a recipe file to write."""
    dialog = QFileDialog(parent, tr("Save recipe"), f"recipe{SUFFIX}", _filter())
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(SUFFIX)  # here, so that it asks before it replaces that very file
    names = dialog.selectedFiles() if dialog.exec() else []
    dialog.deleteLater()
    return Path(names[0]) if names else None


def _pasted() -> Shared:
    path = file_of(QGuiApplication.clipboard().mimeData())
    if path is not None:  # copied in a file manager
        return load_shared(path)
    text = QGuiApplication.clipboard().text()
    if not text:
        raise ValueError(tr("There is no text in the clipboard to paste."))
    return Shared.from_text(text)


def _filter() -> str:
    """Return what kind of files a dialog offers."""
    return tr(RECIPES, suffix=SUFFIX)


def _copied_words(length: int, *, is_b: bool, with_weights: bool) -> str:
    """Say what was copied: the recipe of the one run or of B, as so many characters."""
    if is_b and with_weights:
        return tr_plural(
            "Copied the recipe of run B with its weights as {count} character of text.",
            "Copied the recipe of run B with its weights as {count} characters of text.",
            length,
        )
    if is_b:
        return tr_plural(
            "Copied the recipe of run B as {count} character of text.",
            "Copied the recipe of run B as {count} characters of text.",
            length,
        )
    if with_weights:
        return tr_plural(
            "Copied the recipe with its weights as {count} character of text.",
            "Copied the recipe with its weights as {count} characters of text.",
            length,
        )
    return tr_plural(
        "Copied the recipe as {count} character of text.",
        "Copied the recipe as {count} characters of text.",
        length,
    )
