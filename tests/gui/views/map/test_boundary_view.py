"""The decision boundary and its colour scale."""

import math
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from frames import make_frame
from gui.colour_vision import contrast
from gui.helpers import click, double_click, leave, pixels, point_at, turn_wheel, warmth
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from mlpviz.engine import Array
from mlpviz.engine.datasets import MAX_CLASSES
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.recipe.revision import revised
from mlpviz.experiment.run.capture import capture
from mlpviz.experiment.run.frame import Frame
from mlpviz.experiment.run.grids import Box
from mlpviz.experiment.run.run import Run
from mlpviz.experiment.run.want import Want
from mlpviz.experiment.words.formats import value_text
from mlpviz.gui.look.look import DARK, LIGHT, Look
from mlpviz.gui.look.palette import LEVELS, ColourTable, Scale
from mlpviz.gui.plots.canvas import Markers
from mlpviz.gui.plots.crowd import MAX_POINTS
from mlpviz.gui.views.map.boundary_view import BoundaryView
from mlpviz.gui.views.map.colour_bar import ColourBar
from mlpviz.gui.views.map.map_words import output_words

CROWD = Recipe(dataset="linear", samples=5000)

LEGEND = "● class 0   ■ class 1   ◯ misclassified"
TEST_LEGEND = "●■ training   ○□ test   ◯ misclassified"


@pytest.fixture
def view(qtbot: QtBot, show: Callable[..., BoundaryView]) -> BoundaryView:
    return show(BoundaryView(), 520, 460)


def points_of(markers: Markers) -> set[tuple[float, float]]:
    return set(zip(markers.x.tolist(), markers.y.tolist(), strict=True))


def holes(view: BoundaryView) -> NDArray[np.bool]:
    """Tell which cells of the surface are transparent, rows upwards."""
    image = view.picture.image
    alpha = np.array(
        [[image.pixelColor(x, y).alpha() for x in range(100)] for y in range(100)], np.uint8
    )
    return (alpha == 0)[::-1]


def place_of(view: BoundaryView, x1: float, x2: float) -> QPointF:
    """Return where on the plot's viewport a point of the plane is drawn."""
    scene = view.plot.view.mapViewToScene(QPointF(x1, x2))
    return QPointF(view.plot.mapFromScene(scene))


def colours(view: BoundaryView, *places: tuple[float, float]) -> list[QColor]:
    return pixels(view.plot.viewport(), [place_of(view, *place) for place in places])


def test_the_surface_is_an_image_of_table_entries_over_its_box(view: BoundaryView) -> None:
    frame = make_frame(epochs=50)
    view.show_frame(frame)
    entries = np.rint(frame.surface[::-1] * (LEVELS - 1)).astype(np.uint8)
    assert view.picture.image == ColourTable(LIGHT).image(entries, has_holes=False)
    assert view.picture.box == frame.surface_box


