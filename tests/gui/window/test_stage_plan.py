"""Where the views lie: large maps, and a loss that gives way first."""

from itertools import combinations

import pytest
from PySide6.QtCore import QRectF

from mlpviz.gui.look.sizes import LEAST_LOSS, LEAST_LOW_VIEW, LEAST_SQUARE, MAP_EXTRA_HEIGHT
from mlpviz.gui.window.stage_plan import (
    DIAGRAM,
    LOSS,
    MAP,
    SECOND_DIAGRAM,
    SECOND_MAP,
    Plan,
    plan_alone,
    plan_one_run,
    plan_two_runs,
)

# Of the stage in windows of 960 x 500, 1024 x 740, 1280 x 800 and 1920 x 1080, and presented.
SIZES = [(944.0, 404.0), (808.0, 644.0), (1064.0, 704.0), (1704.0, 984.0), (768.0, 330.0)]


def check(plan: Plan, width: float, height: float) -> None:
    whole = QRectF(0.0, 0.0, width, height)
    assert all(whole.contains(place) for place in plan.values())
    for a, b in combinations(plan.values(), 2):
        assert not a.intersects(b)


@pytest.mark.parametrize(("width", "height"), SIZES)
@pytest.mark.parametrize("is_swapped", [False, True])
def test_the_views_of_one_run_lie_beside_each_other_in_the_stage(
    width: float, height: float, is_swapped: bool
) -> None:
    plan = plan_one_run(width, height, width + 16.0, is_swapped=is_swapped)
    check(plan, width, height)
    assert {DIAGRAM, MAP} <= set(plan)
    assert (plan[MAP].x() < plan[DIAGRAM].x()) == is_swapped


@pytest.mark.parametrize("height", range(280, 1000, 20))
def test_the_loss_gives_way_before_the_map(height: int) -> None:
    plan = plan_one_run(1064.0, float(height), 1280.0, is_swapped=False)
    check(plan, 1064.0, height)
    square = plan[MAP].height() - MAP_EXTRA_HEIGHT
    if LOSS not in plan:
        assert plan[MAP].height() == height < LEAST_LOW_VIEW + 8 + LEAST_LOSS
        return
    assert plan[LOSS].height() >= LEAST_LOSS
    is_below_the_map = plan[LOSS].x() == plan[MAP].x()
    assert square >= LEAST_SQUARE if is_below_the_map else plan[MAP].height() == height


@pytest.mark.parametrize(("width", "height"), SIZES)
@pytest.mark.parametrize("is_swapped", [False, True])
def test_both_maps_and_the_loss_of_two_runs_are_seen_and_diagrams_may_fold_away(
    width: float, height: float, is_swapped: bool
) -> None:
    plan = plan_two_runs(width, height, is_swapped=is_swapped)
    check(plan, width, height)
    assert LOSS in plan
    views = {MAP, SECOND_MAP, DIAGRAM, SECOND_DIAGRAM, LOSS}
    folded = {MAP, SECOND_MAP} if is_swapped else {DIAGRAM, SECOND_DIAGRAM}
    assert set(plan) in (views, views - folded)
    shown = (
        (DIAGRAM, SECOND_DIAGRAM) if is_swapped and folded.isdisjoint(plan) else (MAP, SECOND_MAP)
    )
    assert plan[shown[0]].size() == plan[shown[1]].size()
    assert plan[shown[0]].x() < plan[shown[1]].x()


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_where_diagrams_fold_away_the_maps_have_all_the_width_and_the_height_above_the_loss(
    width: float, height: float
) -> None:
    plan = plan_two_runs(width, height, is_swapped=False)
    if DIAGRAM in plan:
        return
    assert plan[MAP].width() + plan[SECOND_MAP].width() > 0.95 * width
    assert plan[MAP].height() > 0.7 * height
    assert plan[LOSS].width() == width


@pytest.mark.parametrize(("width", "height"), SIZES)
@pytest.mark.parametrize("is_swapped", [False, True])
def test_while_the_loss_lies_elsewhere_its_room_is_used(
    width: float, height: float, is_swapped: bool
) -> None:
    one = plan_one_run(width, height, width + 16.0, is_swapped=is_swapped, has_loss=False)
    two = plan_two_runs(width, height, is_swapped=is_swapped, has_loss=False)
    for plan in (one, two):
        check(plan, width, height)
        assert LOSS not in plan
        assert all(place.height() == height for place in plan.values())


def test_one_view_alone_has_all_there_is() -> None:
    assert plan_alone(800.0, 600.0, LOSS) == {LOSS: QRectF(0.0, 0.0, 800.0, 600.0)}
