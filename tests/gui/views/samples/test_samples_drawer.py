"""The drawer of the samples, and the one sample that is selected everywhere."""

import math
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from frames import make_frame
from gui.conftest import OpenWindow, Watch
from gui.helpers import Paints, child, clipped_labels, pixels, press, strays, warmth
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from mlpviz.engine.scores import NO_CLASS, predicted_classes
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.recipe.revision import revised
from mlpviz.experiment.run.capture import capture
from mlpviz.experiment.run.confusion import confusion
from mlpviz.experiment.run.frame import Frame
from mlpviz.experiment.run.run import Run
from mlpviz.gui.look.look import DARK, LIGHT, LOOKS
from mlpviz.gui.look.sizes import CELL_INSET as INSET
from mlpviz.gui.views.samples.sample_model import (
    COLUMNS,
    CORRECT,
    NUMBER,
    PREDICTION,
    SHARE,
    TRUTH,
    X1,
    X2,
    SampleModel,
    loss_shares,
)
from mlpviz.gui.views.samples.samples_drawer import SamplesDrawer
from mlpviz.gui.window.main import MainWindow

Key = Qt.Key
UP, DOWN = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder
NAN_RUN = Recipe(activations_off=True, dataset="linear")


@pytest.fixture
def drawer(show: Callable[..., SamplesDrawer]) -> SamplesDrawer:
    return show(SamplesDrawer(), 600, 640)


def texts(model: SampleModel, column: int) -> list[str]:
    return [model.index(row, column).data() for row in range(model.rowCount())]


def samples(model: SampleModel) -> list[int]:
    return [model.sample_of(row) for row in range(model.rowCount())]


def selected(drawer: SamplesDrawer) -> list[int]:
    rows = drawer.table.selectionModel().selectedRows()
    return [drawer.model.sample_of(index.row()) for index in rows]


def with_predictions(*predictions: float) -> Frame:
    """Return a frame of few samples: the first half of class 0, the second of class 1."""
    count = len(predictions)
    return make_frame(
        X=np.linspace(0.0, 1.0, 2 * count).reshape(count, 2),
        Y=(np.arange(count) >= count / 2).astype(np.float64),
        predictions=np.array(predictions),
        sample_losses=np.arange(1.0, count + 1),
    )


def test_every_number_of_a_sample_stands_in_its_row(drawer: SamplesDrawer) -> None:
    drawer.show_frame(with_predictions(0.25, 0.75, 0.5, 0.9875))
    model = drawer.model
    assert texts(model, NUMBER) == ["0", "1", "2", "3"]
    assert texts(model, X1) == ["0.00", "0.29", "0.57", "0.86"]
    assert texts(model, X2) == ["0.14", "0.43", "0.71", "1.00"]
    assert texts(model, TRUTH) == ["● 0", "● 0", "■ 1", "■ 1"]
    assert texts(model, PREDICTION) == ["0.2500", "0.7500", "0.5000", "0.9875"]
    assert texts(model, CORRECT) == ["yes", "no", "no", "yes"]
    assert [text[:-2] for text in texts(model, SHARE)] == ["10.00", "20.00", "30.00", "40.00"]


def test_where_the_loss_is_no_number_no_share_is(drawer: SamplesDrawer) -> None:
    drawer.show_frame(make_frame(NAN_RUN, epochs=50))
    assert set(texts(drawer.model, SHARE)) == {"not a number"}
    assert set(texts(drawer.model, PREDICTION)) == {"not a number"}
    assert set(texts(drawer.model, CORRECT)) == {"no"}


@pytest.mark.parametrize("losses", [[1.0, math.inf], [1.0, math.nan], [1.7e308, 1.7e308]])
def test_shares_of_a_sum_that_is_not_finite_are_no_numbers(losses: list[float]) -> None:
    assert np.isnan(loss_shares(np.array(losses))).all()


