"""What is chosen of a table's columns: the two inputs, the target, and how they are used."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QFormLayout,
    QHBoxLayout,
    QSizePolicy,
    QWidget,
)

from mlpviz.engine.datasets import MAX_CLASSES
from mlpviz.engine.marked import marked
from mlpviz.experiment.data.table_choices import CLASSES, NUMBERS, RANGE, STANDARD, UNSCALED
from mlpviz.experiment.language import tr
from mlpviz.gui.actions.own_table import OwnTable
from mlpviz.gui.look.sizes import GAP, SPACE, USUAL_GAP
from mlpviz.gui.look.sizing import NONE, lay
from mlpviz.gui.parts.inputs import tool_button
from mlpviz.gui.parts.one_of import OneOf
from mlpviz.gui.parts.plain_widgets import PlainLabel
from mlpviz.gui.views.own_data.recognised_choice import RecognisedChoice

ROLES = {  # what a column is taken for, its name, and what it is
    "x1": ("x₁", marked("Column of the first input, numbers")),
    "x2": ("x₂", marked("Column of the second input, numbers")),
    "target": (
        marked("target"),
        marked("Column of what is to be learned: a class or a number"),
    ),
}
Entries = dict[str, tuple[str, str, str]]  # of each value its word, its name, and what it means
KINDS: Entries = {
    CLASSES: (
        marked("classes"),
        marked("Read as classes"),
        marked("Classification: up to {most} different words or numbers are classes"),
    ),
    NUMBERS: (
        marked("numbers"),
        marked("Read as numbers"),
        marked("Regression: the network learns the number itself"),
    ),
}
SCALINGS: Entries = {
    RANGE: (
        marked("0 to 1"),
        marked("Scaling 0 to 1"),
        marked("Inputs are scaled to 0 to 1 for training, numbers as targets to −1 to 1"),
    ),
    STANDARD: (
        marked("standardised"),
        marked("Scaling standardised"),
        marked("To mean 0 and standard deviation 1, numbers as targets too"),
    ),
    UNSCALED: (
        marked("none"),
        marked("Scaling none"),
        marked("Trained on as they stand: large numbers make a run grow without bounds"),
    ),
}


class ColumnChoices(QWidget):
    """Shows which columns are used for what, and lets others be chosen."""

    settled = Signal(str, object)  # a field of TableChoices, and its value; None to guess

    def __init__(self) -> None:
        super().__init__()
        self.choices = {
            role: RecognisedChoice(
                f"data_{role}_choice", tr("Column of {role}", role=tr(heading)), role
            )
            for role, (heading, _) in ROLES.items()
        }
        for role, choice in self.choices.items():
            choice.setToolTip(tr(ROLES[role][1]))
            choice.settled.connect(self.settled)
        self.kinds = _Toggles("kind", KINDS)
        self.scalings = _Toggles("scaling", SCALINGS)
        form = QFormLayout(self)
        lay(form, (USUAL_GAP, GAP), NONE)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for role, choice in self.choices.items():
            form.addRow(_label(tr(ROLES[role][0]), choice), choice)
        for words, toggles in ((tr("read as"), self.kinds), (tr("scaling"), self.scalings)):
            toggles.settled.connect(self.settled)
            form.addRow(_label(words), toggles)

    def show_table(self, own: OwnTable) -> None:
        """Show what is chosen of a table."""
        table, reading, choices = own.table, own.outcome.reading, own.choices
        if table is None:
            for choice in self.choices.values():
                choice.forget()
            self.kinds.forget()
            return
        used: tuple[str | None, ...] = (None, None, None)
        kind = None
        if reading is not None:
            used = tuple(table.names[c] for c in (reading.x1, reading.x2, reading.target))
            kind = NUMBERS if reading.data.is_regression else CLASSES
        names = {name: name for name in table.names}
        chosen = (choices.x1, choices.x2, choices.target)
        for choice, *shown in zip(self.choices.values(), chosen, used, strict=True):
            choice.show_choice(names, *shown)
        self.kinds.show_choice(choices.kind, kind)
        self.scalings.show_choice(choices.scaling, RANGE)


class _Toggles(QWidget):
    """Buttons of which one is down.

    Parameters
    ----------
    role : the field of `TableChoices` that they settle
    entries : what can be chosen
    """

    settled = Signal(str, object)

    def __init__(self, role: str, entries: Entries) -> None:
        super().__init__()
        self._role = role
        self._recognised: str | None = None
        self._keys = tuple(entries)
        self._buttons = OneOf(self)
        self._buttons.chosen.connect(self._settle)
        row = QHBoxLayout(self)
        lay(row, SPACE, NONE)
        for key, (text, label, tooltip) in entries.items():
            name = key if role == "kind" else f"{role}_{key}"
            tip = tr(tooltip, most=MAX_CLASSES)
            button = tool_button(f"data_{name}_choice", tr(text), tr(label), tip)
            button.setProperty("role", "toggle")
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            self._buttons.add(button)
            row.addWidget(button)

    def show_choice(self, chosen: str | None, used: str | None) -> None:
        """Show what is chosen, else what is used; None where that is not known."""
        if chosen is None and used is not None:
            self._recognised = used
        shown = self._recognised if chosen is None else chosen
        self._buttons.show_chosen(None if shown is None else self._keys.index(shown))

    def forget(self) -> None:
        """Forget what was used: another table comes."""
        self._recognised = None

    @Slot(int)
    def _settle(self, place: int) -> None:
        key = self._keys[place]
        self.settled.emit(self._role, None if key == self._recognised else key)


def _label(text: str, field: QWidget | None = None) -> PlainLabel:
    label = PlainLabel(text)
    label.setProperty("role", "field")
    if field is not None:
        label.setBuddy(field)
    return label
