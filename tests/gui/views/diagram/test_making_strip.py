"""The strip that shows how the unit which is selected is made."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from frames import make_frame, with_weights
from gui.conftest import Watch
from gui.hands import frame_of
from gui.helpers import child, click, pixels, press, warmth
from PySide6.QtCore import QEvent, QObject, QPointF, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.places import Place
from mlpviz.experiment.words.formats import value_text
from mlpviz.gui.look.look import DARK, LIGHT, apply_look
from mlpviz.gui.look.sizes import MAKING_HEIGHT
from mlpviz.gui.views.diagram.making_painter import weight_anchors
from mlpviz.gui.views.diagram.making_strip import MakingStrip
from mlpviz.gui.views.diagram.network_panel import NetworkPanel
from mlpviz.gui.views.diagram.network_view import NetworkView
from mlpviz.gui.views.diagram.pens import Pens, weight_buckets
from mlpviz.gui.window.main import MainWindow

Key = Qt.Key
WIDTH, HEIGHT = 530, 680
ShowPanel = Callable[..., NetworkPanel]
PAIR = (Recipe(), Recipe(learning_rate=0.1))


@pytest.fixture
def panel(show: ShowPanel) -> NetworkPanel:
    return show(NetworkPanel(NetworkView()), WIDTH, HEIGHT)


def lowest(panel: NetworkPanel) -> float:
    layout = panel.view.network_layout
    assert layout is not None
    return max(rects[-1].bottom() for rects in layout.units)


class Paints(QObject):
    """Counts how often widgets are painted."""

    def __init__(self, *widgets: QWidget) -> None:
        super().__init__()
        self._counts = dict.fromkeys(widgets, 0)
        for widget in widgets:
            widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Count, and let it be painted."""
        if event.type() == QEvent.Type.Paint and isinstance(watched, QWidget):
            self._counts[watched] += 1
        return False

    def new(self) -> list[bool]:
        """Tell of each widget whether it has been painted since."""
        QApplication.processEvents()
        were = [count > 0 for count in self._counts.values()]
        self._counts = dict.fromkeys(self._counts, 0)
        return were


def test_it_and_the_diagram_are_painted_only_where_a_digit_or_a_picture_is_another(
    panel: NetworkPanel,
) -> None:
    frame = make_frame()
    panel.show_frame(frame)
    panel.view.select_sample(1)
    panel.view.edit.toggle_pin(Place(1, 0))
    panel.making_strip.show_selected(Place(1, 0), 1)
    panel.show_frame(replace(frame, parameters=frame.parameters + 1e-9))
    paints = Paints(panel.view, panel.making_strip)
    paints.new()
    panel.show_frame(replace(frame, parameters=frame.parameters + 2e-9))
    assert paints.new() == [False, False]
    changed = frame.parameters.copy()
    changed[0] = np.ceil(100.0 * changed[0]) / 100.0 + 0.006  # the second digit is another
    panel.show_frame(replace(frame, parameters=changed.copy()))
    assert paints.new() == [True, True]
    panel.show_frame(replace(frame, parameters=changed.copy()))
    changed[-1] += 0.011  # the bias of the output, which has no part in it
    panel.show_frame(replace(frame, parameters=changed.copy()))
    assert paints.new()[1] is False


# When it is seen


def test_it_is_seen_while_a_unit_is_selected_and_nothing_moves_for_it(panel: NetworkPanel) -> None:
    panel.show_frame(make_frame())
    strip, view = panel.making_strip, panel.view
    before = view.network_layout
    assert strip.isHidden()
    strip.show_selected(Place(2, 1), None)
    assert strip.isVisible()
    assert strip.geometry().bottom() == view.rect().bottom()
    assert view.network_layout == before
    strip.show_selected(None, None)
    assert strip.isHidden()
    assert view.network_layout == before


def test_units_that_would_lie_below_it_make_room_and_come_back(panel: NetworkPanel) -> None:
    panel.show_frame(make_frame(Recipe(hidden=(16, 16))))
    usual = panel.view.network_layout
    panel.making_strip.show_selected(Place(2, 15), None)
    assert lowest(panel) <= panel.making_strip.y()
    panel.making_strip.show_selected(None, None)
    assert panel.view.network_layout == usual


