"""What is said of a place on a loss curve."""

import math

from mlpviz.experiment.run.history import LossCurve
from mlpviz.experiment.words.formats import epoch_text, loss_text


def loss_at_words(curve: LossCurve, epoch: float, last: int) -> str:
    """Say the loss at an epoch of a curve, or the least and greatest of its bucket.

    Parameters
    ----------
    epoch : where the pointer is
    last : the last epoch of the curve, which its last bucket may not be full of
    """
    if not 0 <= epoch <= last + curve.stride:
        return ""
    index = min(round(epoch) // curve.stride, len(curve.low) - 1)
    low, high = float(curve.low[index]), float(curve.high[index])
    first = index * curve.stride
    if curve.stride == 1 and (curve.broken[index] or low == high):  # two after an edit by hand
        loss = "not finite" if curve.broken[index] else loss_text(low)
        return f"epoch {epoch_text(first)}   loss {loss}"
    final = min(first + curve.stride - 1, last)
    words = f"epochs {epoch_text(first)} to {epoch_text(final)}   "
    if not math.isfinite(low):
        return words + "loss not finite"
    some = ", some not finite" if curve.broken[index] else ""
    return words + f"loss {loss_text(low)} to {loss_text(high)}{some}"
