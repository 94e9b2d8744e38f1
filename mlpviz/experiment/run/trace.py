"""One step taken apart: every number of it, as a frozen value.

Z, A, dZ, the gradient, the memory of the optimizer, the step and the parameters are copies of the
arrays in which training itself computes them, to the byte (see `engine.stages`). What training
never forms is computed for whoever looks, and `StepTrace.derived` names it.

All that belongs to a sample is that of the sample alone, not divided by their number: only dW and
db are sums over the samples, or the means of them.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from mlpviz.engine import Array
from mlpviz.engine.losses import OutputPair
from mlpviz.engine.network import Network, layer_views, parameter_count
from mlpviz.engine.optimizers import OPTIMIZERS
from mlpviz.engine.program import PLAIN
from mlpviz.engine.stages import ALL_LAYERS, Stage, StageName
from mlpviz.engine.steps import StepRule, penalty_of
from mlpviz.engine.training import Training

Kind = TypeVar("Kind", bound=NDArray[Any])


class OfLayer(NamedTuple):
    """A number for each weight and each bias of a layer.

    Parameters
    ----------
    W, b : (fan_in, fan_out) and (fan_out,)
    """

    W: Array
    b: Array


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LayerStep:
    """What a step computes in one layer; all arrays are read-only.

    Parameters
    ----------
    Z, A, dA, dZ : (samples, units)
    dW, db : (fan_in, fan_out) and (fan_out,), of the mean over the samples or of their sum
    penalty : the slope of the penalty, which is added to them; 0 where there is none
    g : what the optimizer makes its step of: their sum, and 0 of a frozen parameter
    memory_before, memory_after : what the optimizer remembers: of Adam m and s, else one or nothing
    step : what is subtracted
    W_before, b_before, W_after, b_after : the parameters
    """

    Z: Array
    A: Array
    dA: Array
    dZ: Array
    dW: Array
    db: Array
    penalty: OfLayer
    g: OfLayer
    memory_before: tuple[OfLayer, ...]
    memory_after: tuple[OfLayer, ...]
    step: OfLayer
    W_before: Array
    b_before: Array
    W_after: Array
    b_after: Array


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class StepTrace:
    """One step, taken apart; all arrays are read-only.

    Parameters
    ----------
    epoch, batch : the step is the one of this number in the epoch after this state
    samples : the numbers of its samples, (samples,)
    X, targets : (samples, inputs) and (samples, outputs); with a unit per class 1 for the own
        class and 0 for the others
    losses, loss : of each sample, (samples,), and their mean
    penalty : what is added to the loss; 0 where there is none
    layers : the first hidden one first, the output last
    activations : of each of them
    pair : how the output is judged
    rule, learning_rate : how the gradient becomes a step
    scale : what a sum over the samples is multiplied by to make dW: 1 / samples for the mean, or 1
    corrections : of Adam 1 - β₁ᵗ and 1 - β₂ᵗ of this step; of others 0 for each number that they
        remember, which is of no account
    derived : what training never forms of this step: "losses" and, of the output, "dA3"; where it
        is so "dW", "db" and "g" (means), "loss" (of a batch), "penalty" (what is added to the loss)
    """

    epoch: int
    batch: int
    samples: NDArray[np.intp]
    X: Array
    targets: Array
    losses: Array
    loss: float
    penalty: float
    layers: tuple[LayerStep, ...]
    activations: tuple[str, ...]
    pair: OutputPair
    rule: StepRule
    learning_rate: float
    scale: float
    corrections: tuple[float, ...]
    derived: frozenset[str]

    @property
    def sizes(self) -> tuple[int, ...]:
        """Units per layer, inputs first."""
        return (self.X.shape[1], *(len(layer.b_before) for layer in self.layers))

    def products(self, samples: int | None = None) -> int:
        """Return how many products a pass forward takes, of so many samples or of all."""
        count = len(self.samples) if samples is None else samples
        return count * parameter_count(self.sizes)

    def inputs_of(self, layer: int) -> Array:
        """Return A of the layer before a layer, which is counted from 1: (samples, units)."""
        return self.X if layer == 1 else self.layers[layer - 2].A


def is_same_step(one: StepTrace, other: StepTrace) -> bool:
    """Tell whether two traces are of one step, computed twice."""

    def facts(trace: StepTrace) -> tuple[object, ...]:
        return trace.epoch, trace.batch, trace.learning_rate, trace.scale, trace.rule, trace.sizes

    def numbers(trace: StepTrace) -> list[bytes]:
        arrays = [trace.X, trace.targets, trace.losses]
        for layer in trace.layers:
            arrays += [layer.W_before, layer.b_before, layer.W_after, layer.b_after]
        return [array.tobytes() for array in arrays]

    return one is other or (facts(one) == facts(other) and numbers(one) == numbers(other))


def step_trace(training: Training, batch: int = 0) -> StepTrace:
    """Take a step of the epoch to come apart; the training stays as it is.

    Parameters
    ----------
    batch : the number of the step in the epoch, from 0

    Raises
    ------
    ValueError
        for a step that the epoch does not have.
    """
    seen = _Seen(training)
    training.take_apart(seen.look, batch)
    samples, sizes = training.batches()[batch], training.network.sizes
    scale, last = training.gradient_scale(len(samples)), len(sizes) - 1
    vectors = OPTIMIZERS[training.rule.optimizer].vectors
    with np.errstate(all="ignore"):
        layers = tuple(_layers(seen.numbers, sizes, vectors, scale))
        parameters = seen.numbers["before", ALL_LAYERS][: parameter_count(sizes)]
        penalty = penalty_of(training.rule, parameters, sizes)
    return StepTrace(
        epoch=training.epoch,
        batch=batch,
        samples=_read_only(samples),
        X=seen.numbers["A", 0],
        targets=seen.numbers["Y", last],
        losses=seen.numbers["losses", last],
        loss=float(seen.numbers["loss", last]),
        penalty=penalty,
        layers=layers,
        activations=training.network.activations,
        pair=training.pair,
        rule=training.rule,
        learning_rate=training.learning_rate,
        scale=scale,
        corrections=tuple(seen.after[len(seen.after) - vectors :].tolist()),
        derived=_derived(training, seen.numbers, scale),
    )


def trace_of(
    network: Network,
    X: Array,
    targets: Array,
    pair: OutputPair,
    *,
    learning_rate: float,
    reduction: str = "sum",
    rule: StepRule = PLAIN,
) -> StepTrace:
    """Take the first step of a network on given data apart, such as that of a worked example.

    Parameters
    ----------
    network : not changed
    X, targets : (samples, inputs) and (samples, outputs)
    pair : of `engine.losses`: how the outputs are judged
    learning_rate, reduction, rule : as of `Training`; the biases of many examples are frozen
    """
    own = Network(network.sizes, network.activations)
    own.parameters[:] = network.parameters
    training = Training(
        own, X, targets, pair=pair, learning_rate=learning_rate, reduction=reduction, rule=rule
    )
    return step_trace(training)


class _Seen:
    """Copies what the stages of a step leave, by name and layer."""

    def __init__(self, training: Training) -> None:
        self.numbers: dict[tuple[StageName, int], Array] = {}
        self._training = training

    def look(self, stage: Stage) -> bool:
        """Copy a stage, the samples in rows; of `before` and `after` the memory, too."""
        numbers = stage.numbers.T
        if stage.name in ("before", "after"):
            numbers = self._training.state()
        self.numbers[stage.name, stage.layer] = _read_only(np.array(numbers, order="C"))
        return False

    @property
    def after(self) -> Array:
        """Parameters and memory after the step."""
        return self.numbers["after", ALL_LAYERS]


def _layers(
    numbers: Mapping[tuple[StageName, int], Array],
    sizes: Sequence[int],
    vectors: int,
    scale: float,
) -> Iterator[LayerStep]:
    """Sort what was seen of a step by its layers.

    Parameters
    ----------
    numbers : by name and layer
    vectors : how many numbers the optimizer remembers of every parameter
    """
    count = parameter_count(sizes)

    def of_layers(vector: Array) -> list[OfLayer]:
        return [OfLayer(W, b) for W, b in zip(*layer_views(_read_only(vector), sizes), strict=True)]

    def of_all(name: StageName) -> list[OfLayer]:
        return of_layers(numbers[name, ALL_LAYERS])

    def remembered(state: Array) -> list[tuple[OfLayer, ...]]:
        parts = [of_layers(state[(i + 1) * count : (i + 2) * count]) for i in range(vectors)]
        return list(zip(*parts, strict=True)) if parts else [()] * (len(sizes) - 1)

    before, after = numbers["before", ALL_LAYERS], numbers["after", ALL_LAYERS]
    if ("scaled", ALL_LAYERS) in numbers:
        gradient, given = of_all("scaled"), of_all("g")
    else:  # the scale is in the length of the step
        gradient = of_layers(numbers["sum", ALL_LAYERS] * scale)
        given = of_layers(numbers["g", ALL_LAYERS] * scale)
    none = np.zeros(count)
    penalty = of_layers(numbers.get(("penalty", ALL_LAYERS), none))
    memories = zip(remembered(before), remembered(after), strict=True)
    parameters = zip(of_layers(before[:count]), of_layers(after[:count]), strict=True)
    parts = zip(gradient, penalty, given, of_all("step"), memories, parameters, strict=True)
    for layer, (dW, added, g, step, memory, (old, new)) in enumerate(parts, 1):
        yield LayerStep(
            Z=numbers["Z", layer],
            A=numbers["A", layer],
            dA=numbers["dA", layer],
            dZ=numbers["dZ", layer],
            dW=dW.W,
            db=dW.b,
            penalty=added,
            g=g,
            memory_before=memory[0],
            memory_after=memory[1],
            step=step,
            W_before=old.W,
            b_before=old.b,
            W_after=new.W,
            b_after=new.b,
        )


def _derived(
    training: Training, numbers: Mapping[tuple[StageName, int], Array], scale: float
) -> frozenset[str]:
    """Name what training never forms of a step."""
    names = {f"dA{len(training.network.activations)}", "losses"}
    if training.steps_per_epoch > 1:
        names.add("loss")
    if scale != 1.0 and ("scaled", ALL_LAYERS) not in numbers:
        names |= {"dW", "db", "g"}
    if training.rule.regularization != "none":
        names.add("penalty")
    return frozenset(names)


def _read_only(array: Kind) -> Kind:
    array.setflags(write=False)
    return array
