"""A stage of a step for all its samples at once: the formulas, and the matrices as tables."""

from typing import NamedTuple

from mlpviz.experiment.language import count_text, tr, tr_plural
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.places import Place
from mlpviz.experiment.run.trace import StepTrace
from mlpviz.experiment.words.names import layer_name_with_article
from mlpviz.experiment.words.step_items import Item, Page, Table, Worked
from mlpviz.experiment.words.step_matrices import Matrix, StepMatrices, shown_rows
from mlpviz.experiment.words.step_numbers import digits_text
from mlpviz.experiment.words.step_pages import (
    MOST_COLUMNS,
    mean_loss,
    page_place,
    shown_columns,
)
from mlpviz.experiment.words.step_stages import Kind, Stage, stage_name


class Shown(NamedTuple):
    """A matrix, and which of its rows and columns a page has room for."""

    matrix: Matrix
    rows: tuple[int, ...]
    columns: tuple[int, ...]


def batch_parts(
    recipe: Recipe, trace: StepTrace, stage: Stage, row: int, place: Place
) -> list[Worked | Shown]:
    """Return the formulas of a stage, and below each the matrices as far as they are shown.

    Parameters
    ----------
    row : of a sample that is shown in any case
    place : the unit that is, and its layer
    """
    samples = tuple(shown_rows(len(trace.samples), row))

    def units(layer: int) -> tuple[int, ...]:
        looked_at = {place.layer: place.unit, place.layer - 1: place.source or 0}
        unit = looked_at.get(layer, 0)
        return tuple(shown_columns(trace.sizes[layer], unit))

    def shown(matrix: Matrix) -> Shown:
        if matrix.is_of_samples:
            columns = units(matrix.layer) if matrix.key != "L" else (0,)
            return Shown(matrix, samples, columns)
        sources, units_before = units(matrix.layer - 1), trace.sizes[matrix.layer - 1]
        biases = range(units_before, len(matrix.rows))
        return Shown(matrix, (*sources, *biases), units(matrix.layer))

    parts = StepMatrices(recipe, trace).of_stage(stage, place.layer)
    return [part if isinstance(part, Worked) else shown(part) for part in parts]


def batch_page(
    recipe: Recipe, trace: StepTrace, stage: Stage, row: int, place: Place | None, digits: int
) -> Page:
    """Write a stage as matrices, likewise as `page_of`."""
    where = page_place(stage, place)
    items: list[Item] = []
    for part in batch_parts(recipe, trace, stage, row, where):
        items.append(part if isinstance(part, Worked) else _table(part, digits))
    if stage.kind is Kind.LOSS and len(trace.samples) > 1:
        items.append(mean_loss(trace, digits_text(trace.loss, digits)))
    if max(trace.sizes[max(0, where.layer - 1) : where.layer + 2]) > MOST_COLUMNS:
        items.append(tr("Of a layer with more units, {most} are shown.", most=MOST_COLUMNS))
    sentence = _sentence(recipe, trace, stage, row, where.layer)
    return Page(stage_name(recipe, stage), sentence, tuple(items), where)


def _table(shown: Shown, digits: int) -> Table:
    matrix, rows, columns = shown
    texts = tuple(
        (
            matrix.rows[row],
            tuple(digits_text(float(matrix.values[row, column]), digits) for column in columns),
        )
        for row in rows
    )
    return Table(matrix.name, tuple(matrix.columns[column] for column in columns), texts, True)


def _sentence(recipe: Recipe, trace: StepTrace, stage: Stage, row: int, layer: int) -> str:
    """Say what the rows are."""
    if stage.kind is Kind.UPDATE:
        name = layer_name_with_article(recipe, layer)
        return tr("Each weight and bias of {layer} moves against its slope.", layer=name)
    count, shown = len(trace.samples), len(shown_rows(len(trace.samples), row))
    if shown == count:
        return tr_plural(
            "The step has {count} sample, which is a row.",
            "The step has {count} samples, each of which is a row.",
            count,
        )
    return tr(
        "The step has {count} samples, each of which is a row: {shown} of them are shown.",
        count=count_text(count),
        shown=shown,
    )
