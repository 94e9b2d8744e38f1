"""What the window reads off a frame while it draws: of a place, of samples, of the first layer.

Each takes less than 0.2 ms, for six layers of 64 units and six classes too, so that it may be asked
for at every move of the pointer. What takes longer is wanted of a frame beforehand.
"""

import numpy as np
from numpy.typing import NDArray

from mlpviz.engine import Array
from mlpviz.engine.scores import correct_samples, predicted_classes
from mlpviz.experiment.run.frame import Frame, Held
from mlpviz.experiment.run.grids import Box

Samples = NDArray[np.intp] | slice  # which of all


def predicted_class(outputs: Array) -> int:
    """Return the number of the class that the outputs at one place mean; NO_CLASS for none.

    Parameters
    ----------
    outputs : (outputs,)
    """
    of_one = outputs if len(outputs) == 1 else outputs[:, np.newaxis]
    return int(predicted_classes(of_one, len(outputs))[0])


def predicted_of(part: Frame | Held, samples: Samples) -> NDArray[np.intp]:
    """Return the classes that are predicted for some samples, (chosen,); NO_CLASS for none."""
    return predicted_classes(part.predictions[..., samples], part.outputs)


def correct_of(part: Frame | Held, samples: Samples) -> NDArray[np.bool]:
    """Tell of some samples whether their class is right, (chosen,)."""
    return correct_samples(part.predictions[..., samples], part.Y[samples], part.outputs)


def softmax_powers(sums: Array) -> tuple[Array, float]:
    """Return e^z of each output unit, (classes,), and their sum: the formula of softmax.

    Parameters
    ----------
    sums : z of each, (classes,). Softmax itself does without such powers: they may be infinite.
    """
    with np.errstate(all="ignore"):
        powers = np.exp(sums)
        return powers, float(powers.sum())


@np.errstate(all="ignore")
def first_lines(frame: Frame, box: Box) -> tuple[NDArray[np.intp], Array]:
    """Return the lines w · x + b = 0 of the first layer within a box, (lines, 2 ends, 2).

    Before them, of which unit each is, (lines,).

    The inputs must be x1 and x2 themselves. A unit has none where its line passes the box by,
    where its weights are 0, and where one of its parameters is not finite.

    A line goes through the point p that is nearest to the middle of the box, along t = (-w2, w1):

        p = -d w / |w|²,   d = w · middle + b,   both from the middle

    and is within the box where |p + s t| is at most half of its side, in x1 and in x2.
    """
    w, p, middle, half = _nearest_points(frame, box)
    t = np.stack((-w[1], w[0]))
    # Along an axis that the line does not move on it is within always or never.
    always = np.where(np.abs(p) <= half[:, np.newaxis], np.inf, np.nan)
    ends = [
        np.where(t == 0.0, sign * always, (sign * np.copysign(half[:, np.newaxis], t) - p) / t)
        for sign in (-1.0, 1.0)
    ]
    first, last = ends[0].max(axis=0), ends[1].min(axis=0)  # NaN stays NaN
    is_there = np.isfinite(first) & np.isfinite(last) & (first < last)
    places = np.stack([p + s * t for s in (first, last)])[..., is_there]  # (2 ends, 2, lines)
    lines: Array = places.transpose(2, 0, 1) + middle
    return np.flatnonzero(is_there), lines


@np.errstate(all="ignore")
def rim_places(frame: Frame, box: Box) -> Array:
    """Return where the rim of a box is nearest to the line of each unit that passes it by.

    It is the place at which one leaves the box on the way from its middle straight to the line.
    Of a unit that has a line within the box, or none at all, it is NaN.

    Returns
    -------
    (units, 2). The inputs must be x1 and x2 themselves, as of `first_lines`
    """
    _, p, middle, half = _nearest_points(frame, box)
    beyond = np.abs(p / half[:, np.newaxis]).max(axis=0)  # 1 on the rim
    is_beyond = (beyond > 1.0) & np.isfinite(beyond)
    places: Array = np.where(is_beyond, p / beyond, np.nan).T + middle
    places[first_lines(frame, box)[0]] = np.nan
    return places


def _nearest_points(frame: Frame, box: Box) -> tuple[Array, Array, Array, Array]:
    """Return w and the point p of each line, (2, units) each, and middle and half of a box, (2,).

    w has no length of its own; p counts from the middle.
    """
    W, b = (part[0] for part in frame.layers())
    low, high = np.array(box).reshape(2, 2)
    middle, half = (low + high) / 2.0, (high - low) / 2.0
    size = np.abs(W).max(axis=0)  # so that no square is too large or too small for a number
    w, b = W / size, b / size  # (2, units), (units,)
    p = -(middle @ w + b) * w / (w * w).sum(axis=0)
    return w, p, middle, half
