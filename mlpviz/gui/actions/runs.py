"""The runs of a window: what is trained, and all that can be asked of it.

Nobody else speaks to the trainer. A view says what a person wants, `Runs` makes an order of it or
says why not, and whoever shows something of the runs follows its signals.
"""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal, Slot

from mlpviz.experiment.language import tr
from mlpviz.experiment.recipe.effects import are_live, is_live
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.frame import Frame
from mlpviz.experiment.run.orders import Kept
from mlpviz.experiment.run.record import Record
from mlpviz.experiment.run.runner import Update
from mlpviz.experiment.run.want import Want
from mlpviz.experiment.words.comparison import (
    brought_words,
    change_words,
    check_comparable,
    comparison_message,
    recipe_label,
    with_shared_choices,
)
from mlpviz.experiment.words.messages import Message, message_for
from mlpviz.gui.actions.bridge import Bridge
from mlpviz.gui.actions.notices import Notices
from mlpviz.gui.actions.pins import Pins

A, B = 0, 1

Recipes = tuple[Recipe, ...]


@dataclass(frozen=True, slots=True)
class Moment:
    """The runs as they stood: what they were, and what is needed to bring them back."""

    recipes: Recipes
    kept: tuple[Kept, ...]


@dataclass(frozen=True, slots=True)
class Done:
    """What was done to the runs, for whoever takes it back.

    Parameters
    ----------
    before : the runs as they stood
    recipes : those that were taken over
    is_live : whether the runs went on with them; else others began
    words : what it was, as a menu names it
    """

    before: Moment
    recipes: Recipes
    is_live: bool
    words: str


