"""The network diagram."""

import math
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from frames import make_frame, with_weights
from gui.helpers import leave, pixels, point_at, warmth
from PySide6.QtCore import QLineF, QPointF, QRectF
from PySide6.QtGui import QColor, QFontMetricsF
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.frame import Frame
from mlpviz.experiment.run.gradients import gradient
from mlpviz.experiment.run.places import Place
from mlpviz.experiment.run.want import Want
from mlpviz.experiment.words.formats import activation_text, signed_text
from mlpviz.gui.look.assets import ui_font
from mlpviz.gui.look.look import DARK, LIGHT
from mlpviz.gui.look.sizes import LEAST_MIDDLE, SMALL
from mlpviz.gui.views.diagram.hover import INDENT
from mlpviz.gui.views.diagram.network_layout import NetworkLayout, lay_out
from mlpviz.gui.views.diagram.network_view import NetworkView
from mlpviz.gui.views.diagram.pens import strongest
from mlpviz.gui.views.diagram.weight_scale import scale_weights, scale_width

WIDTH, HEIGHT = 520, 640
NARROWEST = LEAST_MIDDLE - 22  # less what the panel takes for its margins and its frame
LARGE = Recipe(hidden=(64,) * 6)


@pytest.fixture
def view(show: Callable[..., NetworkView]) -> NetworkView:
    return show(NetworkView(), WIDTH, HEIGHT)


def layout_of(frame: Frame) -> NetworkLayout:
    return lay_out(frame.recipe.sizes, WIDTH, HEIGHT)


def gaps(view: NetworkView, line: QLineF) -> list[bool]:
    """Tell where, on the part of an edge without a number, nothing is drawn across it."""
    places = [line.pointAt(share) for share in np.linspace(0.02, 0.36, 80)]
    columns = [
        pixels(view, [place + QPointF(0, dy) for place in places]) for dy in (-2, -1, 0, 1, 2)
    ]
    return [all(map(is_ground, column)) for column in zip(*columns, strict=True)]


def is_ground(colour: QColor) -> bool:
    return colour.name() == LIGHT.panel.lower()


def test_before_the_first_frame_it_is_empty(view: NetworkView) -> None:
    assert view.hover_text() == ""
    assert all(map(is_ground, pixels(view, [QPointF(100, 100), QPointF(260, 320)])))


def test_it_says_of_how_many_units_the_network_is(view: NetworkView) -> None:
    view.show_frame(make_frame(Recipe(hidden=(3, 5))))
    assert view.accessibleDescription() == "A network of 2-3-5-1 units."


def test_over_a_unit_it_tells_its_activation_its_bias_and_its_weights(view: NetworkView) -> None:
    frame = make_frame(Recipe(hidden_activation="tanh"), 20, Want(gradient=Place(2, 1)))
    weights, biases = frame.layers()
    view.show_frame(frame)
    point_at(view, layout_of(frame).units[2][1].center())
    terms = [f"{signed_text(weights[1][i, 1])} · h₁,{'₁₂₃₄'[i]}" for i in range(4)]
    slope = gradient(frame)[Place(2, 1).position(frame.recipe.sizes)]
    assert view.hover_text().splitlines() == [
        "h₂,₂ = tanh(z)",
        f"z = {terms[0]}",
        *(INDENT + term for term in terms[1:]),
        f"{INDENT}{signed_text(biases[1][1])}   bias",
        f"gradient ∂L/∂b {slope:+.4f}".replace("-", "−"),
    ]


def test_over_the_output_it_tells_its_own_numbers(view: NetworkView) -> None:
    frame = make_frame(epochs=20)
    view.show_frame(frame)
    point_at(view, layout_of(frame).units[3][0].center())
    lines = view.hover_text().splitlines()
    assert lines[0] == "ŷ = sigmoid(z)"
    assert f"{INDENT}{signed_text(frame.layers()[1][2][0])}   bias" in lines


def test_with_activations_off_a_unit_says_that_it_is_the_identity(view: NetworkView) -> None:
    frame = make_frame(Recipe(activations_off=True))
    view.show_frame(frame)
    point_at(view, layout_of(frame).units[1][0].center())
    assert view.hover_text().splitlines()[0] == "h₁,₁ = z   identity"


