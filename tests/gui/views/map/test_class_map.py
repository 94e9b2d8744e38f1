"""The map of three to six classes: colours, lines, scale and words."""

import math
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from frames import make_frame
from gui.helpers import point_at
from PySide6.QtCore import QPointF
from pytestqt.qtbot import QtBot

from mlpviz.engine.datasets import MAX_CLASSES
from mlpviz.experiment.data.own_data import OWN, OwnData
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.recipe.revision import revised
from mlpviz.experiment.run.grids import Box
from mlpviz.experiment.run.want import Want
from mlpviz.gui.look.look import DARK, LIGHT, Look
from mlpviz.gui.look.palette import (
    CLASS_LEVELS,
    NO_NUMBER,
    ClassTable,
    class_index,
    ramp_index,
    rgb,
)
from mlpviz.gui.look.sizes import COLOUR_BAR_BOTTOM as BOTTOM
from mlpviz.gui.look.sizes import COLOUR_BAR_STRIP as BAR_WIDTH
from mlpviz.gui.look.sizes import COLOUR_BAR_TOP as TOP
from mlpviz.gui.look.sizes import SPACE
from mlpviz.gui.plots.surface_lines import MapOptions, class_ends, two_largest
from mlpviz.gui.views.map.boundary_view import BoundaryView
from mlpviz.gui.views.map.map_words import legend_words, output_words, short_legends, unit_caption

FOUR = revised(Recipe(), dataset="gaussians", classes=4, samples=80)
FULL = CLASS_LEVELS - 1  # the last entry of a class


@pytest.fixture
def view(show: Callable[..., BoundaryView]) -> BoundaryView:
    return show(BoundaryView(), 520, 460)


# Colours


@pytest.mark.parametrize("look", [LIGHT, DARK], ids=lambda look: look.name)
def test_each_class_goes_from_the_middle_to_its_own_colour(look: Look) -> None:
    rgba = ClassTable(look, strength=1.0).rgba
    for number, colour in enumerate(look.classes):
        ramp = rgba[number * CLASS_LEVELS : (number + 1) * CLASS_LEVELS, :3]
        assert ramp[0].tolist() == rgb(look.middle).tolist()
        assert ramp[-1].tolist() == rgb(colour).tolist()
    assert MAX_CLASSES * CLASS_LEVELS <= NO_NUMBER
    assert rgba[NO_NUMBER].tolist() == [0, 0, 0, 0]


def test_a_place_has_the_colour_of_its_most_probable_class_the_paler_the_less_certain() -> None:
    outputs = np.array(
        [[1.0, 0.25, 0.1, 0.0], [0.0, 0.25, 0.1, 0.4], [0.0, 0.25, 0.7, 0.2], [0, 0.25, 0.1, 0.4]]
    )
    found = class_index(outputs, is_flat=False).tolist()
    assert found[0] == FULL
    assert found[1] == 0  # all alike: nothing is known
    assert found[2] == 2 * CLASS_LEVELS + round(0.6 * FULL)  # (0.7 - 1/4) / (1 - 1/4)
    assert found[3] == CLASS_LEVELS + round(0.2 * FULL)
    flat = class_index(outputs, is_flat=True).tolist()
    assert flat == [FULL, FULL, 2 * CLASS_LEVELS + FULL, CLASS_LEVELS + FULL]


@pytest.mark.parametrize("is_flat", [False, True])
def test_where_an_output_is_not_finite_there_is_no_class(is_flat: bool) -> None:
    outputs = np.array([[math.nan, 0.2, math.inf], [0.1, 0.2, 0.0], [0.9, 0.6, 0.0]])
    found = class_index(outputs, is_flat=is_flat).tolist()
    assert found[0] == found[2] == NO_NUMBER
    assert found[1] // CLASS_LEVELS == 2


@pytest.mark.parametrize("classes", range(3, MAX_CLASSES + 1))
def test_the_class_shown_is_the_first_of_the_largest(classes: int) -> None:
    outputs = np.random.default_rng(classes).integers(0, 4, (classes, 50, 50)).astype(np.float32)
    found = class_index(outputs, is_flat=True) // CLASS_LEVELS
    assert np.array_equal(found, outputs.argmax(axis=0))  # where several are alike the first
    pair = np.sort(outputs, axis=0)[:-3:-1]
    assert np.array_equal(two_largest(outputs), pair)


def test_outputs_near_the_largest_number_have_their_class_and_their_line() -> None:
    most = np.finfo(np.float32).max
    surface = np.full((3, 100, 100), -most, np.float32)
    surface[0, :, :50] = surface[1, :, 50:] = most
    index = class_index(surface, is_flat=True)
    assert np.unique(index).tolist() == [FULL, CLASS_LEVELS + FULL]
    x, _ = class_ends(surface, Box(0.0, 0.0, 1.0, 1.0))
    assert x.size
    assert x == pytest.approx(0.5)


