"""Where everything lies in the strip that shows how a unit is made."""

from itertools import combinations

import numpy as np
import pytest
from PySide6.QtCore import QRectF

from mlpviz.gui.look.sizes import MAKING_HEIGHT, SMALL
from mlpviz.gui.look.sizing import text_width
from mlpviz.gui.views.diagram.making_layout import (
    MakingLayout,
    lay_out_making,
    rows,
)

pytestmark = pytest.mark.usefixtures("qapp")  # for type

NARROWEST, USUAL, WIDE = 278.0, 506.0, 960.0
SIXTEEN = np.linspace(-2.0, 3.0, 16)


def pieces(layout: MakingLayout) -> list[QRectF]:
    """Return everything that must not overlap, from left to right."""
    terms = [rect for term in layout.terms for rect in (term.weight, term.picture)]
    others = [layout.more, layout.bias, layout.curve, layout.result, *layout.arrows]
    return [*terms, *(rect for rect in others if rect is not None)]


@pytest.mark.parametrize("width", [NARROWEST, USUAL, WIDE])
@pytest.mark.parametrize("count", [1, 2, 4, 7, 16, 64])
@pytest.mark.parametrize("has_curve", [True, False])
def test_all_of_it_is_inside_and_nothing_lies_upon_another(
    width: float, count: int, has_curve: bool
) -> None:
    weights = np.linspace(-1.0, 1.0, count)
    layout = lay_out_making(width, weights, None, has_curve=has_curve)
    parts = pieces(layout)
    room = QRectF(0.0, 0.0, width, MAKING_HEIGHT)
    assert all(room.contains(part) for part in parts)
    for one, other in combinations(parts, 2):
        shared = one.intersected(other)
        assert min(shared.width(), shared.height()) < 1.0
    assert room.contains(rows(layout.bias)[1])
    assert (layout.curve is not None) == has_curve
    assert len(layout.arrows) == (2 if has_curve else 1)


def test_four_terms_have_room_in_the_narrowest_diagram_and_their_numbers_too() -> None:
    layout = lay_out_making(NARROWEST, np.ones(4), None, has_curve=True)
    assert layout.shown == (0, 1, 2, 3)
    assert layout.more is None
    assert layout.terms[0].column.width() >= text_width("−6.51", size=SMALL)


def test_where_there_is_room_a_weight_stands_beside_its_picture_which_is_larger() -> None:
    narrow = lay_out_making(USUAL, np.ones(4), None, has_curve=True)
    wide = lay_out_making(WIDE, np.ones(4), None, has_curve=True)
    assert (narrow.is_wide, wide.is_wide) == (False, True)
    assert wide.terms[0].picture.width() > narrow.terms[0].picture.width()
    assert wide.terms[0].weight.right() < wide.terms[0].picture.left()
    assert narrow.terms[0].weight.bottom() <= narrow.terms[0].picture.top()


def test_of_many_terms_the_strongest_are_shown_in_the_order_of_the_units() -> None:
    layout = lay_out_making(USUAL, SIXTEEN, None, has_curve=True)
    assert layout.more is not None
    assert 4 < len(layout.shown) < 16
    assert list(layout.shown) == sorted(layout.shown)
    left_out = np.delete(np.abs(SIXTEEN), list(layout.shown))
    assert np.abs(SIXTEEN[list(layout.shown)]).min() >= left_out.max()


def test_a_term_that_is_meant_is_shown_however_weak_it_is() -> None:
    weakest = int(np.abs(SIXTEEN).argmin())
    assert weakest not in lay_out_making(USUAL, SIXTEEN, None, has_curve=True).shown
    assert weakest in lay_out_making(USUAL, SIXTEEN, weakest, has_curve=True).shown
