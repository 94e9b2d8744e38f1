"""The button beside the message of a run that broke: it opens the page with the very number."""

import pytest
from bad_steps import Bad, first_bad_of_epoch
from broken_recipes import BROKEN, EPOCHS
from gui.conftest import OpenWindow, Watch
from gui.helpers import child, press
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QTextBrowser
from pytestqt.qtbot import QtBot

from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.diagnosis import Divergence
from mlpviz.experiment.run.places import Place
from mlpviz.experiment.run.run import Run
from mlpviz.experiment.words.step_stages import stage_name
from mlpviz.gui.actions.selection import Part


def is_shown(watch: Watch, bad: Bad) -> bool:
    """Tell whether the step with the number is shown."""
    step = watch.last.frames[0].trace
    return step is not None and (step.epoch, step.batch) == (bad.trace.epoch, bad.trace.batch)


@pytest.mark.parametrize("is_open", [False, True], ids=["closed", "open"])
@pytest.mark.parametrize(
    "name",
    [
        "a sum of layer 1",
        "a sum of layer 2 in a batch",
        "a logarithm of a class",
        "a square with batches",
        "the mean of the losses",
        "a slope of layer 2",
        "a gradient of layer 2",
        "a step of layer 1",
        "a step of layer 1 in a batch",
        "the slope of the penalty of a weight from unit 11",
        "a weight of layer 1 in a batch",
    ],
)
def test_show_where_opens_the_page_of_the_first_number_that_is_not_finite(
    qtbot: QtBot, open_in_test: OpenWindow, name: str, is_open: bool
) -> None:
    recipe = Recipe(epochs=EPOCHS, **BROKEN[name])
    window = open_in_test()
    watch = Watch(window)
    window.runs.train_from_start(recipe)
    qtbot.waitUntil(lambda: watch.last.is_at_limit and watch.epoch == EPOCHS)
    broken = watch.last.frames[0].diagnosis
    assert isinstance(broken, Divergence)
    epoch = broken.epoch - (not broken.weights_are_finite)
    run = Run(recipe)
    run.advance(epoch)
    bad = first_bad_of_epoch(run.training, is_of_loss=broken.weights_are_finite)
    assert bad is not None

    # Whatever is looked at before, and whatever step is open.
    last = len(recipe.sizes) - 1
    window.parts.network_view.edit.pin(Place(last if bad.place.layer == 1 else 1, 0))
    window.selection.select_sample(3)
    if is_open:
        press(Qt.Key.Key_G)
    child(window, "where_button").click()
    qtbot.waitUntil(lambda: is_shown(watch, bad))
    assert window.findChild(QLabel, "step_title").text() == stage_name(recipe, bad.stage)
    selected = window.selection.value
    assert selected.part == Part(0, bad.place)
    rows = bad.trace.samples.tolist()
    assert selected.sample in rows
    assert bad.row is None or selected.sample == rows[bad.row]
    text = window.findChild(QTextBrowser, "step_text").toPlainText()
    assert "∞" in text or "NaN" in text
