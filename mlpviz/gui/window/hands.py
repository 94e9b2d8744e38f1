"""What hands do at diagram and map, turned into orders; and what can be undone of it."""

from collections.abc import Callable
from typing import TYPE_CHECKING

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
from mlpviz.gui.views.diagram.network_panel import NetworkPanel
from mlpviz.gui.views.map.boundary_view import BoundaryView

if TYPE_CHECKING:
    from mlpviz.gui.window.main import MainWindow

Edits = tuple[tuple[int, float], ...]
Send = Callable[[int, Edits], None]  # as `Runner.edit`
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


class Hands(QObject):
    """Takes what the views of one or two runs want, and hands it on as orders.

    Parameters
    ----------
    window : assembled so far that it has all its views
    """

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        self._window = window
        self._frames: tuple[Frame, ...] = ()
        self.stack = QUndoStack(self)

    def start(self) -> None:
        """Take up the work, when the window has its bridge."""
        window = self._window
        window.bridge.updated.connect(self.show_update)
        window.compare.second_made.connect(self._adopt_second)
        window.compare.opened.connect(window.focus.forget_use)
        self._adopt(0, window.network_panel, window.boundary_view)

    @Slot()
    def select(self) -> None:
        """Show the cursor of the diagram that keys mean; a drawer would lie upon it."""
        drawer = self._window.tools.drawers.open_drawer
        if drawer is not None:
            drawer.close_drawer()
        self._window.focus.diagram.edit.start()

    def _adopt(self, side: int, panel: NetworkPanel, boundary: BoundaryView) -> None:
        to, view = SideHands(self, side), panel.view
        view.edit.weight_edited.connect(to.edit)
        view.edit.freeze_wanted.connect(to.freeze)
        view.edit.units_wanted.connect(to.change_units)
        view.unit_buttons.units_wanted.connect(to.change_units)
        panel.layer_buttons.layer_wanted.connect(to.change_layers)
        view.unit_pointed_at.connect(boundary.show_unit)
        boundary.set_options(self._window.map_menu.options)
        self._window.map_menu.options_changed.connect(boundary.set_options)

    @Slot()
    def _adopt_second(self) -> None:
        compare = self._window.compare
        assert compare.network_panel is not None
        assert compare.boundary_view is not None
        self._adopt(1, compare.network_panel, compare.boundary_view)
        self._window.focus.prepare(compare.network_panel)
        self._window.focus.add_diagram(compare.network_panel)

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
                    self._send,
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

    def _send(self, run_number: int, edits: Edits) -> None:
        self._window.notices.end()
        self._window.bridge.runner.edit(run_number, edits)

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
        wanted = 2 if self._window.compare.is_open else 1
        if not self._frames or len(self._frames) == wanted:
            self._window.experiments.change_side(side, choose)

    def _recipe_of(self, side: int) -> Recipe:
        controls, recipes = self._window.controls, self._window.compare.recipes
        controls.take_typed()
        return controls.recipe if recipes is None else recipes[side]

    def _parameters_of(self, side: int, recipe: Recipe) -> Array | None:
        """Return the weights of a run; None where those of the recipe are still on their way."""
        if side < len(self._frames) and same_weights(self._frames[side].recipe, recipe):
            return self._frames[side].parameters
        return None


class SideHands(QObject):
    """What the views of one run want, of which they do not know whether it is A or B."""

    def __init__(self, hands: Hands, side: int) -> None:
        super().__init__(hands)
        self._hands, self._side = hands, side

    @Slot(int, float, int)
    def edit(self, position: int, value: float, stroke: int) -> None:
        """Set a parameter."""
        self._hands.edit(self._side, position, value, stroke)

    @Slot(int, bool)
    def freeze(self, position: int, is_frozen: bool) -> None:
        """Freeze a parameter, or no longer."""
        self._hands.freeze(self._side, position, is_frozen)

    @Slot(int, int)
    def change_units(self, layer: int, more: int) -> None:
        """Change the units of a hidden layer."""
        self._hands.change_units(self._side, layer, more)

    @Slot(int)
    def change_layers(self, more: int) -> None:
        """Add or remove a hidden layer."""
        self._hands.change_layers(self._side, more)
