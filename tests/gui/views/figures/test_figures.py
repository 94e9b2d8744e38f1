"""The figures: drawn whole, as PNG and SVG, of any chapter."""

import math
import threading
from dataclasses import replace
from xml.etree import ElementTree

import numpy as np
import pytest
from gui.drawn_figures import check_both_formats, colour, drawn, is_near
from gui.helpers import warmth
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor

from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.writing.cases import Case
from mlpviz.experiment.writing.report import Chapter, compute_report
from mlpviz.experiment.writing.report_pages import CAPTIONS
from mlpviz.gui.look.look import LIGHT
from mlpviz.gui.look.palette import blend
from mlpviz.gui.views.figures.figure_curves import BAND_OPACITY, chart_area
from mlpviz.gui.views.figures.figures import FIGURES, Figure, png, svg
from mlpviz.gui.views.figures.paper_sizes import (
    LEGEND,
    PLANE_GAP,
    PLANE_LEFT,
    PLANE_SIDE,
    ROW_PITCH,
    STRIP_MARGIN,
    THUMBNAIL_PITCH,
    TOP,
)

CASES = {
    "sound": (Recipe(epochs=2500), 3),
    "broken": (Recipe(epochs=40, activations_off=True), 3),
    "one seed, one epoch": (Recipe(epochs=1), 1),
    "two rows of seeds": (Recipe(epochs=2, hidden=(1,)), 27),
    "many samples, any output": (
        Recipe(
            dataset="linear",
            samples=2500,
            output_activation="identity",
            loss="mean_squared_error",
            epochs=5,
            learning_rate=0.05,
        ),
        2,
    ),
}

CLOSE = 29  # of each part of a colour that lies upon others

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture(scope="module")
def chapters() -> dict[str, Chapter]:
    return {
        key: compute_report([Case(key, recipe)], seeds).chapters[0]
        for key, (recipe, seeds) in CASES.items()
    }


def test_there_is_a_caption_for_every_figure_and_a_figure_for_every_caption() -> None:
    assert list(FIGURES) == list(CAPTIONS)


@pytest.mark.thorough
@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("key", FIGURES)
def test_png_and_svg_show_the_same_in_the_same_size_and_nothing_is_cut_off(
    chapters: dict[str, Chapter], key: str, case: str
) -> None:
    check_both_formats(FIGURES[key], chapters[case])


@pytest.mark.parametrize("key", FIGURES)
def test_an_svg_needs_no_font_and_nothing_from_elsewhere(
    chapters: dict[str, Chapter], key: str
) -> None:
    content = svg(FIGURES[key], chapters["sound"]).decode()
    for element in ElementTree.fromstring(content).iter():
        for name, value in element.attrib.items():
            if name.endswith("href"):
                assert value.startswith(("data:", "#"))


def test_the_learning_curve_falls_and_a_broken_one_is_marked(
    chapters: dict[str, Chapter],
) -> None:
    area = chart_area(QRectF(0.0, 0.0, *FIGURES["learning-curve"].size(chapters["sound"])))
    image = drawn("learning-curve", chapters["sound"])

    def depth(share: float) -> float:
        """Return how far down the curve is in some column."""
        x = area.left() + share * area.width()
        for y in np.arange(area.top() + 2, area.bottom() - 2, 0.5).tolist():
            if is_near(colour(image, x, y), LIGHT.accent, CLOSE):
                return y
        return math.nan

    assert depth(0.02) < depth(0.5) < depth(0.98)
    broken = drawn("learning-curve", chapters["broken"])
    words = [colour(broken, area.left() + x / 2, area.top() + 14) for x in range(10, 240)]
    assert any(is_near(one, LIGHT.warning, CLOSE) for one in words)


def columns_of_seeds(chapter: Chapter) -> list[list[QColor]]:
    """Return the colours down some columns of the chart of all seeds."""
    page = QRectF(0.0, 0.0, *FIGURES["seeds"].size(chapter))
    area = chart_area(page.adjusted(0.0, 0.0, 0.0, -LEGEND))
    image = drawn("seeds", chapter)
    heights = np.arange(area.top() + 2, area.bottom() - 2, 0.5).tolist()
    return [[colour(image, area.left() + x, y) for y in heights] for x in range(10, 350, 5)]


def test_the_median_stands_out_among_the_seeds(chapters: dict[str, Chapter]) -> None:
    columns = columns_of_seeds(chapters["sound"])
    assert all(any(is_near(c, LIGHT.accent, CLOSE) for c in column) for column in columns)
    assert any(is_near(c, LIGHT.seed, CLOSE) for column in columns for c in column)


def test_a_seed_that_did_not_learn_has_a_line_of_its_own_colour(
    chapters: dict[str, Chapter],
) -> None:
    chapter = chapters["sound"]

    def has_its_colour(accuracies: list[float]) -> bool:
        study = replace(chapter.study, accuracies=np.array(accuracies))
        columns = columns_of_seeds(replace(chapter, study=study))
        return any(is_near(c, LIGHT.stuck, CLOSE) for column in columns for c in column)

    assert has_its_colour([1.0, 0.5, 1.0])
    assert not has_its_colour([1.0, 1.0, 1.0])