def test_a_unit_is_made_of_as_many_as_there_are_before_it_now(panel: NetworkPanel) -> None:
    strip = panel.making_strip
    panel.show_frame(make_frame(Recipe(hidden=(16, 4))))
    strip.show_selected(Place(2, 0), None)
    for units in (6, 16, 9):
        panel.show_frame(make_frame(Recipe(hidden=(units, 4))))
        assert strip.making is not None
        assert strip.making_layout is not None
        assert len(strip.making.weights) == units
        assert max(strip.making_layout.shown) < units
        strip.grab()


def test_what_stands_at_the_foot_is_out_of_reach_below_it(panel: NetworkPanel) -> None:
    panel.show_frame(make_frame())
    for name in ("hidden_units_input", "features_input"):
        assert child(panel, name).isVisible()
    panel.making_strip.show_selected(Place(1, 0), None)
    for name in ("hidden_units_input", "features_input"):
        assert not child(panel, name).isVisible()
    panel.making_strip.show_selected(None, None)
    assert child(panel, "hidden_units_input").isVisible()


def test_an_input_and_what_the_network_does_not_have_are_not_made(panel: NetworkPanel) -> None:
    panel.show_frame(make_frame())
    for place in (Place(0, 1), Place(4, 0), Place(1, 4), Place(1, 0, 2)):
        panel.making_strip.show_selected(place, None)
        assert panel.making_strip.isHidden()
    panel.making_strip.show_selected(Place(2, 3), None)
    panel.show_frame(make_frame(Recipe(hidden=(4, 2))))
    assert panel.making_strip.isHidden()


def test_a_press_on_it_does_not_reach_the_diagram_below(panel: NetworkPanel) -> None:
    panel.show_frame(make_frame())
    panel.making_strip.show_selected(Place(1, 0), None)
    places: list[object] = []
    panel.view.edit.moved.connect(places.append)
    for x in range(20, WIDTH - 40, 20):
        click(panel.making_strip, QPointF(x, 4))
    assert not places
    assert panel.view.edit.edited is None


def test_it_follows_the_width_of_the_diagram(panel: NetworkPanel, qtbot: QtBot) -> None:
    strip = panel.making_strip
    panel.show_frame(make_frame(Recipe(hidden=(16,))))
    strip.show_selected(Place(2, 0), None)
    assert strip.making_layout is not None
    before = len(strip.making_layout.shown)
    panel.resize(1100, HEIGHT)
    qtbot.waitUntil(lambda: strip.width() == panel.view.width() > WIDTH)
    assert strip.making_layout is not None
    assert len(strip.making_layout.shown) > before


# What it shows


def test_the_pictures_are_those_of_the_diagram(panel: NetworkPanel) -> None:
    frame = with_weights(make_frame(), w1_0_0=1.0)
    ends = np.stack((np.zeros((50, 50)), np.ones((50, 50))))
    first = np.concatenate((ends, ends))  # blue, orange, blue, orange
    panel.show_frame(replace(frame, pictures=(first, *frame.pictures[1:])))
    strip = panel.making_strip
    strip.show_selected(Place(2, 0), None)
    assert strip.making_layout is not None
    centres = [term.picture.center() for term in strip.making_layout.terms]
    shown = [warmth(colour) for colour in pixels(strip, centres)]
    assert [value > 0 for value in shown] == [False, True, False, True]


def below_numbers(strip: MakingStrip) -> list[list[QColor]]:
    """Return of each weight the pixels down through its stroke."""
    assert strip.making_layout is not None
    columns = []
    for term in strip.making_layout.terms:
        _, stroke = weight_anchors(term.weight, is_wide=strip.making_layout.is_wide)
        heights = stroke.y1() + np.arange(-3.0, 3.0)
        columns.append(pixels(strip, [QPointF(stroke.x1() + 2.0, y) for y in heights]))
    return columns


def test_a_weight_has_the_colour_of_its_sign(panel: NetworkPanel) -> None:
    panel.show_frame(with_weights(make_frame(), w0_0_0=20.0, w0_1_0=-20.0))
    strip = panel.making_strip
    strip.show_selected(Place(1, 0), None)
    colours = [max(map(warmth, column), key=abs) for column in below_numbers(strip)]
    assert colours[0] > 100
    assert colours[1] < -100


