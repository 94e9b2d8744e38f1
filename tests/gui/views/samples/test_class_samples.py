"""The drawer of the samples where there are 3 to 6 classes, or classes with names."""

import math
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from frames import make_frame
from gui.helpers import clipped_labels, strays
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from mlpviz.engine import Array
from mlpviz.engine.datasets import MAX_CLASSES
from mlpviz.experiment.data.own_data import OwnData
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.recipe.revision import revised
from mlpviz.experiment.run.frame import Frame
from mlpviz.gui.look.look import DARK, LIGHT, Look
from mlpviz.gui.look.sizes import CLASS_WIDTHS
from mlpviz.gui.look.sizes import TABLE_WIDTHS as LEAST_WIDTHS
from mlpviz.gui.plots.class_names import CLASS_GLYPHS
from mlpviz.gui.views.samples import sample_table
from mlpviz.gui.views.samples.confusion_matrix import ConfusionMatrix
from mlpviz.gui.views.samples.sample_model import (
    CORRECT,
    PREDICTION,
    SHARE,
    TRUTH,
    SampleModel,
)
from mlpviz.gui.views.samples.samples_drawer import SamplesDrawer

UP, DOWN = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder
NAN = math.nan


@pytest.fixture
def drawer(show: Callable[..., SamplesDrawer]) -> SamplesDrawer:
    return show(SamplesDrawer(), 508, 672)


def recipe_of(classes: int = 3, **choices: Any) -> Recipe:
    return revised(Recipe(), dataset="gaussians", classes=classes, **choices)


def with_outputs(truth: list[int], outputs: list[list[float]], **changes: Any) -> Frame:
    """Return a frame of a few samples, each with the outputs of 3 classes."""
    count = len(truth)
    return make_frame(
        recipe_of(),
        X=np.linspace(0.0, 1.0, 2 * count).reshape(count, 2),
        Y=np.array(truth, np.float64),
        predictions=np.array(outputs).T,
        sample_losses=np.arange(1.0, count + 1),
        **changes,
    )


FOUR = with_outputs(
    [0, 1, 2, 2],
    [[0.7, 0.2, 0.1], [0.5, 0.1, 0.4], [0.0, 0.125, 0.875], [NAN, NAN, NAN]],
)


def texts(model: SampleModel, column: int) -> list[str]:
    return [model.index(row, column).data() for row in range(model.rowCount())]


def samples(model: SampleModel) -> list[int]:
    return [model.sample_of(row) for row in range(model.rowCount())]


# The table


def test_class_and_output_of_the_prediction_stand_beside_the_ground_truth(
    drawer: SamplesDrawer,
) -> None:
    drawer.show_frame(FOUR)
    assert texts(drawer.model, TRUTH) == ["● 0", "■ 1", "▲ 2", "▲ 2"]
    assert texts(drawer.model, PREDICTION) == [
        "● 0 · 0.7000",
        "● 0 · 0.5000",
        "▲ 2 · 0.8750",
        "no class",
    ]
    assert texts(drawer.model, CORRECT) == ["yes", "no", "yes", "no"]


def test_the_tooltip_of_a_class_has_the_outputs_of_all(drawer: SamplesDrawer) -> None:
    drawer.show_frame(FOUR)
    index = drawer.model.index(1, PREDICTION)
    assert index.data(Qt.ItemDataRole.ToolTipRole) == (
        "● 0: 0.5000\n■ 1: 0.1000  (ground truth)\n▲ 2: 0.4000"
    )
    assert "■ 1: not a number" in drawer.model.index(3, TRUTH).data(Qt.ItemDataRole.ToolTipRole)
    assert drawer.model.index(1, SHARE).data(Qt.ItemDataRole.ToolTipRole) is None