def test_shares_of_one_class_stay_in_its_ramp() -> None:
    shares = np.array([0.0, 0.5, 1.0, 1.5, -1.0, math.nan])
    base = 3 * CLASS_LEVELS
    middle = base + round(0.5 * FULL + 0.01)
    found = ramp_index(shares, 3).tolist()
    assert found == [base, middle, base + FULL, base + FULL, base, NO_NUMBER]


# The view


def test_the_picture_is_that_of_the_classes(view: BoundaryView) -> None:
    frame = make_frame(FOUR, epochs=200)
    view.show_frame(frame)
    index = class_index(frame.surface[:, ::-1], is_flat=False)
    assert set(np.unique(index // CLASS_LEVELS)) == {0, 1, 2, 3}
    assert view.picture.image == ClassTable(LIGHT).image(index, has_holes=False)
    view.set_options(MapOptions(discretise=True))
    flat = class_index(frame.surface[:, ::-1], is_flat=True)
    assert len(np.unique(flat)) == 4
    assert view.picture.image == ClassTable(LIGHT).image(flat, has_holes=False)


def test_the_lines_lie_where_the_most_probable_class_changes(view: BoundaryView) -> None:
    frame = make_frame(FOUR, epochs=300)
    view.show_frame(frame)
    x, y = view.line.x, view.line.y
    assert len(x) > 100
    for place in zip(x[::7].tolist(), y[::7].tolist(), strict=True):
        second, first = np.sort(frame.outputs_at(*place))[-2:]
        assert first - second < 0.05
    found = frame.surface.argmax(axis=0)
    parted = np.count_nonzero(found[:, 1:] != found[:, :-1])
    assert parted > 0


def test_where_one_class_is_everywhere_there_is_no_line() -> None:
    frame = make_frame(FOUR)
    surface = np.stack([np.full((100, 100), p) for p in (0.1, 0.6, 0.2, 0.1)])
    x, y = class_ends(surface, frame.box)
    assert x.size == y.size == 0


def test_thin_lines_are_where_the_most_probable_class_has_three_quarters_and_nine_tenths(
    view: BoundaryView,
) -> None:
    frame = make_frame(FOUR, epochs=300)
    view.show_frame(frame)
    assert not view.contours.x.size
    view.set_options(MapOptions(contours=True))
    places = zip(view.contours.x[::9].tolist(), view.contours.y[::9].tolist(), strict=True)
    largest = np.array([frame.outputs_at(*place).max() for place in places])
    assert len(largest) > 20
    assert np.minimum(np.abs(largest - 0.75), np.abs(largest - 0.9)).max() < 0.03


def test_without_softmax_the_colours_are_flat_and_have_no_thin_lines(view: BoundaryView) -> None:
    frame = make_frame(revised(FOUR, activations_off=True))
    assert np.isfinite(frame.surface).all()
    view.set_options(MapOptions(contours=True))
    view.show_frame(frame)
    flat = class_index(frame.surface[:, ::-1], is_flat=True)
    assert view.picture.image == ClassTable(LIGHT).image(flat, has_holes=False)
    assert not view.contours.x.size
    assert "paler" not in view.colour_bar.accessibleDescription()


def test_what_is_not_a_number_is_hatched_and_told_at_the_bar(view: BoundaryView) -> None:
    view.show_frame(make_frame(FOUR, parameters=np.full(52, math.nan), surface=_nan(4)))
    assert view.picture.hatch is not None
    assert "not a number" in view.colour_bar.accessibleDescription()


def _nan(classes: int) -> np.ndarray:
    return np.full((classes, 100, 100), math.nan)


def test_the_bar_shows_a_piece_for_each_class(view: BoundaryView) -> None:
    view.show_frame(make_frame(FOUR))
    bar = view.colour_bar
    assert bar.accessibleDescription() == "classes 0 to 3, paler where less certain: from 1/4 to 1"
    of_four = bar.grab().toImage()
    view.show_frame(make_frame(revised(FOUR, classes=3)))
    assert bar.accessibleDescription() == "classes 0 to 2, paler where less certain: from 1/3 to 1"
    assert bar.grab().toImage() != of_four
    view.show_frame(make_frame())
    assert bar.accessibleDescription() == "from 0 to 1"


def test_the_bar_has_numbers_at_the_ends_of_a_class_where_it_grows_paler_and_there_is_room(
    view: BoundaryView,
) -> None:
    view.show_frame(make_frame(FOUR))
    bar = view.colour_bar

    def has_ink_at(y: int) -> bool:
        image = bar.grab().toImage()
        beside = range(BAR_WIDTH + 4, bar.width())
        return len({image.pixel(x, row) for x in beside for row in range(y - 3, y + 4)}) > 1

    foot = TOP + (bar.height() - TOP - BOTTOM + SPACE) // 4 - SPACE  # of the uppermost piece
    assert has_ink_at(TOP)
    assert has_ink_at(foot)
    view.set_options(MapOptions(discretise=True))
    assert not has_ink_at(foot)
    view.set_options(MapOptions())
    bar.resize(bar.width(), 180)
    foot = TOP + (180 - TOP - BOTTOM + SPACE) // 4 - SPACE
    assert not has_ink_at(foot)


def test_a_pointer_at_an_output_unit_shows_the_share_of_its_class(view: BoundaryView) -> None:
    want = Want(unit=(3, 2))
    frame = make_frame(FOUR, 100, want)
    view.show_frame(frame)
    index = ramp_index(frame.surface[2][::-1], 2)
    assert view.picture.image == ClassTable(LIGHT).image(index, has_holes=False)
    assert view.caption.text == "output of ▲ class 2"
    X = np.stack((np.arange(8.0), np.arange(8.0) % 3), axis=1)
    own = OwnData(X, np.arange(8.0) % 4, classes=("ant", "bee", "cat", "dog"))
    view.show_frame(make_frame(revised(FOUR, dataset=OWN, own=own), want=want))
    assert view.caption.text == "output of ▲ cat"  # the words follow the classes of the data
    view.show_frame(replace(frame, unit=None, unit_surface=None))
    assert view.caption.text == ""
    assert view.picture.image != ClassTable(LIGHT).image(index, has_holes=False)


def test_misclassified_samples_have_a_ring(view: BoundaryView) -> None:
    frame = make_frame(replace(FOUR, noise=0.3), epochs=50)
    view.show_frame(frame)
    wrong = frame.predictions.argmax(axis=0) != frame.Y
    assert 0 < wrong.sum() < len(wrong)
    rings = set(zip(view.ring.x.tolist(), view.ring.y.tolist(), strict=True))
    assert rings == set(map(tuple, frame.X[wrong].tolist()))
    assert f"{wrong.sum()} of 80 samples are misclassified" in view.accessibleDescription()


def test_the_classes_change_and_come_back(view: BoundaryView) -> None:
    view.show_frame(make_frame())
    before = view.picture.image
    for classes in (3, 6, 4):
        view.show_frame(make_frame(revised(FOUR, classes=classes)))
    view.show_frame(make_frame())
    assert view.picture.image == before


# Words


def test_under_the_pointer_is_the_most_probable_class_and_its_output(
    qtbot: QtBot, view: BoundaryView
) -> None:
    frame = make_frame(FOUR, epochs=300)
    view.show_frame(frame)
    x1, x2 = frame.X[2].tolist()
    outputs = frame.outputs_at(x1, x2)
    assert output_words(frame, x1, x2) == f"▲ class 2, ŷ {outputs[2]:.2f}"
    viewport = view.plot.viewport()
    with qtbot.waitSignal(view.pointed_at) as announced:
        point_at(viewport, QPointF(viewport.width() / 2, viewport.height() / 2))
    assert "class" in announced.args[0]
    broken = replace(frame, parameters=np.full_like(frame.parameters, math.nan))
    assert output_words(broken, x1, x2) == "no class, ŷ not a number"


@pytest.mark.parametrize(
    ("classes", "share", "legend"),
    [
        (3, 1.0, "●■▲ classes   ◯ misclassified"),
        (6, 1.0, "●■▲◆▼★ classes   ◯ misclassified"),
        (3, 0.5, "●■▲ training   ○□△ test   ◯ misclassified"),
    ],
)
def test_the_legend_names_all_classes(classes: int, share: float, legend: str) -> None:
    frame = make_frame(revised(FOUR, classes=classes, train_share=share))
    assert legend_words(frame) == legend


def test_the_legend_has_shorter_forms_of_which_none_leaves_out_a_class() -> None:
    assert short_legends(make_frame()) == (
        "● class 0   ■ class 1   ◯ wrong",
        "● 0   ■ 1   ◯ wrong",
        "● 0   ■ 1",
        "",
    )
    assert short_legends(make_frame(revised(FOUR, train_share=0.5))) == (
        "●■▲◆ training   ○□△◇ test   ◯ wrong",
        "●■▲◆ training   ○□△◇ test   ◯ wrong",
        "●■▲◆ training   ○□△◇ test",
        "",
    )
    assert short_legends(make_frame(revised(Recipe(), dataset="plane"))) == ()
    assert short_legends(None) == short_legends(make_frame())  # whose words are the same


def test_a_hidden_unit_is_named_by_its_place() -> None:
    assert unit_caption(make_frame(FOUR), 2, 1) == "hidden 2, unit 2"
