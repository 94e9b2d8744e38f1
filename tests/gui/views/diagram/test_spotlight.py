"""One thing at a time: what takes part in it stays, and all the rest steps back."""

from collections.abc import Callable

import pytest
from frames import make_frame, with_weights
from gui.helpers import click, double_click, leave, pixels, point_at, warmth
from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.run.places import Place
from mlpviz.experiment.words.step_stages import Kind, Stage
from mlpviz.gui.look.look import LIGHT
from mlpviz.gui.look.sizes import RING_GAP
from mlpviz.gui.views.diagram.bubble_place import bubble_place
from mlpviz.gui.views.diagram.network_layout import NetworkLayout, bias_rect, lay_out
from mlpviz.gui.views.diagram.network_view import NetworkView
from mlpviz.gui.views.diagram.participants import participants_in_stage

WIDTH, HEIGHT = 520, 640
SIZES = Recipe().sizes


@pytest.fixture
def view(show: Callable[..., NetworkView]) -> NetworkView:
    shown = show(NetworkView(), WIDTH, HEIGHT)
    shown.show_frame(with_weights(make_frame(epochs=400), w0_0_0=9.0, w0_0_3=9.0, w0_1_3=-9.0))
    return shown


@pytest.fixture
def layout() -> NetworkLayout:
    return lay_out(SIZES, WIDTH, HEIGHT)


def dimmed(colour: QColor) -> QColor:
    """Return what is left of a colour upon the panel."""
    ground = QColor(LIGHT.panel)
    parts = zip(colour.getRgb()[:3], ground.getRgb()[:3], strict=True)  # type: ignore[arg-type]
    return QColor(*(round(0.15 * part + 0.85 * below) for part, below in parts))


def is_near(one: QColor, other: QColor) -> bool:
    pairs = zip(one.getRgb(), other.getRgb(), strict=True)  # type: ignore[arg-type]
    return all(abs(a - b) <= 3 for a, b in pairs)


def test_a_unit_under_the_pointer_dims_what_takes_no_part_to_15_percent(
    view: NetworkView, layout: NetworkLayout
) -> None:
    other, before = layout.units[1][1].center() + QPointF(12, 9), layout.units[0][0].center()
    edge = layout.blocks[0].lines[0].pointAt(0.12)  # to the first unit, and no part of the last
    own_edge = layout.blocks[0].lines[7].pointAt(0.12)
    shown = pixels(view, [other, before, edge, own_edge])
    point_at(view, layout.units[1][3].center())
    now = pixels(view, [other, before, edge, own_edge])
    assert is_near(now[0], dimmed(shown[0]))
    assert is_near(now[2], dimmed(shown[2]))
    assert is_near(now[1], shown[1])
    assert is_near(now[3], shown[3])
    leave(view)
    assert pixels(view, [other, before, edge, own_edge]) == shown


def test_an_edge_under_the_pointer_keeps_the_colour_of_its_sign(
    view: NetworkView, layout: NetworkLayout
) -> None:
    negative = layout.blocks[0].lines[7]
    point_at(view, negative.pointAt(0.2))
    own, other = pixels(view, [negative.pointAt(0.1), layout.units[2][0].center() + QPointF(20, 9)])
    assert warmth(own) < -100
    assert other.lightness() > 200


def test_the_numbers_of_the_unit_looked_at_stand_at_its_edges_where_not_all_have_room(
    view: NetworkView, layout: NetworkLayout
) -> None:
    assert not layout.blocks[1].has_numbers
    line = layout.blocks[1].lines[4 * 2 + 1]
    room = QRectF(0, 0, 20, 8)
    room.moveCenter(line.pointAt(0.42))
    plain = view.grab(room.toAlignedRect()).toImage()
    point_at(view, layout.units[2][1].center())
    ground = QColor(LIGHT.panel)
    numbers = view.grab(room.toAlignedRect()).toImage()
    assert numbers != plain
    inks = [numbers.pixelColor(x, y) for x in range(20) for y in range(8)]
    assert any(ink.lightness() < 90 for ink in inks)
    assert any(abs(ink.lightness() - ground.lightness()) < 20 for ink in inks)


def test_a_click_pins_a_unit_until_it_is_clicked_again(
    qtbot: QtBot, view: NetworkView, layout: NetworkLayout
) -> None:
    unit = layout.units[2][1].center()
    with qtbot.waitSignal(view.edit.moved) as moved:
        click(view, unit)
    assert moved.args == [Place(2, 1)]
    leave(view)
    assert view.place == Place(2, 1)
    view.clearFocus()
    assert view.place == Place(2, 1)
    click(view, unit)
    leave(view)
    assert view.place is None


def test_a_click_beside_everything_lets_go(view: NetworkView, layout: NetworkLayout) -> None:
    click(view, layout.units[1][2].center())
    leave(view)
    assert view.place == Place(1, 2)
    click(view, QPointF(4, 60))
    leave(view)
    assert view.place is None


def test_the_square_of_a_bias_and_a_double_click_edit_the_bias(
    view: NetworkView, layout: NetworkLayout
) -> None:
    unit = layout.units[1][2]
    click(view, unit.center())
    assert view.edit.edited is None
    click(view, bias_rect(unit).center())
    assert view.edit.edited == Place(1, 2)
    view.edit.close()
    double_click(view, layout.units[1][0].center())
    assert view.edit.edited == Place(1, 0)


