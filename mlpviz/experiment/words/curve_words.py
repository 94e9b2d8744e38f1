"""What is said of a place on a loss curve."""

import math

from mlpviz.experiment.language import tr
from mlpviz.experiment.run.history import LossCurve
from mlpviz.experiment.words.formats import epoch_text, loss_text

GAP = "   "  # between what is said of a place


def loss_at_words(curve: LossCurve, epoch: float, last: int) -> str:
    """Say the loss at an epoch of a curve, or the least and greatest of its bucket.

    Parameters
    ----------
    epoch : where the pointer is
    last : the last epoch of the curve, which its last bucket may not be full of
    """
    epochs = epochs_at(curve, epoch, last)
    loss = tr("loss {loss}", loss=losses_at(curve, epoch, last))
    return f"{epochs}{GAP}{loss}" if epochs else ""


def epochs_at(curve: LossCurve, epoch: float, last: int) -> str:
    """Say which epoch of a curve the pointer is on, or which epochs its bucket holds; "" beside it.

    Parameters
    ----------
    epoch, last : see `loss_at_words`
    """
    if not 0 <= epoch <= last + curve.stride:
        return ""
    index = _bucket(curve, epoch)
    first = index * curve.stride
    if _is_single(curve, index):
        return tr("epoch {epoch}", epoch=epoch_text(first))
    final = min(first + curve.stride - 1, last)
    return tr("epochs {first} to {last}", first=epoch_text(first), last=epoch_text(final))


def losses_at(curve: LossCurve, epoch: float, last: int) -> str:
    """Say the loss itself, or the least and greatest of a bucket; "" beside the curve.

    Parameters
    ----------
    epoch, last : see `loss_at_words`
    """
    if not 0 <= epoch <= last + curve.stride:
        return ""
    index = _bucket(curve, epoch)
    low, high = float(curve.low[index]), float(curve.high[index])
    is_broken = bool(curve.broken[index])
    if not math.isfinite(low) or (is_broken and _is_single(curve, index)):
        return tr("not finite")
    if _is_single(curve, index):
        return loss_text(low)
    if is_broken:
        return tr("{low} to {high}, some not finite", low=loss_text(low), high=loss_text(high))
    return tr("{low} to {high}", low=loss_text(low), high=loss_text(high))


def _bucket(curve: LossCurve, epoch: float) -> int:
    return min(round(epoch) // curve.stride, len(curve.low) - 1)


def _is_single(curve: LossCurve, index: int) -> bool:
    """Tell whether a bucket holds one loss; an epoch has two after an edit by hand."""
    is_one = bool(curve.broken[index]) or float(curve.low[index]) == float(curve.high[index])
    return curve.stride == 1 and is_one