@pytest.mark.parametrize("direction", [UP, DOWN])
@pytest.mark.parametrize("column", [TRUTH, PREDICTION, CORRECT, SHARE])
def test_every_column_of_several_classes_sorts(
    drawer: SamplesDrawer, column: int, direction: Qt.SortOrder
) -> None:
    frame = make_frame(recipe_of(4, noise=0.3), epochs=80)
    drawer.show_frame(frame)
    drawer.table.sortByColumn(column, direction)
    outputs = frame.predictions
    keys: Any = {
        TRUTH: frame.Y.tolist(),
        PREDICTION: list(zip(outputs.argmax(axis=0).tolist(), outputs.max(axis=0), strict=True)),
        CORRECT: (outputs.argmax(axis=0) == frame.Y).tolist(),
        SHARE: frame.sample_losses.tolist(),
    }[column]
    if direction == UP:
        assert samples(drawer.model) == sorted(range(100), key=lambda sample: keys[sample])
    else:  # equals stay in the order of the data
        ranks = [sorted(set(keys)).index(key) for key in keys]
        assert samples(drawer.model) == sorted(range(100), key=lambda sample: -ranks[sample])


def test_what_is_no_class_stands_last_in_both_directions(drawer: SamplesDrawer) -> None:
    drawer.show_frame(FOUR)
    for direction, expected in ((UP, [1, 0, 2, 3]), (DOWN, [2, 0, 1, 3])):
        drawer.table.sortByColumn(PREDICTION, direction)
        assert samples(drawer.model) == expected


def test_rows_follow_the_predictions_while_they_are_sorted_by_them(drawer: SamplesDrawer) -> None:
    drawer.show_frame(FOUR)
    drawer.table.sortByColumn(PREDICTION, UP)
    moved = FOUR.predictions[:, [2, 1, 0, 3]]
    drawer.show_frame(replace(FOUR, predictions=moved))
    assert samples(drawer.model) == [1, 2, 0, 3]


def test_the_headings_say_what_a_prediction_of_several_classes_is(drawer: SamplesDrawer) -> None:
    header, tip = drawer.model.headerData, Qt.ItemDataRole.ToolTipRole
    drawer.show_frame(FOUR)
    assert header(PREDICTION, Qt.Orientation.Horizontal, tip) == (
        "The class with the largest output, and that output. Click to sort."
    )
    drawer.show_frame(make_frame())
    assert "above 0.5" in header(PREDICTION, Qt.Orientation.Horizontal, tip)


def test_the_columns_fit_the_drawer_for_two_classes_and_for_more(drawer: SamplesDrawer) -> None:
    header = drawer.table.horizontalHeader()
    for frame, widths in ((FOUR, CLASS_WIDTHS), (make_frame(), LEAST_WIDTHS)):
        drawer.show_frame(frame)
        sizes = [header.sectionSize(column) for column in range(len(widths))]
        assert all(size >= width for size, width in zip(sizes, widths, strict=True))
        assert sum(sizes) <= drawer.table.viewport().width()
    metrics = drawer.table.fontMetrics()
    drawer.show_frame(make_frame(recipe_of(6)))
    for column in (TRUTH, PREDICTION):
        widest = max(map(metrics.horizontalAdvance, texts(drawer.model, column)))
        assert widest < header.sectionSize(column)


@pytest.mark.parametrize("look", [LIGHT, DARK])
def test_the_mark_of_a_class_has_its_colour_in_the_table(drawer: SamplesDrawer, look: Look) -> None:
    drawer.set_look(look)
    drawer.show_frame(make_frame(recipe_of(6)))
    picture = drawer.table.viewport().grab().toImage()
    for row in range(6):
        place = drawer.table.visualRect(drawer.model.index(row, TRUTH))
        assert has_colour(picture, place.toRectF(), look.classes[row])


def has_colour(picture: QImage, place: QRectF, colour: str) -> bool:
    """Tell whether a colour is anywhere in a place of a picture."""
    area = place.toRect()
    return any(
        picture.pixelColor(x, y) == QColor(colour)
        for x in range(area.left(), area.right())
        for y in range(area.top(), area.bottom())
    )


# The pair of plots


