"""What is wanted of a frame, besides what each one has."""

from dataclasses import dataclass

from mlpviz.experiment.run.grids import Box
from mlpviz.experiment.run.places import Place, Unit
from mlpviz.experiment.run.record import Position


@dataclass(frozen=True, slots=True)
class Want:
    """What is to be computed of one run for the screen.

    Parameters
    ----------
    box : the part of the input plane that the surface is to cover; None for the data's own box
    unit : (layer, unit) whose own surface over this box is wanted, too; None for none
    gradient : the weight or the bias of which it is to be known how the loss changes with it; None
        for none. A frame then has the gradient of all parameters.
    position : which state is to be shown; None for the present one, and those to come. A run that
        does not have this position shows the present one.
    step : the number of a sample; the step of the epoch to come that has it is to be taken apart,
        see `trace.step_trace`. None for no step
    """

    box: Box | None = None
    unit: Unit | None = None
    gradient: Place | None = None
    position: Position | None = None
    step: int | None = None


def want_of(wants: tuple[Want, ...], run: int) -> Want:
    return wants[min(run, len(wants) - 1)]
