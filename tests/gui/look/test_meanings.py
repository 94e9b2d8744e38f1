"""A colour has one meaning, and it is seen: on screen and wall, and with any colour vision."""

import numpy as np
import pytest
from gui.colour_vision import VISION, contrast, distances, least_distance

from mlpviz.engine import Array
from mlpviz.gui.look.look import DARK, LIGHT, Look
from mlpviz.gui.look.palette import LEVELS, ColourTable, rgb

BOTH = pytest.mark.parametrize("look", [LIGHT, DARK], ids=["light", "dark"])
ANY_VISION = pytest.mark.parametrize("vision", VISION)
NORMAL = "normal"


def some(*colours: str) -> Array:
    """Return colours as (colours, 3)."""
    return np.array([rgb(colour) for colour in colours])


def surfaces(look: Look) -> Array:
    """Return the colours of what surely is class 0, and class 1: (2, 3)."""
    return ColourTable(look).rgba[[0, LEVELS - 1], :3].astype(np.float64)


def hexed(colour: Array) -> str:
    return "#" + "".join(f"{round(float(part)):02X}" for part in colour)


@BOTH
def test_text_has_a_contrast_of_4_5_at_least(look: Look) -> None:
    for ground in (look.panel, look.ground, look.field, look.hover):
        for ink in (look.text, look.quiet):
            assert contrast(ink, ground) >= 4.5
    for ink in (look.accent, look.warning, look.second_run):
        assert contrast(ink, look.panel) >= 4.5
    for ground in (look.accent, look.accent_hover):
        assert contrast(look.accent_text, ground) >= 4.5


@BOTH
def test_marks_have_a_contrast_of_3_at_least(look: Look) -> None:
    grounds = [look.middle, *map(hexed, surfaces(look))]
    for mark in (look.boundary, look.outline):
        assert all(contrast(mark, ground) >= 3.0 for ground in grounds)
    for tint in look.unit_tints:
        assert contrast(tint, look.panel) >= 3.0
    for colour in look.classes:  # upon the panel, by their outline or by themselves
        assert max(contrast(colour, look.panel), contrast(look.outline, look.panel)) >= 3.0


@BOTH
def test_what_is_surely_one_class_is_far_from_what_is_surely_the_other(look: Look) -> None:
    assert least_distance(surfaces(look), NORMAL) >= 95.0


@BOTH
def test_a_point_is_told_from_its_own_surface(look: Look) -> None:
    for colour, surface in zip(look.classes[:2], surfaces(look), strict=True):
        assert distances(some(colour), surface[np.newaxis], NORMAL) > 9.0
        assert contrast(look.outline, colour) >= 3.0


@BOTH
def test_between_two_classes_lies_light_and_no_fog(look: Look) -> None:
    """Nowhere on the way from one class to the other is it darker than at its ends."""
    ramp = [contrast(hexed(colour), "#000000") for colour in ColourTable(look).rgba[:LEVELS, :3]]
    assert min(ramp) >= 0.98 * min(ramp[0], ramp[-1])


@BOTH
def test_ink_is_no_colour(look: Look) -> None:
    for ink in (look.accent, look.accent_hover, look.outline, look.boundary):
        assert np.ptp(rgb(ink)) < 20


@BOTH
@ANY_VISION
def test_both_runs_are_told_apart_and_none_is_a_class(look: Look, vision: str) -> None:
    violet, classes = some(look.second_run), some(look.class_0, look.class_1)
    assert distances(violet, some(look.accent), vision) > 35.0
    assert distances(violet, classes, vision).min() > (50.0 if vision == NORMAL else 16.0)


@BOTH
@ANY_VISION
def test_a_warning_is_neither_class_nor_violet_nor_ink(look: Look, vision: str) -> None:
    others = some(look.class_0, look.class_1, look.second_run, look.text)
    assert distances(some(look.warning), others, vision).min() > 30.0


# Least distances measured in light and dark, of normal colour vision and of the worst: from each
# other 45, 22 and 60, 20; from the surfaces 46, 23 and 46, 22; from the boundary 33, 19 and 55, 35.
@BOTH
@ANY_VISION
def test_the_tints_of_units_are_told_from_each_other_and_from_all_around(
    look: Look, vision: str
) -> None:
    tints = some(*look.unit_tints)
    is_normal = vision == NORMAL
    assert least_distance(tints, vision) > (44.0 if is_normal else 19.0)
    around = np.vstack((surfaces(look), some(look.panel, look.middle)))
    assert distances(tints, around, vision).min() > (44.0 if is_normal else 19.0)
    marks = some(look.boundary, "#000000", "#FFFFFF", look.second_run)
    assert distances(tints, marks, vision).min() > (32.0 if is_normal else 18.0)
    classes = some(look.class_0, look.class_1)
    assert distances(tints, classes, vision).min() > (44.0 if is_normal else 17.0)


# Least distances measured in light and dark: 52 and 33 of normal colour vision, 24 and 23 of any.
@BOTH
@ANY_VISION
def test_a_stuck_seed_is_neither_class_nor_warning_nor_one_of_the_others(
    look: Look, vision: str
) -> None:
    lines = some(look.seed, look.accent)  # of the others, and their median
    others = np.vstack((lines, some(look.class_0, look.class_1, look.warning, look.second_run)))
    assert distances(some(look.stuck), others, vision).min() > (32.0 if vision == NORMAL else 23.0)
    for line in (look.seed, look.stuck):
        assert contrast(line, look.panel) >= 3.0
