"""The check of one slope by a difference of two losses, in a sentence."""

from collections.abc import Callable

from mlpviz.experiment.language import tr
from mlpviz.experiment.run.gradient_check import Check, Reason


def check_sentence(check: Check, name: str, write: Callable[[float], str]) -> str:
    """Say what the loss does when a weight or a bias is moved a little, and whether that is so.

    Parameters
    ----------
    name : of the weight or the bias
    write : writes a number
    """
    slope, numeric = write(check.slope), write(check.numeric)
    match check.reason:
        case Reason.CONVENTION:
            return tr(
                "Check of {name}: moved a little, it changes the loss by {numeric} per unit; g is "
                "{slope}, for by definition it is not the slope of the loss with this output.",
                name=name,
                numeric=numeric,
                slope=slope,
            )
        case Reason.NOT_A_NUMBER:
            return tr(
                "{name} cannot be checked: its slope, or a loss beside it, is not a finite number.",
                name=name,
            )
        case Reason.KINK:
            return tr(
                "Check of {name}: moved a little, it changes the loss by {numeric} per unit; its "
                "slope is {slope}. A kink lies in between.",
                name=name,
                numeric=numeric,
                slope=slope,
            )
    if check.is_small or check.reason is Reason.ROUGH:
        return tr(
            "Check of {name}: moved a little, it changes the loss by {numeric} per unit, as its "
            "slope {slope} says.",
            name=name,
            numeric=numeric,
            slope=slope,
        )
    return tr(
        "Check of {name}: moved a little, it changes the loss by {numeric} per unit; its slope is "
        "{slope}, which is farther off than it should be.",
        name=name,
        numeric=numeric,
        slope=slope,
    )
