"""One epoch as a list of prepared NumPy calls.

For networks this small nearly all the time of an epoch goes into calling NumPy and into making
arrays for its answers. So everything that does not change from epoch to epoch is done once, here:

- Arrays are feature-major: A of a layer is (units + 1, samples), and its last row is ones. The
  ones meet the biases: [W; b]ᵀ [A; 1] = Wᵀ A + b, and [A; 1] dZᵀ = [dW; db]. A layer costs one
  product forward and one backward, and since b follows W in the flat vector of parameters,
  [W; b] and [dW; db] are simply views of it and of the gradient.
- Where an activation wants -Z (sigmoid: 1 / (1 + e^(-Z))), the product takes the weights turned
  round: one call for a few parameters instead of one per layer for the Z of every sample.
- Every call writes into an array that is there already (`out=`), and is bound to its arguments.
- All hidden layers lie in one array, so that their slopes are computed at one go.
- Products use the method `dot`, the fastest way into BLAS. It also lets go of Python's lock each
  time, which is what keeps the window alive while training runs flat out.
- Z and A of the output go to another row of a ring every epoch. The losses are then computed for
  all rows of the ring together: the loss of every epoch costs little more than none at all.
- The gradient is that of the sum over the samples; to divide by their number is part of the step.
- Where an epoch is slow, `heed` stands in the list after every call. What it ends by raising has
  to be evaluated anew.

Many networks of the same shape train together when the parameters are (networks, parameters)
instead of (parameters,). Arrays of activations then are (units, networks, samples), so that those
of a layer still lie in one piece, and a product is `matmul`, which goes through the networks
inside one call.

`Network.forward` and `Network.backward` say the same in the words of the books; tests hold the
two together.
"""

from collections.abc import Callable, Sequence
from functools import partial
from itertools import chain, pairwise

import numpy as np

from mlpviz.engine import Array, Heed, go_on, is_slow
from mlpviz.engine.activations import ACTIVATIONS, OUTPUT_ACTIVATIONS, Call
from mlpviz.engine.losses import OutputPair, one_hot
from mlpviz.engine.stages import ALL_LAYERS, Look, Stage, calls_of
from mlpviz.engine.steps import Stepper, StepRule, new_memory

PLAIN = StepRule()
RING_ROWS = 64
RING_NUMBERS = 1 << 15  # no more rows than fit into the cache when there are many networks