def test_a_weight_is_as_strong_as_its_edge_in_the_diagram(panel: NetworkPanel) -> None:
    """Its stroke is as thick, and of the same colour, as that of the diagram's scale."""
    weights = {"w1_0_0": 1.0, "w1_1_0": 5.0, "w1_2_0": 20.0, "w1_3_0": -5.0}
    panel.show_frame(with_weights(make_frame(), **weights))
    strip, pens = panel.making_strip, Pens(LIGHT)
    strip.show_selected(Place(2, 0), None)
    white, thickness = QColor(LIGHT.panel).lightness(), []
    for column, weight in zip(below_numbers(strip), weights.values(), strict=True):
        pen = pens.pen(int(weight_buckets(np.array(weight))))
        inked = [white - colour.lightness() for colour in column]
        thickness.append(sum(inked) / (white - pen.color().lightness()))
        assert thickness[-1] == pytest.approx(pen.widthF(), abs=0.3)
    assert thickness[0] < thickness[1] < thickness[2]
    assert thickness[3] == pytest.approx(thickness[1], abs=0.1)


def test_the_term_of_a_weight_that_is_selected_is_framed(panel: NetworkPanel) -> None:
    panel.show_frame(make_frame())
    strip = panel.making_strip
    strip.show_selected(Place(2, 1), None)
    assert strip.making_layout is not None
    place = strip.making_layout.terms[2].picture.topLeft() + QPointF(-1, 10)
    (usual,) = pixels(strip, [place])
    strip.show_selected(Place(2, 1, 2), None)
    (framed,) = pixels(strip, [place])
    assert framed.lightness() < usual.lightness() - 50
    strip.show_selected(Place(2, 1, 1), None)
    assert pixels(strip, [place]) == [usual]


def test_it_says_how_the_unit_is_made_and_for_which_sample(panel: NetworkPanel) -> None:
    frame = make_frame(epochs=50)
    panel.show_frame(frame)
    strip = panel.making_strip
    strip.show_selected(Place(3, 0), 4)
    values = frame.forward_at(*frame.X[4].tolist())
    z, a = float(values.sums[2][0]), float(values.activations[3][0])
    assert strip.accessibleDescription().startswith("How the output is made: z = ")
    assert strip.accessibleDescription().endswith(
        f"For sample 4, z = {value_text(z)} and ŷ = {value_text(a)}."
    )
    strip.show_selected(Place(3, 0), None)
    assert "sample" not in strip.accessibleDescription()


def test_numbers_of_a_sample_and_its_dot_take_the_place_of_the_hint(panel: NetworkPanel) -> None:
    panel.show_frame(make_frame())
    strip = panel.making_strip
    strip.show_selected(Place(3, 0), None)
    without = strip.grab().toImage()
    strip.show_selected(Place(3, 0), 4)
    with_sample = strip.grab().toImage()
    assert without != with_sample
    strip.show_selected(Place(3, 0), 9)
    assert strip.grab().toImage() != with_sample
    strip.show_selected(Place(3, 0), None)
    assert strip.grab().toImage() == without


def test_the_dot_of_the_sample_is_on_the_curve(panel: NetworkPanel) -> None:
    panel.show_frame(make_frame())
    strip = panel.making_strip

    def curve() -> QImage:
        assert strip.making_layout is not None
        assert strip.making_layout.curve is not None
        return strip.grab(strip.making_layout.curve.toRect()).toImage()

    strip.show_selected(Place(1, 3), None)
    without = curve()
    strip.show_selected(Place(1, 3), 0)
    at_first = curve()
    strip.show_selected(Place(1, 3), 10)
    assert len({bytes(image.constBits()) for image in (without, at_first, curve())}) == 3


def test_what_is_not_a_number_is_shown_as_such(panel: NetworkPanel) -> None:
    frame = with_weights(make_frame(), everywhere=float("nan"))
    panel.show_frame(frame)
    panel.making_strip.show_selected(Place(2, 0), 0)
    assert "not a number" in panel.making_strip.accessibleDescription()
    panel.making_strip.grab()


