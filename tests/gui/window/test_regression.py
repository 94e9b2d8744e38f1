"""Regression in the window: numbers in place of classes, everywhere."""

import math
from collections.abc import Callable

import numpy as np
import pytest
from frames import make_frame
from gui.conftest import OpenWindow
from gui.helpers import child
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.recipe.revision import revised
from mlpviz.experiment.run.frame import Frame
from mlpviz.experiment.study.seeds import SeedRun
from mlpviz.experiment.words.formats import value_text
from mlpviz.experiment.writing.cases import Case
from mlpviz.experiment.writing.report import compute_report
from mlpviz.gui.look.look import DARK, LIGHT
from mlpviz.gui.look.palette import Scale, output_scale
from mlpviz.gui.plots.canvas import Markers
from mlpviz.gui.plots.surface_lines import MapOptions
from mlpviz.gui.plots.value_points import BUCKETS, NONE, ValuePoints, bucket_colours, buckets
from mlpviz.gui.views.controls.transport import Transport
from mlpviz.gui.views.figures.figures import FIGURES, svg
from mlpviz.gui.views.map.boundary_view import BoundaryView
from mlpviz.gui.views.map.map_words import TARGET_LEGEND, TARGET_TEST_LEGEND, legend_words
from mlpviz.gui.views.samples.sample_inputs import error_text
from mlpviz.gui.views.samples.sample_model import CORRECT, PREDICTION, TRUTH
from mlpviz.gui.views.samples.samples_drawer import SamplesDrawer
from mlpviz.gui.views.seeds.seeds_plot import SeedsPlot
from mlpviz.gui.views.seeds.seeds_strip import seed_words

PLANE = revised(Recipe(), dataset="plane", learning_rate=0.1)
BOUNDARY_WIDTH = 1.6  # of the line in a report's figure
SPLIT = revised(PLANE, train_share=0.5)


@pytest.fixture
def view(qtbot: QtBot, show: Callable[..., BoundaryView]) -> BoundaryView:
    return show(BoundaryView(), 520, 460)


def points_of(*markers: Markers) -> set[tuple[float, float]]:
    return {place for m in markers for place in zip(m.x.tolist(), m.y.tolist(), strict=True)}


def check_colours(points: ValuePoints, X: object, Y: object, scale: Scale) -> None:
    """Check that each point is drawn in the bucket of its number."""
    X, Y = np.asarray(X), np.asarray(Y)
    step = (scale.high - scale.low) / (BUCKETS - 1)
    for x, y in zip(X.tolist(), Y.tolist(), strict=True):
        (bucket,) = [i for i, m in enumerate(points.markers) if tuple(x) in points_of(m)]
        assert abs(scale.low + bucket * step - y) <= 0.51 * step


def test_the_points_have_the_colour_of_their_target_and_none_has_a_ring(view: BoundaryView) -> None:
    for frame in (make_frame(PLANE), make_frame(PLANE, epochs=300)):
        view.show_frame(frame)
        assert points_of(*view.points, view.ring) == set()
        check_colours(view.values, frame.X, frame.Y, view.colour_bar._scale)
        assert view.accessibleDescription().endswith(f"R² is {value_text(frame.r_squared, 4)}.")


def test_there_is_no_boundary_and_nothing_discrete_between_numbers(view: BoundaryView) -> None:
    frame = make_frame(PLANE, epochs=300)
    assert frame.surface.min() < 0.5 < frame.surface.max()
    view.show_frame(frame)
    image = view.picture.image.copy()
    view.set_options(MapOptions(discretise=True, contours=True))
    assert view.line.x.size == view.contours.x.size == 0
    assert view.picture.image == image
    assert not view.colour_bar._colours.is_flat


