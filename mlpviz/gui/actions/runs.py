"""The runs of a window: what is trained, and all that can be asked of it.

Nobody else speaks to the trainer. A view says what a person wants, `Runs` makes an order of it or
says why not, and whoever shows something of the runs follows its signals.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, Signal, Slot

from mlpviz.experiment.language import tr
from mlpviz.experiment.recipe.effects import are_live, can_branch
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.frame import Frame
from mlpviz.experiment.run.orders import BranchOf
from mlpviz.experiment.run.record import Position
from mlpviz.experiment.run.runner import Update
from mlpviz.experiment.run.want import Want
from mlpviz.experiment.words.comparison import brought_words, comparison_message
from mlpviz.experiment.words.messages import Message, message_for
from mlpviz.gui.actions.branch_orders import (
    NO_EDITS,
    EditsBySide,
    branches_of,
    is_of_limit_alone,
)
from mlpviz.gui.actions.bridge import Bridge
from mlpviz.gui.actions.choices import A, B, checked, with_side
from mlpviz.gui.actions.moments import (
    Done,
    Future,
    LookedAt,
    Moment,
    Recipes,
    recipe_at,
    words_of,
)
from mlpviz.gui.actions.notices import Notices
from mlpviz.gui.actions.ordered import Ordered, branched_runs, reset_runs, untrained_runs
from mlpviz.gui.actions.pins import Pins


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
    updated = Signal(object)  # Update, as of `Bridge.updated`
    done = Signal(object)  # Done
    parted = Signal(object)  # tuple[Parting, ...]: of branches that were ordered
    looked_from = Signal(object)  # LookedAt or None: where those look who are to see other runs

    def __init__(
        self, recipe: Recipe, speed: float | None, notices: Notices, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.recipes: Recipes = (recipe,)  # of the one run, or of A and B
        self.latest = Update((), is_playing=False)
        self.is_playing = False
        self._turns = 0  # how many times it was ordered to play or to pause
        self.speed = speed
        self._ordered = untrained_runs(self.recipes)
        self._looked_at: LookedAt | None = None
        self.positions: tuple[Position, ...] = ()  # of each run, which are looked at
        self.notices = notices
        # Takes over what is being typed, as if Enter had been pressed, before anything is done.
        self.take_typed: Callable[[], None] = lambda: None
        self._error = ""  # of the trainer, which comes with each update until it is over
        self.pins = Pins(self)
        self.bridge = Bridge(recipe, speed, self, self.numbers)
        self._runner = self.bridge.runner
        self.bridge.updated.connect(self.updated)

    # What there is

    @property
    def recipe(self) -> Recipe:
        """The recipe that a person changes: that of the one run, or of B, at the moment shown."""
        return self.choices[-1]

    @property
    def numbers(self) -> tuple[int, ...]:
        """The numbers of the runs that there are, or that are on their way to the screen."""
        return self._ordered.numbers

    @property
    def are_shown(self) -> bool:
        """Whether the runs that were ordered last are on the screen."""
        return self._ordered.are_shown(self.latest.frames)

    @property
    def is_past(self) -> bool:
        """Whether a moment of the past is looked at, where every change is a branch."""
        return self.are_shown and len(self.positions) == len(self.recipes)

    @property
    def choices(self) -> Recipes:
        """The recipes in force at the moment that is looked at."""
        if not self.is_past:
            return self.recipes
        return tuple(map(recipe_at, self.latest.frames, self.positions))

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
        self._follow_repeated(update.frames)
        # What was under way when it was ordered to play or to pause says how it was before.
        is_late = update.turns < self._turns
        if update.is_playing != self.is_playing and not is_late:
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
        self._turns += 1
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
        left, self._ordered = self.numbers, reset_runs(self._ordered, before.kept, self.recipes)
        self.parted.emit(self._ordered.partings(left))
        self._runner.reset(self.numbers)
        self._leave_past()
        self.done.emit(Done(before, self.recipes, False, tr("reset")))

    @Slot()
    def draw_weights(self) -> None:
        """Take the next weight seed; of two runs both: what was the same in both stays so."""
        self.take_typed()
        self._take(lambda: checked(tuple(r.with_new_weights() for r in self.choices)))

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

    # The past

    def look_from(self, looked_at: LookedAt | None, positions: tuple[Position, ...]) -> None:
        """Know which moment is looked at: there the recipes are those of then.

        Parameters
        ----------
        positions : of each run; none for the present
        """
        self._looked_at, self.positions = looked_at, positions

    def branch(self, recipes: Recipes, words: str, edits: EditsBySide = NO_EDITS) -> None:
        """Let other futures begin at the moment of the past that is looked at.

        Parameters
        ----------
        words : what is done, as a menu names it
        edits : what is set by hand there, by the side of the run
        """
        orders = branches_of(self.latest.frames, self.positions, recipes, edits)
        self.begin_branches(orders, recipes, words)

    def begin_branches(
        self, orders: Sequence[BranchOf], recipes: Recipes, words: str, *, repeat: bool = False
    ) -> None:
        """Let branches take the place of the runs, which stay as old futures.

        Parameters
        ----------
        recipes, words : with which they go on, and what is done
        repeat : whether they are changed as others were
        """
        before = self.moment()
        if not repeat:  # what goes on beside another is seen as it goes
            self.pins.add_future(Future(before, self.latest.frames, orders[0].position.epoch))
        self._ordered, numbered = branched_runs(before.kept, orders, repeat=repeat)
        self.parted.emit(self._ordered.partings([order.run_number for order in orders]))
        self._runner.branch(*numbered)
        self._leave_past()
        self._show(recipes)
        self.done.emit(Done(before, recipes, False, words))

    def _leave_past(self) -> None:
        """Look at the present: from now on changes are of the runs that are on their way."""
        self.look_from(None, ())
        self.looked_from.emit(None)

    def _follow_repeated(self, frames: tuple[Frame, ...]) -> None:
        """Take over the recipes of runs that are changed as others were."""
        if self.are_shown and not self.is_past:
            recipes = self._ordered.repeated(frames, self.recipes)
            if recipes != self.recipes and are_live(self.recipes, recipes):
                self.recipes = recipes
                self.recipes_changed.emit(recipes)

    # Recipes

    @Slot(object)
    def change(self, recipe: Recipe, *, restarts: bool = False) -> bool:
        """Train another recipe, in a comparison as B; return whether that is done.

        Parameters
        ----------
        restarts : whether it starts at epoch 0, whatever is different
        """
        before = self.recipe
        is_done = self._take(lambda: with_side(self.choices, recipe, B), restarts=restarts)
        brought = brought_words(before, recipe) if is_done else ""
        if brought:
            self.notices.say_of_next_run(Message(brought))
        return is_done

    def change_side(self, side: int, choose: Callable[[], Recipe]) -> None:
        """Train the recipe that `choose` returns, in a comparison as that of A (0) or B (1)."""
        self._take(lambda: with_side(self.choices, choose(), side))

    @Slot(object)
    def open(self, recipes: Recipes) -> None:
        """Open one run, or two to compare, from the start."""
        self._take(lambda: checked(recipes), restarts=True)

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
        """Return the runs as they stand on the screen, or those that are on their way to it."""
        kept = self._ordered.as_shown(self.latest.frames)
        return Moment(self.recipes, kept, self._looked_at, self.pins.futures)

    def go_on_with(self, recipes: Recipes) -> None:
        """Let the runs there are go on with other recipes, of the same runs."""
        self._show(recipes)
        self._runner.change(recipes, numbers=self.numbers)

    def bring_back(self, moment: Moment) -> None:
        """Let runs come back as they stood, in the place of those there are."""
        self._show(moment.recipes)
        self._ordered = Ordered(moment.kept)
        self.pins.set_futures(moment.futures)
        # With its recipes: what had been changed may not have been on the screen yet.
        self._runner.restore(moment.kept, moment.recipes, moment.positions)
        self.look_from(None, ())
        self.looked_from.emit(moment.looked_at)

    # Pins

    @Slot()
    def pin(self) -> None:
        """Let the losses so far stay in the plot."""
        self.pins.add(self.latest.frames)

    # How it is done

    def _begin(self) -> None:
        """Something else is done now."""
        self.take_typed()
        self.notices.end()

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
        if self.is_past and not restarts and kept is None:
            if is_of_limit_alone(self.choices, recipes):
                recipes = tuple(replace(r, epochs=recipes[-1].epochs) for r in self.recipes)
            elif all(map(can_branch, self.choices, recipes)):
                self.branch(recipes, words_of(self.choices, recipes))
                return True
        before = self.moment()
        is_live = not restarts and are_live(before.recipes, recipes)
        if is_live:
            self._ordered = self._ordered.steered(before.recipes, recipes)
        elif kept is not None:
            self._ordered = Ordered((before.kept[kept],))
        else:
            self._ordered = untrained_runs(recipes)
        self._runner.change(recipes, kept, restarts=restarts, numbers=self.numbers)
        self._show(recipes)
        if not is_live or recipes != before.recipes:
            if not is_live:
                self._leave_past()
            words = words_of(before.recipes, recipes)
            self.done.emit(Done(before, recipes, is_live, words))
        return True

    def _show(self, recipes: Recipes) -> None:
        self.notices.end()
        self.recipes = recipes
        self.recipes_changed.emit(recipes)
