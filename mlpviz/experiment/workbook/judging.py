"""Whether an answer is right, and if not, which slip it is."""

import math
from collections.abc import Callable
from enum import Enum
from typing import NamedTuple

from mlpviz.experiment.language import tr, tr_plural
from mlpviz.experiment.run.trace import StepTrace
from mlpviz.experiment.words.step_numbers import USUAL_DIGITS, digits_text
from mlpviz.experiment.workbook.reckoning import Slip
from mlpviz.experiment.workbook.slips import rounded_values, slip_sentence, slip_values
from mlpviz.experiment.workbook.step_questions import Question, right_value
from mlpviz.experiment.workbook.typed_number import Typed, typed_number

LEAST_DIGITS = 2  # of an answer that is not exact
EXACT = 1e-12  # relative; so well all numbers of a step are known


class Verdict(Enum):
    """What an answer is."""

    RIGHT = "right"
    SLIP = "slip"
    NOT_THIS = "not_this"
    TOO_FEW_DIGITS = "too_few_digits"
    UNREADABLE = "unreadable"


class Judgement(NamedTuple):
    """What an answer is, and what is said of it; the right number is not told.

    Parameters
    ----------
    slips : that give these digits, in the order of `Slip`; none where it is no slip
    """

    verdict: Verdict
    sentence: str
    slips: tuple[Slip, ...] = ()


def _go_on() -> None:
    """Let the search for a slip go on."""


def judged(
    trace: StepTrace,
    question: Question,
    text: str,
    digits: int = USUAL_DIGITS,
    heed: Callable[[], None] = _go_on,
) -> Judgement:
    """Judge what was typed.

    A number is right to the digits typed: it is off by no more than half a unit of its last digit.
    One of fewer digits than `LEAST_DIGITS`, such as 0, is taken for exact. An expression, which is
    exact, is judged by the digits that the step shows.

    Parameters
    ----------
    text : what was typed
    digits : with which the step is shown
    heed : is called between two slips, and may raise to end the search
    """
    at_once = judged_at_once(trace, question, text, digits)
    if at_once is not None:
        return at_once
    typed = typed_number(text)
    meant = _meant(typed, digits)
    slips = _slips(trace, question, meant, heed)
    if slips:
        return Judgement(Verdict.SLIP, _slips_sentence(slips), slips)
    if _has_few(typed):
        return Judgement(Verdict.TOO_FEW_DIGITS, _few_sentence(typed.digits or 0))
    return Judgement(
        Verdict.NOT_THIS, tr("Not this. None of the usual slips gives this number, either.")
    )


def judged_at_once(
    trace: StepTrace, question: Question, text: str, digits: int = USUAL_DIGITS
) -> Judgement | None:
    """Judge what needs no look at the slips, which takes long: None for what may be one.

    Parameters
    ----------
    text, digits : likewise
    """
    try:
        typed = typed_number(text)
    except ValueError as problem:
        return Judgement(Verdict.UNREADABLE, str(problem))
    right = right_value(trace, question)
    if _fits(_meant(typed, digits), right, right):
        return Judgement(Verdict.RIGHT, _right_sentence(typed, digits))
    return None


def _has_few(typed: Typed) -> bool:
    return typed.digits is not None and typed.digits < LEAST_DIGITS


def _meant(typed: Typed, digits: int) -> Typed:
    """Return how exact an answer is meant: one of few digits wholly."""
    return typed._replace(unit=0.0) if _has_few(typed) else _as_number(typed, digits)


def _as_number(typed: Typed, digits: int) -> Typed:
    """Take the value of an expression as if it were typed with so many digits."""
    if typed.digits is not None:
        return typed
    size = abs(typed.value)
    if size == 0.0:
        return typed  # 0 has no digits that could be rounded
    first = math.floor(math.log10(size))
    return Typed(typed.value, digits, 10.0 ** (first - digits + 1))


def _fits(typed: Typed, value: float, right: float) -> bool:
    """Tell whether a value has the digits typed."""
    return abs(typed.value - value) <= 0.5 * typed.unit + EXACT * abs(right)


def _slips(
    trace: StepTrace, question: Question, typed: Typed, heed: Callable[[], None]
) -> tuple[Slip, ...]:
    """Return which slips give the digits typed; the right answer does not."""
    right, found = right_value(trace, question), set()
    for slip, value in slip_values(trace, question):
        heed()
        if _fits(typed, value, right):
            found.add(slip)
    if typed.unit > 0.0:
        decimals = round(-math.log10(typed.unit))
        for value in rounded_values(trace, question, typed.digits or 0, decimals):
            heed()
            if _fits(typed, value, right):
                found.add(Slip.ROUNDED)
                break
    return tuple(slip for slip in Slip if slip in found)


def _right_sentence(typed: Typed, digits: int) -> str:
    if typed.digits is None:
        return tr_plural(
            "Right to {count} digit: it is {value}.",
            "Right to {count} digits: it is {value}.",
            digits,
            value=digits_text(typed.value, digits),
        )
    if typed.digits < LEAST_DIGITS:
        return tr("Right.")
    return tr_plural(
        "Right to the {count} digit typed.", "Right to the {count} digits typed.", typed.digits
    )


def _slips_sentence(slips: tuple[Slip, ...]) -> str:
    """Name the slips, each in a sentence of its own."""
    first = tr("Not this.")
    if len(slips) > 1:
        first = tr_plural(
            "Not this. {count} slip gives these digits.",
            "Not this. {count} slips give these digits.",
            len(slips),
        )
    return " ".join([first, *map(slip_sentence, slips)])


def _few_sentence(count: int) -> str:
    return tr_plural(
        "Type at least {least} digits that count: here is {count}.",
        "Type at least {least} digits that count: here are {count}.",
        count,
        least=LEAST_DIGITS,
    )
