"""The axes of own data: numbers and names of the file, for what is drawn scaled."""

from collections.abc import Callable

import numpy as np
import pytest
from frames import make_frame
from gui.helpers import point_at
from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter, QPixmap

from mlpviz.experiment.data.own_data import OwnData, scale_of
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.start import make_data
from mlpviz.experiment.words.own_units import number_text
from mlpviz.gui.look.sizes import LEFT_AXIS
from mlpviz.gui.plots.unit_axis import UnitAxis
from mlpviz.gui.views.map.boundary_view import BoundaryView
from mlpviz.gui.views.map.map_words import legend_words

LEFT_PAD = 6.0  # of a label of Qt, beside its letters

pytestmark = pytest.mark.usefixtures("qapp")

# Offset and factor, the label they give, and what the numbers at its ticks are in.
RANGES = [
    (0.0, 1.0, "time", 0.0, 1.0),
    (160.0, 30.0, "time", 0.0, 1.0),
    (-0.7, 0.2, "time", 0.0, 1.0),
    (0.0, 5.0, "time", 0.0, 1.0),
    (1.7e9, 100.0, "time − 1\u2009700\u2009000\u2009000", 1.7e9, 1.0),
    (-1.7e9, 100.0, "time + 1\u2009700\u2009000\u2009000", -1.7e9, 1.0),
    (2e20, 3e19, "time in 1e20", 0.0, 1e20),
    (1e-5, 3e-6, "time in 1e−5", 0.0, 1e-5),
    (0.0, 12_000.0, "time", 0.0, 1.0),
    (24_000.0, 84_000.0, "time", 0.0, 1.0),
    (-400_000.0, 800_000.0, "time", 0.0, 1.0),
    (0.002, 0.012, "time", 0.0, 1.0),
    (0.0, 1_200_000.0, "time in 1e6", 0.0, 1e6),
]


def recipe_of(
    low: tuple[float, float], extent: tuple[float, float], names: tuple[str, str] = ("a", "b")
) -> Recipe:
    X = np.array(low) + np.array(extent) * np.array([[0.0, 0.0], [1.0, 1.0], [0.5, 0.2]])
    data = OwnData(X, np.array([0, 1, 1]), names, "c", ("cat", "dog"), *scale_of(X))
    return Recipe(dataset="own", own=data)


@pytest.mark.parametrize(("offset", "factor", "label", "base", "unit"), RANGES)
def test_ticks_are_round_numbers_of_the_units_and_stand_where_they_belong(
    offset: float, factor: float, label: str, base: float, unit: float
) -> None:
    axis = UnitAxis("bottom")
    assert axis.set_units("time", offset, factor) == label
    spacing, places = axis.tickValues(-0.1, 1.1, 340.0)[0]
    texts = axis.tickStrings(places, 1.0, spacing)
    assert len(set(texts)) == len(texts) >= 2
    assert max(map(len, texts)) <= 9
    for text, place in zip(texts, places, strict=True):
        meant = base + unit * float(text.replace("−", "-").replace("\u2009", ""))
        assert axis.value(place) == pytest.approx(meant, abs=1e-6 * factor)
        assert offset + factor * place == pytest.approx(meant, abs=1e-6 * factor)


def test_plain_units_are_what_pyqtgraph_makes_of_them() -> None:
    axis = UnitAxis("bottom")
    axis.set_units("time", 1.0, 2.0)
    assert axis.tickValues(0.0, 1.0, 300.0)[0][1][0] == 0.0
    axis.set_units("x₁", 0.0, 1.0)
    plain = super(UnitAxis, axis)
    levels = axis.tickValues(-0.1, 1.1, 340.0)
    assert str(levels) == str(plain.tickValues(-0.1, 1.1, 340.0))
    assert axis.tickStrings([0.0, 0.2], 1.0, 0.2) == plain.tickStrings([0.0, 0.2], 1.0, 0.2)