def test_shares_add_up_to_one_and_of_nothing_each_has_nothing() -> None:
    assert loss_shares(make_frame().sample_losses).sum() == pytest.approx(1.0)
    assert loss_shares(np.zeros(3)).tolist() == [0.0, 0.0, 0.0]


@pytest.mark.parametrize("direction", [UP, DOWN])
@pytest.mark.parametrize("column", range(len(COLUMNS)))
def test_every_column_sorts(drawer: SamplesDrawer, column: int, direction: Qt.SortOrder) -> None:
    frame = make_frame(epochs=20)
    drawer.show_frame(frame)
    drawer.table.sortByColumn(column, direction)
    keys: Any = {
        NUMBER: np.arange(21),
        X1: frame.X[:, 0],
        X2: frame.X[:, 1],
        TRUTH: frame.Y,
        PREDICTION: frame.predictions,
        CORRECT: (frame.predictions > 0.5) == (frame.Y > 0.5),
        SHARE: frame.sample_losses,
    }[column]
    # Equals stay in the order of the data, in both directions.
    expected = sorted(range(21), key=lambda sample: keys[sample] * (1 if direction == UP else -1))
    assert samples(drawer.model) == expected


@pytest.mark.parametrize(("direction", "order"), [(UP, [2, 0, 3, 1]), (DOWN, [3, 0, 2, 1])])
def test_what_is_not_a_number_comes_last_either_way(
    drawer: SamplesDrawer, direction: Qt.SortOrder, order: list[int]
) -> None:
    drawer.show_frame(with_predictions(0.4, math.nan, 0.1, 0.8))
    drawer.table.sortByColumn(PREDICTION, direction)
    assert samples(drawer.model) == order


def test_the_selection_stays_on_its_sample_while_rows_move(
    qtbot: QtBot, drawer: SamplesDrawer
) -> None:
    first = with_predictions(0.4, 0.3, 0.2, 0.1)
    drawer.show_frame(first)
    drawer.select_sample(1)
    with qtbot.assertNotEmitted(drawer.sample_selected):
        drawer.table.sortByColumn(PREDICTION, UP)
        assert samples(drawer.model) == [3, 2, 1, 0]
        assert selected(drawer) == [1]
        drawer.show_frame(replace(first, predictions=np.array([0.1, 0.9, 0.2, 0.3])))
    assert samples(drawer.model) == [0, 2, 3, 1]
    assert selected(drawer) == [1]


def test_frames_of_a_run_keep_the_rows_and_say_which_cells_to_write_again(
    qtbot: QtBot, drawer: SamplesDrawer
) -> None:
    run = Run(Recipe(dataset="linear", samples=5000))
    drawer.show_frame(capture(run))
    run.advance(1)
    changed: list[tuple[int, int]] = []
    drawer.model.dataChanged.connect(lambda a, b, roles: changed.append((a.row(), b.row())))
    with qtbot.assertNotEmitted(drawer.model.modelReset):
        drawer.show_frame(capture(run))
    ((first, last),) = changed
    assert first == 0
    assert 5 < last < 40
    with qtbot.waitSignal(drawer.model.modelReset):
        drawer.show_frame(make_frame())
    assert drawer.model.rowCount() == 21


