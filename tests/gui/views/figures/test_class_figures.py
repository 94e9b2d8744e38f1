"""The figures of a report on 3 to 6 classes."""

from dataclasses import replace

import numpy as np
import pytest
from gui.drawn_figures import check_both_formats, colour, drawn, is_near
from PySide6.QtGui import QColor

from mlpviz.experiment.data.own_data import OwnData
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.recipe.revision import revised
from mlpviz.experiment.writing.cases import Case
from mlpviz.experiment.writing.report import Chapter, compute_report
from mlpviz.gui.look.look import LIGHT
from mlpviz.gui.look.palette import SURFACE_STRENGTH, blend
from mlpviz.gui.views.figures.figures import FIGURES, SHARPNESS
from mlpviz.gui.views.figures.paper_sizes import (
    BAR_GAP,
    BAR_WIDTH,
    BAR_WORDS,
    LEGEND_BASE,
    PIECE_GAP,
    PLANE_GAP,
    PLANE_LEFT,
    PLANE_SIDE,
    STRIP_MARGIN,
    THUMBNAIL,
    TOP,
)

BASE = revised(Recipe(), dataset="gaussians", classes=6)
CASES = {
    "sound": revised(BASE, epochs=1500, hidden=(16,), learning_rate=3.0),
    "unsure": revised(BASE, epochs=200, noise=0.3),
    "broken": revised(BASE, activations_off=True, epochs=40),
    "no shares": revised(
        *(BASE,),
        classes=3,
        activations_off=True,
        loss="mean_squared_error",
        learning_rate=0.02,
        epochs=300,
    ),
    "many samples": revised(BASE, classes=3, samples=2500, epochs=3),
}

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture(scope="module")
def chapters() -> dict[str, Chapter]:
    return {
        key: compute_report([Case(key, recipe)], 2).chapters[0] for key, recipe in CASES.items()
    }


def place_of(chapter: Chapter, point: list[float], left: float) -> tuple[float, float]:
    """Return where a point of the plane lies on a figure whose square begins at the left."""
    box = chapter.frame.box
    x = left + (point[0] - box.left) / (box.right - box.left) * PLANE_SIDE
    y = TOP + PLANE_SIDE - (point[1] - box.bottom) / (box.top - box.bottom) * PLANE_SIDE
    return x, y


def with_one_sample(chapter: Chapter) -> Chapter:
    """Leave the plane bare but for one sample."""
    frame = chapter.frame
    one = replace(frame, X=frame.X[:1], Y=frame.Y[:1], predictions=frame.predictions[:, :1])
    return replace(chapter, frame=one)


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("key", FIGURES)
def test_png_and_svg_of_several_classes_show_the_same_and_nothing_is_cut_off(
    chapters: dict[str, Chapter], key: str, case: str
) -> None:
    check_both_formats(FIGURES[key], chapters[case])


def test_samples_have_the_colour_of_their_class_and_of_the_predicted_one(
    chapters: dict[str, Chapter],
) -> None:
    chapter = chapters["sound"]
    frame = chapter.frame
    shown = [int(np.flatnonzero(number == frame.Y)[-1]) for number in range(6)]
    # Apart from all others, so that none lies upon another.
    X = np.full_like(frame.X, frame.box.left)
    X[shown] = [[-0.6 + 0.2 * number, 0.1 * number] for number in range(6)]
    turned = replace(frame, X=X, predictions=np.roll(frame.predictions, 1, axis=0))
    image = drawn("predictions", replace(chapter, frame=turned))
    for number, sample in enumerate(shown):
        point = X[sample].tolist()
        truth = colour(image, *place_of(chapter, point, PLANE_LEFT))
        predicted = colour(image, *place_of(chapter, point, PLANE_LEFT + PLANE_SIDE + PLANE_GAP))
        assert truth == QColor(LIGHT.classes[number])
        assert predicted == QColor(LIGHT.classes[(frame.predicted[sample] + 1) % 6])


def test_the_surface_has_the_colour_of_the_predicted_class_and_is_paler_where_unsure(
    chapters: dict[str, Chapter],
) -> None:
    chapter = chapters["unsure"]
    frame = chapter.frame
    image, checked = drawn("surface", with_one_sample(chapter)), 0
    rng = np.random.default_rng(0)
    for share_x, share_y in rng.uniform(0.05, 0.95, (60, 2)).tolist():
        box = frame.surface_box
        x1 = box.left + share_x * (box.right - box.left)
        x2 = box.bottom + share_y * (box.top - box.bottom)
        outputs = np.sort(frame.outputs_at(x1, x2))
        if outputs[-1] - outputs[-2] < 0.05 or np.hypot(*(frame.X[0] - (x1, x2))) < 0.2:
            continue  # near a line, or near the one sample
        certainty = (6.0 * outputs[-1] - 1.0) / 5.0
        number = int(np.argmax(frame.outputs_at(x1, x2)))
        expected = blend(LIGHT.middle, LIGHT.classes[number], SURFACE_STRENGTH * certainty)
        found = colour(image, *place_of(chapter, [x1, x2], PLANE_LEFT))
        assert is_near(found, expected)
        checked += 1
    assert checked > 30