def test_over_an_input_it_says_so(view: NetworkView) -> None:
    frame = make_frame()
    view.show_frame(frame)
    point_at(view, layout_of(frame).units[0][1].center())
    assert view.hover_text().splitlines()[0] == "x₂   input"


def test_over_an_edge_it_tells_whence_whither_and_its_weight(view: NetworkView) -> None:
    frame = make_frame(Recipe(hidden=(3,)), 20, Want(gradient=Place(1, 0, 0)))
    view.show_frame(frame)
    weights = frame.layers()[0][0]
    for i in range(2):
        for j in range(3):
            point_at(view, layout_of(frame).blocks[0].lines[3 * i + j].pointAt(0.3))
            names = f"x{'₁₂'[i]} → h₁,{'₁₂₃'[j]}"
            slope = gradient(frame)[Place(1, j, i).position(frame.recipe.sizes)]
            assert view.hover_text().splitlines() == [
                f"{names}   weight {signed_text(weights[i, j])}",
                f"gradient ∂L/∂w {slope:+.4f}".replace("-", "−"),
            ]


def test_a_gradient_that_the_frame_brings_is_told_as_it_stands(view: NetworkView) -> None:
    frame = make_frame(epochs=20)
    known = np.arange(37.0)
    view.show_frame(replace(frame, gradient=known))
    point_at(view, layout_of(frame).units[2][1].center())
    place = Place(2, 1).position(frame.recipe.sizes)
    assert f"gradient ∂L/∂b +{known[place]:.4f}" in view.hover_text()


def test_the_numbers_under_the_pointer_follow_the_frames(view: NetworkView) -> None:
    frame = make_frame(Recipe(hidden=(3,)))
    view.show_frame(frame)
    point_at(view, layout_of(frame).blocks[0].lines[0].pointAt(0.3))
    view.show_frame(with_weights(frame, w0_0_0=-7.25))
    assert view.hover_text().splitlines()[0] == "x₁ → h₁,₁   weight −7.25"
    assert view.hover_text().splitlines()[1] == "gradient ∂L/∂w …"  # it is on its way
    broken = with_weights(frame, w0_0_0=math.nan)
    view.show_frame(replace(broken, gradient=gradient(broken)))
    assert view.hover_text().splitlines() == [
        "x₁ → h₁,₁   weight not a number",
        "gradient ∂L/∂w not a number",
    ]


def test_nothing_is_told_once_the_pointer_has_left(view: NetworkView) -> None:
    frame = make_frame()
    view.show_frame(frame)
    point_at(view, layout_of(frame).units[1][0].center())
    assert view.hover_text()
    leave(view)
    assert view.hover_text() == ""


def test_a_network_that_shrinks_under_the_pointer_is_no_error(view: NetworkView) -> None:
    large, small = make_frame(LARGE), make_frame(Recipe(hidden=()))
    view.show_frame(large)
    point_at(view, layout_of(large).units[6][63].center())
    assert "h₆,₆₄" in view.hover_text()
    view.show_frame(small)
    view.grab()
    assert "h₆" not in view.hover_text()


def test_a_unit_of_many_weights_lists_some_and_counts_the_rest(view: NetworkView) -> None:
    frame = make_frame(Recipe(hidden=(16, 2)))
    view.show_frame(frame)
    point_at(view, layout_of(frame).units[2][0].center())
    lines = view.hover_text().splitlines()
    listed = [line for line in lines if " · " in line]
    assert f"{INDENT}and {16 - len(listed)} more" in lines


def test_above_600_edges_weights_are_images_and_it_says_so(qtbot: QtBot, view: NetworkView) -> None:
    frame = make_frame(LARGE)
    with qtbot.waitSignal(view.described) as announced:
        view.show_frame(frame)
    assert announced.args == ["weights as images: row = from, column = to"]
    image = layout_of(frame).blocks[2].image
    cell = QPointF(image.width() / 64, image.height() / 64)
    place = image.topLeft() + QPointF(30.5 * cell.x(), 7.5 * cell.y())
    point_at(view, place)
    weight = signed_text(frame.layers()[0][2][7, 30])
    assert view.hover_text().startswith(f"h₂,₈ → h₃,₃₁   weight {weight}\n")
    with qtbot.waitSignal(view.described) as announced:
        view.show_frame(make_frame())
    assert announced.args == [""]


