"""What can be typed as a number, and what is said of all else."""

import atexit
import math
from fractions import Fraction
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.configuration import set_hypothesis_home_dir

from mlpviz.experiment.workbook.typed_number import (
    MOST_CHARACTERS,
    MOST_DEPTH,
    Typed,
    typed_number,
)

# What hypothesis writes while tests are collected is not left in the checkout.
HOME = TemporaryDirectory(prefix="hypothesis")
atexit.register(HOME.cleanup)
set_hypothesis_home_dir(HOME.name)
BOUNDED = settings(derandomize=True, database=None, deadline=None, max_examples=200)


def refusal_of(text: str) -> str:
    """Return what is said of a text that cannot be read; "" of one that can."""
    try:
        typed_number(text)
    except ValueError as problem:
        return str(problem)
    return ""


@pytest.mark.parametrize(
    ("text", "value", "digits", "unit"),
    [
        ("0.143", 0.143, 3, 0.001),
        ("0,143", 0.143, 3, 0.001),
        (",5", 0.5, 1, 0.1),
        ("-1.790", -1.79, 4, 0.001),
        ("−1.79", -1.79, 3, 0.01),
        ("+12", 12.0, 2, 1.0),
        (" - 2.5 ", -2.5, 2, 0.1),
        ("0.0120", 0.012, 3, 0.0001),
        ("0.00", 0.0, 0, 0.01),
        ("1.25e-3", 0.00125, 3, 1e-5),
        ("1,25E3", 1250.0, 3, 10.0),
        ("1.23·10⁻⁵", 1.23e-5, 3, 1e-7),
        ("1.23*10^-5", 1.23e-5, 3, 1e-7),
        ("−1.23 × 10**2", -123.0, 3, 1.0),
        ("(0.14)", 0.14, 2, 0.01),
    ],
)
def test_a_number_has_the_digits_that_stand_there(
    text: str, value: float, digits: int, unit: float
) -> None:
    typed = typed_number(text)
    assert typed.digits == digits
    assert (typed.value, typed.unit) == pytest.approx((value, unit), rel=1e-15)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("3/8", 0.375),
        ("0.4*0.15", 0.06),
        ("0,4·0,15", 0.06),
        ("0.4 × 0.15", 0.06),
        ("0.83·(−2.41) + 0.12", 0.83 * -2.41 + 0.12),
        ("1 - 2 - 3", -4.0),
        ("8/2/2", 2.0),
        ("8÷2*4", 16.0),
        ("2+3*4", 14.0),
        ("(2+3)*4", 20.0),
        ("-2^2", -4.0),
        ("(-2)^2", 4.0),
        ("0.5²*2^-1", 0.125),
        ("--2", 2.0),
        ("2*-3", -6.0),
        ("0.1*(1-0.1)", 0.09),
    ],
)
def test_an_expression_is_reckoned_and_exact(text: str, value: float) -> None:
    typed = typed_number(text)
    assert typed.value == pytest.approx(value, rel=1e-14)
    if text != "--2":  # still one number
        assert typed == Typed(typed.value)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "A number must have a digit. Got nothing."),
        ("   ", "A number must have a digit. Got nothing."),
        (
            "1.000,5",
            "A number must have one decimal sign, a point or a comma. Got both: 1.000,5.",
        ),
        ("1 000", "Between two numbers must stand + − * or /. Got 1 000."),
        ("1.2.3", "Between two numbers must stand + − * or /. Got 1.2 .3."),
        ("2(3)", "Between two numbers must stand + − * or /. Got 2 (."),
        ("sin(1)", "A number may have digits, + − * / ^ and brackets. Got sin."),
        ("nan", "A number may have digits, + − * / ^ and brackets. Got nan."),
        ("1;2", "A number may have digits, + − * / ^ and brackets. Got ;."),
        ("__import__", "A number may have digits, + − * / ^ and brackets. Got _."),
        ("1e", "A number may have digits, + − * / ^ and brackets. Got e."),
        ("٣", "A number may have digits, + − * / ^ and brackets. Got ٣."),
        ("1+", "A number or a bracket must stand here. Got the end."),
        ("*2", "A number or a bracket must stand here. Got *."),
        ("()", "A number or a bracket must stand here. Got )."),
        ("(1+2", "Each ( must have a ) after it. Got the end."),
        ("1)", "Each ) must have a ( before it. Got one ) more."),
        ("1/0", "Nothing can be divided by 0."),
        ("1/(2-2)", "Nothing can be divided by 0."),
        ("0^-1", "Nothing can be divided by 0."),
        ("2^0.5", "A power must be a whole number, such as 2. Got 0.5."),
        ("2^", "A power must be a whole number, such as 2. Got the end."),
        ("2^401", "A power must be from −400 to 400. Got 401."),
        ("1e9999", "A power must be from −400 to 400. Got 9999."),
        ("1e400", "A number must be less than 10³⁰⁸. Got a larger one."),
        ("9e200^2", "A number must be less than 10³⁰⁸. Got a larger one."),
        ("9e200*9e200", "A number must be less than 10³⁰⁸. Got a larger one."),
        ("1e-399", "A number must not be so small. Got 1e-399."),
        ("1" * 201, "A number must have at most 200 characters. Got 201."),
        ("(" * 21 + "1" + ")" * 21, "At most 20 brackets and signs may be within each other."),
        ("-" * 30 + "1", "At most 20 brackets and signs may be within each other."),
    ],
)
def test_what_cannot_be_read_is_named_in_a_sentence(text: str, sentence: str) -> None:
    assert refusal_of(text) == sentence


