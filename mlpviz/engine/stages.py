"""What one step computes, one stage after the other: its calls, and the array they leave it in.

`Program` and `Stepper` prepare their calls in stages. For training the stages are but one list of
calls; to take a step apart they are run one by one, and somebody looks at the array after each.
So what is seen are the very bytes with which the network trains.

    before       all parameters                     Y        the targets
    A of layer 0 what the network is given          Z, A     of each layer
    losses, loss of each sample, and their mean     dA, dZ   of the output
    slopes       f' of all hidden units             gradient of each layer, [dW; db]
    dA, dZ       of each hidden layer               sum      the gradient of all layers
    scaled       the gradient of the mean           penalty  its slope, λ times
    g            what the optimizer is given        step     what it makes of that
    after        all parameters

The gradient is that of the sum over the samples. `scaled` and `penalty` are there only where a
call computes them: plain steps have the 1 / samples in their learning rate. `losses`, `loss` and dA
of the output are computed for whoever looks, since steps do without them.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Literal, NamedTuple

from mlpviz.engine import Array
from mlpviz.engine.activations import Call

ALL_LAYERS = -1  # the layer of what is one vector for all of them

StageName = Literal[
    "before",
    "turned",
    "A",
    "Y",
    "Z",
    "losses",
    "loss",
    "slopes",
    "dA",
    "dZ",
    "gradient",
    "sum",
    "scaled",
    "penalty",
    "g",
    "step",
    "after",
]


class Stage(NamedTuple):
    """One thing that a step computes.

    Parameters
    ----------
    name : what it is
    layer : of which layer, counted from 1; 0 for the inputs, ALL_LAYERS for a vector of all
    array : where it stands afterwards, until a later stage overwrites it. Of Z, A, dA and dZ
        (units, samples), of `gradient` (fan_in + 1, fan_out), of `losses` (samples,), of `loss` (),
        of what is of all layers (parameters,)
    calls : that compute it
    is_turned : whether the array holds it times -1
    """

    name: StageName
    layer: int
    array: Array
    calls: Sequence[Call] = ()
    is_turned: bool = False

    @property
    def numbers(self) -> Array:
        """What was computed; a view of the array, or a copy where that is turned round."""
        return -self.array if self.is_turned else self.array


# Is shown each stage; returns whether it has seen enough.
Look = Callable[[Stage], bool]


def calls_of(stages: Iterable[Stage]) -> list[Call]:
    """Return the calls of some stages, one after the other."""
    return [call for stage in stages for call in stage.calls]
