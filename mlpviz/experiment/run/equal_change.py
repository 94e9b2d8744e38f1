"""The pace of a replay of a whole run: from frame to frame the surface changes by the same amount.

In most of its epochs a run hardly changes. So it is measured how far the surface f has come from
one state that the history has to the next, as the mean over a coarse grid of points x,

    c(a, b) = mean |f_b(x) - f_a(x)|

and these changes are added up along the run. The frames stand where this sum has grown by equal
parts. Where more than one frame falls between two kept states, as many states are looked at there,
and c(a, b) is shared out among them by what changes from each to the next. Not the whole way is
counted: a run that swings to and fro from epoch to epoch goes a long way and comes nowhere, and
nine tenths of the replay would show nothing else.
"""

import math
from bisect import bisect_left, bisect_right
from collections.abc import Generator, Iterator, Mapping, Sequence
from itertools import pairwise

import numpy as np

from mlpviz.engine import Array
from mlpviz.engine.network import parameter_count
from mlpviz.engine.training import Training
from mlpviz.experiment.run.grids import Box, data_box, surface_over
from mlpviz.experiment.run.record import Position
from mlpviz.experiment.run.run import Run

GRID_STEP = 5  # every fifth cell of the surface in each direction: 20 × 20
BROKEN = 1.0  # the change of an output that is a number in only one of two states
CAPPINGS = 8  # by then the parts hardly become smaller
LEAST = 1e-300  # a sum that is divided by; of nothing it is nothing


def surface_change(before: Array, after: Array) -> float:
    """Return how far one surface is from another of its shape, 0 to 2.

        c(a, b) = mean (|f_b - f_a| / s),  s = max(1, |f_a|, |f_b|) over all points

    The colours of outputs beyond 1 adapt to them, so there a change is one in parts of s. An
    output that is a number in only one of the two counts as `BROKEN`; in none, as 0.
    """
    a, b = before.astype(np.float64), after.astype(np.float64)
    is_in_both, is_in_one = np.isfinite(a) & np.isfinite(b), np.isfinite(a) ^ np.isfinite(b)
    a, b = np.where(is_in_both, a, 0.0), np.where(is_in_both, b, 0.0)
    scale = max(1.0, float(np.abs(a).max()), float(np.abs(b).max()))
    change = np.abs(b / scale - a / scale)
    return float(np.mean(np.where(is_in_one, BROKEN, change)))


def plan_equal_change(runs: Sequence[Run], frames: int) -> Generator[None, None, tuple[int, ...]]:
    """Find at which epochs so many frames stand, from state 0 to the present one.

    This can take seconds. It yields now and then, and can be left at any time.

    Parameters
    ----------
    runs : of one length; not changed, nor may they be while this goes on. Of two that are shown
        side by side, what changes in both counts, each by its share.
    frames : 2 or more

    Returns
    -------
    (frames,) epochs that never descend; where nothing changes at all they lie evenly
    """
    surveys = []
    for run in runs:
        surveys.append((yield from _survey(run, frames)))
    epochs = np.unique(np.concatenate([at for at, _ in surveys]))
    way = np.zeros(len(epochs))
    for at, sums in surveys:
        way += np.interp(epochs, at, sums) / max(sums[-1], LEAST)
    return _even(epochs, way, frames)


def part_of_plan(plan: Sequence[int], first: int, last: int, frames: int) -> tuple[int, ...]:
    """Return at which epochs so many frames stand in a part of a run.

    Parameters
    ----------
    plan : of the whole run, as of `plan_equal_change`
    first, last : the epochs where the part begins and ends

    Returns
    -------
    (frames,) epochs that never descend
    """
    epochs, places = np.unique(plan, return_index=True)
    ends = np.interp([first, last], epochs, places)
    if ends[0] == ends[1]:  # the plan has nothing in between
        found = np.linspace(first, last, frames)
    else:
        found = np.interp(np.linspace(ends[0], ends[1], frames), places, epochs)
    found[0], found[-1] = first, last
    return tuple(np.rint(found).astype(np.int64).tolist())


