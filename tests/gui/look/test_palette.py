"""From numbers to colours."""

import math

import numpy as np
import pytest

from mlpviz.engine import Array
from mlpviz.gui.look.look import DARK, LIGHT, Look
from mlpviz.gui.look.palette import (
    LEVELS,
    NO_NUMBER,
    ColourTable,
    Scale,
    blend,
    largest,
    rgb,
    round_up,
    surface_scale,
    to_index,
    unit_scale,
)

MIDDLE, TOP = LEVELS // 2, LEVELS - 1


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_the_ends_and_the_middle_of_a_scale_have_their_entries(dtype: type) -> None:
    values = np.array([-1.0, 0.0, 1.0], dtype)
    assert to_index(values, Scale(-1.0, 1.0)).tolist() == [0, MIDDLE, TOP]


def test_what_lies_beyond_a_scale_has_the_entry_of_its_end() -> None:
    values = np.array([-1e308, -5.0, 5.0, 1e308])
    assert to_index(values, Scale(0.0, 1.0)).tolist() == [0, 0, TOP, TOP]


def test_what_is_not_finite_has_an_entry_of_its_own_and_no_warning() -> None:
    values = np.array([math.nan, math.inf, -math.inf, 0.5])
    assert to_index(values, Scale(0.0, 1.0)).tolist() == [NO_NUMBER] * 3 + [MIDDLE]


@pytest.mark.parametrize("largest_value", [3e38, 1e36, 1.0])
def test_float32_numbers_near_their_largest_are_coloured_without_overflow(
    largest_value: float,
) -> None:
    values = np.array([-largest_value, 0.0, largest_value], np.float32)
    assert to_index(values, unit_scale(values, "identity")).tolist() == [0, MIDDLE, TOP]
    scale = surface_scale(values, "identity")
    assert to_index(values, scale)[0] < to_index(values, scale)[2]
    assert to_index(values, Scale(0.0, 1.0))[2] == TOP


def test_float64_numbers_near_their_largest_are_coloured_without_overflow() -> None:
    values = np.array([-1.7e308, 1.7e308])
    for scale in (surface_scale(values, "identity"), unit_scale(values, "identity")):
        assert to_index(values, scale).tolist() == [0, TOP]


@pytest.mark.parametrize("look", [LIGHT, DARK])
def test_a_table_goes_from_class_0_over_the_middle_to_class_1(look: Look) -> None:
    rgba = ColourTable(look, strength=1.0).rgba
    for entry, colour in ((0, look.class_0), (MIDDLE, look.middle), (TOP, look.class_1)):
        np.testing.assert_array_equal(rgba[entry, :3], rgb(colour))
    assert (rgba[:LEVELS, 3] == 255).all()
    assert rgba[NO_NUMBER, 3] == 0


def test_a_paler_table_has_the_same_middle_and_ends_nearer_to_it() -> None:
    full, pale = (ColourTable(LIGHT, strength).rgba.astype(int) for strength in (1.0, 0.5))
    np.testing.assert_array_equal(pale[MIDDLE], full[MIDDLE])
    for end in (0, TOP):
        assert abs(pale[end] - pale[MIDDLE]).sum() < abs(full[end] - full[MIDDLE]).sum()


def test_an_image_keeps_rows_and_columns_and_owns_its_pixels() -> None:
    index = np.array([[0, TOP, NO_NUMBER], [TOP, 0, 0]], np.uint8)
    image = ColourTable(LIGHT, strength=1.0).image(index)
    index[:] = MIDDLE
    assert (image.width(), image.height()) == (3, 2)
    assert image.pixelColor(0, 0).name() == LIGHT.class_0.lower()
    assert image.pixelColor(1, 0).name() == LIGHT.class_1.lower()
    assert image.pixelColor(0, 1).name() == LIGHT.class_1.lower()
    assert image.pixelColor(2, 0).alpha() == 0


def test_blend_goes_from_one_colour_to_the_other() -> None:
    shades = [blend("#000000", "#FFFFFF", share) for share in (0.0, 0.5, 1.0)]
    assert shades == ["#000000", "#808080", "#FFFFFF"]


@pytest.mark.parametrize(
    ("value", "rounded"), [(1.0, 1.0), (1.01, 2.0), (0.03, 0.05), (6.0, 10.0), (20.0, 20.0)]
)
def test_round_up_gives_the_next_of_1_2_5(value: float, rounded: float) -> None:
    assert round_up(value) == pytest.approx(rounded)


def test_largest_counts_finite_numbers_only_and_has_a_floor() -> None:
    assert largest(np.array([1.0, -3.0, math.inf, math.nan]), 0.1) == 3.0
    assert largest(np.array([math.nan]), 0.1) == 0.1


def test_a_sigmoid_surface_has_the_scale_from_0_to_1() -> None:
    assert surface_scale(np.array([[0.4, 0.6]]), "sigmoid") == Scale(0.0, 1.0)


@pytest.mark.parametrize("values", [np.full((3, 3), 0.5), np.full((3, 3), math.nan)])
def test_a_surface_without_spread_still_has_a_scale(values: Array) -> None:
    assert surface_scale(values, "identity") == Scale(0.0, 1.0)


def test_another_surface_has_a_round_scale_about_one_half_that_holds_nearly_all() -> None:
    surface = np.linspace(-30.0, 40.0, 1000)
    scale = surface_scale(surface, "identity")
    assert scale.centre == 0.5
    inside = (surface >= scale.low) & (surface <= scale.high)
    assert inside.mean() >= 0.98


def test_a_unit_picture_has_the_range_of_its_activation() -> None:
    picture = np.array([[-4.0, 2.0]])
    assert unit_scale(picture, "sigmoid") == Scale(0.0, 1.0)
    assert unit_scale(picture, "tanh") == Scale(-1.0, 1.0)
    assert unit_scale(picture, "relu") == Scale(-4.0, 4.0)