def test_a_weight_image_has_the_colours_of_its_weights(show: Callable[..., NetworkView]) -> None:
    view = show(NetworkView(), 1400, 900)  # room for every weight to be seen
    frame = with_weights(make_frame(LARGE), w2_7_30=-5.0, w2_50_10=5.0)
    view.show_frame(frame)
    image = lay_out(frame.recipe.sizes, 1400, 900).blocks[2].image
    places = [
        image.topLeft()
        + QPointF((column + 0.5) * image.width() / 64, (row + 0.5) * image.height() / 64)
        for row, column in ((7, 30), (50, 10))
    ]
    negative, positive = pixels(view, places)
    assert warmth(negative) < -40
    assert warmth(positive) > 40


def test_a_strong_edge_is_orange_when_positive_and_blue_when_negative(view: NetworkView) -> None:
    frame = with_weights(make_frame(), w0_0_0=3.0, w0_1_3=-3.0)
    view.show_frame(frame)
    lines = layout_of(frame).blocks[0].lines
    positive, negative, none = pixels(view, [lines[i].pointAt(0.12) for i in (0, 7, 3)])
    assert warmth(positive) > 100
    assert warmth(negative) < -100
    assert abs(warmth(none)) < 30


def test_a_stronger_edge_is_wider(view: NetworkView) -> None:
    frame = with_weights(make_frame(), w0_0_0=3.0, w0_1_3=0.6)
    view.show_frame(frame)
    lines = layout_of(frame).blocks[0].lines
    widths = []
    for line in (lines[0], lines[7]):
        centre = line.pointAt(0.12)
        column = [centre + QPointF(0, dy) for dy in range(-8, 9)]
        widths.append(sum(warmth(colour) > 20 for colour in pixels(view, column)))
    assert widths[0] > widths[1] > 0


def test_an_edge_that_is_no_number_is_dashed(view: NetworkView) -> None:
    frame = make_frame(Recipe(hidden=(2,)))  # with two edges that are level
    lines = layout_of(frame).blocks[0].lines
    view.show_frame(with_weights(frame, w0_0_0=math.nan, w0_1_1=3.0))
    broken = gaps(view, lines[0])
    assert sum(a != b for a, b in pairwise(broken)) >= 4
    assert not any(gaps(view, lines[3]))
    view.show_frame(with_weights(frame, w0_1_1=3.0))
    assert not any(gaps(view, lines[0]))  # a weak weight is thin, but whole


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf, 1.7e308, 0.0])
@pytest.mark.parametrize("recipe", [Recipe(), LARGE], ids=["small", "large"])
def test_any_parameters_can_be_drawn(view: NetworkView, recipe: Recipe, value: float) -> None:
    frame = make_frame(recipe)
    pictures = tuple(np.full_like(p, value, np.float64) for p in frame.pictures)
    view.show_frame(with_weights(make_frame(recipe, pictures=pictures), value))
    assert not view.grab().isNull()
    point_at(view, layout_of(frame).units[1][0].center())
    assert "bias" in view.hover_text()


def test_a_unit_shows_its_own_picture_with_x2_upwards(view: NetworkView) -> None:
    frame = make_frame()
    pictures = [p.copy() for p in frame.pictures]
    half = pictures[0].shape[-1] // 2
    pictures[0][1, :half], pictures[0][1, half:] = 0.0, 1.0  # low x₂ is 0, high x₂ is 1
    view.show_frame(make_frame(pictures=tuple(pictures)))
    unit = layout_of(frame).units[1][1]
    up = QPointF(0, unit.height() / 4)
    high, low = pixels(view, [unit.center() - up, unit.center() + up])
    assert warmth(high) > 40
    assert warmth(low) < -40


def test_the_theme_changes_ground_and_pictures(view: NetworkView) -> None:
    frame = make_frame()
    view.show_frame(frame)
    places = [QPointF(5, 100), layout_of(frame).units[2][2].center()]
    light = pixels(view, places)
    view.set_look(DARK)
    dark = pixels(view, places)
    assert dark[0].name() == DARK.panel.lower()
    assert dark[0] != light[0]
    assert dark[1] != light[1]


