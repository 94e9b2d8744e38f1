"""Each slip is recognised by the value that it gives, which is worked out in `slip_cases`."""

import numpy as np
import pytest
from experiment.workbook.slip_cases import LAYER, Case, S, U, cases_of, random_trace

from mlpviz.experiment.run.trace import StepTrace
from mlpviz.experiment.workbook.judging import Verdict, judged
from mlpviz.experiment.workbook.reckoning import Slip
from mlpviz.experiment.workbook.slips import slip_sentence
from mlpviz.experiment.workbook.step_questions import Quantity, Question, right_value

COMPUTED = [slip for slip in Slip if slip is not Slip.ROUNDED]
DIGITS = 6
FEW, MANY = range(4), range(4, 54)


def written(value: float, digits: int = DIGITS) -> str:
    return f"{value:.{digits - 1}e}"


def is_told(trace: StepTrace, case: Case, slip: Slip) -> bool:
    """Type what a slip gives; return False where it gives the right digits, as it may."""
    question, value = case
    text = written(value)
    right = right_value(trace, question)
    unit = 10.0 ** (int(text.partition("e")[2]) - DIGITS + 1)
    if not np.isfinite(value) or abs(float(text) - right) <= 0.5001 * unit:
        return False
    judgement = judged(trace, question, text)
    assert judgement.verdict is Verdict.SLIP, (question, text, right)
    assert slip in judgement.slips, (question, text, right, judgement.slips)
    assert slip_sentence(slip) in judgement.sentence
    return True


def told(seed: int, slip: Slip) -> int:
    """Return how many values of a slip were recognised at the first sample where it matters.

    Of a ReLU, A is Z where that is above 0: to take the one for the other is no slip there.
    """
    trace = random_trace(seed)
    for row in range(len(trace.samples)):
        count = sum(is_told(trace, case, slip) for case in cases_of(trace, slip, row))
        if count > 0:
            return count
    return 0


@pytest.mark.parametrize("slip", COMPUTED)
def test_a_slip_is_recognised_in_random_networks(slip: Slip) -> None:
    assert all(told(seed, slip) > 0 for seed in FEW)


@pytest.mark.slow
@pytest.mark.parametrize("slip", COMPUTED)
def test_it_is_so_in_fifty_more(slip: Slip) -> None:
    silent = [seed for seed in MANY if told(seed, slip) == 0]
    if slip is Slip.Z_FOR_A:  # where all Z are above 0
        silent = [seed for seed in silent if "relu" not in random_trace(seed).activations[1]]
    assert not silent


def rounded(values: np.ndarray, digits: int) -> np.ndarray:
    return np.array([float(f"{value:.{digits - 1}e}") for value in values])


def rounded_too_early(seed: int) -> int:
    """Work Z out from numbers of few digits, and dW; return how often that was recognised."""
    trace, digits, count = random_trace(seed), 3, 0
    first, layer, _ = trace.layers
    for row in range(min(6, len(trace.samples))):
        A = rounded(first.A[row], digits)
        Z = float(A @ rounded(layer.W_before[:, U], digits)) + float(
            rounded(layer.b_before[[U]], digits)[0]
        )
        d, a = float(rounded(layer.dZ[row, [U]], digits)[0]), float(A[S])
        for question, value in (
            (Question(Quantity.Z, LAYER, U, row), Z),
            (Question(Quantity.PART, LAYER, U, row, S), a * d),
        ):
            judgement = judged(trace, question, written(value, digits))
            assert judgement.verdict in (Verdict.SLIP, Verdict.RIGHT), question
            if judgement.verdict is Verdict.SLIP:
                assert Slip.ROUNDED in judgement.slips
                count += 1
    return count


def test_what_was_rounded_too_early_is_recognised() -> None:
    assert sum(rounded_too_early(seed) for seed in FEW) > 4


@pytest.mark.slow
def test_it_is_recognised_in_fifty_more() -> None:
    assert sum(rounded_too_early(seed) for seed in MANY) > 50


def test_two_slips_that_give_the_same_digits_are_both_named() -> None:
    trace = random_trace(1)
    first, layer, _ = trace.layers
    question = Question(Quantity.Z, LAYER, U, 0)
    no_bias = float(first.A[0] @ layer.W_before[:, U])
    digits = next(
        digits
        for digits in range(2, 9)
        if judged(trace, question, written(no_bias, digits)).verdict is Verdict.SLIP
    )
    one = judged(trace, question, written(no_bias, 9))
    assert one.slips == (Slip.BIAS_MISSING,)
    assert one.sentence == "Not this. This comes out where the bias is missing."
    assert digits <= 9
    dZ = Question(Quantity.DZ, 3, 0, 0)
    negative = judged(trace, dZ, written(-right_value(trace, dZ), 8))
    assert negative.slips == (Slip.SIGN,)