def _survey(run: Run, frames: int) -> Generator[None, None, tuple[Array, Array]]:
    """Measure how far the surface has come, at some epochs: they, and the sums, (epochs,) each."""
    box, last = data_box(run.points), run.training.epoch
    surfaces: dict[int, Array] = {}
    kept = [epoch for epoch in run.kept_epochs(frames) if epoch < last]
    for epoch in kept:
        state = run.checkpoint_before(epoch)[1]
        surfaces[epoch] = _surface(run, epoch, state, box)
        yield
    surfaces[last] = _surface(run, last, run.training.state(), box)
    for epoch, state in _states(run, _epochs_between(surfaces, frames)):
        surfaces[epoch] = _surface(run, epoch, state, box)
        yield
    return _way(surfaces, [*kept, last])


def _epochs_between(surfaces: Mapping[int, Array], frames: int) -> list[int]:
    """List the epochs that are to be looked at, too, ascending.

    Parameters
    ----------
    surfaces : by their epochs, ascending
    """
    changes = _changes(list(surfaces.values()))
    total, between = float(changes.sum()), []
    for (first, last), change in zip(pairwise(surfaces), changes.tolist(), strict=True):
        parts = min(last - first, math.ceil(frames * change / total)) if change > 0.0 else 1
        between += [first + part * (last - first) // parts for part in range(1, parts)]
    return between


def _changes(surfaces: Sequence[Array]) -> Array:
    """Return the change from each surface to the next, (surfaces - 1,)."""
    return np.array([surface_change(*pair) for pair in pairwise(surfaces)])


def _way(surfaces: Mapping[int, Array], kept: Sequence[int]) -> tuple[Array, Array]:
    """Add up the changes along the run: the epochs looked at, and the sum at each, (epochs,).

    Parameters
    ----------
    surfaces : by their epochs
    kept : those of them between which the change is counted
    """
    epochs, way = sorted(surfaces), [0.0]
    for first, last in pairwise(kept):
        part = epochs[bisect_left(epochs, first) : bisect_right(epochs, last)]
        inner = np.cumsum(_changes([surfaces[epoch] for epoch in part]))
        change = surface_change(surfaces[first], surfaces[last])
        scale = change / inner[-1] if inner[-1] > 0.0 else 0.0
        way += (way[-1] + scale * inner).tolist()
    return np.array(epochs, dtype=np.float64), np.array(way)


def _even(epochs: Array, way: Array, frames: int) -> tuple[int, ...]:
    """Return the epochs where the sum of the changes has grown by equal parts.

    Between two epochs that follow each other there is nothing to be shown: however much changes
    there, it counts as one part.
    """
    steps, follows = np.diff(way), np.diff(epochs) == 1.0
    for _ in range(CAPPINGS):  # what is taken off makes the parts smaller
        steps = np.where(follows, np.minimum(steps, steps.sum() / frames), steps)
    way = np.append(0.0, np.cumsum(steps)) if steps.any() else epochs
    places = np.interp(np.linspace(0.0, way[-1], frames), way, epochs)
    places[-1] = epochs[-1]  # though the last epochs may change nothing
    return tuple(np.rint(places).astype(np.int64).tolist())


def _states(run: Run, epochs: Sequence[int]) -> Iterator[tuple[int, Array]]:
    """Compute the state at each of some ascending epochs, after all changes there."""
    training: Training | None = None
    for epoch in epochs:
        kept = run.checkpoint_before(epoch)[0]
        if training is None or training.epoch < kept or _has_changes(run, training.epoch, epoch):
            training = run.training_at(epoch)
        else:
            training.run(epoch - training.epoch)
        yield epoch, training.state()


def _has_changes(run: Run, first: int, last: int) -> bool:
    return run.changes_until(first) < run.changes_until(last)


def _surface(run: Run, epoch: int, state: Array, box: Box) -> Array:
    recipe = run.recipe_at(run.checked(Position(epoch)))
    parameters = state[: parameter_count(recipe.sizes)]
    return surface_over(recipe, parameters, box, GRID_STEP)
