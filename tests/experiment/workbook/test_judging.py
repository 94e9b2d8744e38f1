"""Right answers are accepted however they are written, wrong ones never."""

import math
import random
from fractions import Fraction

import pytest
from experiment.workbook.slip_cases import all_questions, random_trace

from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.run import Run
from mlpviz.experiment.run.trace import StepTrace, step_trace
from mlpviz.experiment.words.step_numbers import digits_text
from mlpviz.experiment.workbook.judging import Judgement, Verdict, judged
from mlpviz.experiment.workbook.step_questions import Quantity, Question, right_value

NOTATIONS = ("point", "comma", "fraction", "product")


@pytest.fixture(scope="module")
def trace() -> StepTrace:
    run = Run(Recipe(dataset="xor", weight_seed=1, epochs=60))
    run.advance(60)
    return step_trace(run.training)


def decimal(value: float, digits: int) -> str:
    """Write a number with so many digits that count, without an exponent where that is short."""
    rounded = float(f"{value:.{digits - 1}e}")
    place = digits - 1 - math.floor(math.log10(abs(rounded))) if rounded else digits
    return f"{rounded:.{place}f}" if 0 <= place < 9 else f"{value:.{digits - 1}e}"


def in_notation(value: float, digits: int, notation: str, rng: random.Random) -> str:
    text = decimal(value, digits)
    if notation == "comma":
        return text.replace(".", ",")
    if notation == "fraction":
        # A small number has its digits only over a large one.
        most = 10 ** (digits + 3) * max(1, round(1.0 / abs(value)))
        share = Fraction(value).limit_denominator(most)
        return f"{share.numerator}/{share.denominator}" if share else text
    if notation == "product":
        factor = rng.uniform(0.2, 5.0)
        return f"{factor!r}*({value / factor!r})".replace("-", "−")
    return text


def asked(seed: int) -> tuple[StepTrace, list[Question]]:
    trace = random_trace(seed)
    questions = all_questions(trace, seed % len(trace.samples))
    return trace, [question for question in questions if right_value(trace, question) != 0.0]


def answers(seeds: range, most: int) -> int:
    """Type right answers in every notation; return how many were tried."""
    count = 0
    for seed in seeds:
        rng = random.Random(seed)
        trace, questions = asked(seed)
        for question in rng.sample(questions, min(most, len(questions))):
            value, digits = right_value(trace, question), rng.randint(2, 8)
            for notation in NOTATIONS:
                text = in_notation(value, digits, notation, rng)
                judgement = judged(trace, question, text, digits)
                assert judgement.verdict is Verdict.RIGHT, (question, value, text, judgement)
                count += 1
    return count


def test_a_thousand_right_answers_in_four_notations_are_accepted() -> None:
    assert answers(range(12), 21) >= 1000


@pytest.mark.slow
def test_so_are_many_more() -> None:
    assert answers(range(12, 60), 60) > 10_000


def wrong_answers(seeds: range, most: int) -> int:
    """Type what is off by more than half a unit, near and far; return how many were tried."""
    count = 0
    for seed in seeds:
        rng = random.Random(seed)
        trace, questions = asked(seed)
        for question in rng.sample(questions, min(most, len(questions))):
            value, digits = right_value(trace, question), rng.randint(2, 8)
            mantissa, _, power = f"{value:.{digits - 1}e}".partition("e")
            unit = Fraction(10) ** (int(power) - digits + 1)
            for off in (1, -1, 2, 7, rng.randint(8, 10**digits)):
                wrong = Fraction(f"{mantissa}e{power}") + off * unit
                text = decimal(float(wrong), digits)
                typed_unit = Fraction(10) ** (_last_place(text))
                if abs(Fraction(text) - Fraction(value)) <= typed_unit / 2:
                    continue  # one digit more stands before the point: it is right to its digits
                written = rng.choice((text, text.replace(".", ",")))
                verdict = judged(trace, question, written, digits).verdict
                assert verdict in (Verdict.SLIP, Verdict.NOT_THIS), (question, value, text)
                count += 1
    return count


def _last_place(text: str) -> int:
    mantissa, _, power = text.partition("e")
    return int(power or 0) - len(mantissa.partition(".")[2])


def test_zero_is_right_only_where_the_number_is_zero() -> None:
    trace, questions = asked(16)
    smallest = sorted(questions, key=lambda question: abs(right_value(trace, question)))[:8]
    assert 0.0 < abs(right_value(trace, smallest[0])) < 1e-3
    for question in smallest:
        for text in ("0", "0.000", "1-1", "0*0.1"):
            assert judged(trace, question, text).verdict is not Verdict.RIGHT, question


