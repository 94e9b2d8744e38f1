"""What can be asked of a step: which number, and where a page of the step shows it."""

import math
from collections.abc import Callable
from enum import Enum
from typing import NamedTuple

import numpy as np

from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.places import Place, Unit
from mlpviz.experiment.run.trace import OfLayer, StepTrace
from mlpviz.experiment.words.step_batch import Shown, batch_parts
from mlpviz.experiment.words.step_pages import shown_columns
from mlpviz.experiment.words.step_stages import Kind, Stage


class Quantity(Enum):
    """What a number of a step is."""

    Z = "Z"
    A = "A"
    LOSS = "L"  # of one sample
    MEAN_LOSS = "mean_L"  # of all samples of the step
    DA = "dA"
    DZ = "dZ"
    PART = "A·dZ"  # what one sample adds to dW or db, before it is divided by their number
    SLOPE = "dW"  # or db
    G = "g"
    STEP = "step"
    AFTER = "W_after"  # or b


OF_SAMPLE = {Quantity.Z, Quantity.A, Quantity.LOSS, Quantity.DA, Quantity.DZ, Quantity.PART}
OF_PARAMETER = {Quantity.PART, Quantity.SLOPE, Quantity.G, Quantity.STEP, Quantity.AFTER}
# What is worked out at a stage of its layer; all else on a page comes from an earlier stage.
WORKED_OUT = {
    Kind.FORWARD: {Quantity.Z, Quantity.A},
    Kind.LOSS: {Quantity.LOSS, Quantity.MEAN_LOSS},
    Kind.BACKWARD: {Quantity.DA, Quantity.DZ, Quantity.PART, Quantity.SLOPE},
    Kind.UPDATE: {Quantity.STEP, Quantity.AFTER},
}

OF_MATRIX = {  # of a page for all samples
    "Z": Quantity.Z,
    "A": Quantity.A,
    "L": Quantity.LOSS,
    "dA": Quantity.DA,
    "dZ": Quantity.DZ,
    "dW": Quantity.SLOPE,
    "g": Quantity.G,
    "step": Quantity.STEP,
    "after": Quantity.AFTER,
}


class Question(NamedTuple):
    """Which number of a step is asked for.

    Parameters
    ----------
    layer, unit : counted from 1 and from 0; of a loss the output layer and 0
    row : of the sample among those of the step; None for what is of all samples
    source : of a weight the unit that it comes from; None for a bias and for what is of a unit
    """

    quantity: Quantity
    layer: int
    unit: int = 0
    row: int | None = None
    source: int | None = None


class Cell(NamedTuple):
    """Where a page shows a number.

    Parameters
    ----------
    item : the number of the item among those of the page
    row, column : in a table; None for the result of a line, or the one number of a sentence
    """

    item: int
    row: int | None = None
    column: int | None = None


def right_value(trace: StepTrace, question: Question) -> float:
    """Return the number that is asked for.

    Raises
    ------
    IndexError
        for a question that the step does not have.
    """
    layer = trace.layers[question.layer - 1]
    if question.quantity is Quantity.MEAN_LOSS:
        return trace.loss
    if question.quantity is Quantity.LOSS:
        return float(trace.losses[question.row])
    if question.quantity not in OF_PARAMETER:
        of_units = {Quantity.Z: layer.Z, Quantity.A: layer.A, Quantity.DA: layer.dA}
        return float(of_units.get(question.quantity, layer.dZ)[question.row, question.unit])
    if question.quantity is Quantity.PART:
        dZ = float(layer.dZ[question.row, question.unit])
        if question.source is None:
            return dZ
        return float(trace.inputs_of(question.layer)[question.row, question.source]) * dZ
    of_layer = {
        Quantity.SLOPE: OfLayer(layer.dW, layer.db),
        Quantity.G: layer.g,
        Quantity.STEP: layer.step,
        Quantity.AFTER: OfLayer(layer.W_after, layer.b_after),
    }[question.quantity]
    if question.source is None:
        return float(of_layer.b[question.unit])
    return float(of_layer.W[question.source, question.unit])


def questions_of(trace: StepTrace, stage: Stage, row: int, place: Place) -> dict[Cell, Question]:
    """Return what can be asked of the numbers of a page, by where they stand on it.

    What is given is not asked for, such as the inputs, the targets and the parameters before the
    step; nor is what is not a finite number.

    Parameters
    ----------
    row, place : as of `page_of`; the place is that of the page
    """
    ask: dict[Kind, Callable[[StepTrace, int, Place], dict[Cell, Question]]] = {
        Kind.FORWARD: _of_forward,
        Kind.LOSS: _of_loss,
        Kind.BACKWARD: _of_backward,
        Kind.UPDATE: _of_update,
    }
    found = ask[stage.kind](trace, row, place)
    return _finite_ones(trace, found)


@np.errstate(all="ignore")
def _finite_ones(trace: StepTrace, found: dict[Cell, Question]) -> dict[Cell, Question]:
    """Leave out what is not a finite number."""
    return {
        cell: question
        for cell, question in found.items()
        if math.isfinite(right_value(trace, question))
    }


