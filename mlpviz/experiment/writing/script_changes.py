"""What was changed on the way of a run, in its script: each at its epoch, before it is trained."""

from collections.abc import Iterable
from dataclasses import replace
from functools import partial

from mlpviz.experiment.language import tr
from mlpviz.experiment.recipe.effects import EFFECTS, Effect
from mlpviz.experiment.recipe.recipe import Recipe, changed_fields
from mlpviz.experiment.run.places import place_of
from mlpviz.experiment.run.record import ChangedEpoch
from mlpviz.experiment.words.comparison import FIELDS
from mlpviz.experiment.writing.script_form import Form
from mlpviz.experiment.writing.script_steps import REMEMBERED, choice_names, zero_lines
from mlpviz.experiment.writing.script_text import Lines, comment, indented


def check_changes(changes: Iterable[ChangedEpoch]) -> None:
    """Refuse changes that make other lines of a script, and not only other numbers.

    Raises
    ------
    ValueError
        with a sentence that names the choice.
    """
    for change in changes:
        for field in changed_fields(change.before, change.after):
            if EFFECTS[field] is not Effect.LIVE:
                raise ValueError(
                    tr(
                        "A script has one {choice} from its beginning to its end; this run has "
                        "another from epoch {epoch} on.",
                        choice=tr(FIELDS[field][0]),
                        epoch=change.epoch,
                    )
                )


def begun_with(
    recipe: Recipe, changes: Iterable[ChangedEpoch]
) -> tuple[Recipe, tuple[ChangedEpoch, ...]]:
    """Let a run begin with what was changed before its first epoch; what was set by hand stays."""
    found = tuple(changes)
    if not found or found[0].epoch > 0:
        return recipe, found
    recipe = replace(found[0].after, epochs=recipe.epochs)
    return recipe, (found[0]._replace(before=found[0].after), *found[1:])


def change_lines(form: Form) -> Lines:
    """Let changes take effect, at the beginning of an epoch."""
    lines: Lines = []
    for place, change in enumerate(form.changes):
        changed = [
            *_numbers(form, place),
            *_edits(form, change),
            *_forgotten(form, change),
        ]
        if changed and change.epoch < form.recipe.epochs:
            lines += [f"if epoch == {change.epoch}:", *indented(changed)]
    return [*comment(tr("What was changed on the way.")), *lines, ""] if lines else []


def last_lines(form: Form) -> Lines:
    """Set what was set by hand after the last epoch."""
    lines: Lines = []
    for change in form.changes:
        if change.epoch == form.recipe.epochs:
            lines += _edits(form, change)
    return [*comment(tr("What was set by hand at the end.")), *lines] if lines else []


def _numbers(form: Form, place: int) -> Lines:
    """Set the numbers that are others after a change."""
    change = form.changes[place]
    lines = [
        f"{name} = {getattr(change.after, name)!r}"
        for name in choice_names(form)
        if getattr(change.after, name) != getattr(change.before, name)
    ]
    before, after = form.batch_sizes[place : place + 2]
    return lines if before == after else [*lines, f"batch_size = {after}"]


def _edits(form: Form, change: ChangedEpoch) -> Lines:
    """Set the weights and biases that were set by hand."""
    lines = []
    for index, value in sorted(change.edits.items()):
        place = place_of(index, form.recipe.sizes)
        name = (
            f"b{place.layer}[{place.unit}]"
            if place.source is None
            else f"W{place.layer}[{place.source}, {place.unit}]"
        )
        lines.append(f"{name} = {value!r}")
    return lines


def _forgotten(form: Form, change: ChangedEpoch) -> Lines:
    """Forget what the optimizer remembers of parameters that are frozen from here on."""
    frozen = sorted({*change.after.frozen} - {*change.before.frozen})
    lines: Lines = []
    for vector in REMEMBERED.get(form.recipe.optimizer, ()):
        lines += zero_lines(form.recipe.sizes, frozen, partial(_of_array, vector))
    return lines


def _of_array(vector: str, letter: str, layer: int) -> str:
    """Name what is remembered of an array: W1, b1, W2 and so on stand in a list."""
    return f"{vector}[{2 * (layer - 1) + 'Wb'.index(letter)}]"