def test_another_kind_of_data_takes_the_points_of_the_one_before_away(view: BoundaryView) -> None:
    numbers, classes = make_frame(SPLIT), make_frame(Recipe(train_share=0.5))
    assert classes.test is not None
    assert numbers.test is not None
    for _ in range(2):
        view.show_frame(numbers)
        assert points_of(*view.values.markers) == set(map(tuple, numbers.X.tolist()))
        held = view.test_points
        assert points_of(*held.values.markers) == set(map(tuple, numbers.test.X.tolist()))
        assert points_of(*held.points, held.ring) == set()
        view.show_frame(classes)
        assert points_of(*view.values.markers, *held.values.markers) == set()
        assert points_of(*view.points) == set(map(tuple, classes.X.tolist()))
        assert points_of(*held.points) == set(map(tuple, classes.test.X.tolist()))


def test_what_is_drawn_takes_the_place_of_the_targets_for_as_long_as_it_is(
    view: BoundaryView,
) -> None:
    frame = make_frame(PLANE)
    view.show_frame(frame)
    view.show_drawing((np.array([[0.1, 0.2], [0.3, 0.4]]), np.array([0.0, 1.0])))
    assert points_of(*view.values.markers) == set()
    assert points_of(*view.points) == {(0.1, 0.2), (0.3, 0.4)}
    view.show_drawing(None)
    assert points_of(*view.values.markers) == set(map(tuple, frame.X.tolist()))
    assert points_of(*view.points) == set()


def test_the_legend_speaks_of_targets() -> None:
    assert legend_words(make_frame(PLANE)) == TARGET_LEGEND
    assert legend_words(make_frame(SPLIT)) == TARGET_TEST_LEGEND
    assert "class" not in TARGET_LEGEND + TARGET_TEST_LEGEND


def test_the_scale_holds_the_targets_and_grows_with_the_output() -> None:
    surface = np.linspace(-0.1, 0.2, 100)
    assert output_scale(surface, PLANE) == Scale(-1.0, 1.0)
    assert output_scale(10.0 * surface, PLANE) == Scale(-2.0, 2.0)
    assert output_scale(np.full(3, np.nan), PLANE) == Scale(-1.0, 1.0)
    assert output_scale(surface, Recipe()) == Scale(0.0, 1.0)


def test_a_number_beyond_the_scale_has_the_end_and_what_is_none_has_its_own_colour() -> None:
    values = np.array([-9.0, -1.0, 0.0, 1.0, 9.0, math.nan, math.inf])
    middle, last = BUCKETS // 2, BUCKETS - 1
    found = buckets(values, Scale(-1.0, 1.0))
    assert found.tolist() == [0, 0, middle, last, last, NONE, NONE]
    for look in (LIGHT, DARK):
        colours = bucket_colours(look)
        assert len(set(colours)) == BUCKETS + 1
        assert colours[0] == look.class_0.upper()
        assert colours[last] == look.class_1.upper()


def words_in(transport: Transport) -> set[str]:
    return {label.text() for label in transport.findChildren(QLabel)}


def test_r_squared_stands_where_the_accuracy_does(show: Callable[..., Transport]) -> None:
    transport = show(Transport(), 1264, 50)
    frame = make_frame(SPLIT, epochs=100)
    assert frame.test is not None
    label, test_label = (child(transport, f"{name}accuracy_label") for name in ("", "test_"))
    transport.show_frame(frame)
    assert label.text() == f"{frame.r_squared:.4f}".replace("-", "−")
    assert test_label.text() == f"{frame.test.r_squared:.4f}".replace("-", "−")
    assert (label.accessibleName(), test_label.accessibleName()) == ("R²", "Test R²")
    assert {"R²", "Test R²"} <= words_in(transport)
    transport.show_frame(make_frame(epochs=1, accuracy=1.0))
    assert label.text() == "100.0\u2009%"
    assert {"Accuracy", "Test acc."} <= words_in(transport)
    assert not {"R²", "Test R²"} & words_in(transport)
    assert label.accessibleName() == "Accuracy"


def drawer_of(show: Callable[..., SamplesDrawer], frame: Frame) -> SamplesDrawer:
    drawer = show(SamplesDrawer(), 480, 640)
    drawer.show_frame(frame)
    return drawer