def unit_question(trace: StepTrace, stage: Stage, row: int, unit: Unit) -> Question:
    """Return what the number asks for that the diagram shows on a unit, which is no input."""
    layer, number = unit
    if stage.kind is Kind.LOSS and layer == len(trace.layers) and trace.sizes[-1] == 1:
        return Question(Quantity.LOSS, layer, row=row)
    is_way_back = stage.kind is Kind.BACKWARD and layer in (stage.layer, stage.layer + 1)
    return Question(Quantity.DZ if is_way_back else Quantity.A, layer, number, row)


def _of_forward(trace: StepTrace, row: int, place: Place) -> dict[Cell, Question]:
    layer, unit = place.layer, place.unit
    return {
        **_of_units(trace, (Quantity.Z, Quantity.A), row, place),
        Cell(1): Question(Quantity.Z, layer, unit, row),
        Cell(2): Question(Quantity.A, layer, unit, row),
    }


def _of_loss(trace: StepTrace, row: int, place: Place) -> dict[Cell, Question]:
    last = len(trace.layers)
    found = _of_units(trace, (Quantity.A,), row, Place(last, place.unit))
    found[Cell(1)] = Question(Quantity.LOSS, last, row=row)
    if len(trace.samples) > 1:
        found[Cell(2)] = Question(Quantity.MEAN_LOSS, last)
    return found


def _of_backward(trace: StepTrace, row: int, place: Place) -> dict[Cell, Question]:
    layer, unit = place.layer, place.unit
    found = _of_units(trace, (Quantity.DA, Quantity.DZ), row, place)
    found[Cell(1)] = Question(Quantity.DA, layer, unit, row)
    found[Cell(2)] = Question(Quantity.DZ, layer, unit, row)
    found[Cell(3)] = Question(Quantity.SLOPE, layer, unit, None, place.source)
    for column, source in enumerate(_sources(trace, place)):
        if source is not None and layer > 1:
            found[Cell(4, 0, column)] = Question(Quantity.A, layer - 1, source, row)
        # What the sample adds to the slope of a bias, once 1, is dZ.
        of_bias = Question(Quantity.DZ, layer, unit, row)
        part = Question(Quantity.PART, layer, unit, row, source)
        found[Cell(4, 1, column)] = of_bias if source is None else part
        found[Cell(4, 2, column)] = Question(Quantity.SLOPE, layer, unit, None, source)
    if place.source is not None:
        found[Cell(5)] = Question(Quantity.PART, layer, unit, row, place.source)
    return found


def _of_update(trace: StepTrace, row: int, place: Place) -> dict[Cell, Question]:
    layer, unit = place.layer, place.unit
    return {
        Cell(0): Question(Quantity.AFTER, layer, unit, None, place.source),
        **{
            Cell(1, number, column): Question(quantity, layer, unit, None, source)
            for number, quantity in enumerate((Quantity.G, Quantity.STEP, Quantity.AFTER), 1)
            for column, source in enumerate(_sources(trace, place))
        },
    }


def batch_questions(
    recipe: Recipe, trace: StepTrace, stage: Stage, row: int, place: Place
) -> dict[Cell, Question]:
    """Return what can be asked of a page of matrices; see `batch_page` and `questions_of`."""
    parts = batch_parts(recipe, trace, stage, row, place)
    found = {
        Cell(item, *at): question
        for item, part in enumerate(parts)
        if isinstance(part, Shown) and part.matrix.key in OF_MATRIX
        for at, question in _of_matrix(part).items()
    }
    if stage.kind is Kind.LOSS and len(trace.samples) > 1:
        found[Cell(len(parts))] = Question(Quantity.MEAN_LOSS, len(trace.layers))
    return _finite_ones(trace, found)


def _of_matrix(shown: Shown) -> dict[tuple[int, int], Question]:
    """Return the questions of a matrix, by row and column of its table."""
    matrix, rows, columns = shown
    quantity, biases = OF_MATRIX[matrix.key], len(matrix.rows) - 1
    found = {}
    for at_row, row in enumerate(rows):
        for at_column, unit in enumerate(columns):
            if matrix.is_of_samples:
                question = Question(quantity, matrix.layer, unit, row)
            else:
                source = None if row == biases else row
                question = Question(quantity, matrix.layer, unit, None, source)
            found[at_row, at_column] = question
    return found


def _of_units(
    trace: StepTrace, quantities: tuple[Quantity, ...], row: int, place: Place
) -> dict[Cell, Question]:
    """Return what a table of the units of a layer shows, which is the first item of its page."""
    units = shown_columns(trace.sizes[place.layer], place.unit)
    return {
        Cell(0, number, column): Question(quantity, place.layer, unit, row)
        for number, quantity in enumerate(quantities)
        for column, unit in enumerate(units)
    }


def _sources(trace: StepTrace, place: Place) -> list[int | None]:
    """Return where the weights come from that a table of parameters shows; None for the bias."""
    return [*shown_columns(trace.sizes[place.layer - 1], place.source or 0), None]