def test_the_seeds_fill_the_height_of_their_chart(chapters: dict[str, Chapter]) -> None:
    chapter = chapters["sound"]
    losses = np.linspace(0.69, 0.21, 3)[np.newaxis] * np.ones((len(chapter.study.epochs), 1))
    study = replace(chapter.study, losses=losses, accuracies=np.array([0.5, 0.5, 1.0]))
    for column in columns_of_seeds(replace(chapter, study=study)):
        inked = [i for i, c in enumerate(column) if c.lightness() < 170]
        if inked:  # a column may fall between two dashes
            break
    assert inked[0] < 0.1 * len(column)
    assert inked[-1] > 0.9 * len(column)


def test_a_band_lies_only_where_seeds_are(chapters: dict[str, Chapter]) -> None:
    """Three seeds have no quarters; of seven in two heaps the band is no bridge between them."""
    chapter, tint = chapters["sound"], blend(LIGHT.panel, LIGHT.accent, BAND_OPACITY)

    def is_tinted(losses: list[float]) -> bool:
        every = np.array(losses) * np.ones((len(chapter.study.epochs), 1))
        count = len(losses)
        study = replace(
            chapter.study,
            seeds=tuple(range(count)),
            losses=every,
            accuracies=np.ones(count),
            first_perfect_epochs=(None,) * count,
        )
        column = columns_of_seeds(replace(chapter, study=study))[30]
        return sum(is_near(c, tint, 4) for c in column) > 3

    assert is_tinted([0.1, 0.2, 0.3, 0.4, 0.5])
    assert not is_tinted([0.1, 0.3, 0.5])
    assert not is_tinted([0.1, 0.1, 0.1, 0.1, 0.1, 0.5, 0.5])


def test_the_surface_has_the_colours_of_the_classes(chapters: dict[str, Chapter]) -> None:
    image = drawn("surface", chapters["sound"])
    frame = chapters["sound"].frame
    assert frame.accuracy == 1.0
    step = PLANE_SIDE / 1.2  # of the box from -0.1 to 1.1

    def at(x1: float, x2: float) -> QColor:
        return colour(image, PLANE_LEFT + (x1 + 0.1) * step, TOP + PLANE_SIDE - (x2 + 0.1) * step)

    # Between the points, near the ends of the diagonals: class 1 upper left, class 0 lower left.
    assert warmth(at(0.05, 0.95)) > 40
    assert warmth(at(0.95, 0.05)) > 40
    assert warmth(at(0.05, 0.05)) < -40
    assert warmth(at(0.95, 0.95)) < -40


def test_predictions_are_drawn_by_the_class_that_the_network_says(
    chapters: dict[str, Chapter],
) -> None:
    chapter = chapters["sound"]
    flipped = replace(
        chapter, frame=replace(chapter.frame, predictions=1.0 - chapter.frame.predictions)
    )
    image = drawn("predictions", flipped)
    step, right = PLANE_SIDE / 1.2, PLANE_LEFT + PLANE_SIDE + PLANE_GAP
    y = TOP + PLANE_SIDE - 0.1 * step  # the sample (0, 0), of class 0
    assert warmth(colour(image, PLANE_LEFT + 0.1 * step, y)) < -100
    assert warmth(colour(image, right + 0.1 * step, y)) > 100


def test_seeds_that_did_not_learn_are_framed(chapters: dict[str, Chapter]) -> None:
    chapter = chapters["sound"]
    study = replace(chapter.study, accuracies=np.array([1.0, 0.5, 1.0]))
    image = drawn("seed-surfaces", replace(chapter, study=study))
    y = TOP + 10.0
    edges = [colour(image, STRIP_MARGIN + i * THUMBNAIL_PITCH, y) for i in range(3)]
    assert [is_near(edge, LIGHT.stuck, CLOSE) for edge in edges] == [False, True, False]
    assert min(edges[0].lightness(), edges[2].lightness()) > 150


def test_the_strip_grows_with_the_seeds(chapters: dict[str, Chapter]) -> None:
    size = FIGURES["seed-surfaces"].size
    one, two = size(chapters["sound"]), size(chapters["two rows of seeds"])
    assert (two[0], two[1]) == (one[0], one[1] + ROW_PITCH)


def test_figures_can_be_drawn_on_any_thread(chapters: dict[str, Chapter]) -> None:
    chapter, results = chapters["sound"], []
    thread = threading.Thread(
        target=lambda: results.append(png(FIGURES["surface"], chapter)), name="figures"
    )
    thread.start()
    thread.join(60.0)
    assert results == [png(FIGURES["surface"], chapter)]


@pytest.mark.parametrize("draw", [png, svg])
def test_an_error_while_drawing_is_an_error_and_no_crash(
    chapters: dict[str, Chapter], draw: object
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("drawn badly")

    assert callable(draw)
    with pytest.raises(RuntimeError, match="drawn badly"):
        draw(Figure(lambda chapter: (10.0, 10.0), fail), chapters["sound"])