def test_a_line_runs_where_the_predicted_class_changes(chapters: dict[str, Chapter]) -> None:
    chapter = chapters["sound"]
    frame = chapter.frame
    image, crossings = drawn("surface", chapter), 0
    row = 50
    classes = frame.surface[:, row].argmax(axis=0)
    box = frame.surface_box
    y = TOP + PLANE_SIDE - (row + 0.5) / 100 * PLANE_SIDE
    for column in np.flatnonzero(np.diff(classes)).tolist():
        x = PLANE_LEFT + (column + 1.0) / 100 * PLANE_SIDE
        x1 = box.left + (column + 1.0) / 100 * (box.right - box.left)
        if np.abs(frame.X[:, 0] - x1).min() < 0.05 * (box.right - box.left) and crossings:
            continue
        found = min(colour(image, x + dx, y).lightness() for dx in np.arange(-2.0, 2.1, 0.5))
        assert found < 80
        crossings += 1
    assert crossings > 0


def test_outputs_that_are_no_shares_have_the_flat_colour_of_their_class(
    chapters: dict[str, Chapter],
) -> None:
    chapter = chapters["no shares"]
    assert chapter.frame.recipe.activations[-1] == "identity"
    image = drawn("surface", with_one_sample(chapter))
    flat = {QColor(blend(LIGHT.middle, c, SURFACE_STRENGTH)).name() for c in LIGHT.classes[:3]}
    area = [
        colour(image, PLANE_LEFT + x, TOP + y).name()
        for x in range(3, 230, 5)
        for y in range(3, 230, 5)
    ]
    assert {name for name in set(area) if area.count(name) > 100} == flat


def test_the_bar_has_a_piece_and_a_mark_for_each_class_from_the_bottom(
    chapters: dict[str, Chapter],
) -> None:
    image = drawn("surface", chapters["sound"])
    left = PLANE_LEFT + PLANE_SIDE + BAR_GAP
    pitch = (PLANE_SIDE + PIECE_GAP) / 6
    height = pitch - PIECE_GAP
    for number, full in enumerate(LIGHT.classes):
        bottom = TOP + PLANE_SIDE - number * pitch
        strongest = blend(LIGHT.middle, full, SURFACE_STRENGTH)
        centre = left + BAR_WIDTH / 2
        assert is_near(colour(image, centre, bottom - height + 2.0), strongest, 20)
        assert is_near(colour(image, centre, bottom - 2.0), LIGHT.middle, 20)
        mark = colour(image, left + BAR_WIDTH + BAR_WORDS + 6.0, bottom - height / 2)
        assert mark == QColor(full)


def test_what_is_no_number_is_hatched_and_no_class_crossed(chapters: dict[str, Chapter]) -> None:
    image = drawn("predictions", chapters["broken"])
    right = PLANE_LEFT + PLANE_SIDE + PLANE_GAP
    for point in chapters["broken"].frame.X[:6].tolist():
        x, y = place_of(chapters["broken"], point, right)
        assert colour(image, x, y).lightness() < 90
    surface = drawn("surface", chapters["broken"])
    found = {colour(surface, PLANE_LEFT + x, TOP + 8.0).name() for x in np.arange(2.0, 200.0, 0.5)}
    assert LIGHT.panel.lower() in found
    assert len(found) > 3  # lines between


def test_the_surfaces_of_the_seeds_have_the_colours_of_the_classes(
    chapters: dict[str, Chapter],
) -> None:
    image = drawn("seed-surfaces", chapters["sound"])
    expected = [blend(LIGHT.middle, full, SURFACE_STRENGTH) for full in LIGHT.classes]
    found = [
        colour(image, STRIP_MARGIN + x, TOP + y)
        for x in np.arange(3.0, THUMBNAIL - 3.0)
        for y in np.arange(3.0, THUMBNAIL - 3.0)
    ]
    for colour_of_class in expected:
        assert any(is_near(one, colour_of_class, 25) for one in found)


@pytest.mark.parametrize("key", ["predictions", "surface"])
def test_long_names_of_classes_are_cut_so_that_the_legend_fits(key: str) -> None:
    X = np.random.default_rng(0).uniform(size=(30, 2))
    names = tuple(f"a class with the number {number} and a long name" for number in range(6))
    own = OwnData(X, np.arange(30.0) % 6, classes=names)
    recipe = revised(Recipe(), dataset="own", own=own, epochs=3)
    image = drawn(key, compute_report([Case("named", recipe)], 1).chapters[0])
    bottom = image.height() - SHARPNESS * int(LEGEND_BASE)
    ink = [
        x
        for x in range(image.width())
        if any(image.pixelColor(x, y).lightness() < 200 for y in range(bottom - 20, bottom + 8))
    ]
    assert 0 < ink[0] < 0.1 * image.width()  # it takes the room that there is, and no more
    assert 0.9 * image.width() < ink[-1] < image.width() - 1
