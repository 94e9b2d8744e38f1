"""What is done by hand at a diagram, turned into orders; and what can be undone of it."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QUndoCommand, QUndoStack

from mlpviz.engine import Array
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.recipe.revision import revised
from mlpviz.experiment.run.frame import Frame
from mlpviz.experiment.run.places import place_of, with_layer, with_unit
from mlpviz.experiment.run.runner import Update
from mlpviz.experiment.words.comparison import same_weights
from mlpviz.experiment.words.formats import value_text
from mlpviz.experiment.words.names import place_name
from mlpviz.gui.actions.runs import Runs

Edit = tuple[tuple[int, float], ...]
Send = Callable[[int, Edit], None]  # as `Runs.edit`
EDIT_ID = 1  # so that Qt asks whether two commands are one


class EditCommand(QUndoCommand):
    """One parameter of one run, set by hand.

    Parameters
    ----------
    send : sets it
    side, run_number : which run
    position : of the parameter in the flat vector
    before, after : its value
    epoch : at which it was set
    stroke : commands of the same one are undone together
    """

    def __init__(
        self,
        send: Send,
        text: str,
        side: int,
        run_number: int,
        position: int,
        before: float,
        after: float,
        epoch: int,
        stroke: int,
    ) -> None:
        super().__init__(text)
        self._send, self._run_number = send, run_number
        self._before, self.after = before, after
        self.place, self.epoch, self.stroke = (side, position), epoch, stroke

    def id(self) -> int:
        """Name the kind of command, as Qt wants it."""
        return EDIT_ID

    def mergeWith(self, other: QUndoCommand) -> bool:
        """Become one with the next step of the same stroke."""
        if not isinstance(other, EditCommand):
            return False
        if (other.place, other.stroke) != (self.place, self.stroke):
            return False
        self.after, self.epoch = other.after, other.epoch
        self.setText(other.text())
        return True

    def redo(self) -> None:
        """Set the value; Qt calls it for the first time too."""
        self._send(self._run_number, ((self.place[1], self.after),))

    def undo(self) -> None:
        """Set the value that there was."""
        self._send(self._run_number, ((self.place[1], self._before),))


class Edits(QObject):
    """Takes what the views of one or two runs want, and hands it on as orders.

    Parameters
    ----------
    runs : whose weights and layers they are
    """

    def __init__(self, runs: Runs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runs = runs
        self._frames: tuple[Frame, ...] = ()
        self.stack = QUndoStack(self)
        runs.updated.connect(self.show_update)

    def stop(self) -> None:
        """Let go of what can be undone, before the window goes."""
        self.stack.clear()

    @Slot(object)
    def show_update(self, update: Update) -> None:
        """Know the runs as they stand; what was set in one that is gone cannot be undone."""
        numbers = [frame.run_number for frame in self._frames]
        if update.frames:
            self._frames = update.frames
        if numbers != [frame.run_number for frame in self._frames]:
            self.stack.clear()

    def edit(self, side: int, position: int, value: float, stroke: int) -> None:
        """Set a parameter of a run, and remember what it was."""
        if side >= len(self._frames) or position >= len(self._frames[side].parameters):
            return  # what was meant is gone
        frame = self._frames[side]
        top = self.stack.command(self.stack.index() - 1)
        before = float(frame.parameters[position])
        if isinstance(top, EditCommand) and (top.place, top.epoch) == (
            (side, position),
            frame.epoch,
        ):
            before = top.after  # the frame that shows it may still be on its way
        if value != before:
            name = place_name(frame.recipe, place_of(position, frame.recipe.sizes))
            text = f"{name} = {value_text(value)}"
            number = frame.run_number
            self.stack.push(
                EditCommand(
                    self._runs.edit,
                    text,
                    side,
                    number,
                    position,
                    before,
                    value,
                    frame.epoch,
                    stroke,
                )
            )

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
        return self._runs.recipes[side]

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

    @Slot(int)
    def change_layers(self, more: int) -> None:
        """Add or remove a hidden layer."""
        self._edits.change_layers(self._side, more)