@pytest.mark.parametrize(
    ("value", "step", "text"),
    [
        (0.5, 0.1, "0.5"),
        (-0.5, 0.25, "−0.5"),
        (1e-17, 0.1, "0.0"),
        (12000.0, 2000.0, "12\u2009000"),
        (1700000012.3, 0.4, "1\u2009700\u2009000\u2009012.3"),
        (2e20, 1e19, "2.0e20"),
        (1.5e-5, 1e-6, "1.5e−5"),
        (0.0, 1e-6, "0"),
    ],
)
def test_a_number_is_written_to_the_digits_that_matter(
    value: float, step: float, text: str
) -> None:
    assert number_text(value, step) == text


@pytest.fixture
def view(show: Callable[..., BoundaryView]) -> BoundaryView:
    return show(BoundaryView(), 500, 420)


def show_recipe(view: BoundaryView, recipe: Recipe) -> None:
    X, Y = make_data(recipe)
    view.show_frame(make_frame(recipe, X=X, Y=Y[:, 0]))


def labels(view: BoundaryView) -> list[str]:
    return [view.plot.axes[name].label.toPlainText().strip() for name in ("bottom", "left")]


def test_the_map_of_own_data_has_their_names_and_classes(view: BoundaryView) -> None:
    show_recipe(view, recipe_of((160.0, -3.0), (30.0, 9.0), ("height", "<b>mass</b> & more")))
    assert labels(view) == ["height", "<b>mass</b> & more"]
    assert view._words_for_pointer() == "● cat   ■ dog   ◯ misclassified"
    show_recipe(view, Recipe())
    assert labels(view) == ["x₁", "x₂"]
    assert view._words_for_pointer() == legend_words(None)


@pytest.mark.parametrize("size", [(500, 420), (400, 340)])
def test_long_numbers_stand_whole_beside_the_name_of_their_axis(
    show: Callable[..., BoundaryView], size: tuple[int, int]
) -> None:
    view = show(BoundaryView(), *size)
    show_recipe(view, recipe_of((18.0, 24_000.0), (52.0, 84_000.0), ("age", "salary")))
    assert labels(view) == ["age", "salary"]
    axis = view.plot.axes["left"]
    picture = QPixmap(10, 10)
    painter = QPainter(picture)
    _, _, texts = axis.generateDrawSpecs(painter)
    painter.end()
    numbers = {text for _, _, text in texts}
    assert {"40\u2009000", "100\u2009000"} <= numbers
    name = axis.label.mapRectToParent(axis.label.boundingRect())
    assert min(rect.left() for rect, _, _ in texts) >= name.right() - LEFT_PAD
    mapping = view.canvas.mapping
    assert mapping.width == pytest.approx(mapping.height, abs=1.0)  # the map stays a square
    show_recipe(view, Recipe())
    assert axis.width() == LEFT_AXIS


def test_the_pointer_is_told_in_the_units_of_the_file(view: BoundaryView) -> None:
    show_recipe(view, recipe_of((160.0, -3.0), (30.0, 9.0)))
    canvas = view.canvas
    mapping = canvas.mapping
    place = QPointF(mapping.x(np.array([0.5]))[0], mapping.y(np.array([0.5]))[0])
    point_at(view.plot.viewport(), canvas.mapTo(view.plot.viewport(), place))
    words = view._words_for_pointer().split()
    assert words[0::2] == ["a", "b", "ŷ"]
    assert float(words[1]) == pytest.approx(175.0, abs=0.2)
    assert float(words[3]) == pytest.approx(1.5, abs=0.1)


def test_the_theme_keeps_the_names(view: BoundaryView) -> None:
    show_recipe(view, recipe_of((1.7e9, 0.0), (100.0, 1.0), ("time", "b" * 60)))
    view.set_look(view._look)
    bottom, left = labels(view)
    assert bottom == "time − 1 700 000 000"  # Qt makes blanks of thin spaces in rich text
    assert left == "b" * 39 + "…"
