"""What the user asks of runs: to change one, open others, compare two, pin some."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot

from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.frame import Frame
from mlpviz.experiment.run.runner import Update
from mlpviz.experiment.words.comparison import brought_words
from mlpviz.experiment.words.messages import Message
from mlpviz.gui.views.controls.controls import Controls
from mlpviz.gui.views.loss.loss_view import LossView
from mlpviz.gui.window.compare import Compare, Pins
from mlpviz.gui.window.notices import Notices


class Experiments(QObject):
    """Turns choices into recipes for the trainer, and refuses what cannot be compared.

    Parameters
    ----------
    parent : owns it
    compare, controls, loss_view : what has to show them
    notices : what says why something is refused
    """

    # A tuple of one Recipe, or of two; and the place of the run that goes on alone, or None
    recipes_changed = Signal(object, object)
    restart_wanted = Signal()
    # Whether two runs are compared, and the words of each pin
    state_changed = Signal(bool, object)

    def __init__(
        self,
        parent: QObject,
        compare: Compare,
        controls: Controls,
        loss_view: LossView,
        notices: Notices,
    ) -> None:
        super().__init__(parent)
        self._compare, self._notices = compare, notices
        self._controls, self._loss_view = controls, loss_view
        self._pins = Pins()
        self._last = controls.recipe  # that is trained; of two, B
        self._frames: tuple[Frame, ...] = ()  # the last ones shown
        controls.refused.connect(self.refuse)
        compare.feature_toggled.connect(controls.toggle_feature)

    def show_update(self, update: Update) -> None:
        """Show the losses of an update, and keep it for whoever pins it."""
        if update.frames:
            self._frames = update.frames
            self._loss_view.show_frame(update.frames[0], self._compare.second_frame(update))

    @Slot(object)
    def change_recipe(self, recipe: Recipe) -> bool:
        """Train another recipe, in a comparison as B; return whether that is done."""
        before = self._last
        is_done = self._try(lambda: self._compare.change(recipe))
        brought = brought_words(before, recipe) if is_done else ""
        if brought:
            self._notices.say_of_next_run(Message(brought))
        return is_done

    @Slot(str)
    def toggle_feature(self, key: str) -> None:
        """Switch an input that was clicked in the first diagram: in a comparison that is A's."""
        if self._compare.is_open:
            self.refuse("The controls belong to run B: click the inputs in its diagram.")
        else:
            self._controls.toggle_feature(key)

    @Slot(str)
    def refuse(self, sentence: str) -> None:
        """Say why what was asked for is not done."""
        self._notices.say(Message(sentence, is_warning=True))

    def change_side(self, side: int, choose: Callable[[], Recipe]) -> None:
        """Train the recipe that `choose` returns, in a comparison as that of A (0) or B (1)."""
        self._try(lambda: self._compare.change(choose(), side))

    @Slot(object)
    def open_recipes(self, recipes: tuple[Recipe, ...]) -> None:
        """Open one run, or two to compare, from the start."""
        if self._try(lambda: self._compare.show(recipes)):
            self.restart_wanted.emit()

    def compare_with(self, recipe: Recipe) -> None:
        """Compare the present run, or A where two are compared, with another recipe."""
        self._controls.take_typed()
        compared = self._compare.recipes
        self.open_recipes((compared[0] if compared else self._controls.recipe, recipe))

    def draw_weights(self) -> None:
        """Take the next weight seed."""
        self._try(lambda: self._compare.change_weights(self._controls.recipe))

    @Slot()
    def pin(self) -> None:
        """Let the losses so far stay in the plot."""
        self._pins.add(self._frames)
        self._show_pins()

    @Slot(int)
    def unpin_one(self, pin: int) -> None:
        """Take one loss off the plot, by its place among the pins."""
        self._pins.remove(pin)
        self._show_pins()

    @Slot()
    def unpin(self) -> None:
        """Take all pinned losses off the plot."""
        self._pins.clear()
        self._show_pins()

    @Slot()
    def compare_with_present(self) -> None:
        """Compare the present run with a copy of it."""
        self._controls.take_typed()
        self.open_recipes((self._controls.recipe, self._controls.recipe))

    @Slot(int)
    def end_comparison(self, kept: int) -> None:
        """Go on with one of two runs, A (0) or B (1)."""
        self._controls.take_typed()
        if self._compare.recipes is not None:
            recipe = self._compare.recipes[kept]
            self._try(lambda: self._compare.show((recipe,)), kept)

    def _try(self, choose: Callable[[], tuple[Recipe, ...]], kept: int | None = None) -> bool:
        """Hand chosen recipes to the trainer, or say why not; then all stays as it was.

        Parameters
        ----------
        kept : as of `orders.ChangeRecipes`
        """
        try:
            recipes = choose()
        except ValueError as problem:
            if self._compare.recipes is not None:
                self._controls.show_recipe(self._compare.recipes[-1])
            self.refuse(str(problem))
            return False
        self._notices.end()
        self._last = recipes[-1]
        self._controls.show_recipe(self._last)
        self._controls.show_comparing(self._compare.is_open)
        self.recipes_changed.emit(recipes, kept)
        self._announce_state()
        return True

    def _show_pins(self) -> None:
        self._loss_view.set_pins(self._pins.entries)
        self._announce_state()

    def _announce_state(self) -> None:
        pins = tuple(words for words, _ in self._pins.entries)
        self.state_changed.emit(self._compare.is_open, pins)