def colour_of(drawer: SamplesDrawer, plot: int, point: Array) -> QColor:
    """Return the colour in which a point is drawn in one of the two plots."""
    rect, box = drawer.pair.plot_rects()[plot], FOUR.box
    x = rect.left() + (point[0] - box.left) / (box.right - box.left) * rect.width()
    y = rect.bottom() - (point[1] - box.bottom) / (box.top - box.bottom) * rect.height()
    return drawer.pair.grab().toImage().pixelColor(QPointF(x, y).toPoint())


def test_both_plots_have_the_colours_of_several_classes(drawer: SamplesDrawer) -> None:
    X = np.array([[-0.8, -0.8], [-0.3, 0.5], [0.3, -0.5], [0.8, 0.8]])
    drawer.show_frame(replace(FOUR, X=X))
    for sample, (truth, predicted) in enumerate(((0, 0), (1, 0), (2, 2))):
        assert colour_of(drawer, 0, X[sample]) == QColor(LIGHT.classes[truth])
        assert colour_of(drawer, 1, X[sample]) == QColor(LIGHT.classes[predicted])
    assert colour_of(drawer, 0, X[3]) == QColor(LIGHT.classes[2])
    assert colour_of(drawer, 1, X[3]) not in [QColor(colour) for colour in LIGHT.classes]
    words = drawer.pair.accessibleDescription()
    assert words == "2 of 4 samples drawn have another class on the right."


def test_every_class_has_a_mark_of_its_own() -> None:
    assert len(set(CLASS_GLYPHS)) == len(set(LIGHT.classes)) == MAX_CLASSES
    assert len(set(DARK.classes)) == MAX_CLASSES


# The confusion matrix


def test_the_matrix_has_a_row_and_a_column_for_each_class(drawer: SamplesDrawer) -> None:
    drawer.show_frame(with_outputs([0, 1, 2], np.eye(3)[[0, 0, 2]].tolist()))
    assert drawer.matrix.cells() == [["1", "0", "0"], ["1", "0", "0"], ["0", "0", "1"]]
    words = drawer.matrix.accessibleDescription()
    assert words.startswith("2 of 3 samples are correct. Of class 0, 1 predicted as 0. ")
    assert "Of class 1, 1 predicted as 0." in words


def test_what_is_no_class_has_a_column_while_there_is_any(drawer: SamplesDrawer) -> None:
    drawer.show_frame(FOUR)
    assert drawer.matrix.cells()[2] == ["0", "0", "1", "1"]
    assert drawer.matrix.accessibleDescription().endswith("Of class 2, 1 predicted as no class.")
    drawer.show_frame(make_frame(recipe_of(6, activations_off=True), epochs=40))
    assert [row[-1] for row in drawer.matrix.cells()] == ["17", "17", "17", "17", "16", "16"]


def test_the_test_set_is_counted_by_class_too(drawer: SamplesDrawer) -> None:
    frame = make_frame(recipe_of(5, train_share=0.7), epochs=30)
    drawer.show_frame(frame)
    assert frame.test is not None
    for matrix, part in ((drawer.matrix, frame), (drawer.test_matrix, frame.test)):
        counts = [[int(count) for count in row] for row in matrix.cells()]
        assert sum(map(sum, counts)) == len(part.X)
        assert sum(counts[i][i] for i in range(5)) == int(part.correct.sum())


def paint_everything(drawer: QWidget) -> None:
    assert not drawer.grab().isNull()