def test_class_0_is_blue_class_1_orange_and_x2_points_up(view: BoundaryView) -> None:
    frame = make_frame()
    surface = np.zeros_like(frame.surface)
    surface[len(surface) // 2 :] = 1.0
    view.show_frame(replace(frame, surface=surface))
    low, high = colours(view, (0.5, 0.05), (0.5, 0.95))
    assert warmth(low) < -40
    assert warmth(high) > 40


def test_the_boundary_is_where_the_output_is_one_half(view: BoundaryView) -> None:
    frame = make_frame(epochs=1000)
    view.show_frame(frame)
    x, y = view.line.x, view.line.y
    assert len(x) > 50
    outputs = [frame.outputs_at(*place)[0] for place in zip(x.tolist(), y.tolist(), strict=True)]
    np.testing.assert_allclose(outputs, 0.5, atol=0.02)


def test_a_surface_on_one_side_has_no_boundary(view: BoundaryView) -> None:
    view.show_frame(make_frame(epochs=1000))
    view.show_frame(make_frame(surface=np.full((100, 100), 0.4)))
    assert not view.line.x.size


@pytest.mark.parametrize("classes", [2, 3, 6])
def test_the_points_of_a_class_share_a_marker_and_lie_where_they_are(
    view: BoundaryView, classes: int
) -> None:
    frame = make_frame(revised(Recipe(), dataset="spiral", classes=classes))
    view.show_frame(frame)
    for number, markers in enumerate(view.points):
        assert points_of(markers) == set(map(tuple, frame.X[number == frame.Y].tolist()))
    assert len({markers.shape for markers in view.points}) == MAX_CLASSES
    assert len({markers.brush.color().name() for markers in view.points}) == MAX_CLASSES


@pytest.mark.thorough
def test_exactly_the_misclassified_samples_have_a_ring(view: BoundaryView) -> None:
    untrained, trained = make_frame(), make_frame(epochs=5000)
    assert untrained.accuracy < 1.0 == trained.accuracy
    for frame in (untrained, trained, untrained):
        view.show_frame(frame)
        wrong = (frame.predictions > 0.5) != (frame.Y > 0.5)
        assert points_of(view.ring) == set(map(tuple, frame.X[wrong].tolist()))
        assert f"{wrong.sum()} of 21 samples are misclassified" in view.accessibleDescription()


def test_a_prediction_that_is_no_number_is_wrong(view: BoundaryView) -> None:
    frame = make_frame(predictions=np.full(21, math.nan))
    view.show_frame(frame)
    assert len(points_of(view.ring)) == 21


@pytest.mark.parametrize("samples", [100, 2000])
def test_what_is_misclassified_is_larger_and_keeps_shape_and_colour(
    view: BoundaryView, samples: int
) -> None:
    frame = make_frame(revised(Recipe(), dataset="moons", samples=samples, train_share=0.5))
    view.show_frame(frame)
    assert frame.test is not None
    for marks, part, all_points in (
        (view.wrong_points, frame, view.points),
        (view.test_points.wrong_points, frame.test, view.test_points.points),
    ):
        assert not part.correct.all()
        for number, (larger, usual) in enumerate(zip(marks, all_points, strict=True)):
            assert larger.size == pytest.approx(1.3 * usual.size)
            assert (larger.shape, larger.pen, larger.brush) == (usual.shape, usual.pen, usual.brush)
            wrong = part.X[~part.correct & (number == part.Y)]
            assert points_of(larger) == set(map(tuple, wrong.tolist()))
    sizes = [mark.size for mark in view.wrong_points]
    assert view.ring.size > max(sizes) + 2.0  # the ring is seen around it
    assert view.test_points.ring.size > 1.3 * view.test_points.points[0].size + 2.0
    right = frame.X[frame.correct]
    view.show_frame(replace(frame, predictions=frame.Y.copy(), accuracy=1.0))
    assert len(right) < len(frame.X)
    assert not any(points_of(markers) for markers in view.wrong_points)


def test_another_data_set_brings_its_own_points_and_box(view: BoundaryView) -> None:
    view.show_frame(make_frame())
    frame = make_frame(Recipe(dataset="linear", samples=30))
    view.show_frame(frame)
    assert sum(len(points_of(scatter)) for scatter in view.points) == 30
    assert view.plot.view.viewRange()[0] == pytest.approx([frame.box.left, frame.box.right])


def test_where_the_output_is_no_number_it_is_hatched(view: BoundaryView) -> None:
    frame = make_frame()
    surface = frame.surface.copy()
    surface[:, :50] = math.nan
    surface[0, 99] = math.inf
    view.show_frame(replace(frame, surface=surface))
    assert view.picture.hatch is not None
    assert holes(view)[:, :50].all()
    assert holes(view)[0, 99]
    assert not holes(view)[1:, 50:].any()
    strip = [(0.1 + 0.003 * i, 0.5) for i in range(60)]
    assert len({colour.name() for colour in colours(view, *strip)}) > 1  # stripes
    view.show_frame(frame)
    assert view.picture.hatch is None


@pytest.mark.parametrize("look", [LIGHT, DARK], ids=["light", "dark"])
def test_a_ring_is_seen_where_the_output_is_no_number(view: BoundaryView, look: Look) -> None:
    view.set_look(look)
    frame = make_frame()
    view.show_frame(replace(frame, surface=np.full_like(frame.surface, math.nan)))
    ground = {
        colour.name() for colour in colours(view, *[(0.1 + 0.003 * i, 0.5) for i in range(60)])
    }
    assert look.middle.lower() in ground
    assert contrast(view.ring.pen.color().name(), look.middle) >= 3.0


def test_a_run_that_became_nan_can_be_shown(view: BoundaryView) -> None:
    recipe = Recipe(activations_off=True)
    run = Run(recipe)
    while run.training.first_nonfinite_weight_epoch is None:
        run.advance(1)
        view.show_frame(capture(run))
        assert not view.grab().isNull()
    view.show_frame(make_frame(recipe, run.training.epoch + 3))
    assert holes(view).all()


def test_more_than_2000_points_are_a_fixed_sample_and_it_says_so(
    qtbot: QtBot, view: BoundaryView
) -> None:
    frame = make_frame(CROWD)
    with qtbot.waitSignal(view.pointed_at) as announced:
        view.show_frame(frame)
    assert announced.args == [f"{LEGEND}   2\u2009000 of 5\u2009000 points are drawn"]
    drawn = [points_of(scatter) for scatter in view.points]
    assert sum(map(len, drawn)) == MAX_POINTS
    rings = points_of(view.ring)
    assert rings
    assert rings <= drawn[0] | drawn[1]
    view.show_frame(make_frame(Recipe()))
    view.show_frame(make_frame(CROWD, epochs=3))
    assert [points_of(scatter) for scatter in view.points] == drawn


@pytest.mark.parametrize("count", [2, 2000])
def test_up_to_2000_points_are_all_drawn(view: BoundaryView, count: int) -> None:
    view.show_frame(make_frame(Recipe(dataset="linear", samples=count)))
    assert sum(len(points_of(scatter)) for scatter in view.points) == count


def test_under_the_pointer_is_the_network_in_float64(qtbot: QtBot, view: BoundaryView) -> None:
    run = Run(Recipe())
    run.advance(500)
    frame = capture(run)
    view.show_frame(frame)
    for place in ((0.3, 0.7), (0.123456, 0.9)):
        exact = run.training.network.forward(np.array([place])).activations[-1][0, 0]
        assert output_words(frame, *place) == f"ŷ {value_text(float(exact))}"
    with qtbot.waitSignal(view.pointed_at) as announced:
        point_at(view.plot.viewport(), place_of(view, 0.3, 0.7))
    words = announced.args[0].split()
    assert words[::2] == ["x₁", "x₂", "ŷ"]
    x1, x2, output = map(float, words[1::2])
    assert (x1, x2) == pytest.approx((0.3, 0.7), abs=0.011)
    assert output == pytest.approx(frame.outputs_at(0.3, 0.7)[0], abs=0.02)


def test_the_words_under_the_pointer_follow_the_frames_and_go_with_it(
    qtbot: QtBot, view: BoundaryView
) -> None:
    said: list[str] = []
    view.show_frame(make_frame())
    point_at(view.plot.viewport(), place_of(view, 0.3, 0.7))
    view.pointed_at.connect(said.append)
    view.show_frame(make_frame(epochs=2000))
    view.show_frame(make_frame(parameters=np.full(37, math.nan)))
    leave(view.plot)
    assert "ŷ" in said[0]
    assert said[1].endswith("ŷ not a number")
    assert said[-1] == LEGEND


def test_before_the_first_frame_no_output_is_known(view: BoundaryView) -> None:
    assert output_words(None, 0.5, 0.5) == "ŷ not a number"
    view.go_home()


def test_zooming_asks_for_the_surface_over_what_is_seen_and_a_double_click_goes_home(
    qtbot: QtBot, view: BoundaryView
) -> None:
    frame = make_frame()
    view.show_frame(frame)
    place = place_of(view, 0.4, 0.6)
    with qtbot.waitSignal(view.box_changed) as announced:
        turn_wheel(view.plot.viewport(), place, 3)
    box = announced.args[0]
    assert isinstance(box, Box)
    assert box.right - box.left < frame.box.right - frame.box.left
    assert box.left < 0.4 < box.right
    assert box.bottom < 0.6 < box.top
    with qtbot.waitSignal(view.box_changed) as announced:
        double_click(view.plot.viewport(), place)
    assert announced.args == [None]
    assert seen_box(view) == pytest.approx(tuple(frame.box))


def seen_box(view: BoundaryView) -> tuple[float, ...]:
    (left, right), (bottom, top) = view.plot.view.viewRange()
    return left, bottom, right, top


def test_a_zoom_stays_while_training_goes_on(qtbot: QtBot, view: BoundaryView) -> None:
    view.show_frame(make_frame())
    with qtbot.waitSignal(view.box_changed) as announced:
        turn_wheel(view.plot.viewport(), place_of(view, 0.4, 0.6), 3)
    run = Run(Recipe())
    run.advance(10)
    with qtbot.assertNotEmitted(view.box_changed):
        view.show_frame(capture(run, Want(announced.args[0])))
    assert seen_box(view) == pytest.approx(tuple(announced.args[0]))


def test_one_turn_of_the_wheel_asks_for_one_surface(qtbot: QtBot, view: BoundaryView) -> None:
    view.show_frame(make_frame())
    boxes: list[Box] = []
    view.box_changed.connect(boxes.append)
    for _ in range(5):
        turn_wheel(view.plot.viewport(), place_of(view, 0.5, 0.5))
    qtbot.waitUntil(lambda: bool(boxes))
    assert len(boxes) == 1


def test_an_output_without_bounds_gets_a_scale_that_holds_nearly_all(view: BoundaryView) -> None:
    recipe = Recipe(activations_off=True, dataset="linear")
    frame = make_frame(recipe)
    view.show_frame(frame)
    wide = view.colour_bar.accessibleDescription()
    assert wide != "from 0 to 1"
    assert view.picture.hatch is None
    view.show_frame(replace(frame, surface=100.0 * frame.surface))
    assert view.colour_bar.accessibleDescription() != wide
    view.show_frame(make_frame())
    assert view.colour_bar.accessibleDescription() == "from 0 to 1"


@pytest.mark.parametrize("largest", [1e-300, 1.0, 3e38, 1.7e308])
def test_any_finite_surface_can_be_shown(view: BoundaryView, largest: float) -> None:
    dtype = np.float64 if largest > 1e300 else np.float32
    surface: Array = largest * np.linspace(-1.0, 1.0, 100 * 100).reshape(100, 100).astype(dtype)
    view.show_frame(make_frame(Recipe(activations_off=True), surface=surface))
    assert not view.grab().isNull()
    assert view.picture.hatch is None


def test_the_theme_changes_surface_and_ground(view: BoundaryView) -> None:
    view.show_frame(make_frame(surface=np.full((100, 100), 0.5)))
    (light,) = colours(view, (0.5, 0.05))
    view.set_look(DARK)
    (dark,) = colours(view, (0.5, 0.05))
    assert (light, dark) == (QColor(LIGHT.middle), QColor(DARK.middle))
    assert view.plot.backgroundBrush().color() == QColor(DARK.panel)


@pytest.fixture
def bar(show: Callable[..., ColourBar]) -> ColourBar:
    return show(ColourBar(), 52, 300)


def test_the_bar_runs_from_blue_below_to_orange_above(bar: ColourBar) -> None:
    low, high = pixels(bar, [QPointF(6, 240), QPointF(6, 30)])
    assert warmth(low) < 0 < warmth(high)


@pytest.mark.parametrize(
    "surface", [[-9.0, 0.5], [0.5, 9.0], [0.5, math.nan], [0.5, math.inf]], ids=str
)
def test_the_bar_marks_what_its_colours_leave_out(bar: ColourBar, surface: list[float]) -> None:
    scale = Scale(0.0, 1.0)
    bar.show_scale(scale, np.array([0.0, 1.0]))
    plain = bar.grab().toImage()
    bar.show_scale(scale, np.array(surface))
    assert bar.grab().toImage() != plain
    has_nan = not math.isfinite(surface[1])
    assert ("not a number" in bar.accessibleDescription()) == has_nan
    bar.show_scale(scale, np.array([0.0, 1.0]))
    assert bar.grab().toImage() == plain


def test_the_bar_writes_its_ends(bar: ColourBar) -> None:
    bar.show_scale(Scale(-19.5, 20.5), np.array([[math.nan]]))
    assert bar.accessibleDescription() == "from −19.5 to 20.5, some values are not a number"


def test_frames_of_one_run_do_not_draw_their_points_again(view: BoundaryView) -> None:
    run = Run(Recipe())
    frames: list[Frame] = []
    for _ in range(2):
        run.advance(1)
        frames.append(capture(run))
    view.show_frame(frames[0])
    before = view.points[0].x
    view.show_frame(frames[1])
    assert view.points[0].x is before


def test_a_surface_that_hardly_moved_is_not_painted_again_until_it_has_moved_enough(
    view: BoundaryView,
) -> None:
    frame = make_frame(epochs=100)
    view.show_frame(frame)
    before = view.picture.image
    step = np.float32(0.2 / LEVELS)
    view.show_frame(replace(frame, surface=frame.surface + step))
    assert view.picture.image is before
    view.show_frame(replace(frame, surface=frame.surface + 2 * step))
    assert view.picture.image is not before


@pytest.mark.parametrize(("dx", "dy"), [(0, 0), (8, 0), (0, -11), (-7, 7)])
def test_a_click_near_a_point_selects_its_sample(
    qtbot: QtBot, view: BoundaryView, dx: int, dy: int
) -> None:
    frame = make_frame()
    view.show_frame(frame)
    place = place_of(view, *frame.X[7].tolist()) + QPointF(dx, dy)
    with qtbot.waitSignal(view.sample_selected) as announced:
        click(view.plot.viewport(), place)
    assert announced.args == [7]


def test_a_click_far_from_every_point_selects_none(qtbot: QtBot, view: BoundaryView) -> None:
    view.show_frame(make_frame())
    with qtbot.waitSignal(view.sample_selected) as announced:
        click(view.plot.viewport(), place_of(view, 0.5, 0.95))
    assert announced.args == [None]


def test_a_click_on_an_axis_selects_nothing_and_clears_nothing(
    qtbot: QtBot, view: BoundaryView
) -> None:
    view.show_frame(make_frame())
    with qtbot.assertNotEmitted(view.sample_selected):
        click(view.plot.viewport(), QPointF(10, 100))


def test_of_a_crowd_a_click_selects_the_sample_and_not_its_place_among_those_drawn(
    qtbot: QtBot, view: BoundaryView
) -> None:
    frame = make_frame(CROWD)
    view.show_frame(frame)
    sample = int(view._shown[900])
    assert sample != 900
    with qtbot.waitSignal(view.sample_selected) as announced:
        click(view.plot.viewport(), place_of(view, *frame.X[sample].tolist()))
    distance = np.linalg.norm(frame.X[announced.args[0]] - frame.X[sample])
    assert distance < 0.01


def test_a_selected_sample_has_a_ring_in_the_accent_until_none_is(view: BoundaryView) -> None:
    frame = make_frame()
    view.show_frame(frame)
    for sample, points in ((7, {tuple(frame.X[7].tolist())}), (None, set()), (99, set())):
        view.select_sample(sample)
        assert points_of(view.chosen) == points_of(view.halo) == points
    assert view.chosen.pen.color() == QColor(LIGHT.accent)
    view.set_look(DARK)
    assert view.chosen.pen.color() == QColor(DARK.accent)


def test_the_ring_moves_to_where_the_sample_lies_in_other_data(view: BoundaryView) -> None:
    view.show_frame(make_frame())
    view.select_sample(7)
    frame = make_frame(Recipe(dataset="linear", samples=30))
    view.show_frame(frame)
    assert points_of(view.chosen) == {tuple(frame.X[7].tolist())}


def test_a_double_click_still_goes_home_with_a_click_in_it(
    qtbot: QtBot, view: BoundaryView
) -> None:
    frame = make_frame()
    view.show_frame(frame)
    place = place_of(view, 0.5, 0.95)
    with qtbot.waitSignal(view.box_changed):
        turn_wheel(view.plot.viewport(), place, 3)
    with qtbot.waitSignals([view.sample_selected, view.box_changed]):
        double_click(view.plot.viewport(), place)
    assert seen_box(view) == pytest.approx(tuple(frame.box))


SPLIT = Recipe(dataset="moons", train_share=0.5)


@pytest.mark.parametrize("classes", [2, 4])
def test_test_samples_lie_where_they_are_in_the_shape_of_their_class(
    view: BoundaryView, classes: int
) -> None:
    frame = make_frame(revised(SPLIT, dataset="gaussians", classes=classes))
    assert frame.test is not None
    view.show_frame(frame)
    for y, test, train in zip(range(6), view.test_points.points, view.points, strict=True):
        assert points_of(test) == set(map(tuple, frame.test.X[y == frame.test.Y].tolist()))
        assert points_of(train) == set(map(tuple, frame.X[y == frame.Y].tolist()))
        assert test.shape == train.shape


@pytest.mark.parametrize("look", [LIGHT, DARK], ids=lambda look: look.name)
def test_test_samples_are_drawn_in_another_way_than_those_that_train(
    view: BoundaryView, look: Look
) -> None:
    frame = make_frame(SPLIT)
    assert frame.test is not None
    view.set_look(look)
    alone = replace(
        frame,
        X=np.array([[-0.5, 0.0]]),
        Y=np.array([1.0]),
        predictions=np.ones(1),
        test=replace(
            frame.test, X=np.array([[0.5, 0.0]]), Y=np.array([1.0]), predictions=np.ones(1)
        ),
    )
    view.show_frame(alone)
    train, test = colours(view, (-0.5, 0.0), (0.5, 0.0))
    assert train == QColor(look.class_1)
    assert test == QColor(look.panel)  # hollow
    for markers, other in zip(view.test_points.points, view.points, strict=True):
        assert markers.size < other.size


def test_exactly_the_misclassified_test_samples_have_a_ring(view: BoundaryView) -> None:
    frame = make_frame(SPLIT, 20)
    assert frame.test is not None
    view.show_frame(frame)
    wrong = (frame.test.predictions > 0.5) != (frame.test.Y > 0.5)
    assert 0 < wrong.sum() < len(wrong)
    assert points_of(view.test_points.ring) == set(map(tuple, frame.test.X[wrong].tolist()))
    assert f"Of the test set, {wrong.sum()} of 50 are." in view.accessibleDescription()


def test_the_legend_says_which_samples_are_the_test_set(qtbot: QtBot, view: BoundaryView) -> None:
    for recipe, legend in ((SPLIT, TEST_LEGEND), (Recipe(), LEGEND)):
        with qtbot.waitSignal(view.pointed_at) as words:
            view.show_frame(make_frame(recipe))
        assert words.args == [legend]
    assert "test" in TEST_LEGEND
    assert "training" in TEST_LEGEND


def test_the_test_samples_go_with_the_split(view: BoundaryView) -> None:
    view.show_frame(make_frame(SPLIT, 20))
    view.show_frame(make_frame(replace(SPLIT, train_share=1.0)))
    marks = view.test_points
    assert not any(len(m.x) for m in (*marks.points, *marks.edges, marks.ring))
    view.show_frame(make_frame(SPLIT, 20))
    assert sum(len(markers.x) for markers in marks.points) == 50


def test_of_a_crowd_of_test_samples_2000_are_drawn_and_it_says_so(
    qtbot: QtBot, view: BoundaryView
) -> None:
    with qtbot.waitSignal(view.pointed_at) as words:
        view.show_frame(make_frame(replace(CROWD, train_share=0.4)))
    assert words.args == [f"{TEST_LEGEND}   2\u2009000 of 3\u2009000 test points are drawn"]
    assert sum(len(markers.x) for markers in view.test_points.points) == MAX_POINTS


def test_keys_zoom_and_move_the_map_and_0_shows_all(qtbot: QtBot, view: BoundaryView) -> None:
    frame = make_frame()
    view.show_frame(frame)
    left, bottom, right, top = seen_box(view)
    with qtbot.waitSignal(view.box_changed) as announced:
        QTest.keyClick(view.plot, Qt.Key.Key_Plus)
    assert announced.args[0].right - announced.args[0].left == pytest.approx(0.8 * (right - left))
    with qtbot.waitSignal(view.box_changed):
        QTest.keyClick(view.plot, Qt.Key.Key_Minus)
    assert seen_box(view) == pytest.approx((left, bottom, right, top))
    for key, place in ((Qt.Key.Key_Right, 0), (Qt.Key.Key_Up, 1)):
        before = seen_box(view)[place]
        with qtbot.waitSignal(view.box_changed):
            QTest.keyClick(view.plot, key, Qt.KeyboardModifier.AltModifier)
        assert seen_box(view)[place] > before
    with qtbot.waitSignal(view.box_changed) as announced:
        QTest.keyClick(view.plot, Qt.Key.Key_0)
    assert announced.args == [None]
    assert seen_box(view) == pytest.approx(tuple(frame.box))


@pytest.mark.parametrize("count", [5, 2000, 2001, 9000])
def test_points_just_drawn_are_seen_among_however_many(view: BoundaryView, count: int) -> None:
    view.show_frame(make_frame())
    X = np.random.default_rng(0).uniform(0.0, 1.0, (count, 2))
    view.show_drawing((X, np.zeros(count)))
    before = points_of(view.points[0])
    new = (0.123, 0.456)
    view.show_drawing((np.vstack((X, [new])), np.append(np.zeros(count), 1.0)))
    assert points_of(view.points[1]) == {new}
    gone = before - points_of(view.points[0])
    assert len(gone) <= (1 if count != 2000 else 1000)  # the oldest of the latest


def test_the_labels_of_the_axes_stay_readable_when_the_keyboard_has_passed_by(
    view: BoundaryView,
) -> None:
    axes = [view.plot.axes[name] for name in ("bottom", "left")]
    view.plot.setFocus()
    assert [axis.labelStyle["color"] for axis in axes] == [LIGHT.quiet] * 2
    view.plot.clearFocus()
    assert [axis.labelStyle["color"] for axis in axes] == [LIGHT.quiet] * 2
    assert axes[0].pen().color().name() == LIGHT.line.lower()
