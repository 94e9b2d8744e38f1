"""The input column of the diagram: pictures, names, and clicks that switch a feature."""

from collections.abc import Callable

import pytest
from frames import make_frame
from gui.helpers import pixels, point_at, warmth
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFontMetricsF
from pytestqt.qtbot import QtBot

from mlpviz.engine.features import FEATURES
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.frame import Frame
from mlpviz.experiment.run.grids import Box, feature_pictures
from mlpviz.gui.look.assets import ui_font
from mlpviz.gui.look.look import LIGHT
from mlpviz.gui.look.sizes import BODY, LEAST_MIDDLE
from mlpviz.gui.views.diagram.network_layout import NetworkLayout
from mlpviz.gui.views.diagram.network_view import NetworkView

WIDTH, HEIGHT = 520, 640
EVERY = tuple(FEATURES)
SQUARE = Box(-1.0, -1.0, 1.0, 1.0)


@pytest.fixture
def view(show: Callable[..., NetworkView]) -> NetworkView:
    return show(NetworkView(), WIDTH, HEIGHT)


def layout_of(view: NetworkView) -> NetworkLayout:
    assert view.network_layout is not None
    return view.network_layout


def show_features(view: NetworkView, *features: str) -> Frame:
    frame = make_frame(Recipe(features=features))
    view.show_frame(frame)
    return frame


def picture_points(rect: QRectF) -> list[QPointF]:
    """Return the left, middle and right of a picture."""
    return [
        QPointF(rect.left() + share * rect.width(), rect.center().y())
        for share in (0.15, 0.5, 0.85)
    ]


def test_the_picture_of_a_feature_goes_from_its_least_to_its_greatest() -> None:
    x1, x2, square, _, product, wave, _ = feature_pictures(EVERY, SQUARE, 41)
    assert x1[7, [0, 20, 40]].tolist() == pytest.approx([-1.0, 0.0, 1.0])
    assert x2[[0, 20, 40], 7].tolist() == pytest.approx([-1.0, 0.0, 1.0])  # rows upwards
    assert square[7, [0, 20, 40]].tolist() == pytest.approx([1.0, -1.0, 1.0])
    assert product[[0, 0, 40, 20], [0, 40, 40, 7]].tolist() == pytest.approx([1, -1, 1, 0])
    assert wave[7, [0, 5, 15, 25]].tolist() == pytest.approx([0.0, 1.0, -1.0, 1.0])


def test_an_input_shows_the_picture_of_its_feature(view: NetworkView) -> None:
    show_features(view, "x1", "sin_x1")
    first, wave = layout_of(view).units[0]
    low, _, high = map(warmth, pixels(view, picture_points(first)))
    assert low < -40
    assert high > 40
    shares = (0.35 / 1.2, 0.85 / 1.2)  # x₁ = 1/4 and 3/4 of a box from -0.1 to 1.1
    places = [QPointF(wave.left() + share * wave.width(), wave.center().y()) for share in shares]
    crest, trough = map(warmth, pixels(view, places))
    assert crest > 100
    assert trough < -100


def test_inputs_that_change_their_feature_change_their_picture(view: NetworkView) -> None:
    show_features(view, "x1", "x2")
    before = pixels(view, picture_points(layout_of(view).units[0][0]))
    show_features(view, "x2", "x1_x2")
    assert pixels(view, picture_points(layout_of(view).units[0][0])) != before


def test_other_data_change_the_pictures(view: NetworkView) -> None:
    show_features(view, "x1", "x1_squared")
    rect = layout_of(view).units[0][1]
    before = pixels(view, picture_points(rect))
    view.show_frame(make_frame(Recipe(features=("x1", "x1_squared")), box=SQUARE))
    assert pixels(view, picture_points(rect)) != before


@pytest.mark.parametrize("features", [("x1", "x2"), ("x1", "x1_x2"), EVERY])
def test_every_name_has_room(view: NetworkView, features: tuple[str, ...]) -> None:
    show_features(view, *features)
    metrics = QFontMetricsF(ui_font(BODY, bold=True))
    for key, rect in zip(features, layout_of(view).units[0], strict=True):
        for line in FEATURES[key].label.split(" "):
            assert metrics.horizontalAdvance(line) + 5.0 <= rect.left()
    picture = view.grab().toImage()
    rim = {picture.pixelColor(0, y).name() for y in range(HEIGHT)}
    assert rim == {LIGHT.panel.lower()}


def test_over_an_input_it_says_what_it_is(view: NetworkView) -> None:
    show_features(view, "x1", "x1_x2")
    point_at(view, layout_of(view).units[0][1].center())
    assert view.hover_text() == "x₁x₂   input, the product of x₁ and x₂"


def test_what_is_said_of_features_fits_into_the_narrowest_diagram(view: NetworkView) -> None:
    metrics = QFontMetricsF(ui_font(BODY))
    for features in (EVERY, ("x1",), ("x2",)):
        show_features(view, *features)
        layout = layout_of(view)
        for rect in layout.units[0]:
            point_at(view, rect.center())
            assert view.hover_text()
            for line in view.hover_text().splitlines():
                assert metrics.horizontalAdvance(line) + 24 <= LEAST_MIDDLE - 22


def test_edges_are_named_by_their_features(view: NetworkView) -> None:
    show_features(view, "x1_squared", "sin_x2")
    point_at(view, layout_of(view).blocks[0].lines[4].pointAt(0.1))
    assert view.hover_text().startswith("sin 2πx₂ → h₁,₁   weight ")


def test_a_selected_sample_shows_its_features_on_the_inputs_and_its_place_in_words(
    qtbot: QtBot, view: NetworkView
) -> None:
    frame = show_features(view, "x1", "x2", "x1_squared", "x1_x2")
    with qtbot.waitSignal(view.described) as announced:
        view.select_sample(7)
    output = f"{frame.predictions[7]:.2f}"
    assert announced.args == [f"sample 7: x₁ 0.30, x₂ 0.70, ŷ {output}"]
    assert view.sample_values.texts[0] == ["0.30", "0.70", "0.09", "0.21"]