def test_only_cells_that_can_be_seen_are_read(
    drawer: SamplesDrawer, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: set[int] = set()
    text = SampleModel._text

    def note(self: SampleModel, frame: Frame, sample: int, column: int) -> str:
        read.add(sample)
        return text(self, frame, sample, column)

    monkeypatch.setattr(SampleModel, "_text", note)
    drawer.show_frame(make_frame(Recipe(dataset="linear", samples=100_000)))
    drawer.grab()
    assert 5 < len(read) < 60


def test_predicted_classes_tell_what_is_no_class() -> None:
    predictions = np.array([0.1, 0.5, 0.51, math.nan, math.inf, -math.inf])
    assert predicted_classes(predictions).tolist() == [0, 0, 1, NO_CLASS, NO_CLASS, NO_CLASS]


def test_the_confusion_matrix_counts_truth_by_prediction(drawer: SamplesDrawer) -> None:
    frame = with_predictions(0.1, 0.2, 0.9, 0.8, 0.7, 0.4)
    assert confusion(frame.Y, frame.predicted, 2).tolist() == [[2, 1, 0], [1, 2, 0]]
    drawer.show_frame(frame)
    assert drawer.matrix.cells() == [["2", "1"], ["1", "2"]]
    assert "4 of 6 samples are correct" in drawer.matrix.accessibleDescription()
    drawer.show_frame(replace(frame, predictions=np.array([0.1, math.nan, 0.9, 0.8, 0.7, 0.4])))
    assert drawer.matrix.cells() == [["1", "1", "1"], ["1", "2", "0"]]
    drawer.show_frame(frame)
    assert drawer.matrix.cells() == [["2", "1"], ["1", "2"]]


def place_in(rect: QRectF, frame: Frame, sample: int) -> QPointF:
    x1, x2 = frame.X[sample].tolist()
    left, bottom, right, top = frame.box
    across, up = (x1 - left) / (right - left), (x2 - bottom) / (top - bottom)
    return QPointF(rect.left() + across * rect.width(), rect.bottom() - up * rect.height())


def test_the_left_plot_has_the_true_classes_and_the_right_the_predicted_ones(
    drawer: SamplesDrawer,
) -> None:
    frame = make_frame()
    frame = replace(frame, predictions=1.0 - frame.Y)
    drawer.show_frame(frame)
    truth, predicted = drawer.pair.plot_rects()
    zero, one = (int(np.argmax(value == frame.Y)) for value in (0.0, 1.0))
    for rect, cold, warm in ((truth, zero, one), (predicted, one, zero)):
        colours = pixels(drawer.pair, [place_in(rect, frame, sample) for sample in (cold, warm)])
        assert warmth(colours[0]) < -40
        assert warmth(colours[1]) > 40
    assert "21 of 21" in drawer.pair.accessibleDescription()


def test_a_prediction_that_is_no_class_is_a_grey_cross(drawer: SamplesDrawer) -> None:
    frame = make_frame(predictions=np.full(21, math.nan))
    drawer.show_frame(frame)
    _, predicted = drawer.pair.plot_rects()
    place = place_in(predicted, frame, 0)
    centre, beside = pixels(drawer.pair, [place, place + QPointF(0, 3)])
    assert abs(warmth(centre)) < 30
    assert centre.lightness() < 200
    assert beside.lightness() > 240


def test_a_theme_dresses_both_plots(drawer: SamplesDrawer) -> None:
    frame = make_frame()
    drawer.show_frame(frame)
    before = drawer.pair.grab().toImage()
    drawer.set_look(DARK)
    assert drawer.pair.grab().toImage() != before
    drawer.set_look(LIGHT)
    assert drawer.pair.grab().toImage() == before


def test_data_that_were_shown_before_are_painted_again_after_those_of_the_other_kind(
    qtbot: QtBot, drawer: SamplesDrawer
) -> None:
    numbers = make_frame(revised(Recipe(), dataset="plane"))
    for first, other in ((make_frame(), numbers), (numbers, make_frame())):
        drawer.show_frame(first)
        drawer.show_frame(other)
        words = drawer.pair.accessibleDescription()
        QApplication.processEvents()
        paints = Paints(drawer.pair)
        drawer.show_frame(replace(first, X=first.X.copy()))
        qtbot.waitUntil(lambda paints=paints: paints.count > 0)
        assert drawer.pair.accessibleDescription() != words


# In the window


@pytest.fixture
def table(window: MainWindow) -> Any:
    press(Key.Key_T)
    return child(window, "samples_table")


def test_t_opens_and_closes_the_drawer_with_what_is_shown(
    qtbot: QtBot, window: MainWindow, watch: Watch, table: Any
) -> None:
    drawer = child(window, "samples_drawer")
    assert drawer.isVisible()
    assert table.model().rowCount() == 21
    before = table.model().index(0, PREDICTION).data()
    window.runs.bridge.runner.run_epoch()
    qtbot.waitUntil(lambda: bool(watch.updates) and watch.last.frames[0].epoch == 1)
    assert table.model().index(0, PREDICTION).data() != before
    press(Key.Key_T)
    assert not drawer.isVisible()
    assert window.parts.network_view.hasFocus()


def shown_everywhere(window: MainWindow) -> list[int | None]:
    """Return the sample that each of the views shows as selected."""
    frame = window.runs.latest.frames[0]
    views: list[int | None] = [window.selection.value.sample]
    marked = window.parts.boundary_view.chosen
    at = [i for i, x in enumerate(frame.X.tolist()) if [x] == np.c_[marked.x, marked.y].tolist()]
    views.append(at[0] if at else None)
    words = window.parts.network_panel.readout.text()
    views.append(int(words.split()[1][:-1]) if words.startswith("sample") else None)
    rows = child(window, "samples_table").selectionModel().selectedRows()
    model: Any = child(window, "samples_table").model()
    views.append(model.sample_of(rows[0].row()) if rows else None)
    return views


def test_up_and_down_select_a_sample_everywhere_and_esc_none(
    window: MainWindow, table: Any
) -> None:
    press(Key.Key_Down)
    assert shown_everywhere(window) == [0] * 4
    press(Key.Key_Down)
    press(Key.Key_Down)
    press(Key.Key_Up)
    assert shown_everywhere(window) == [1] * 4
    press(Key.Key_End)
    assert shown_everywhere(window) == [20] * 4
    press(Key.Key_Home)
    assert shown_everywhere(window) == [0] * 4
    press(Key.Key_Escape)  # the innermost first
    assert not child(window, "samples_drawer").isVisible()
    assert shown_everywhere(window) == [0] * 4
    press(Key.Key_Escape)
    assert shown_everywhere(window) == [None] * 4


def test_a_click_on_a_row_selects_its_sample_also_when_it_is_sorted(
    qtbot: QtBot, window: MainWindow, table: Any
) -> None:
    table.sortByColumn(NUMBER, DOWN)
    place = table.visualRect(table.model().index(2, X1)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert shown_everywhere(window) == [18] * 4


def test_a_click_on_a_heading_sorts_and_the_next_one_turns_it_round(
    qtbot: QtBot, window: MainWindow, table: Any
) -> None:
    headings = table.horizontalHeader()
    place = headings.rect().center()
    place.setX(headings.sectionViewportPosition(SHARE) + 20)
    pictures = [headings.grab().toImage()]
    losses = window.runs.latest.frames[0].sample_losses
    for sign in (1, -1):
        qtbot.mouseClick(headings.viewport(), Qt.MouseButton.LeftButton, pos=place)
        assert (np.diff(sign * losses[samples(table.model())]) >= 0).all()
        pictures.append(headings.grab().toImage())
    assert all(one != other for one, other in pairwise(pictures))


def click_on_map(qtbot: QtBot, window: MainWindow, x1: float, x2: float, dx: int = 0) -> None:
    plot = window.parts.boundary_view.plot
    scene = plot.view.mapViewToScene(QPointF(x1, x2))
    place = plot.mapFromScene(scene)
    place.setX(place.x() + dx)
    qtbot.mouseClick(plot.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_a_click_on_a_point_of_the_map_selects_it_and_beside_it_none(
    qtbot: QtBot, window: MainWindow, table: Any
) -> None:
    x1, x2 = window.runs.latest.frames[0].X[7].tolist()
    click_on_map(qtbot, window, x1, x2, dx=8)
    assert shown_everywhere(window) == [7] * 4
    click_on_map(qtbot, window, x1, x2 + 0.3)
    assert shown_everywhere(window) == [None] * 4


def test_what_was_selected_before_is_selected_when_the_drawer_is_opened(
    window: MainWindow,
) -> None:
    window.selection.select_sample(13)
    press(Key.Key_T)
    assert shown_everywhere(window) == [13] * 4


def test_other_data_keep_the_selection_only_where_there_is_such_a_sample(
    qtbot: QtBot, open_in_test: OpenWindow
) -> None:
    window = open_in_test(Recipe(dataset="linear", samples=50))
    press(Key.Key_T)
    for sample, samples_then, expected in ((30, 40, 30), (35, 33, None)):
        window.selection.select_sample(sample)
        window.runs.change(Recipe(dataset="linear", samples=samples_then))
        qtbot.waitUntil(lambda n=samples_then: len(window.runs.latest.frames[0].X) == n)
        assert shown_everywhere(window) == [expected] * 4


def test_the_words_and_the_selection_follow_the_frames(
    qtbot: QtBot, window: MainWindow, watch: Watch
) -> None:
    window.selection.select_sample(7)
    before = window.parts.network_panel.readout.text()
    assert before.startswith("sample 7: x₁ 0.30, x₂ 0.70, ŷ ")
    window.runs.change(Recipe(weight_seed=5))
    qtbot.waitUntil(lambda: bool(watch.updates) and watch.last.frames[0].recipe.weight_seed == 5)
    after = window.parts.network_panel.readout.text()
    assert after.startswith("sample 7: x₁ 0.30, x₂ 0.70, ŷ ")
    assert after != before


@pytest.mark.parametrize("theme", LOOKS)
def test_the_ring_can_be_seen_on_both_themes(window: MainWindow, theme: str) -> None:
    window.look_choice.set_theme(theme)
    view = window.parts.boundary_view
    before = view.canvas.grab().toImage()
    window.selection.select_sample(4)
    after = view.canvas.grab().toImage()
    accent = LOOKS[theme].accent.lower()
    mapping = view.canvas.mapping
    x, y = (float(v[0]) for v in (mapping.x(view.chosen.x), mapping.y(view.chosen.y)))
    ring = (QPointF(x + view.chosen.size / 2, y)).toPoint()
    halo = (QPointF(x + view.chosen.size / 2 + 3, y)).toPoint()
    assert after.pixelColor(ring).name() == accent
    assert after.pixelColor(halo) != before.pixelColor(halo)
    window.look_choice.set_theme("light")


@pytest.mark.parametrize("size", [(1024, 768), (1280, 800)])
@pytest.mark.parametrize("recipe", [Recipe(), NAN_RUN], ids=["numbers", "no numbers"])
def test_nothing_in_the_drawer_is_clipped(
    open_in_test: OpenWindow, recipe: Recipe, size: tuple[int, int]
) -> None:
    window = open_in_test(recipe)
    window.resize(*size)
    press(Key.Key_T)
    drawer: SamplesDrawer = child(window, "samples_drawer")
    assert not clipped_labels(drawer)
    assert not list(strays(drawer))
    table = drawer.table
    assert not table.horizontalScrollBar().isVisible()
    words = QFontMetrics(table.font())
    for column in range(len(COLUMNS)):
        room = table.columnWidth(column) - INSET
        assert words.horizontalAdvance(table.model().index(0, column).data()) <= room
    for rect in drawer.pair.plot_rects():
        assert drawer.pair.rect().contains(rect.toAlignedRect())


@pytest.mark.parametrize("size", [(1000, 700), (1024, 768), (1280, 800)])
def test_both_matrices_lie_within_the_drawer_in_a_comparison(
    qtbot: QtBot, open_in_test: OpenWindow, size: tuple[int, int]
) -> None:
    recipe = Recipe(dataset="moons", train_share=0.7)
    window = open_in_test(recipe)
    window.resize(*size)
    window.runs.compare_with(recipe)
    qtbot.waitUntil(lambda: len(window.runs.latest.frames) == 2)
    press(Key.Key_T)
    drawer: SamplesDrawer = child(window, "samples_drawer")
    assert drawer.test_matrix.isVisible()
    assert not list(strays(drawer))
    assert drawer.table.height() > 100


def test_every_control_of_the_drawer_has_a_name_and_a_tip(window: MainWindow, table: Any) -> None:
    drawer = child(window, "samples_drawer")
    for part in (table, *(child(drawer, name) for name in ("class_pair", "confusion_matrix"))):
        assert isinstance(part, QWidget)
        assert part.accessibleName()
        assert part.toolTip()
    for column in COLUMNS:
        assert column.meaning


def test_while_the_drawer_itself_has_the_focus_the_keys_go_on_to_train(
    qtbot: QtBot, window: MainWindow, watch: Watch, table: Any
) -> None:
    press(Key.Key_Right)
    qtbot.waitUntil(lambda: bool(watch.updates) and watch.last.frames[0].epoch == 1)
    press(Key.Key_Space)
    qtbot.waitUntil(lambda: watch.last.frames[0].epoch > 3)
    press(Key.Key_Space)
    qtbot.waitUntil(lambda: not watch.last.is_playing)
    assert child(window, "samples_drawer").isVisible()


def test_the_table_is_live_while_the_network_learns(
    qtbot: QtBot, window: MainWindow, watch: Watch, table: Any
) -> None:
    table.sortByColumn(SHARE, DOWN)
    press(Key.Key_Down)
    sample = window.selection.value.sample
    assert sample is not None
    window.runs.bridge.runner.play()
    qtbot.waitUntil(lambda: bool(watch.updates) and watch.last.frames[0].epoch > 30)
    window.runs.bridge.runner.pause()
    qtbot.waitUntil(lambda: not watch.last.is_playing)
    assert shown_everywhere(window) == [sample] * 4
    losses = watch.last.frames[0].sample_losses
    assert (np.diff(losses[samples(table.model())]) <= 0).all()


def test_a_diagram_that_a_drawer_covers_is_not_painted_until_it_can_be_seen(
    qtbot: QtBot, open_in_test: OpenWindow
) -> None:
    window = open_in_test()
    window.resize(1280, 800)
    window.tools.toggle_samples()
    assert not window.parts.network_view.updatesEnabled()
    window.tools.toggle_samples()
    assert window.parts.network_view.updatesEnabled()
    window.tools.toggle_samples()
    window.parts.stage.swap()  # the diagram stands at the right, beside the drawer
    assert window.parts.network_view.updatesEnabled()


SPLIT = Recipe(dataset="moons", train_share=0.7)


def test_the_test_set_has_a_confusion_matrix_of_its_own_while_there_is_one(
    drawer: SamplesDrawer,
) -> None:
    frame = make_frame(SPLIT, 30)
    assert frame.test is not None
    for size in ((600, 640), (400, 640)):
        drawer.resize(*size)
        drawer.show_frame(frame)
        matrix = child(drawer, "test_confusion_matrix")
        assert matrix.isVisible()
        assert sum(int(count) for row in matrix.cells() for count in row) == 30
        assert sum(int(count) for row in drawer.matrix.cells() for count in row) == 70
        correct = round(30 * frame.test.accuracy)
        assert matrix.accessibleDescription().startswith(f"{correct} of 30 test samples are")
        assert (drawer.matrix.part, matrix.part) == ("train", "test")
        assert list(strays(drawer)) == []
        drawer.show_frame(make_frame(Recipe()))
        assert not matrix.isVisible()
        assert drawer.matrix.part == ""
        assert drawer.matrix.accessibleDescription().startswith("11 of 21 samples are")


def test_the_table_lists_the_samples_that_train(drawer: SamplesDrawer) -> None:
    drawer.show_frame(make_frame(SPLIT))
    assert drawer.model.rowCount() == 70