class Runs(QObject):
    """Owns the bridge, one recipe or two, whether training goes on, the pins, the latest update.

    Parameters
    ----------
    recipe : what to start with
    speed : epochs per second; None for flat out
    notices : what is said of what was done or refused
    """

    recipes_changed = Signal(object)  # the recipes, once they are taken over, or stay as they were
    playing_changed = Signal(bool)  # whether training goes on; the trainer may not know it yet
    speed_changed = Signal(object)  # epochs per second, or None: set by what is done here
    pins_changed = Signal(object)  # PinEntries
    updated = Signal(object)  # Update, as of `Bridge.updated`
    done = Signal(object)  # Done

    def __init__(
        self, recipe: Recipe, speed: float | None, notices: Notices, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.recipes: Recipes = (recipe,)  # of the one run, or of A and B
        self.latest = Update((), is_playing=False)
        self.is_playing = False
        self.speed = speed
        self._coming: tuple[Kept, ...] = ()  # runs that are not back on the screen yet
        self.notices = notices
        # Takes over what is being typed, as if Enter had been pressed, before anything is done.
        self.take_typed: Callable[[], None] = _nothing
        self._error = ""  # of the trainer, which comes with each update until it is over
        self._pins = Pins()
        self.bridge = Bridge(recipe, speed, self)
        self._runner = self.bridge.runner
        self.bridge.updated.connect(self.updated)

    # What there is

    @property
    def recipe(self) -> Recipe:
        """The recipe that a person changes: that of the one run, or of B."""
        return self.recipes[-1]

    @property
    def is_comparing(self) -> bool:
        """Whether two runs are compared."""
        return len(self.recipes) > 1

    def present(self) -> Recipe:
        """Take over what is being typed, and return the recipe that a person changes."""
        self.take_typed()
        return self.recipe

    def second_frame(self, update: Update) -> Frame | None:
        """Return the frame of B; None where one run is shown, or two are not there yet."""
        return update.frames[B] if self.is_comparing and len(update.frames) > 1 else None

    def note(self, update: Update) -> None:
        """Keep an update, before anybody shows it."""
        self.latest = update
        if all(map(_is_of, update.frames, self._coming)):
            self._coming = ()
        if update.is_playing != self.is_playing:
            self.is_playing = update.is_playing
            self.playing_changed.emit(update.is_playing)

    def say_how_it_stands(self, update: Update) -> None:
        """Say what is to be said of an update."""
        if update.error and update.error != self._error:  # it is of what was asked for last
            self.notices.end()
        self._error = update.error
        is_of_two = self.second_frame(update) is not None
        message = comparison_message(update) if is_of_two else message_for(update)
        self.notices.show_runs(message, tuple(frame.run_number for frame in update.frames))

    # Training

    @Slot()
    def toggle_playing(self) -> None:
        """Train on, or pause."""
        self._begin()
        if self.is_playing:
            self._runner.pause()
        else:
            self._runner.play()
        # Not to wait for the trainer's word: two quick presses are play and pause.
        self.is_playing = not self.is_playing
        self.playing_changed.emit(self.is_playing)

    @Slot()
    def run_epoch(self) -> None:
        """Train for one epoch, and pause."""
        self._begin()
        self._runner.run_epoch()

    @Slot()
    def reset(self) -> None:
        """Go back to epoch 0 with the same initial weights."""
        self._begin()
        before = self.moment()
        self._coming = ()
        self._runner.reset()
        self.done.emit(Done(before, self.recipes, False, tr("reset")))

    @Slot()
    def draw_weights(self) -> None:
        """Take the next weight seed; of two runs both: what was the same in both stays so."""
        self.take_typed()
        self._take(lambda: self._checked(tuple(r.with_new_weights() for r in self.recipes)))

    @Slot(object)
    def set_speed(self, speed: float | None) -> None:
        """Train so many epochs per second; None for flat out."""
        self.speed = speed
        self._runner.set_speed(speed)

    def want(self, *wants: Want) -> None:
        """Have computed from now on what is wanted of each run."""
        self._runner.want(*wants)

    def edit(self, run_number: int, edits: tuple[tuple[int, float], ...]) -> None:
        """Set parameters of a run, (index, value) each."""
        self.notices.end()
        self._runner.edit(run_number, edits)

    # Recipes

    @Slot(object)
    def change(self, recipe: Recipe, *, restarts: bool = False) -> bool:
        """Train another recipe, in a comparison as B; return whether that is done.

        Parameters
        ----------
        restarts : whether it starts at epoch 0, whatever is different
        """
        before = self.recipe
        is_done = self._take(lambda: self._with(recipe, B), restarts=restarts)
        brought = brought_words(before, recipe) if is_done else ""
        if brought:
            self.notices.say_of_next_run(Message(brought))
        return is_done

    def change_side(self, side: int, choose: Callable[[], Recipe]) -> None:
        """Train the recipe that `choose` returns, in a comparison as that of A (0) or B (1)."""
        self._take(lambda: self._with(choose(), side))

    @Slot(object)
    def open(self, recipes: Recipes) -> None:
        """Open one run, or two to compare, from the start."""
        self._take(lambda: self._checked(recipes), restarts=True)

    def compare_with(self, recipe: Recipe) -> None:
        """Compare the present run, or A where two are compared, with another recipe."""
        self.take_typed()
        self.open((self.recipes[A], recipe))

    @Slot()
    def compare_with_present(self) -> None:
        """Compare the present run with a copy of it."""
        self.take_typed()
        self.open((self.recipe, self.recipe))

    @Slot(int)
    def end_comparison(self, kept: int) -> None:
        """Go on with one of two runs, A (0) or B (1)."""
        self.take_typed()
        if self.is_comparing:
            self._take(lambda: (self.recipes[kept],), kept)

    @Slot(object)
    def apply_remedy(self, recipe: Recipe) -> None:
        """Start again with what helps."""
        self.pin()  # what went wrong stays to be seen beside what helps
        # A learning rate alone would be taken over by the run that broke, and what is not a number
        # stays so: it has to start again.
        self.change(recipe, restarts=True)

    def train_from_start(self, recipe: Recipe) -> None:
        """Train a recipe flat out, from its epoch 0 on."""
        self.change(recipe, restarts=True)  # it may be this very run, further on
        self.speed_changed.emit(None)
        self._runner.set_speed(None)
        self._runner.play()

    # Taking back

    def moment(self) -> Moment:
        """Return the runs as they stand on the screen, or those that are coming back to it."""
        frames = self.latest.frames
        if self._coming:
            return Moment(self.recipes, self._coming)
        if len(frames) != len(self.recipes):
            return Moment(self.recipes, tuple(map(_unseen, self.recipes)))
        pairs = zip(frames, self.recipes, strict=True)
        return Moment(self.recipes, tuple(_kept(frame, recipe) for frame, recipe in pairs))

    def go_on_with(self, recipes: Recipes) -> None:
        """Let the runs there are go on with other recipes, of the same runs."""
        self._show(recipes)
        self._runner.change(recipes)

    def bring_back(self, moment: Moment) -> None:
        """Let runs come back as they stood, in the place of those there are."""
        self._show(moment.recipes)
        self._coming = moment.kept
        # With its recipes: what had been changed may not have been on the screen yet.
        self._runner.restore(moment.kept, moment.recipes)

    # Pins

    @Slot()
    def pin(self) -> None:
        """Let the losses so far stay in the plot."""
        self._pins.add(self.latest.frames)
        self.pins_changed.emit(self._pins.entries)

    @Slot(int)
    def unpin(self, pin: int) -> None:
        """Take one off, by its place among the entries."""
        self._pins.remove(pin)
        self.pins_changed.emit(self._pins.entries)

    @Slot()
    def unpin_all(self) -> None:
        """Take all off."""
        self._pins.clear()
        self.pins_changed.emit(())

    # How it is done

    def _begin(self) -> None:
        """Something else is done now."""
        self.take_typed()
        self.notices.end()

    def _with(self, recipe: Recipe, side: int) -> Recipes:
        """Return what to train when one run has another recipe."""
        if not self.is_comparing:
            return (recipe,)
        a, b = self.recipes
        try:
            return self._checked((recipe, b) if side == A else (a, recipe))
        except ValueError as problem:
            raise ValueError(f"{problem} {tr('End the comparison to change it.')}") from None

    def _checked(self, recipes: Recipes) -> Recipes:
        """Return what to train; raise a ValueError with a sentence where two cannot be compared."""
        if len(recipes) == 1:
            return recipes
        a, b = recipes
        check_comparable(a, b)
        return with_shared_choices(a, b), b

    def _take(
        self, choose: Callable[[], Recipes], kept: int | None = None, *, restarts: bool = False
    ) -> bool:
        """Hand chosen recipes to the trainer, or say why not; then all stays as it was.

        Parameters
        ----------
        kept, restarts : as of `orders.ChangeRecipes`
        """
        try:
            recipes = choose()
        except ValueError as problem:
            self.recipes_changed.emit(self.recipes)  # for controls that show the one refused
            self.notices.refuse(str(problem))
            return False
        before = self.moment()
        self._runner.change(recipes, kept, restarts=restarts)
        self._show(recipes)
        if restarts or recipes != before.recipes:
            is_live = not restarts and are_live(before.recipes, recipes)
            if not is_live:
                self._coming = ()
            words = _words(before.recipes, recipes)
            self.done.emit(Done(before, recipes, is_live, words))
        return True

    def _show(self, recipes: Recipes) -> None:
        self.notices.end()
        self.recipes = recipes
        self.recipes_changed.emit(recipes)


def _words(before: Recipes, after: Recipes) -> str:
    if len(before) < len(after):
        return tr("comparison")
    if len(before) > len(after):
        return tr("end of the comparison")
    changed = [pair for pair in zip(before, after, strict=True) if pair[0] != pair[1]]
    return change_words(*changed[-1]) if changed else recipe_label(after[-1])


def _unseen(recipe: Recipe) -> Kept:
    """Return a run that is on its way to the screen: it is at its start."""
    return Kept(Record(recipe, (), 0, recipe.epochs))


def _is_of(frame: Frame, kept: Kept) -> bool:
    """Tell whether a frame is of a run that comes back."""
    if kept.number is None:  # nobody has seen it
        return frame.epoch == 0 and frame.start_recipe == kept.record.start_recipe
    return frame.run_number == kept.number


def _kept(frame: Frame, recipe: Recipe) -> Kept:
    """Return the run of a frame, if a recipe is still of this run."""
    if not is_live(frame.recipe, recipe):
        return _unseen(recipe)
    record = Record(frame.start_recipe, frame.changes, frame.live.epoch, frame.recipe.epochs)
    return Kept(record, frame.run_number, frame.ghost)


def _nothing() -> None:
    """Nothing is being typed."""
