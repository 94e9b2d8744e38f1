"""Sheets as PDF: each is one page, its key another one."""

import re

import pytest
from PySide6.QtWidgets import QApplication

from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.start import start_training
from mlpviz.experiment.run.trace import step_trace
from mlpviz.experiment.writing.step_sheet import step_sheet
from mlpviz.experiment.writing.step_sheet_style import MARGIN_MM
from mlpviz.gui.plots.page_pdf import page_pdf

LARGEST = {"hidden": (4, 4)}


@pytest.mark.parametrize(
    ("epochs", "recipe"),
    [
        (0, Recipe(**LARGEST)),
        (20, Recipe(**LARGEST, optimizer="adam")),
        # All weights but the biases go to 0: numbers with exponents, and sums of two lines.
        (500, Recipe(**LARGEST, regularization="l2", regularization_rate=0.1)),
        (0, Recipe(hidden=(5,))),
        (0, Recipe(hidden=())),
    ],
    ids=["default", "adam", "exponents", "wide", "none"],
)
def test_the_largest_sheets_are_one_page_and_the_key_another(
    qapp: QApplication, epochs: int, recipe: Recipe
) -> None:
    training = start_training(recipe)
    training.run(epochs)
    trace = step_trace(training)
    for cover, pages in (("none", 1), ("results", 2), ("all", 2)):
        content = page_pdf(step_sheet(recipe, trace, 0, cover), "step", pages, MARGIN_MM)
        assert content.startswith(b"%PDF")
        assert len(re.findall(rb"/Type\s*/Page\b(?!s)", content)) == pages
