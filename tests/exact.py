"""Cross-entropy to fifty digits: what the losses in float64 must agree with."""

from collections.abc import Iterable
from decimal import Context, Decimal, localcontext

from mlpviz.engine import Array

FIFTY = Context(prec=60)  # ten to spare
TINY = Decimal("1e-20")  # below it three terms of the series have more digits than that


def exact_losses(Z: Array, classes: Array) -> list[Decimal]:
    """Return log(1 + Σ e^(Z - z)) of each sample, the sum being over the other classes.

    Parameters
    ----------
    Z : (samples,) of a sigmoid output, (classes, samples) of softmax
    classes : (samples,), their numbers
    """
    if Z.ndim == 1:  # a sigmoid is softmax with a second output that is always 0
        return [_loss([0.0, z], int(number)) for z, number in zip(Z, classes, strict=True)]
    return [_loss(column, int(number)) for column, number in zip(Z.T, classes, strict=True)]


def exact_mean(Z: Array, classes: Array) -> float:
    """Return the mean of `exact_losses`, rounded once."""
    with localcontext(FIFTY):
        return float(sum(exact_losses(Z, classes)) / len(classes))


def _loss(outputs: Iterable[float], number: int) -> Decimal:
    with localcontext(FIFTY):
        exact = [Decimal(float(z)) for z in outputs]
        own = exact.pop(number)
        total = sum(((z - own).exp() for z in exact), Decimal(0))
        if total < TINY:
            return total - total**2 / 2 + total**3 / 3
        return (1 + total).ln()
