"""What each slip gives: of a question, the values that this very slip has in this network."""

from collections.abc import Iterator

import numpy as np

from mlpviz.engine import Array
from mlpviz.experiment.language import tr
from mlpviz.experiment.run.trace import StepTrace
from mlpviz.experiment.workbook.reckoning import Keep, Reckoning, Slip, as_it_is
from mlpviz.experiment.workbook.step_questions import Question, right_value

WHOLE = -1  # made in all formulas of the step
# In which formulas a slip is looked for: in the last alone (0), in the one before it too, and so
# on. Far back only what goes on from layer to layer by its nature; the rest is seen where it is
# made, for every number on the way can be asked for, too.
REACHES = {
    Slip.SIGN: (0, 1),
    Slip.SLOPE_FORGOTTEN: (0, 1, 2, 3, 4, 5, WHOLE),
    Slip.SHARE_FORGOTTEN: (0, 1, 2, 3),
    Slip.TRANSPOSED: (0, 1, 2, 3),
    Slip.BIAS_MISSING: (0, 1),
    Slip.RATE_FORGOTTEN: (0, 1),
    Slip.A_FOR_Z: (0,),
    Slip.Z_FOR_A: (0, 1),
    Slip.SUM_FOR_MEAN: (0,),
    Slip.UPDATED_WEIGHTS: (0, 1, 2, 3, 4, 5, WHOLE),
    Slip.ROUNDED: (0, 1, 2, WHOLE),
}


def slip_values(trace: StepTrace, question: Question) -> Iterator[tuple[Slip, float]]:
    """Yield each slip but that of rounding with a value that it gives.

    A slip may have several values, as it may be made in one formula or in several. Of one that has
    no place in what is asked for, the value is the right one, or no number.
    """
    yield Slip.SIGN, -right_value(trace, question)
    for slip in Slip:
        if slip is not Slip.ROUNDED:
            reckoning = Reckoning(trace, question, slip)
            for reach in _reaches(trace, slip):
                yield slip, reckoning.value(reach)


def rounded_values(
    trace: StepTrace, question: Question, digits: int, decimals: int
) -> Iterator[float]:
    """Yield what comes out where numbers on the way are rounded.

    They are rounded to so many digits that count, or to so many decimals; with what is given, or
    without; one formula back, or several; and the terms of the last sum on their own.
    """
    for keep in (_to_digits(digits), _to_decimals(decimals)):
        for keep_given in (as_it_is, keep):
            reckoning = Reckoning(trace, question, None, keep, keep_given)
            for reach in _reaches(trace, Slip.ROUNDED):
                yield reckoning.value(reach)
            yield Reckoning(trace, question, None, as_it_is, keep_given, keep).value(0)
            yield Reckoning(trace, question, None, keep, keep_given, keep).value(0)


def slip_sentence(slip: Slip) -> str:
    """Say what a slip is."""
    return {
        Slip.SIGN: tr("This comes out where a sign is turned round."),
        Slip.SLOPE_FORGOTTEN: tr(
            "This comes out where the slope f′ of the activation is forgotten."
        ),
        Slip.SHARE_FORGOTTEN: tr(
            "This comes out where the division by the number of samples is forgotten."
        ),
        Slip.TRANSPOSED: tr(
            "This comes out where a matrix is transposed the wrong way: rows are taken for columns."
        ),
        Slip.BIAS_MISSING: tr("This comes out where the bias is missing."),
        Slip.RATE_FORGOTTEN: tr("This comes out where the learning rate η is forgotten."),
        Slip.A_FOR_Z: tr("This comes out where A stands in the place of Z."),
        Slip.Z_FOR_A: tr("This comes out where Z stands in the place of A."),
        Slip.SUM_FOR_MEAN: tr("This comes out where a sum stands in the place of the mean."),
        Slip.UPDATED_WEIGHTS: tr(
            "This comes out where the weights after the step are used on the way back; those "
            "before it belong there."
        ),
        Slip.ROUNDED: tr(
            "This comes out where numbers on the way are rounded: keep more digits until the end."
        ),
    }[slip]


def _reaches(trace: StepTrace, slip: Slip) -> list[int]:
    """Return how many formulas back a slip is made."""
    whole = 6 * (len(trace.layers) + 1)  # more than a step has one behind the other
    return [whole if reach == WHOLE else reach for reach in REACHES[slip]]


def _to_digits(digits: int) -> Keep:
    """Return what rounds to so many digits that count."""

    def keep(values: Array) -> Array:
        sizes = np.where(np.isfinite(values) & (values != 0.0), np.abs(values), 1.0)
        # Divided by a power of ten: a product with one below 1 would be off in its last digit.
        place = digits - 1 - np.floor(np.log10(sizes))
        up, down = 10.0 ** np.maximum(place, 0.0), 10.0 ** np.maximum(-place, 0.0)
        result: Array = np.round(values * up / down) * down / up
        return result

    return keep


def _to_decimals(decimals: int) -> Keep:
    """Return what rounds to so many decimals."""

    def keep(values: Array) -> Array:
        return np.round(values, decimals)

    return keep
