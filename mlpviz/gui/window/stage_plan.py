"""Where each view lies on the stage: functions of its size, in base sizes (factor 1).

The map is what a class looks at: it takes at least 38 % of the window's width, and its plot stays a
large square. Where the height is short, the loss gives way: it gets lower, moves below the other
view, and goes at last. A view that has no place is not shown.
"""

from PySide6.QtCore import QRectF

from mlpviz.gui.look.sizes import (
    COMPARED_EXTRA,
    COMPARED_LEAST_LOSS,
    COMPARED_LEAST_LOSS_HEIGHT,
    COMPARED_LEAST_MAP,
    GAP,
    LEAST_HEADED_LOSS,
    LEAST_LOSS,
    LEAST_LOW_VIEW,
    LEAST_MIDDLE,
    LEAST_SQUARE,
    LEAST_STEP,
    LEAST_STEP_DIAGRAM,
    LEAST_STEP_HEIGHT,
    LEAST_STEP_MAP,
    LOSS_STRIP,
    MAP_EXTRA_HEIGHT,
    MAP_EXTRA_WIDTH,
    USUAL_LOSS,
)

SIDE_SHARE = 0.38  # of the window's width, at least
LOSS_SHARE = 1 / 3  # of the height
COMPARED_MAP_SHARE = 0.54  # of the height
STEP_SHARE, STEP_MAP_SHARE = 0.5, 0.3  # of the width, and of the height
DIAGRAM, MAP, LOSS, STEP = "diagram", "map", "loss", "step"
SECOND_DIAGRAM, SECOND_MAP = "second_diagram", "second_map"
Plan = dict[str, QRectF]  # by the names above


def plan_alone(width: float, height: float, name: str) -> Plan:
    """Give one view all there is."""
    return {name: QRectF(0.0, 0.0, width, height)}


def plan_one_run(
    width: float, height: float, window_width: float, *, is_swapped: bool, has_loss: bool = True
) -> Plan:
    """Lay out a view in the middle, the other at the right, and the loss below one of them.

    Parameters
    ----------
    is_swapped : whether the map stands in the middle, and the diagram at the right
    has_loss : whether the loss lies on the stage
    """
    room = height if has_loss else 0.0
    beside = _loss_below(
        room, LEAST_LOW_VIEW if is_swapped else _map_height(LEAST_SQUARE), LEAST_HEADED_LOSS
    )
    side_height = height - beside - GAP if beside else height
    side_width = _side_width(width, height if is_swapped else side_height, window_width, is_swapped)
    middle_width = width - side_width - GAP
    below = 0.0 if beside else _loss_below(room, LEAST_LOW_VIEW, LEAST_LOSS)
    middle_height = height - below - GAP if below else height
    x = middle_width + GAP
    middle, side = (MAP, DIAGRAM) if is_swapped else (DIAGRAM, MAP)
    plan = {
        middle: QRectF(0.0, 0.0, middle_width, middle_height),
        side: QRectF(x, 0.0, side_width, side_height),
    }
    if beside:
        plan[LOSS] = QRectF(x, side_height + GAP, side_width, beside)
    elif below and not is_swapped:
        plan[LOSS] = QRectF(0.0, middle_height + GAP, middle_width, below)
    return plan


def plan_two_runs(width: float, height: float, *, is_swapped: bool, has_loss: bool = True) -> Plan:
    """Lay A's views at the left and B's at the right: the maps above, or below if swapped.

    Where the height is short, the diagrams (the maps if swapped) fold away; so they do where the
    loss lies elsewhere, for what it leaves is no place for them.
    """
    if not has_loss or height < COMPARED_LEAST_MAP + GAP + COMPARED_LEAST_LOSS_HEIGHT:
        return _plan_row(width, height, is_swapped=is_swapped, has_loss=has_loss)
    map_width = (width - GAP) // 2
    map_height = min(map_width - COMPARED_EXTRA, round(height * COMPARED_MAP_SHARE))
    map_height = max(COMPARED_LEAST_MAP, map_height)
    other_height = height - map_height - GAP
    map_y, other_y = (other_height + GAP, 0.0) if is_swapped else (0.0, map_height + GAP)
    loss_width = max(COMPARED_LEAST_LOSS, (width - 2 * GAP) // 3)
    other_width = (width - loss_width - 2 * GAP) // 2
    middle = width - 2 * (other_width + GAP)
    return {
        MAP: QRectF(0.0, map_y, map_width, map_height),
        SECOND_MAP: QRectF(map_width + GAP, map_y, map_width, map_height),
        DIAGRAM: QRectF(0.0, other_y, other_width, other_height),
        SECOND_DIAGRAM: QRectF(width - other_width, other_y, other_width, other_height),
        LOSS: QRectF(other_width + GAP, other_y, middle, other_height),
    }


def plan_step(width: float, height: float, *, is_comparing: bool) -> Plan:
    """Lay the diagram at the left, and the step that is taken apart at the right, below the map.

    Where the height is short, the map gives way: what the step computes is read at the diagram.
    """
    side = max(LEAST_STEP, round(STEP_SHARE * width))
    side = min(side, max(1.0, width - LEAST_STEP_DIAGRAM - GAP))
    x = width - side
    map_height = max(LEAST_STEP_MAP, round(STEP_MAP_SHARE * height))
    plan = {DIAGRAM: QRectF(0.0, 0.0, x - GAP, height)}
    if height - map_height - GAP < LEAST_STEP_HEIGHT:
        return plan | {STEP: QRectF(x, 0.0, side, height)}
    y = map_height + GAP
    plan[STEP] = QRectF(x, y, side, height - y)
    maps = (MAP, SECOND_MAP) if is_comparing else (MAP,)
    each = (side - GAP * (len(maps) - 1)) / len(maps)
    for number, name in enumerate(maps):
        plan[name] = QRectF(x + number * (each + GAP), 0.0, each, map_height)
    return plan


def _plan_row(width: float, height: float, *, is_swapped: bool, has_loss: bool) -> Plan:
    """Lay two views beside each other, and the loss below both, as a strip without a heading."""
    first, second = (DIAGRAM, SECOND_DIAGRAM) if is_swapped else (MAP, SECOND_MAP)
    view_width = (width - GAP) / 2
    view_height = height - GAP - LOSS_STRIP if has_loss else height
    plan = {
        first: QRectF(0.0, 0.0, view_width, view_height),
        second: QRectF(view_width + GAP, 0.0, view_width, view_height),
    }
    if has_loss:
        plan[LOSS] = QRectF(0.0, view_height + GAP, width, LOSS_STRIP)
    return plan


def _loss_below(height: float, above: float, least: float) -> float:
    """Return how high the loss is below a view that needs a height; 0 where there is no room."""
    room = height - above - GAP
    if room < least:
        return 0.0
    return float(min(room, max(USUAL_LOSS, round(height * LOSS_SHARE) - GAP)))


def _map_height(square: float) -> float:
    return square + MAP_EXTRA_HEIGHT


def _side_width(width: float, height: float, window_width: float, is_swapped: bool) -> float:
    """Make the map's square as large as its height allows, and keep room for the diagram."""
    for_map = height - MAP_EXTRA_HEIGHT + MAP_EXTRA_WIDTH
    if is_swapped:
        return max(LEAST_MIDDLE, width - GAP - for_map)
    share = round(SIDE_SHARE * window_width)
    return min(max(for_map, share), max(1.0, width - LEAST_MIDDLE - GAP))