@pytest.mark.parametrize(
    "recipe",
    [
        Recipe(activations_off=True),
        Recipe(hidden_activation=("relu", "leaky_relu"), output_activation="tanh"),
        Recipe(hidden_activation="identity"),
        Recipe(dataset="gaussians", classes=4, output_activation="softmax"),
        Recipe(hidden=(64,) * 6),
        Recipe(hidden=()),
    ],
)
def test_every_unit_of_every_kind_of_network_is_shown(panel: NetworkPanel, recipe: Recipe) -> None:
    panel.show_frame(make_frame(recipe))
    strip = panel.making_strip
    for layer in range(1, len(recipe.sizes)):
        for sample in (None, 3):
            strip.show_selected(Place(layer, recipe.sizes[layer] - 1), sample)
            assert strip.isVisible()
            strip.grab()
            assert strip.making is not None
            assert strip.making.unit == (layer, recipe.sizes[layer] - 1)
            assert strip.accessibleDescription()


def test_it_follows_the_frames(panel: NetworkPanel) -> None:
    panel.show_frame(make_frame())
    strip = panel.making_strip
    strip.show_selected(Place(2, 2), 5)
    words, picture = strip.accessibleDescription(), strip.grab().toImage()
    panel.show_frame(make_frame(epochs=300))
    assert strip.accessibleDescription() != words
    assert strip.grab().toImage() != picture


def test_it_takes_over_the_colours_of_the_look(panel: NetworkPanel, qapp: QApplication) -> None:
    panel.show_frame(make_frame())
    strip = panel.making_strip
    strip.show_selected(Place(2, 2), 5)
    place = [QPointF(3, MAKING_HEIGHT - 3)]
    assert pixels(strip, place) == [QColor(LIGHT.panel)]
    try:
        apply_look(qapp, DARK)
        panel.view.set_look(DARK)
        assert pixels(strip, place) == [QColor(DARK.panel)]
    finally:
        apply_look(qapp, LIGHT)


# In the window


def test_it_goes_with_the_cursor_that_esc_ends(window: MainWindow) -> None:
    strip = window.parts.network_panel.making_strip
    press(Key.Key_E)
    assert strip.isVisible()
    assert "unit 1 of hidden layer 1" in strip.accessibleDescription()
    press(Key.Key_Down)
    assert "unit 2 of hidden layer 1" in strip.accessibleDescription()
    press(Key.Key_Escape)
    assert strip.isHidden()


def test_a_click_on_a_unit_shows_it_wherever_the_focus_goes_until_esc(window: MainWindow) -> None:
    strip, diagram = window.parts.network_panel.making_strip, window.parts.network_view
    layout = diagram.network_layout
    assert layout is not None
    click(diagram, layout.units[2][1].center())
    assert strip.isVisible()
    child(window, "log_button").setFocus()
    assert strip.isVisible()
    click(diagram, layout.units[1][3].center())
    assert "unit 4 of hidden layer 1" in strip.accessibleDescription()
    child(window, "log_button").setFocus()
    press(Key.Key_Escape)
    assert strip.isHidden()


def test_it_lives_while_the_network_learns(qtbot: QtBot, window: MainWindow, watch: Watch) -> None:
    strip = window.parts.network_panel.making_strip
    window.selection.select_sample(2)
    window.selection.select_part(0, Place(3, 0))
    before = strip.accessibleDescription()
    window.runs.toggle_playing()
    qtbot.waitUntil(lambda: watch.epoch > 3)
    window.runs.toggle_playing()
    qtbot.waitUntil(lambda: not watch.last.is_playing)
    assert strip.accessibleDescription() != before
    frame = frame_of(watch)
    values = frame.forward_at(*frame.X[2].tolist())
    assert strip.making is not None
    assert strip.making.sample is not None
    assert strip.making.sample.z == values.sums[2][0]


def test_of_two_runs_the_one_whose_unit_is_selected_shows_it(
    qtbot: QtBot, window: MainWindow, watch: Watch
) -> None:
    window.runs.open(PAIR)
    qtbot.waitUntil(lambda: len(watch.last.frames) == 2)
    panels = window.parts.network_panel, window.second.network_panel
    assert panels[1] is not None
    first, second = panels[0].making_strip, panels[1].making_strip
    window.selection.select_part(1, Place(2, 1))
    assert (first.isHidden(), second.isHidden()) == (True, False)
    window.selection.select_part(0, Place(1, 1))
    assert (first.isHidden(), second.isHidden()) == (False, True)
