"""Other futures of the runs, and the ways back to the old ones."""

from dataclasses import replace

from mlpviz.experiment.language import tr
from mlpviz.experiment.run.frame import Frame
from mlpviz.experiment.run.orders import BranchOf, Kept, new_number
from mlpviz.experiment.run.record import Position, Record
from mlpviz.experiment.words.formats import epoch_text
from mlpviz.gui.actions.moments import Done, Future, Moment, Recipes, recipe_at, words_of
from mlpviz.gui.actions.runs import Runs


def go_on_from_here(runs: Runs) -> None:
    """Go on from the moment that is looked at, with the same choices."""
    runs.take_typed()
    if runs.is_past:
        epoch = epoch_text(runs.positions[0].epoch)
        runs.branch(runs.choices, tr("go on from epoch {epoch}", epoch=epoch))


def compare_with_old_future(runs: Runs) -> None:
    """Let the old future go on as A beside another as B, both from where they part."""
    runs.take_typed()
    frames = runs.latest.frames
    if len(frames) != 1 or not runs.are_shown:
        return
    here = runs.positions[0] if runs.is_past else None
    found = _beside_old_future(frames[0], here)
    if found is not None:
        orders, recipes = found
        runs.begin_branches(orders, recipes, tr("comparison with the old future"), repeat=True)
        if orders[0].is_old_future:  # it is seen as it goes
            runs.pins.drop_future(orders[0].position.epoch)


def return_to(runs: Runs, pin: int) -> None:
    """Go back to an old future, by its place among the pinned entries."""
    future, before = runs.pins.future_at(pin), runs.moment()
    if future is None:
        return
    runs.pins.remove(pin)
    runs.pins.add_future(Future(before, runs.latest.frames, future.epoch))
    runs.bring_back(replace(future.moment, futures=runs.pins.futures))
    runs.done.emit(Done(before, runs.recipes, False, tr("return to the old future")))


def go_the_way(runs: Runs, record: Record) -> None:
    """Let a run be there in which happened what is in a record, in the place of those there are."""
    runs.take_typed()
    before, recipes = runs.moment(), (record.recipe,)
    kept = Kept(record, new_number())
    runs.bring_back(Moment(recipes, (kept,), futures=runs.pins.futures))
    runs.done.emit(Done(before, recipes, False, words_of(before.recipes, recipes)))


def record_shown(runs: Runs) -> Record:
    """Return what has happened in the run that a person changes, up to the moment looked at."""
    record = runs.moment().kept[-1].record
    return record.until(runs.positions[-1]) if runs.is_past else record


def _beside_old_future(
    frame: Frame, here: Position | None
) -> tuple[tuple[BranchOf, BranchOf], Recipes] | None:
    """Return an old future as A, and another as B that begins where they part; and their recipes.

    Parameters
    ----------
    here : the position of the past that is looked at: there the run parts from itself. Without
        one it is a branch, which parts from the run that it left.

    Returns
    -------
    None for a run that has no old future.
    """
    number, at = frame.run_number, frame.branched_at
    if here is not None:
        recipe = recipe_at(frame, here)
        return (BranchOf(number, here, repeats=True), BranchOf(number, here)), (recipe, recipe)
    if at is None:
        return None
    begun = Position(at.epoch)  # with what was chosen there
    old = BranchOf(number, at, repeats=True, is_old_future=True)
    recipes = recipe_at(frame, at), recipe_at(frame, begun)
    return (old, BranchOf(number, begun, repeats=True)), recipes