@pytest.mark.parametrize("size", [(300, 560), (520, 640), (950, 950)])
@pytest.mark.parametrize("hidden", [(4, 4), (16, 16), (), (64,) * 6, (4,) * 6])
def test_nothing_is_drawn_over_the_rim(
    show: Callable[..., NetworkView], hidden: tuple[int, ...], size: tuple[int, int]
) -> None:
    view = show(NetworkView(), *size)
    view.show_frame(make_frame(Recipe(hidden=hidden)))
    picture = view.grab().toImage()
    width, height = picture.width() - 1, picture.height() - 1
    rim = [picture.pixelColor(x, y) for x in range(width) for y in (0, height)]
    below_captions = range(20, height)
    rim += [picture.pixelColor(x, y) for x in (0, width) for y in below_captions]
    assert all(map(is_ground, rim))


def test_with_fewer_pixels_than_weights_the_strongest_of_each_group_is_drawn() -> None:
    weights = np.array([[1.0, -3.0, 2.0, 0.5, -0.1], [0.0, 0.0, math.nan, 9.0, 4.0]])
    assert strongest(weights, 5.0) is weights
    merged = strongest(weights, 3.9)
    np.testing.assert_array_equal(merged, [[-3.0, 2.0, -0.1], [0.0, math.nan, 4.0]])


@pytest.mark.parametrize("width", [NARROWEST, WIDTH, 950])
def test_the_weight_scale_fits_and_shows_1_5_and_20_where_there_is_room(
    qapp: QApplication, width: int
) -> None:
    metrics = QFontMetricsF(ui_font(SMALL))
    weights = scale_weights(metrics, width)
    assert scale_width(metrics, weights) <= width
    shown = {1.0, 5.0, 20.0} if width >= WIDTH else {5.0, 20.0}
    assert {abs(weight) for weight in weights} == shown


def test_a_selected_sample_stands_in_the_words_and_its_activations_on_the_units(
    qtbot: QtBot, view: NetworkView
) -> None:
    frame = make_frame(epochs=20)
    view.show_frame(frame)
    plain = view.grab().toImage()
    with qtbot.waitSignal(view.described) as announced:
        view.select_sample(7)
    output = f"{frame.predictions[7]:.2f}"
    assert announced.args == [f"sample 7: x₁ 0.30, x₂ 0.70, ŷ {output}"]
    layers = frame.activations_at(*frame.X[7].tolist())
    expected = [[activation_text(value) for value in layer.tolist()] for layer in layers]
    assert view.sample_values.texts == expected
    assert expected[0] == ["0.30", "0.70"]
    marked = view.grab().toImage()
    for rects in layout_of(frame).units:
        for rect in rects:
            chip = QRectF(rect.center().x() - 12, rect.bottom() - 13, 24, 12).toAlignedRect()
            assert marked.copy(chip) != plain.copy(chip)
    with qtbot.waitSignal(view.described) as announced:
        view.select_sample(None)
    assert announced.args == [""]
    assert view.grab().toImage() == plain


def test_the_activations_follow_the_frames(view: NetworkView) -> None:
    view.show_frame(make_frame())
    view.select_sample(3)
    before = view.sample_values.texts
    view.show_frame(make_frame(epochs=500))
    assert view.sample_values.texts != before
    view.show_frame(make_frame(parameters=np.full(37, math.nan)))
    assert view.sample_values.texts == [["0.10", "0.90"], ["NaN"] * 4, ["NaN"] * 4, ["NaN"]]


def test_over_a_unit_it_tells_the_activation_of_the_sample(view: NetworkView) -> None:
    frame = make_frame(LARGE)
    view.show_frame(frame)
    view.select_sample(7)
    point_at(view, layout_of(frame).units[2][1].center())
    value = frame.activations_at(*frame.X[7].tolist())[2][1]
    assert f"sample 7: {value:.4f}" in view.hover_text().splitlines()


def test_a_sample_that_the_data_do_not_have_is_not_shown(view: NetworkView) -> None:
    view.show_frame(make_frame())
    view.select_sample(21)
    assert view.sample_values.texts == []
    assert view.sample_values.words() == ""


def test_the_words_tell_the_sample_and_how_the_diagram_is_simplified(
    qtbot: QtBot, view: NetworkView
) -> None:
    view.show_frame(make_frame(LARGE))
    with qtbot.waitSignal(view.described) as announced:
        view.select_sample(7)
    assert announced.args[0].startswith("sample 7: ")
    assert announced.args[0].endswith("weights as images: row = from, column = to")