@pytest.mark.parametrize("classes", [2, 3, 4, 5, 6])
@pytest.mark.parametrize("share", [1.0, 0.7])
def test_all_parts_fit_the_drawer_whatever_the_number_of_classes(
    drawer: SamplesDrawer, classes: int, share: float
) -> None:
    recipe = recipe_of(classes, train_share=share, activations_off=classes > 2)
    frame = make_frame(recipe, epochs=40)
    for size in ((508, 672), (740, 704), (1100, 960), (336, 672)):
        drawer.resize(*size)
        drawer.show_frame(frame)
        drawer.column.activate()
        assert not list(strays(drawer)), size
        assert not clipped_labels(drawer), size
        parts = [drawer.matrix] + ([drawer.test_matrix] if share < 1.0 else [])
        for part in (drawer.pair, *parts):
            assert part.isVisible(), size
        for matrix in parts:
            assert matrix.height() >= matrix.needed_height(), size
            assert size[0] < 440 or matrix.width() >= matrix.needed_width(), size
        rects = [QRectF(part.geometry()) for part in (drawer.pair, *parts, drawer.table)]
        for i, rect in enumerate(rects):
            assert not any(rect.intersects(other) for other in rects[i + 1 :]), size
        assert drawer.table.height() >= 8 * 24
        paint_everything(drawer)


@pytest.mark.parametrize(("classes", "count"), [(6, 16_667), (3, 33_334)])
def test_the_counts_of_many_samples_fit_their_cells(
    show: Callable[..., ConfusionMatrix], classes: int, count: int
) -> None:
    matrix = show(ConfusionMatrix(), 300, 300)
    X, Y = np.zeros((classes * count, 2)), np.repeat(np.arange(float(classes)), count)
    predictions = np.zeros((classes, classes * count))
    frame = make_frame(recipe_of(classes), X=X, Y=Y, predictions=predictions)
    matrix.show_frame(frame)
    matrix.setFixedWidth(matrix.needed_width())
    rows = matrix.cells()
    assert matrix.count_width(rows) <= matrix.cell_width(len(rows[0])) - 2


# Names


def named(*names: str) -> Recipe:
    X = np.random.default_rng(0).uniform(size=(20, 2))
    own = OwnData(X, np.arange(20.0) % len(names), classes=names)
    return revised(Recipe(), dataset="own", own=own)


def test_own_data_call_their_classes_in_table_and_matrix_by_name(drawer: SamplesDrawer) -> None:
    drawer.show_frame(make_frame(named("no rain", "rain")))
    assert texts(drawer.model, TRUTH)[:2] == ["● no rain", "■ rain"]
    assert drawer.model.index(0, TRUTH).data(Qt.ItemDataRole.ToolTipRole) == "● no rain"
    assert "Of class rain, " in drawer.matrix.accessibleDescription()
    paint_everything(drawer)


def test_a_long_name_is_cut_in_its_cell_and_whole_in_the_tooltip(
    qtbot: QtBot, drawer: SamplesDrawer
) -> None:
    long = "a name that is much too long for a cell"
    drawer.show_frame(make_frame(named(long, "b")))
    drawer.set_look(LIGHT)
    cell = drawer.table.visualRect(drawer.model.index(0, TRUTH))
    before = cell.translated(-cell.width(), 0)

    def beside() -> QImage:
        return drawer.table.viewport().grab(before).toImage()

    plain = beside()
    drawer.show_frame(make_frame(named("a", "b")))
    qtbot.waitUntil(lambda: beside() == plain)  # nothing reached beyond
    drawer.show_frame(make_frame(named(long, "b")))
    assert drawer.model.index(0, TRUTH).data(Qt.ItemDataRole.ToolTipRole) == f"● {long}"


def test_of_several_named_classes_the_mark_stands_for_a_name_that_has_no_room(
    drawer: SamplesDrawer, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[str] = []
    monkeypatch.setattr(
        sample_table, "draw_class_name", lambda p, place, n, words, *_, **__: written.append(words)
    )
    frame = make_frame(named("a", "versicolor", "virginica"))
    drawer.show_frame(frame)
    drawer.table.viewport().grab()
    predicted = [words for words in written if "0." in words]
    assert predicted
    for words in predicted:
        assert words.startswith("a · 0.") or words.startswith("0.")
    written.clear()
    drawer.resize(1400, 672)
    drawer.table.viewport().grab()
    names = {words.split(" · ")[0] for words in written}
    assert names <= {"a", "versicolor", "virginica"}
    assert texts(drawer.model, PREDICTION)[0].startswith(("● a · 0.", "■ versi", "▲ virgi"))
