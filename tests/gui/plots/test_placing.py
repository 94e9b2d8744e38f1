"""Where labels stand upon curves."""

import numpy as np
import pytest
from PySide6.QtCore import QRectF

from mlpviz.experiment.run.grids import Box
from mlpviz.gui.look.sizes import LABEL_HEIGHT
from mlpviz.gui.plots.canvas import Mapping
from mlpviz.gui.plots.placing import Choice, Line, Surroundings, Wish, best_place, is_crossed

WIDTH, HEIGHT = 300.0, 150.0
# One unit is a pixel, upwards.
MAPPING = Mapping(Box(0.0, 0.0, WIDTH, HEIGHT), WIDTH, HEIGHT)


def line_of(*points: tuple[float, float]) -> Line:
    """Return a line through points, in pixels from the upper left."""
    x, y = np.array(points).T
    return Line(x, HEIGHT - y, MAPPING)


def around(*taken: QRectF, lines: tuple[Line, ...] = ()) -> Surroundings:
    return Surroundings(WIDTH, HEIGHT, taken, lines)


def place(wish: Wish, surroundings: Surroundings) -> QRectF:
    found = best_place(wish, surroundings)
    assert found is not None
    return found[1]


def test_with_nothing_in_the_way_a_label_stands_beside_what_it_names() -> None:
    rect = place(Wish(60.0, 70.0, (100.0, 20.0)), around())
    assert (rect.left(), rect.width(), rect.center().y()) == (100.0, 60.0, 70.0)


def test_a_label_never_touches_another_and_stays_within_the_canvas() -> None:
    taken: list[QRectF] = []
    for _ in range(30):
        found = best_place(Wish(60.0, LABEL_HEIGHT / 2, (100.0, 20.0)), around(*taken))
        if found is None:
            break
        rect = found[1]
        assert QRectF(0.0, 0.0, WIDTH, HEIGHT).contains(rect)
        assert not any(rect.intersects(other) for other in taken)
        taken.append(rect)
    assert len(taken) == 2 * int(HEIGHT // LABEL_HEIGHT)  # the plot is full on both sides


def test_where_there_is_no_room_there_is_no_place() -> None:
    assert best_place(Wish(400.0, 70.0, (0.0,)), around()) is None
    assert best_place(Wish(60.0, 70.0, (100.0,)), around(QRectF(0.0, 0.0, WIDTH, HEIGHT))) is None
    low = Surroundings(WIDTH, LABEL_HEIGHT - 1.0, (), ())
    assert best_place(Wish(60.0, 5.0, (100.0,)), low) is None


def test_a_label_keeps_off_curves_as_long_as_there_is_room_nearby() -> None:
    falling = line_of(*((float(x), 20.0 + x / 3) for x in range(301)))
    rect = place(Wish(100.0, 53.0, (104.0, 0.0)), around(lines=(falling,)))
    assert not is_crossed(rect, (falling,))
    assert rect.bottom() < 70.0
    wild = line_of(*((float(x), 10.0 if x % 2 else 140.0) for x in range(301)))
    crossed = place(Wish(100.0, 53.0, (104.0, 0.0)), around(lines=(wild,)))
    assert crossed.center().y() == pytest.approx(53.0)  # it is everywhere


def test_a_steep_piece_between_two_points_crosses_a_label_too() -> None:
    steep = line_of((149.0, 0.0), (151.0, 150.0))
    assert is_crossed(QRectF(100.0, 60.0, 100.0, LABEL_HEIGHT), (steep,))
    assert not is_crossed(QRectF(160.0, 60.0, 100.0, LABEL_HEIGHT), (steep,))


def test_a_gap_of_a_curve_is_room() -> None:
    broken = line_of((0.0, 70.0), (90.0, np.nan), (210.0, np.nan), (300.0, 70.0))
    rect = place(Wish(100.0, 70.0, (100.0,)), around(lines=(broken,)))
    assert rect.center().y() == 70.0


def test_a_label_stays_where_it_was_when_another_place_is_only_a_little_better() -> None:
    wish = Wish(60.0, 70.0, (100.0, 20.0))
    kept = place(wish._replace(before=Choice(0, -2)), around())
    assert kept.center().y() == 70.0 - LABEL_HEIGHT
    left = place(wish._replace(before=Choice(0, -8)), around())
    assert left.center().y() == 70.0


def test_a_label_never_lies_upon_what_is_barred_however_far_it_has_to_go() -> None:
    band = tuple(line_of((0.0, float(y)), (300.0, float(y))) for y in range(30, 151, 10))
    wish = Wish(100.0, 120.0, (104.0, 0.0))
    crossed = place(wish, around(lines=band))
    assert is_crossed(crossed, band)
    far = place(wish, around()._replace(barred=band))
    assert not is_crossed(far, band)
    everywhere = (*band, line_of((0.0, 20.0), (300.0, 20.0)), line_of((0.0, 8.0), (300.0, 8.0)))
    assert best_place(wish, around()._replace(barred=everywhere)) is None


@pytest.mark.parametrize(("first", "second"), [(23.0, 10.0), (26.0, 5.0), (28.0, 20.0)])
def test_two_labels_have_room_on_a_canvas_that_is_twice_as_high(
    first: float, second: float
) -> None:
    low = Surroundings(WIDTH, 2 * LABEL_HEIGHT, (), ())
    lower = place(Wish(60.0, first, (100.0,)), low)
    upper = place(Wish(60.0, second, (100.0,)), low._replace(taken=(lower,)))
    assert not upper.intersects(lower)
    assert (upper.top(), lower.bottom()) == (0.0, 2 * LABEL_HEIGHT)