def test_an_input_cannot_be_pinned_for_it_is_made_of_nothing(
    view: NetworkView, layout: NetworkLayout
) -> None:
    click(view, layout.units[0][0].center())
    leave(view)
    assert view.place is None


@pytest.mark.parametrize("layer", [0, 1, 2, 3])
def test_a_bubble_covers_neither_its_unit_nor_another_where_there_is_room(
    layout: NetworkLayout, layer: int
) -> None:
    room, size = QRectF(0, 0, WIDTH, HEIGHT), QSizeF(120, 70)
    anchor = layout.units[layer][0].center()
    bubble = QRectF(bubble_place(room, size, anchor, layout), size)
    assert room.contains(bubble)
    assert not any(bubble.intersects(rect) for rects in layout.units for rect in rects)


def test_a_bubble_that_must_cover_something_does_not_cover_what_it_is_about(
    layout: NetworkLayout,
) -> None:
    room, size = QRectF(0, 0, WIDTH, HEIGHT), QSizeF(300, 300)
    anchor = layout.units[1][0].center()
    bubble = QRectF(bubble_place(room, size, anchor, layout), size)
    assert room.contains(bubble)
    assert not bubble.contains(anchor)


def test_where_a_number_would_lie_upon_the_units_the_edge_has_none(
    show: Callable[..., NetworkView],
) -> None:
    narrow = show(NetworkView(), 260, HEIGHT)
    narrow.show_frame(make_frame(epochs=400))
    layout = lay_out(SIZES, 260, HEIGHT)
    point_at(narrow, layout.units[1][1].center())
    picture = narrow.grab().toImage()
    source, unit = layout.units[0][0], layout.units[1][1]
    upon_units = [unit.adjusted(2, 2, -2, -2), source.adjusted(2, 2, -2, -2)]
    plain = show(NetworkView(), 260, HEIGHT)
    plain.show_frame(make_frame(epochs=400))
    whole = plain.grab().toImage()
    for rect in upon_units:
        inside = rect.toAlignedRect()
        assert picture.copy(inside) == whole.copy(inside)


def test_the_ring_of_a_pinned_unit_goes_below_its_number(
    view: NetworkView, layout: NetworkLayout
) -> None:
    view.select_sample(0)
    unit = layout.units[2][1]
    ring = QPointF(unit.left() - RING_GAP, unit.bottom() - 3.0)  # where a wide number lies, too
    beside = QPointF(ring.x(), unit.center().y())
    view.edit.pin(Place(2, 1))
    view.write_on_units({(2, 1): "dZ −0.0012345"})
    below, free = pixels(view, [ring, beside])
    assert is_near(free, QColor(LIGHT.accent))
    assert below.lightness() > 150


@pytest.mark.parametrize(
    ("stage", "place", "units", "weights"),
    [
        (Stage(Kind.FORWARD, 2), Place(2, 1), 1 + 4, 4),
        (Stage(Kind.FORWARD, 2), Place(2, 1, 3), 2, 1),
        (Stage(Kind.LOSS, 3), Place(3, 0), 1, 0),
        (Stage(Kind.BACKWARD, 3), Place(3, 0), 1 + 4, 4),
        (Stage(Kind.BACKWARD, 1), Place(1, 2), 1 + 2 + 4, 2 + 4),
        (Stage(Kind.UPDATE, 3), Place(2, 1), 1 + 4, 4),
    ],
)
def test_in_a_stage_of_a_step_what_is_multiplied_there_takes_part(
    stage: Stage, place: Place, units: int, weights: int
) -> None:
    cast = participants_in_stage(SIZES, stage, place)
    assert (place.layer, place.unit) in cast.units
    assert (len(cast.units), len(cast.weights)) == (units, weights)
    assert sum(map(len, cast.edges)) == weights


def test_a_stage_dims_what_takes_no_part_until_something_is_pointed_at(
    view: NetworkView, layout: NetworkLayout
) -> None:
    hidden, output = (layout.units[at][0].center() + QPointF(12, 9) for at in (1, 3))
    before = pixels(view, [hidden, output])
    view.show_stage(participants_in_stage(SIZES, Stage(Kind.LOSS, 3), Place(3, 0)))
    now = pixels(view, [hidden, output])
    assert is_near(now[0], dimmed(before[0]))
    assert is_near(now[1], before[1])
    point_at(view, layout.units[1][0].center())
    assert is_near(pixels(view, [output])[0], dimmed(before[1]))
    leave(view)
    assert pixels(view, [hidden, output]) == now
    view.show_stage(None)
    assert pixels(view, [hidden, output]) == before


def test_what_was_lit_in_another_network_is_not_looked_for_in_this_one(view: NetworkView) -> None:
    smaller = make_frame(Recipe(hidden=(2,)))
    view.show_stage(participants_in_stage(SIZES, Stage(Kind.FORWARD, 2), Place(2, 3)))
    view.light_places((Place(2, 3), Place(3, 0, 3)))
    view.show_frame(smaller)
    lit = view.grab().toImage()
    view.light_places(())
    view.show_stage(None)
    assert view.grab().toImage() == lit