class Program:
    """Full-batch epochs for one network, or for many of the same shape, on one data set.

    Shapes are given for one network; with many, an axis of networks stands before the last of
    parameters and of samples. Of one output unit the axis of the outputs is left out, with a unit
    per class it comes first: (classes, samples).

    Parameters
    ----------
    parameters : (parameters,); changed in place
    sizes, activations : of the network
    X, Y : (samples, inputs) and (samples, 1), with an output unit per class the class's number;
        or (samples, outputs), where each output has a target of its own
    pair : how the output is judged
    gradient_scale : 1 / samples for the gradient of the mean, 1 for that of the sum
    rule : how the gradient becomes a step
    memory : what the rule remembers, shared with other programs of the same parameters
    heed : called between two prepared calls, where an epoch is slow
    ring_rows : at most so many epochs are prepared; few for whoever takes but a step
    """

    def __init__(
        self,
        parameters: Array,
        sizes: Sequence[int],
        activations: Sequence[str],
        X: Array,
        Y: Array,
        pair: OutputPair,
        gradient_scale: float,
        rule: StepRule = PLAIN,
        memory: Array | None = None,
        heed: Heed = go_on,
        ring_rows: int = RING_ROWS,
    ) -> None:
        self._sizes, self._names, self._pair = tuple(sizes), tuple(activations), pair
        self._many = parameters.shape[:-1]  # () for one network
        self._heed = heed if is_slow(len(X), parameters.size) else go_on
        outputs = self._sizes[-1]
        self.data = _stack_data(X, Y, outputs)
        targets = self.data[-outputs:]
        self._targets = targets.reshape(outputs, *(1 for _ in self._many), len(X))
        gradient = np.zeros_like(parameters)  # of the sum over the samples
        memory = new_memory(rule, parameters) if memory is None else memory
        self._stepper = Stepper(parameters, gradient, memory, sizes, rule, gradient_scale)
        self._blocks = _blocks(parameters, self._sizes)
        self._gradients = _blocks(gradient, self._sizes)
        self._activations = self._make_activations()
        self._dZ = np.empty((outputs, *self._many, len(X)))
        rows = max(2, min(ring_rows, RING_NUMBERS // self._dZ.size))
        self._Z, self._A = (np.zeros((rows, *self._dZ.shape)) for _ in "ZA")
        # The same for every row of the ring.
        self._row_targets = targets[0] if outputs == 1 else self._targets[:, np.newaxis]
        self._row = 0
        self._hidden_stages = [*self._make_turn(parameters), *self._make_hidden_forward()]
        hidden = calls_of(self._hidden_stages)
        self._output_calls = [self._make_output(row) for row in range(rows)]
        self._forward = [self._heeding([*hidden, *chain(*calls)]) for calls in self._output_calls]
        self._backward_stages = [*self._make_backward(), Stage("sum", ALL_LAYERS, gradient)]
        self._before = Stage("before", ALL_LAYERS, parameters)
        self._assemble()

    @property
    def logits(self) -> Array:
        """Z of the output for every sample in the present state, (samples,)."""
        return self._signed(_without_axis(self._Z[self._row]))

    @property
    def predictions(self) -> Array:
        """A of the output for every sample in the present state, (samples,)."""
        return _without_axis(self._A[self._row])

    @property
    def hidden_activations(self) -> list[Array]:
        """A of each hidden layer for every sample in the present state, (units, samples)."""
        return [A[:-1] for A in self._activations[1:]]

    def sample_losses(self) -> Array:
        """Return the loss of every sample in the present state, (samples,)."""
        return self._pair.value(self.logits, self.predictions, _without_axis(self._targets))

    def evaluate(self) -> Array:
        """Run forward in the present state and return its loss, ()."""
        for call in self._forward[self._row]:
            call()
        loss: Array = self._losses(self._row, self._row + 1)[0]
        return loss

    def summed_gradient(self) -> Array:
        """Run backward in the present state, which has been evaluated: (parameters,).

        It is that of the sum over the samples; the next step overwrites it.
        """
        for stage in self._backward_stages:
            for call in stage.calls:
                call()
        return self._backward_stages[-1].array

    def next_step(self) -> Array:
        """Run forward and backward in the present state, and return the step without taking it."""
        self.take_apart(lambda stage: stage.name == "step")
        return self._stepper.step

    def take_apart(self, look: Look) -> bool:
        """Take one step of one network by the very calls of training, and show what each leaves.

        Parameters
        ----------
        look : is shown the stages one by one, see `stages`; the step ends where it returns True

        Returns
        -------
        Whether it has returned True.
        """
        last = len(self._names)
        given = [Stage("A", 0, self._activations[0][:-1]), Stage("Y", last, self._targets)]
        forward = [self._before, *given, *self._hidden_stages, *self._output_stages()]
        for stage in [*forward, *self._backward_stages, *self._stepper.stages]:
            for call in self._heeding(list(stage.calls)):
                call()
            shown = [stage]
            if stage[:2] == ("A", last):
                shown += self._judgement()
            if any(map(look, shown)):
                return True
        return False

    def _judgement(self) -> list[Stage]:
        """Compute losses and dA of the output, after a pass forward: steps do without them."""
        last, row = len(self._names), self._row
        dA = self._pair.output_slope(self.predictions, _without_axis(self._targets))
        return [
            Stage("losses", last, self.sample_losses()),
            Stage("loss", last, self._losses(row, row + 1)[0]),
            Stage("dA", last, dA.reshape(self._dZ.shape)),
        ]

    def step(self) -> None:
        """Run forward and take one step, for whoever changes `data` between steps."""
        for call in self._forward_and_step:
            call()

    def set_learning_rate(self, learning_rate: float | Array) -> None:
        """Set one for all, or one per network."""
        self._stepper.set_learning_rate(learning_rate)

    def set_rule(self, rule: StepRule) -> None:
        """Take over a rule of the same optimizer and the same penalty."""
        self._stepper.set_rule(rule)
        self._assemble()

    def run(
        self,
        epochs: int,
        look: Callable[[Array], None] | None = None,
        at: Sequence[int] = (),
        seen: Callable[[], None] = go_on,
    ) -> Array:
        """Train for some epochs; the present state must have been evaluated.

        Parameters
        ----------
        look : is shown the outputs of the states reached, some epochs at a time and in their
            order: (epochs, samples), with many networks (epochs, networks, samples), and with an
            output unit per class these first. They are overwritten later.
        at, seen : after how many epochs, ascending, `seen` is called while all is as in that state

        Returns
        -------
        The loss of each state reached, (epochs,); with many networks (epochs, networks).
        """
        losses, done = np.empty((epochs, *self._many)), 0
        while done < epochs:
            # A stretch begins at row 0, so that its losses lie together, in any order of calls.
            count = min(epochs - done, len(self._epochs))
            row = 0
            for stop in [after - done for after in at if done < after <= done + count]:
                self._run_rows(row, stop)
                seen()
                row = stop
            self._run_rows(row, count)
            losses[done : done + count] = self._losses(0, count)
            if look is not None:
                look(_without_axis(self._A[:count].swapaxes(0, 1)))
            done += count
        return losses

    def _run_rows(self, first: int, last: int) -> None:
        """Train for the epochs from one row of the ring up to another, which is left out."""
        for epoch in self._epochs[first:last]:
            for call in epoch:
                call()
        self._row = last - 1

    def _assemble(self) -> None:
        step = self._heeding(calls_of([*self._backward_stages, *self._stepper.stages]))
        # An epoch runs backward first: the state it starts from has been evaluated.
        self._epochs = [[*step, *forward] for forward in self._forward]
        self._forward_and_step = [*self._forward[0], *step]

    def _heeding(self, calls: list[Call]) -> list[Call]:
        """Let somebody ask for the end of it after every call, where there is time for that."""
        if self._heed is go_on:
            return calls
        return [each for call in calls for each in (call, self._heed)]

    def _losses(self, first: int, last: int) -> Array:
        rows = (ring[first:last].swapaxes(0, 1) for ring in (self._Z, self._A))
        Z, A = map(_without_axis, rows)
        return self._pair.mean(self._signed(Z), A, self._row_targets)

    def _signed(self, output: Array) -> Array:
        """Return the Z of what the output's activation was given."""
        return -output if OUTPUT_ACTIVATIONS[self._names[-1]].sign < 0 else output

    def _product(self, left: Array, right: Array, result: Array) -> Call:
        """Prepare a product of matrices, of each network's where there are many."""
        if self._many:
            return partial(np.matmul, left, right, result)
        return partial(left.dot, right, result)

    def _make_activations(self) -> list[Array]:
        """Make [A; 1] of the inputs and, one below the other in one array, of all hidden layers."""
        rows = sum(self._sizes[1:-1]) + len(self._sizes) - 2
        self._hidden = np.ones((rows, *self._many, self.data.shape[-1]))
        return [self.data[: self._sizes[0] + 1], *_slices(self._hidden, self._sizes[1:-1])]

    def _weighted_sums(self, layer: int, Z: Array) -> Call:
        """Prepare Z = [W; b]ᵀ [A; 1] of a layer, turned round where its activation wants that."""
        blocks = self._turned_round if self._is_turned(layer) else self._blocks
        A = _per_network(self._activations[layer])
        return self._product(_turned(blocks[layer]), A, _per_network(Z))

    def _is_turned(self, layer: int) -> bool:
        return OUTPUT_ACTIVATIONS[self._names[layer]].sign < 0

    def _make_turn(self, parameters: Array) -> list[Stage]:
        """Prepare the parameters times -1, where an activation wants its Z so."""
        turned_round = np.empty_like(parameters)
        self._turned_round = _blocks(turned_round, self._sizes)
        if all(OUTPUT_ACTIVATIONS[name].sign > 0 for name in self._names):
            return []
        turn = partial(np.negative, parameters, turned_round)
        return [Stage("turned", ALL_LAYERS, turned_round, [turn])]

    def _make_hidden_forward(self) -> list[Stage]:
        stages: list[Stage] = []
        for layer, block in enumerate(self._activations[1:]):
            A, is_turned = block[:-1], self._is_turned(layer)
            calls = ACTIVATIONS[self._names[layer]].value_calls(A, A)
            stages.append(Stage("Z", layer + 1, A, [self._weighted_sums(layer, A)], is_turned))
            stages.append(Stage("A", layer + 1, A, calls))
        return stages

    def _make_output(self, row: int) -> tuple[list[Call], list[Call], list[Call]]:
        """Prepare Z and A of the output into a row of the ring, and dZ."""
        Z, A = self._Z[row], self._A[row]
        return (
            [self._weighted_sums(len(self._names) - 1, Z)],
            OUTPUT_ACTIVATIONS[self._names[-1]].value_calls(Z, A),
            self._pair.slope_calls(A, self._targets, self._dZ),
        )

    def _output_stages(self) -> list[Stage]:
        """Return the stages of the output in the present row."""
        last, (sums, values, slopes) = len(self._names), self._output_calls[self._row]
        return [
            Stage("Z", last, self._Z[self._row], sums, self._is_turned(last - 1)),
            Stage("A", last, self._A[self._row], values),
            Stage("dZ", last, self._dZ, slopes),
        ]

    def _make_backward(self) -> list[Stage]:
        slopes = np.ones_like(self._hidden)
        layer_slopes = _slices(slopes, self._sizes[1:-1])
        stages = [Stage("slopes", ALL_LAYERS, slopes, self._make_slopes(slopes, layer_slopes))]
        dZ = self._dZ
        for layer in reversed(range(len(self._blocks))):
            A, each_dZ = _per_network(self._activations[layer]), _per_network(dZ)
            gradient = self._gradients[layer]
            product = self._product(A, _turned(each_dZ), gradient)
            stages.append(Stage("gradient", layer + 1, gradient, [product]))
            if layer > 0:
                W = self._blocks[layer][..., :-1, :]
                dA = np.empty((W.shape[-2], *dZ.shape[1:]))
                back = self._product(W, each_dZ, _per_network(dA))
                if self._many and W.shape[-1] == 1:
                    # A column times a row is each number of the one times the other.
                    back = partial(np.multiply, W.swapaxes(0, 1), dZ, dA)
                slope: list[Call] = []
                if self._names[layer - 1] != "identity":
                    slope = [partial(np.multiply, dA, layer_slopes[layer - 1][:-1], dA)]
                stages += [Stage("dA", layer, dA, [back]), Stage("dZ", layer, dA, slope)]
                dZ = dA
        return stages

    def _make_slopes(self, slopes: Array, layer_slopes: list[Array]) -> list[Call]:
        """Compute f' of all hidden units: at one go where all layers have the same f."""
        names = self._names[:-1]
        if len(set(names)) == 1:
            return ACTIVATIONS[names[0]].slope_calls(self._hidden, slopes)
        calls: list[Call] = []
        for name, A, slope in zip(names, self._activations[1:], layer_slopes, strict=True):
            calls += ACTIVATIONS[name].slope_calls(A, slope)
        return calls


def _stack_data(X: Array, Y: Array, outputs: int) -> Array:
    """Return inputs, ones and targets of the samples, one below the other.

    Parameters
    ----------
    X, Y : as of `Program`; Y may have a target for each output, too, (samples, outputs)
    """
    targets = Y.T if Y.shape[1] == outputs else one_hot(Y[:, 0], outputs)
    return np.ascontiguousarray(np.vstack((X.T, np.ones((1, len(X))), targets)))


def _without_axis(outputs: Array) -> Array:
    """Leave out the first axis, that of the outputs, where there is but one."""
    return outputs[0] if len(outputs) == 1 else outputs


def _blocks(vector: Array, sizes: tuple[int, ...]) -> list[Array]:
    """Return [W; b] of each layer, (fan_in + 1, fan_out), as views of the flat vector."""
    blocks, start = [], 0
    for i, o in pairwise(sizes):
        block = vector[..., start : start + (i + 1) * o]
        blocks.append(block.reshape(*vector.shape[:-1], i + 1, o))
        start += (i + 1) * o
    return blocks


def _slices(stack: Array, sizes: tuple[int, ...]) -> list[Array]:
    """Return the (units + 1, samples) of each layer out of one array of all."""
    ends = np.cumsum([units + 1 for units in sizes]).tolist()
    return [stack[end - units - 1 : end] for units, end in zip(sizes, ends, strict=True)]


def _per_network(stack: Array) -> Array:
    """Return the (units, samples) of each network, out of (units, networks, samples)."""
    return stack.swapaxes(0, -2)


def _turned(matrix: Array) -> Array:
    """Return the transpose, of each network's matrix where there are many."""
    return matrix.swapaxes(-1, -2)