numbers = st.integers(0, 99_999).flatmap(
    lambda n: st.integers(0, 4).map(lambda k: (f"{n / 10**k:.{k}f}", Fraction(n, 10**k)))
)


def bracketed(
    inner: st.SearchStrategy[tuple[str, Fraction]],
) -> st.SearchStrategy[tuple[str, Fraction]]:
    def joined(
        parts: tuple[tuple[str, Fraction], str, tuple[str, Fraction]],
    ) -> tuple[str, Fraction]:
        (left, a), sign, (right, b) = parts
        result = {"+": a + b, "−": a - b, "·": a * b}[sign]
        return f"({left} {sign} {right})", result

    return st.tuples(inner, st.sampled_from("+−·"), inner).map(joined)


@BOUNDED
@given(st.recursive(numbers, bracketed, max_leaves=8))
def test_sums_and_products_in_brackets_have_the_value_of_exact_arithmetic(
    written: tuple[str, Fraction],
) -> None:
    text, value = written
    if len(text) <= MOST_CHARACTERS:
        size = max(1.0, abs(float(value)))
        assert typed_number(text).value == pytest.approx(float(value), abs=1e-6 * size)


@BOUNDED
@given(st.floats(-1e12, 1e12, allow_nan=False), st.integers(2, 12), st.sampled_from(".,"))
def test_a_number_is_read_back_as_it_is_written(value: float, digits: int, sign: str) -> None:
    text = f"{value:.{digits - 1}e}"
    typed = typed_number(text.replace(".", sign).replace("-", "−", 1 if value < 0 else 0))
    assert typed.value == float(text)
    assert typed.digits == (digits if float(text) else 0)


@BOUNDED
@given(st.text(st.sampled_from("0123456789.,eE+-−*·×/÷^()⁻⁵² x_n"), max_size=60))
def test_any_text_is_read_or_refused_with_a_sentence(text: str) -> None:
    refusal = refusal_of(text)
    if refusal:
        assert refusal.endswith(".")
        assert "{" not in refusal
    else:
        typed = typed_number(text)
        assert math.isfinite(typed.value)
        assert (typed.digits is None) == (typed.unit == 0.0)


def test_as_many_brackets_as_may_be_are_read() -> None:
    assert typed_number("(" * MOST_DEPTH + "7" + ")" * MOST_DEPTH).value == 7.0
