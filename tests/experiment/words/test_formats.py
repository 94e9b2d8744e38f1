"""Numbers as they stand on the screen."""

import math

import pytest

from mlpviz.experiment.words.formats import (
    accuracy_text,
    activation_text,
    chip_text,
    epoch_text,
    loss_text,
    not_finite,
    scientific,
    share_text,
    short_text,
    signed_text,
    speed_text,
    value_text,
    without_noise,
)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "0.00"),
        (-0.001, "0.00"),
        (-1.5, "−1.50"),
        (999.0, "999.00"),
        (1000.0, "1.00e3"),
        (-1.234e-7, "0.00"),
        (-1e-300, "0.00"),
        (-2.5e12, "−2.50e12"),
        (math.nan, "not a number"),
        (math.inf, "infinite"),
        (-math.inf, "− infinite"),
    ],
)
def test_a_value_has_two_decimals_and_a_true_minus(value: float, text: str) -> None:
    assert value_text(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.5, "+0.50"), (-0.5, "−0.50"), (0.001, "0.00"), (0.0, "0.00"), (math.inf, "infinite")],
)
def test_a_signed_value_shows_its_sign_unless_it_reads_as_zero(value: float, text: str) -> None:
    assert signed_text(value) == text


@pytest.mark.parametrize(
    ("loss", "text"),
    [
        (0.0, "0.0000"),
        (0.25, "0.2500"),
        (0.0001, "0.0001"),
        (9.9e-5, "9.90e−5"),
        (9999.0, "9999.0000"),
        (10_000.0, "1.00e4"),
        (-0.5, "−0.5000"),
        (math.nan, "not a number"),
        (math.inf, "infinite"),
    ],
)
def test_a_loss_has_four_decimals_or_a_power_of_ten(loss: float, text: str) -> None:
    assert loss_text(loss) == text


def test_an_epoch_has_thin_spaces_between_its_thousands() -> None:
    assert [epoch_text(n) for n in (0, 999, 12_340)] == ["0", "999", "12\u2009340"]


def test_an_accuracy_is_a_percentage_with_one_decimal() -> None:
    assert [accuracy_text(a) for a in (0.0, 2 / 3, 1.0)] == [
        "0.0\u2009%",
        "66.7\u2009%",
        "100.0\u2009%",
    ]


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.0, "0"), (2.0, "2"), (-0.5, "−0.5"), (20_000.0, "2e4"), (-2e-5, "−2e−5")],
)
def test_a_round_number_takes_as_few_characters_as_it_can(value: float, text: str) -> None:
    assert short_text(value) == text


def test_a_power_of_ten_has_as_many_decimals_as_asked() -> None:
    assert scientific(-123_456.0) == "−1.23e5"
    assert scientific(1.6e-19, 0) == "2e−19"


def test_words_for_what_is_not_finite_do_not_mix_up_nan_and_infinity() -> None:
    words = {not_finite(value) for value in (math.nan, math.inf, -math.inf)}
    assert len(words) == 3


def test_a_speed_says_its_unit() -> None:
    assert [speed_text(None), speed_text(10_000)] == ["flat out", "10\u2009000/s"]


def test_a_number_on_an_edge_is_short_and_whole() -> None:
    values = (1.234, -12.65, 123.4, -2.33e80, 0.0, math.nan, math.inf, -math.inf)
    texts = [chip_text(value) for value in values]
    assert texts == ["+1.23", "−12.65", "1e2", "−2e80", "0.00", "NaN", "+∞", "−∞"]


def test_all_but_one_of_many_right_is_not_called_all() -> None:
    assert accuracy_text(1 - 1e-5).startswith("99.9")
    assert accuracy_text(1.0).startswith("100.0")


def test_one_of_many_is_not_called_none() -> None:
    assert accuracy_text(1e-5) == "0.1\u2009%"
    assert accuracy_text(0.0) == "0.0\u2009%"
    assert [share_text(share) for share in (0.0, 1e-9, 1.0 - 1e-9, 1.0)] == [
        f"{number}\u2009%" for number in ("0.00", "0.01", "99.99", "100.00")
    ]


def test_a_deep_zoom_shows_more_decimals() -> None:
    assert value_text(0.1234567, 6) == "0.123457"
    assert value_text(-0.0000001, 4) == "0.0000"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.984, "0.98"),
        (-0.5, "−0.50"),
        (-999.99, "−999.99"),
        (1000.0, "1e3"),
        (-2.4e248, "−2e248"),
        (math.nan, "NaN"),
        (math.inf, "+∞"),
        (-math.inf, "−∞"),
    ],
)
def test_what_a_unit_gives_has_at_most_seven_characters(value: float, text: str) -> None:
    assert activation_text(value) == text
    assert len(text) <= 7


def test_a_share_is_a_percentage_with_as_many_decimals_as_asked_for() -> None:
    assert share_text(0.12345) == "12.35\u2009%"
    assert share_text(0.0000123, 4) == "0.0012\u2009%"
    assert share_text(math.nan) == "not a number"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("0.30000000000000004", "0.3"),
        ("-0.19999999999999996", "-0.2"),
        ("0.09999999999999998", "0.1"),
        ("0.6000000000000001", "0.6"),
        ("1.1000000000000001e-05", "1.1e-05"),
        ("0.7312498712365478", "0.7312498712365478"),  # all of its digits tell something
        ("0.3", "0.3"),
        ("0.30", "0.30"),
        ("0,30000000000000004", "0,30000000000000004"),
        ("30000000000000004", "30000000000000004"),
        ("a0.30000000000000004", "a0.30000000000000004"),
        ("", ""),
    ],
)
def test_digits_that_only_arithmetic_makes_are_left_out(text: str, shown: str) -> None:
    assert without_noise(text) == shown
