"""The activation of the hidden layers: one for all, or one per layer."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QFormLayout, QWidget

from mlpviz.engine.activations import ACTIVATIONS
from mlpviz.experiment.language import tr
from mlpviz.experiment.recipe.recipe import MAX_LAYERS
from mlpviz.gui.parts.form import add_row
from mlpviz.gui.parts.inputs import Choice
from mlpviz.gui.parts.meanings import explained

IDENTITY = "identity"
EACH = "each"  # no activation, but the wish to choose one per layer


class HiddenActivationInput(QObject):
    """A choice for all hidden layers, and below it one per layer where "per layer" is chosen."""

    chosen = Signal(object)  # what `key` returns

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        names = {key: tr(entry.label) for key, entry in ACTIVATIONS.items()}
        self._all = Choice(
            "hidden_activation_choice",
            tr("Activation of the hidden layers"),
            names | {EACH: tr("per layer")},
        )
        self._layers = [
            Choice(f"hidden_activation_choice_{i}", _layer_words(i), names)
            for i in range(1, MAX_LAYERS + 1)
        ]
        for choice in self._layers:
            choice.chosen.connect(self._announce)
        self._all.chosen.connect(self._take_over_all)
        self._shared = self._all.key()  # what was last chosen for all of them
        self._count = 0
        self._tip = ""  # of the choice for all, where it can be made

    def add_rows(self, form: QFormLayout, formulas: str) -> None:
        """Add all choices to a form; those per layer stay out of sight until they are wanted."""
        self._form = form
        shared = (
            tr("Activation of the hidden layers"),
            formulas,
            tr("per layer: one for each of them"),
        )
        self._tip = explained("hidden_activation", *shared)
        add_row(form, tr("hidden"), self._all, self._tip)
        for i, choice in enumerate(self._layers, 1):
            name = tr("hidden {layer}", layer=i)
            add_row(form, name, choice, explained("hidden_activation", _layer_words(i), formulas))
            form.setRowVisible(choice, False)

    def key(self) -> str | tuple[str, ...]:
        """Return the activation of all layers, or of each."""
        if self._all.key() == EACH and self._count:
            return tuple(choice.key() for choice in self._layers[: self._count])
        return self._shared

    def choose(self, names: str | tuple[str, ...]) -> None:
        """Show a choice for all layers, or that there is one for each, without announcing it.

        Whoever is choosing one per layer can go on, though they are all alike for the moment.
        """
        are_as_shown = {choice.key() for choice in self._layers[: self._count]} == {names}
        if not (are_as_shown and self._all.key() == EACH):
            self._all.choose(names if isinstance(names, str) else EACH)
        self._shared = names if isinstance(names, str) else names[0]

    def show_off(self, why: str) -> None:
        """Show that all are the identity, whatever was chosen, and why; "" where they are not.

        What was chosen is shown again by `choose`.
        """
        self._all.setEnabled(not why)
        self._all.setToolTip(why or self._tip)
        if why:
            self._all.choose(IDENTITY)
            self.show_layers([choice.key() for choice in self._layers[: self._count]])

    def show_layers(self, names: Sequence[str]) -> None:
        """Show what each layer has, without announcing it."""
        self._count = len(names)
        for i, choice in enumerate(self._layers):
            is_there = i < self._count
            self._form.setRowVisible(choice, is_there and self._all.key() == EACH)
            if is_there:
                choice.choose(names[i])

    @Slot(str)
    def _take_over_all(self, key: str) -> None:
        if key != EACH:
            self._shared = key
        names = [choice.key() if key == EACH else key for choice in self._layers]
        self.show_layers(names[: self._count])
        self._announce()

    @Slot()
    def _announce(self) -> None:
        self.chosen.emit(self.key())


def _layer_words(layer: int) -> str:
    return tr("Activation of hidden layer {layer}", layer=layer)