def test_the_table_has_targets_and_errors_as_numbers(show: Callable[..., SamplesDrawer]) -> None:
    frame = make_frame(PLANE, epochs=50)
    model = drawer_of(show, frame).model
    for sample in range(5):
        cells = [model.index(sample, column).data() for column in (TRUTH, PREDICTION, CORRECT)]
        truth, prediction = float(frame.Y[sample]), float(frame.predictions[sample])
        error = value_text(prediction - truth, 3)
        assert cells == [value_text(truth, 4), value_text(prediction, 4), error]
    assert model.headerData(CORRECT, Qt.Orientation.Horizontal) == "error"
    model.sort(CORRECT)
    assert model.sample_of(0) == int(np.argmin(frame.predictions - frame.Y))


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (-0.0286, "−0.029"),
        (12.345, "+12.35"),
        (-1234.5, "−1e3"),
        (math.nan, "NaN"),
        (9.9996, "+10.00"),
    ],
)
def test_an_error_has_room_in_its_column(error: float, words: str) -> None:
    assert error_text(error) == words


def test_the_pair_shows_numbers_and_there_is_no_confusion_matrix(
    show: Callable[..., SamplesDrawer],
) -> None:
    frame = make_frame(SPLIT, epochs=200)
    drawer = drawer_of(show, frame)
    assert drawer.matrix.isHidden()
    assert drawer.test_matrix.isHidden()
    scale = output_scale(frame.surface, frame.recipe)
    truth, prediction = drawer.pair._values
    check_colours(truth, frame.X, frame.Y, scale)
    check_colours(prediction, frame.X, np.clip(frame.predictions, -1.0, 1.0), scale)
    drawer.show_frame(make_frame(Recipe(train_share=0.5)))
    assert not drawer.matrix.isHidden()
    assert not drawer.test_matrix.isHidden()


def test_of_many_seeds_the_median_of_the_losses_is_told(show: Callable[..., SeedsPlot]) -> None:
    run = SeedRun(revised(PLANE, epochs=30), 5)
    while not run.is_done:
        run.advance()
    study = run.study()
    plot = show(SeedsPlot(), 500, 300)
    plot.show_study(study)
    median = float(np.median(study.losses[-1]))
    assert plot.legend.accessibleDescription() == f"seeds, median {median:.4f}, quartiles"
    assert len(plot._others.ys) == 5
    assert seed_words(study, 2) == f"seed 2: final loss {study.losses[-1, 2]:.4f}"


@pytest.mark.usefixtures("qapp")
def test_the_figures_of_a_report_have_targets_as_colours_and_no_rings_and_no_boundary() -> None:
    (chapter,) = compute_report([Case("Plane", revised(PLANE, epochs=300))], 3).chapters
    blue_to_orange = set(bucket_colours(LIGHT)[:BUCKETS])
    for key in ("predictions", "surface"):
        content = svg(FIGURES[key], chapter).decode().upper()
        assert len([c for c in blue_to_orange if f'FILL="{c}"' in content]) > BUCKETS // 2
        assert f'STROKE-WIDTH="{BOUNDARY_WIDTH}"' not in content
    # A boundary would be there in a drawing of classes.
    (classes,) = compute_report([Case("Classes", Recipe(epochs=2500))], 1).chapters
    surface = svg(FIGURES["surface"], classes).decode().upper()
    assert f'STROKE-WIDTH="{BOUNDARY_WIDTH}"' in surface


def test_the_map_of_numbers_is_not_called_a_decision_boundary(
    qtbot: QtBot, open_in_test: OpenWindow
) -> None:
    window = open_in_test()
    heading = window.parts.boundary_panel.heading
    assert heading.text() == "DECISION BOUNDARY"
    window.parts.controls.dataset_choice.pick("plane")
    qtbot.waitUntil(lambda: heading.text() == "OUTPUT")
    window.parts.controls.dataset_choice.pick("xor")
    qtbot.waitUntil(lambda: heading.text() == "DECISION BOUNDARY")
