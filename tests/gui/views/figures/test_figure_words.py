"""All words of the figures come from the catalogue, and counts in them have thin spaces."""

import pytest
from gui.drawn_figures import drawn
from pseudo import bare_words, pseudo_language
from PySide6.QtCore import QPointF
from PySide6.QtGui import QFont, QPainterPath

from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.writing.cases import Case
from mlpviz.experiment.writing.report import Chapter, compute_report
from mlpviz.gui.views.figures import figure_parts
from mlpviz.gui.views.figures.figures import FIGURES

RECIPES = {
    "learned": Recipe(epochs=10_000),
    "broken": Recipe(epochs=60, activations_off=True),
    "classes": Recipe(dataset="spiral", classes=4, output_activation="softmax", epochs=20),
    "numbers": Recipe(
        dataset="plane", loss="mean_squared_error", output_activation="identity", epochs=20
    ),
}

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture(scope="module")
def chapters() -> dict[str, Chapter]:
    return {
        name: compute_report([Case("1", recipe)], 2).chapters[0] for name, recipe in RECIPES.items()
    }


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Collect the texts that are drawn: a figure has them as outlines."""
    texts: list[str] = []

    class Path(QPainterPath):
        def addText(self, point: QPointF, font: QFont, text: str) -> None:
            texts.append(text)
            super().addText(point, font, text)

    monkeypatch.setattr(figure_parts, "QPainterPath", Path)
    return texts


@pytest.mark.parametrize("name", RECIPES)
@pytest.mark.parametrize("key", FIGURES)
def test_the_words_of_a_figure_are_in_the_catalogue(
    chapters: dict[str, Chapter], written: list[str], key: str, name: str
) -> None:
    with pseudo_language():
        drawn(key, chapters[name])
    assert any("«" in text for text in written)
    assert not [word for text in written for word in bare_words(text)]


def test_epochs_at_the_axis_have_thin_spaces(
    chapters: dict[str, Chapter], written: list[str]
) -> None:
    drawn("learning-curve", chapters["learned"])
    assert "10\u2009000" in written