def test_no_wrong_answer_is_called_right() -> None:
    assert wrong_answers(range(3), 8) > 100


@pytest.mark.slow
def test_of_many_none_is() -> None:
    assert wrong_answers(range(3, 53), 40) > 8_000


def judge(trace: StepTrace, text: str, digits: int = 3) -> Judgement:
    """Judge an answer to the first question there is."""
    return judged(trace, Question(Quantity.Z, 2, 1, 3), text, digits)


def test_an_answer_is_right_to_half_a_unit_of_its_last_digit(trace: StepTrace) -> None:
    right = right_value(trace, Question(Quantity.Z, 2, 1, 3))
    for digits in (2, 3, 6):
        judgement = judge(trace, f"{right:.{digits - 1}e}")
        assert judgement == (Verdict.RIGHT, f"Right to the {digits} digits typed.", ())
    near = float(f"{right:.2f}")
    assert judge(trace, f"{near + 0.01:.2f}").verdict is not Verdict.RIGHT
    assert judge(trace, f"{near - 0.01:.2f}").verdict is not Verdict.RIGHT


def test_what_the_step_shows_can_be_typed_as_it_stands_there(trace: StepTrace) -> None:
    for question in all_questions(trace, 3):
        value = right_value(trace, question)
        for digits in (2, 3, 8):
            text = digits_text(value, digits)
            assert judged(trace, question, text, digits).verdict is Verdict.RIGHT, text


def test_one_digit_is_too_few_where_it_is_not_exact(trace: StepTrace) -> None:
    right = right_value(trace, Question(Quantity.Z, 2, 1, 3))
    judgement = judge(trace, f"{right:.0f}")
    assert judgement.verdict is Verdict.TOO_FEW_DIGITS
    assert judgement.sentence == "Type at least 2 digits that count: here is 1."
    nothing = judged(trace, Question(Quantity.SLOPE, 2, 1, None, 0), "0.00")
    assert nothing.sentence == "Type at least 2 digits that count: here are 0."


def test_a_single_digit_that_is_exact_is_right() -> None:
    run = Run(Recipe(hidden_activation="relu", dataset="xor", epochs=3))
    run.advance(3)
    trace = step_trace(run.training)
    row, unit = (int(i[0]) for i in (trace.layers[0].A == 0.0).nonzero())
    question = Question(Quantity.A, 1, unit, row)
    for text in ("0", "0.0", "0,00", "−0", "1-1"):
        assert judged(trace, question, text).verdict is Verdict.RIGHT
    assert judged(trace, question, "0").sentence == "Right."
    assert judged(trace, question, "0.01").verdict is not Verdict.RIGHT


def test_an_expression_is_judged_by_the_digits_shown_and_its_value_is_told(
    trace: StepTrace,
) -> None:
    right = right_value(trace, Question(Quantity.Z, 2, 1, 3))
    judgement = judge(trace, f"2*{right / 2.0:.5f}", 4)
    assert judgement.verdict is Verdict.RIGHT
    assert judgement.sentence == f"Right to 4 digits: it is {digits_text(right, 4)}."
    assert judge(trace, f"2*{right / 2.0:.1f}", 6).verdict is not Verdict.RIGHT


def test_a_sum_of_the_numbers_shown_that_misses_the_digits_shown_was_rounded_too_early(
    trace: StepTrace,
) -> None:
    layer, digits, found = trace.layers[1], 3, 0
    for row in range(len(trace.samples)):
        for unit in range(4):
            A, W = trace.layers[0].A[row], layer.W_before[:, unit]
            terms = [
                f"{digits_text(w, digits)}·({digits_text(a, digits)})"
                for w, a in zip(W, A, strict=True)
            ]
            text = " + ".join([*terms, f"({digits_text(float(layer.b_before[unit]), digits)})"])
            judgement = judged(trace, Question(Quantity.Z, 2, unit, row), text, digits)
            if judgement.verdict is not Verdict.RIGHT:
                assert "keep more digits" in judgement.sentence
                found += 1
    assert found > 5


def test_what_cannot_be_read_and_what_fits_no_slip_are_told(trace: StepTrace) -> None:
    assert judge(trace, "1,000.5").verdict is Verdict.UNREADABLE
    assert judge(trace, "W1").sentence == (
        "A number may have digits, + − * / ^ and brackets. Got W."
    )
    assert judge(trace, "123.456") == (
        Verdict.NOT_THIS,
        "Not this. None of the usual slips gives this number, either.",
        (),
    )
