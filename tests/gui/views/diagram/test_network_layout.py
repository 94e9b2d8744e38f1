"""Where everything of the network diagram lies."""

from itertools import pairwise

import pytest
from PySide6.QtCore import QPointF, QRectF

from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.gui.views.diagram.network_layout import MAX_EDGES, NetworkLayout, edge_count, lay_out

NETWORKS = [
    (2, 4, 4, 1),
    (2, 16, 16, 1),
    (2, 1),
    (2, 64, 64, 64, 64, 64, 64, 1),
    (2, 8, 1, 8, 2, 8, 3, 1),
    (2, 64, 1),
]
PLACES = [(300, 560), (520, 640), (950, 950)]


@pytest.fixture(params=NETWORKS, ids=lambda sizes: "-".join(map(str, sizes)))
def sizes(request: pytest.FixtureRequest) -> tuple[int, ...]:
    return request.param


@pytest.fixture(params=PLACES, ids=lambda place: "x".join(map(str, place)))
def place(request: pytest.FixtureRequest) -> tuple[int, int]:
    return request.param


@pytest.fixture
def layout(sizes: tuple[int, ...], place: tuple[int, int]) -> NetworkLayout:
    return lay_out(sizes, *place)


def test_every_unit_has_a_place_inside(
    layout: NetworkLayout, sizes: tuple[int, ...], place: tuple[int, int]
) -> None:
    assert tuple(len(column) for column in layout.units) == sizes
    widget = QRectF(0, 0, *place)
    for column in layout.units:
        for unit in column:
            assert widget.contains(unit)
            assert min(unit.width(), unit.height()) > 2


def test_no_two_units_overlap(layout: NetworkLayout) -> None:
    for column in layout.units:
        for upper, lower in pairwise(column):
            assert lower.top() >= upper.bottom() - 1e-6
    for left, right in pairwise(layout.units):
        assert right[0].left() > left[0].right()


def test_columns_are_centred_at_one_height(layout: NetworkLayout) -> None:
    middles = [column[0].united(column[-1]).center().y() for column in layout.units]
    assert max(middles) - min(middles) <= 1.5  # units lie on whole pixels


def test_every_edge_goes_from_its_unit_to_its_unit(layout: NetworkLayout) -> None:
    for block, (left, right) in zip(layout.blocks, pairwise(layout.units), strict=True):
        ends = [(a.center().y(), b.center().y()) for a in left for b in right]
        for line, (start, end) in zip(block.lines, ends, strict=layout.has_lines):
            assert left[0].right() <= line.x1() < line.x2() <= right[0].left()
            assert (line.y1(), line.y2()) == (start, end)


def test_edges_are_lines_up_to_the_limit_and_images_above(
    layout: NetworkLayout, sizes: tuple[int, ...]
) -> None:
    assert layout.has_lines == (edge_count(sizes) <= MAX_EDGES)
    for block, (left, right) in zip(layout.blocks, pairwise(layout.units), strict=True):
        assert bool(block.lines) == layout.has_lines
        assert left[0].right() < block.image.left() < block.image.right() < right[0].left()


def test_edges_are_counted_between_neighbouring_layers() -> None:
    assert [edge_count(sizes) for sizes in ((2, 1), (2, 4, 4, 1))] == [2, 28]


def test_the_unit_under_a_point_is_found(layout: NetworkLayout) -> None:
    for layer, column in enumerate(layout.units):
        for unit, rect in enumerate(column):
            assert layout.unit_at(rect.center()) == (layer, unit)
    assert layout.unit_at(QPointF(0, 0)) is None


def test_the_cell_of_a_weight_image_under_a_point_is_found() -> None:
    layout = lay_out((2, 64, 64, 1), 520, 640)
    image = layout.blocks[1].image
    assert layout.edge_at(image.topLeft() + QPointF(0.1, 0.1)) == (1, 0, 0)
    assert layout.edge_at(image.bottomRight() - QPointF(0.1, 0.1)) == (1, 63, 63)
    row = image.height() * 10.5 / 64
    assert layout.edge_at(QPointF(image.left() + 0.1, image.top() + row)) == (1, 10, 0)
    assert layout.edge_at(QPointF(0, 0)) is None


def test_the_edge_nearest_to_a_point_is_found_within_reach() -> None:
    layout = lay_out((2, 3, 1), 520, 640)
    for i in range(2):
        for j in range(3):
            on_line = layout.blocks[0].lines[3 * i + j].pointAt(0.3)
            assert layout.edge_at(on_line + QPointF(0, 2)) == (0, i, j)
    assert layout.edge_at(QPointF(2, 2)) is None


@pytest.mark.parametrize("size", [(1, 1), (40, 40), (120, 120)])
def test_a_place_that_is_too_small_is_no_error(size: tuple[int, int]) -> None:
    for sizes in NETWORKS:
        layout = lay_out(sizes, *size)
        layout.edge_at(QPointF(1, 1))
        assert len(layout.units) == len(sizes)


def test_a_few_units_in_a_narrow_diagram_stay_squares() -> None:
    layout = lay_out((2, 4, 4, 4, 4, 4, 4, 1), 284.0, 640.0)
    assert not any(layout.dense)
    assert all(rect.width() == rect.height() for rects in layout.units for rect in rects)


def test_long_names_push_the_inputs_to_the_right_and_nothing_else() -> None:
    plain, pushed = lay_out((3, 4, 1), 520, 640), lay_out((3, 4, 1), 520, 640, names_inset=12.0)
    assert [rect.translated(12.0, 0) for rect in plain.units[0]] == list(pushed.units[0])
    assert pushed.units[1:] == plain.units[1:]
    assert pushed.blocks[0].lines[0].x1() == plain.blocks[0].lines[0].x1() + 12.0


@pytest.mark.parametrize(("size", "least"), [((506, 596), 60), ((930, 890), 120)])
def test_the_units_of_the_default_network_are_large(size: tuple[int, int], least: int) -> None:
    layout = lay_out(Recipe().sizes, *size)
    sides = {rect.width() for rects in layout.units for rect in rects}
    assert min(sides) >= least
    assert not any(layout.dense)


def test_units_move_only_where_they_would_lie_below_what_lies_upon_the_foot() -> None:
    height, foot = 620.0, 94.0
    usual, above = (lay_out((2, 16, 1), 506.0, height, foot=free) for free in (0.0, foot))
    assert usual.units[1][-1].bottom() > height - foot
    assert above.units[1][-1].bottom() <= height - foot
    low, high = (lay_out((2, 1), 506.0, height, foot=free) for free in (0.0, foot))
    assert low.units == high.units
