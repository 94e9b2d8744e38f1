"""Practice: a stage is worked first, then has one blank, two, and all, each on another sample.

After such a ladder comes that of another kind of stage: forward, loss, backward, update, and round
again with the next layer. Only what the page itself gives the numbers for is left blank.
"""

import math
from dataclasses import dataclass, replace

from mlpviz.experiment.run.places import Place
from mlpviz.experiment.run.trace import StepTrace
from mlpviz.experiment.words.step_stages import Kind, Stage
from mlpviz.experiment.workbook.step_questions import (
    Quantity,
    Question,
    questions_of,
)

FEW = (0, 1, 2)  # blanks of the first rungs; the last has all
STRIDE = 0.382  # of the samples, from one to the next: neighbours are often alike


@dataclass(frozen=True, slots=True)
class Practice:
    """Where in practice somebody is.

    Parameters
    ----------
    number : of the stage
    layer : counted from 1, that is practised on the way forward and back
    rung : of the ladder, from 0 for the worked stage
    turn : how often all kinds of stages have been gone through
    """

    number: int
    layer: int
    rung: int = 0
    turn: int = 0


def rungs_of(
    trace: StepTrace, stage: Stage, row: int, place: Place
) -> tuple[frozenset[Question], ...]:
    """Return the blanks of each rung of a stage; the first has none.

    The last number of a calculation is the first to be left blank: all before it is there still.

    Parameters
    ----------
    row, place : as of `questions_of`
    """
    there = set(questions_of(trace, stage, row, place).values())
    blanks = [question for question in _blanks(trace, stage, row, place) if question in there]
    counts = sorted({min(count, len(blanks)) for count in (*FEW, len(blanks))})
    return tuple(frozenset(blanks[:count]) for count in counts)


def _blanks(trace: StepTrace, stage: Stage, row: int, place: Place) -> list[Question]:
    """Return what the page of a unit gives the numbers for, the last of a calculation first."""
    layer, unit = place.layer, place.unit
    sources = [*range(trace.sizes[layer - 1]), None]
    match stage.kind:
        case Kind.FORWARD:
            return [Question(of, layer, unit, row) for of in (Quantity.A, Quantity.Z)]
        case Kind.LOSS:
            return [Question(Quantity.LOSS, layer, row=row)]
        case Kind.BACKWARD:
            slopes = [Question(of, layer, unit, row) for of in (Quantity.DZ, Quantity.DA)]
            parts = [Question(Quantity.PART, layer, unit, row, source) for source in sources]
            return [*slopes, *parts]
    # The step of other optimizers is made of what they remember, which has no room on the page.
    is_plain = trace.rule.optimizer == "gradient_descent"
    quantities = (Quantity.AFTER, Quantity.STEP) if is_plain else (Quantity.AFTER,)
    return [Question(of, layer, unit, None, source) for source in sources for of in quantities]


def gone_on(practice: Practice, stages: tuple[Stage, ...], rungs: int) -> Practice:
    """Return the next rung, or the first one of the next kind of stage.

    Parameters
    ----------
    stages : of the step
    rungs : of the present stage
    """
    if practice.rung + 1 < rungs:
        return replace(practice, rung=practice.rung + 1)
    layers = stages[-1].layer
    turn, layer = practice.turn, min(practice.layer, layers)
    match stages[practice.number].kind:
        case Kind.FORWARD:
            stage = Stage(Kind.LOSS, layers)
        case Kind.LOSS:
            stage = Stage(Kind.BACKWARD, layer)
        case Kind.BACKWARD:
            stage = Stage(Kind.UPDATE, layers)
        case Kind.UPDATE:
            turn, layer = turn + 1, layer % layers + 1
            stage = Stage(Kind.FORWARD, layer)
    return Practice(stages.index(stage), layer, turn=turn)


def next_sample(sample: int, count: int) -> int:
    """Return the sample after one: in this order each comes once before any comes again."""
    stride = max(1, round(STRIDE * count))
    while math.gcd(stride, count) > 1:
        stride += 1
    return (sample + stride) % count


def moment_of(turn: int, epochs: int) -> int:
    """Return the epoch that is practised with, for its other weights.

    It is the last one at first, then that at 1/2 of the run, 1/4, 3/4, 1/8 and so on.

    Parameters
    ----------
    epochs : that the run has been trained for
    """
    share, step = (1.0, 1.0) if turn == 0 else (0.0, 1.0)
    while turn > 0:
        step /= 2.0
        turn, bit = divmod(turn, 2)
        share += bit * step
    return int(share * epochs)
