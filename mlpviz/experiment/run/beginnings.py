"""The records of runs that are to begin: known before the runs are there."""

from dataclasses import replace

from mlpviz.experiment.recipe.effects import STEERING, is_live
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.orders import BranchOf
from mlpviz.experiment.run.record import Change, Position, Record, changes_until
from mlpviz.experiment.run.remaking import begun_with
from mlpviz.experiment.run.run import Edits


def untrained(recipe: Recipe) -> Record:
    """Return the record of a run that begins with a recipe."""
    return Record(recipe, (), 0, recipe.epochs)


def branched(left: Record, order: BranchOf) -> Record:
    """Return the record of a branch as it begins, as of `Run.branch_as`.

    Of another future of the run before the one that is left, what happened there after that is
    not known.

    Parameters
    ----------
    left : of the run that is left
    order : which branch of it
    """
    position = _checked(left, order.position)
    record = _branch(left, position, order.recipe, order.edits)
    if not order.repeats or order.is_old_future:
        return record
    changes, recipe = record.changes, record.recipe
    for change in left.changes[position.changes :]:
        if change.epoch > position.epoch or not is_live(recipe, change.recipe):
            break
        changes += (change.with_limit(record.limit),)
        recipe = change.recipe
    return replace(record, changes=changes)


def begun_again(left: Record, recipe: Recipe | None) -> Record:
    """Return the record of a branch that goes back to where it began, as of `Run.from_stem`.

    Parameters
    ----------
    left : of the branch
    recipe : with which it begins again; None for that of where it began
    """
    stem = left.branches[-1]
    later = left.changes[stem.changes :]
    first = begun_with(later, stem.epoch, _recipe_at(left, stem))
    return _branch(left, stem, recipe, first[-1].edits if first else ())


def _branch(left: Record, position: Position, recipe: Recipe | None, edits: Edits) -> Record:
    before = _recipe_at(left, position)
    recipe = before if recipe is None else recipe
    if not is_live(before, recipe):
        begun: tuple[Change, ...] = (Change(position.epoch, recipe, edits),)
    else:
        is_steered = any(getattr(before, name) != getattr(recipe, name) for name in STEERING)
        begun = (Change(position.epoch, recipe),) if is_steered else ()
        begun += (Change(position.epoch, recipe, edits),) if edits else ()
    return Record(
        left.start_recipe,
        left.changes[: position.changes] + begun,
        position.epoch,
        recipe.epochs,
        (*(branch for branch in left.branches if branch < position), position),
    )


def _checked(record: Record, position: Position) -> Position:
    made = changes_until(record.changes, position.epoch)
    return Position(position.epoch, min(made, position.changes))


def _recipe_at(record: Record, position: Position) -> Recipe:
    changes = record.changes[: position.changes]
    recipe = changes[-1].recipe if changes else record.start_recipe
    return recipe if recipe.epochs == record.limit else replace(recipe, epochs=record.limit)
