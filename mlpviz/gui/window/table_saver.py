"""What the window shows at a moment as numbers: weights, samples and losses, as CSV files."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from mlpviz.engine.marked import marked
from mlpviz.experiment.language import tr
from mlpviz.experiment.run.frame import Frame
from mlpviz.experiment.writing.state_tables import losses_csv, samples_csv, weights_csv
from mlpviz.gui.actions.runs import Runs
from mlpviz.gui.window.save_dialog import ask_where, save_file

SUFFIX = ".csv"
KIND = marked("Tables (*{suffix})")


class TableSaver(QObject):
    """Writes the numbers of the moment that is shown, of both runs where two are compared.

    Parameters
    ----------
    window : over which the dialog opens
    runs : whose numbers they are
    """

    def __init__(self, window: QWidget, runs: Runs) -> None:
        super().__init__(window)
        self._window, self._runs = window, runs

    @Slot()
    def save_weights(self) -> None:
        """Ask for a place and write every weight and bias there."""
        self._ask_and_save(tr("Save weights"), "weights", weights_csv)

    @Slot()
    def save_samples(self) -> None:
        """Ask for a place and write every sample with its prediction there."""
        self._ask_and_save(tr("Save samples"), "samples", samples_csv)

    @Slot()
    def save_losses(self) -> None:
        """Ask for a place and write the losses of the runs so far there."""
        self._ask_and_save(tr("Save losses"), "losses", losses_csv)

    def _ask_and_save(self, title: str, name: str, write: Callable[[Sequence[Frame]], str]) -> None:
        frames = self._runs.latest.frames  # of the moment, however long the dialog stays open
        if not frames:
            self._runs.notices.refuse(tr("There is nothing to save yet: the run is being made."))
            return
        answer = ask_where(self._window, title, name, [(tr(KIND, suffix=SUFFIX), SUFFIX)])
        if answer is not None:
            save_file(self._runs.notices, answer[0], lambda: write(frames))
