"""What is done by hand at a diagram, turned into orders; and what can be undone of it."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QUndoCommand, QUndoStack

from mlpviz.engine import Array
from mlpviz.engine.features import FEATURES
from mlpviz.experiment.language import tr
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.recipe.revision import revised
from mlpviz.experiment.run.frame import Frame
from mlpviz.experiment.run.places import place_of, with_layer, with_unit
from mlpviz.experiment.run.runner import Update
from mlpviz.experiment.words.comparison import same_weights
from mlpviz.experiment.words.formats import value_text
from mlpviz.experiment.words.names import place_name
from mlpviz.gui.actions.runs import Runs

Send = Callable[[int, tuple[tuple[int, float], ...]], None]  # as `Runs.edit`
StrokeOf = tuple[int, int, int]  # the run, the position of the parameter, and the stroke
EDIT_ID = 1  # so that Qt asks whether two commands are one


@dataclass(frozen=True, slots=True)
class Edit:
    """One parameter of one run, set by hand.

    Parameters
    ----------
    run_number : which run
    position : of the parameter in the flat vector
    before, after : its value
    epoch : at which it was set
    stroke : edits of the same one are undone together
    """

    run_number: int
    position: int
    before: float
    after: float
    epoch: int
    stroke: int

    @property
    def place(self) -> tuple[int, int]:
        """Which parameter of which run."""
        return self.run_number, self.position


class EditCommand(QUndoCommand):
    """An edit that can be taken back.

    Parameters
    ----------
    send : carries it out
    words : what it is
    edit : which one
    """

    def __init__(self, send: Send, words: str, edit: Edit) -> None:
        super().__init__(words)
        self._send, self.edit = send, edit

    def id(self) -> int:
        """Name the kind of command, as Qt wants it."""
        return EDIT_ID

    def mergeWith(self, other: QUndoCommand) -> bool:
        """Become one with the next step of the same stroke."""
        if not isinstance(other, EditCommand):
            return False
        if (other.edit.place, other.edit.stroke) != (self.edit.place, self.edit.stroke):
            return False
        self.edit = replace(other.edit, before=self.edit.before)
        self.setText(other.text())
        return True

    def redo(self) -> None:
        """Set the value; Qt calls it for the first time too."""
        self._send(self.edit.run_number, ((self.edit.position, self.edit.after),))

    def undo(self) -> None:
        """Set the value that there was."""
        self._send(self.edit.run_number, ((self.edit.position, self.edit.before),))


class Edits(QObject):
    """Takes what the views of one or two runs want, and hands it on as orders.

    Parameters
    ----------
    runs : whose weights and layers they are
    stack : where it can be taken back what was set
    """

    def __init__(self, runs: Runs, stack: QUndoStack, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runs, self._stack = runs, stack
        self._frames: tuple[Frame, ...] = ()
        # What is to be set in runs that are on their way, and their numbers.
        self._later: tuple[tuple[int, ...], tuple[int, int, float, int]] | None = None
        # With which a branch began, and what takes both back together.
        self._branching: tuple[StrokeOf, QUndoCommand | None] | None = None
        runs.updated.connect(self.show_update)

    @Slot(object)
    def show_update(self, update: Update) -> None:
        """Know the runs as they stand."""
        if not update.frames:
            return
        self._frames = update.frames
        if self._later is not None and self._runs.are_shown:
            (numbers, later), self._later = self._later, None
            if numbers == self._runs.numbers:  # else those that were meant are gone
                self.edit(*later)

    def edit(self, side: int, position: int, value: float, stroke: int) -> None:
        """Set a parameter of a run, and remember what it was."""
        if side >= len(self._frames) or position >= len(self._frames[side].parameters):
            return  # what was meant is gone
        if not self._runs.are_shown:
            self._set_later(side, position, value, stroke)
            return
        frame, top = self._frames[side], self._top
        if self._branching == ((frame.run_number, position, stroke), top):
            self._runs.edit(frame.run_number, ((position, value),))
            return
        before, place = float(frame.parameters[position]), (frame.run_number, position)
        if isinstance(top, EditCommand) and (top.edit.place, top.edit.epoch) == (
            place,
            frame.epoch,
        ):
            before = top.edit.after  # the frame that shows it may still be on its way
        if value != before:
            name = place_name(frame.recipe, place_of(position, frame.recipe.sizes))
            words = f"{name} = {value_text(value)}"
            if self._runs.is_past:
                self._runs.branch(self._runs.choices, words, {side: ((position, value),)})
                self._branching = (self._runs.numbers[side], position, stroke), self._top
                return
            edit = Edit(*place, before, value, frame.epoch, stroke)
            self._stack.push(EditCommand(self._runs.edit, words, edit))

    @property
    def _top(self) -> QUndoCommand | None:
        """What was done last, of all that can be taken back."""
        return self._stack.command(self._stack.index() - 1)

    def _set_later(self, side: int, position: int, value: float, stroke: int) -> None:
        """Set a parameter of a run that is on its way; the last one of a stroke is what counts."""
        sizes = [recipe.sizes for recipe in self._runs.recipes[side : side + 1]]
        if sizes == [self._frames[side].recipe.sizes]:  # in another network it is another's place
            self._later = self._runs.numbers, (side, position, value, stroke)

    def freeze(self, side: int, position: int, is_frozen: bool) -> None:
        """Let training leave a parameter alone, or no longer."""

        def with_frozen() -> Recipe:
            recipe = self._recipe_of(side)
            if side >= len(self._frames) or self._frames[side].recipe.sizes != recipe.sizes:
                return recipe  # another network is on its way, where this place is another's
            others = {other for other in recipe.frozen if other != position}
            return revised(recipe, frozen=tuple(others | {position} if is_frozen else others))

        self._change_side(side, with_frozen)

    def change_units(self, side: int, layer: int, more: int) -> None:
        """Start a run with units more or fewer in a hidden layer, from the present weights."""

        def with_units() -> Recipe:
            recipe = self._recipe_of(side)
            if layer > len(recipe.hidden):
                return recipe  # the layer that was meant is gone, and its buttons about to be
            return with_unit(recipe, self._parameters_of(side, recipe), layer, more)

        self._change_side(side, with_units)

    def set_units(self, side: int, layer: int, units: int) -> None:
        """Start a run with so many units in a hidden layer, from new initial weights."""

        def with_units() -> Recipe:
            recipe = self._recipe_of(side)
            if layer > len(recipe.hidden):
                return recipe  # the layer that was meant is gone, and its field about to be
            hidden = (*recipe.hidden[: layer - 1], units, *recipe.hidden[layer:])
            return revised(recipe, hidden=hidden)

        self._change_side(side, with_units)

    def toggle_feature(self, side: int, key: str) -> None:
        """Switch an input of a run on or off. The last one stays on, and it says so."""
        if self._recipe_of(side).features == (key,):
            self._runs.notices.refuse(
                tr(
                    "{feature} is the only input left, and a network needs one: "
                    "switch another on first.",
                    feature=FEATURES[key].label,
                )
            )
            return

        def with_features() -> Recipe:
            recipe = self._recipe_of(side)
            return revised(recipe, features=tuple(set(recipe.features) ^ {key}))

        self._change_side(side, with_features)

    def change_layers(self, side: int, more: int) -> None:
        """Start a run with a hidden layer more or fewer, from the present weights."""

        def with_layers() -> Recipe:
            recipe = self._recipe_of(side)
            return with_layer(recipe, self._parameters_of(side, recipe), more)

        self._change_side(side, with_layers)

    def _change_side(self, side: int, choose: Callable[[], Recipe]) -> None:
        """Change a run that is seen; where a comparison begins or ends, another may be it soon."""
        if not self._frames or len(self._frames) == len(self._runs.recipes):
            self._runs.change_side(side, choose)

    def _recipe_of(self, side: int) -> Recipe:
        self._runs.take_typed()
        return self._runs.choices[side]

    def _parameters_of(self, side: int, recipe: Recipe) -> Array | None:
        """Return the weights of a run; None where those of the recipe are still on their way."""
        if side < len(self._frames) and same_weights(self._frames[side].recipe, recipe):
            return self._frames[side].parameters
        return None


class SideEdits(QObject):
    """What the views of one run want, of which they do not know whether it is A or B."""

    def __init__(self, edits: Edits, side: int) -> None:
        super().__init__(edits)
        self._edits, self._side = edits, side

    @Slot(int, float, int)
    def edit(self, position: int, value: float, stroke: int) -> None:
        """Set a parameter."""
        self._edits.edit(self._side, position, value, stroke)

    @Slot(int, bool)
    def freeze(self, position: int, is_frozen: bool) -> None:
        """Freeze a parameter, or no longer."""
        self._edits.freeze(self._side, position, is_frozen)

    @Slot(int, int)
    def change_units(self, layer: int, more: int) -> None:
        """Change the units of a hidden layer."""
        self._edits.change_units(self._side, layer, more)

    @Slot(int, int)
    def set_units(self, layer: int, units: int) -> None:
        """Set the units of a hidden layer."""
        self._edits.set_units(self._side, layer, units)

    @Slot(str)
    def toggle_feature(self, key: str) -> None:
        """Switch an input on or off."""
        self._edits.toggle_feature(self._side, key)

    @Slot(int)
    def change_layers(self, more: int) -> None:
        """Add or remove a hidden layer."""
        self._edits.change_layers(self._side, more)
