"""Training: the network, its data, and the epochs one after the other.

State k is the parameters after k epochs; state 0 is untrained. Loss, accuracy and predictions
belong to the state in which the training stands, so n epochs give n + 1 losses.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from mlpviz.engine import Array, Heed, go_on, is_slow
from mlpviz.engine.activations import SOFTMAX
from mlpviz.engine.losses import OutputPair, output_pair
from mlpviz.engine.minibatches import MiniBatches
from mlpviz.engine.network import Network
from mlpviz.engine.passed import Mark, Passed
from mlpviz.engine.program import PLAIN, RING_ROWS, Program
from mlpviz.engine.scores import correct_samples
from mlpviz.engine.stages import Look
from mlpviz.engine.steps import StepRule, new_memory


class Training:
    """Training by steps down the gradient, on one data set.

    Parameters
    ----------
    network : its parameters are changed in place from here on
    X, Y : (samples, inputs) and (samples, 1): the target, or with an output unit per class the
        number of the class
    loss, numerics, reduction : keys of the tables in `losses`; `reduction` says whether the
        gradient is the mean over the samples or their sum. The loss is always a mean.
    learning_rate : may be changed between epochs
    batch_size : samples per step; 0, or as many as there are, for all
    batch_seed : of the order in which the samples are taken in batches
    rule : how a gradient becomes a step
    is_regression : whether the targets are numbers rather than classes
    heed : called in the middle of slow epochs. Where it raises, the training has to be taken back
        to a mark.
    pair : how the output is judged, where it is not as `loss` and `numerics` say; Y may then have a
        target for each output, (samples, outputs)
    """

    def __init__(
        self,
        network: Network,
        X: Array,
        Y: Array,
        *,
        loss: str = "cross_entropy",
        numerics: str = "stable",
        reduction: str = "mean",
        learning_rate: float = 1.0,
        batch_size: int = 0,
        batch_seed: int = 0,
        rule: StepRule = PLAIN,
        is_regression: bool = False,
        heed: Heed = go_on,
        pair: OutputPair | None = None,
    ) -> None:
        self.network = network
        self.heed = heed
        self.is_regression = is_regression
        self.X, self.Y = X, Y
        self.loss_name = loss
        self.outputs = network.sizes[-1]
        terms = (loss, network.activations[-1], numerics)
        self.is_stable_softmax = terms == ("cross_entropy", SOFTMAX, "stable")
        self.learning_rate = learning_rate
        self._batch_seed = batch_seed
        self.epoch = 0
        # Divergence by fact: loss and parameters break separately, and seldom at once.
        self.first_nonfinite_loss_epoch: int | None = None
        self.first_nonfinite_weight_epoch: int | None = None
        self.pair = pair or output_pair(loss, network.activations[-1], numerics, self.outputs)
        self._is_mean = reduction == "mean"
        self.rule, self._memory = rule, new_memory(rule, network.parameters)
        self._program = self._make_program(len(X))
        self._batches: MiniBatches | None = None
        self.set_batch_size(batch_size)
        self.loss = math.nan
        self.is_evaluated = True  # whether predictions and activations are those of this state
        self._evaluate()

    @property
    def predictions(self) -> Array:
        """The output for every training sample, (samples,); overwritten by later epochs.

        With an output unit per class (classes, samples).
        """
        return self._program.predictions

    @property
    def logits(self) -> Array:
        """The weighted sum of the output for every sample, likewise."""
        return self._program.logits

    @property
    def hidden_activations(self) -> list[Array]:
        """The activations of each hidden layer for every sample, (units, samples), likewise."""
        return self._program.hidden_activations

    def sample_losses(self) -> Array:
        """Return the loss of every training sample, (samples,); `loss` is their mean."""
        return self._program.sample_losses()

    def gradient_at(self, parameters: Array) -> Array:
        """Return the gradient of the mean loss and the penalty at some parameters, (n,).

        It is that of all samples, and 0 for what is frozen. Nothing of the training changes.
        """
        rule = replace(self.rule, optimizer="gradient_descent")
        step = self._step_at(parameters, rule, 1.0)
        return step if self._is_mean else step / len(self.X)

    def first_step_at(self, parameters: Array) -> Array:
        """Return the step that the optimizer would take first at some parameters, (n,).

        It is made of the gradient of all samples: nothing is remembered of other steps.
        """
        return self._step_at(parameters, self.rule, self.learning_rate)

    @np.errstate(all="ignore")
    def _step_at(self, parameters: Array, rule: StepRule, learning_rate: float) -> Array:
        program = self._prepare(len(self.X), parameters.copy(), rule, None, 1)
        program.set_learning_rate(learning_rate)
        return program.next_step()

    @property
    def steps_per_epoch(self) -> int:
        """How many steps an epoch has: one, or one per batch."""
        return 1 if self._batches is None else -(-len(self.X) // self._batches.size)

    def batches(self) -> list[NDArray[np.intp]]:
        """Return the samples of each step of the epoch to come."""
        if self._batches is None:
            return [np.arange(len(self.X))]
        return self._batches.of_epoch(self.epoch)

    @property
    def accuracy(self) -> float:
        """The share of training samples whose class is right, 0 to 1; NaN for regression."""
        if self.is_regression:
            return math.nan
        return float(np.mean(correct_samples(self.predictions, self.Y[:, 0], self.outputs)))

    @property
    def is_slow(self) -> bool:
        """Whether an epoch takes so long that `heed` is called on the way."""
        has_many_steps = self._batches is not None and self._batches.has_many_steps
        return has_many_steps or is_slow(len(self.X), self.network.parameters.size)

    @np.errstate(all="ignore")
    def gradient(self) -> Array:
        """Return the gradient of the loss of all samples in the present state, (parameters,).

        It is what a step with the full batch subtracts, but for the learning rate: of the mean over
        the samples or of their sum. Nothing of the training changes.
        """
        if not self.is_evaluated:
            self._program.evaluate()
            self.is_evaluated = True
        return self._program.summed_gradient() * self.gradient_scale(len(self.X))

    @np.errstate(all="ignore")
    def take_apart(self, look: Look, batch: int | None = None) -> None:
        """Take the steps of the epoch to come, show what they compute, and go back.

        Parameters
        ----------
        look : is shown the stages of a step one by one, see `engine.stages`, until it returns True.
            Meanwhile the training stands in that step.
        batch : the step that is shown, from 0; None for one after the other, all of them

        Raises
        ------
        ValueError
            for a step that the epoch does not have.
        """
        steps = self.steps_per_epoch
        if batch is not None and not 0 <= batch < steps:
            raise ValueError(f"batch must be from 0 to {steps - 1}. Got {batch}.")
        looks = [look] * steps if batch is None else [*[None] * batch, look]
        mark, was_evaluated = self.mark(), self.is_evaluated
        try:
            if self._batches is None:
                self._program.set_learning_rate(self.learning_rate)
                self._program.take_apart(look)
            else:
                self._batches.take_apart(self.epoch, self.learning_rate, looks)
        finally:
            self.take_back(mark)
        if was_evaluated:
            self._program.evaluate()
            self.is_evaluated = True

    def set_batch_size(self, size: int) -> None:
        """Take so many samples per step from the next epoch on; 0 for all of them."""
        if not 0 < size < len(self.X):
            self._batches = None
        elif self._batches is None or self._batches.size != size:
            self._batches = MiniBatches(
                self._program, self._make_program, size, self._batch_seed, self.heed
            )

    def set_rule(self, rule: StepRule) -> None:
        """Take over a rule of the same optimizer and the same penalty, from the next step on."""
        if rule != self.rule:
            self.rule = rule
            self._program.set_rule(rule)
            if self._batches is not None:
                self._batches.set_rule(rule)

    def run_epoch(self) -> None:
        """Train for one epoch."""
        self.run(1)

    def run(self, epochs: int) -> Array:
        """Train for some epochs and return the loss of each state reached, (epochs,).

        An epoch is one forward pass (done when the state was reached), one backward pass, one
        step of the optimizer; in batches, all three for each batch. Where calls are cut does not
        matter: 3 + 4 epochs are 7 epochs to the bit.
        """
        return self.run_past(epochs, ())[0]

    # NaN and infinity are results here, not accidents to warn of on the terminal.
    @np.errstate(all="ignore")
    def run_past(self, epochs: int, at: Sequence[int]) -> tuple[Array, list[Passed]]:
        """Train as `run`, and return what was passed, too.

        To look at a state on the way so is ten times as fast as to stop there: losses are computed
        for many epochs at once.

        Parameters
        ----------
        at : after how many epochs a state is wanted, ascending, each at most `epochs`. Of the state
            after all of them the arrays are those of the training itself, which later epochs
            overwrite.
        """
        passed: list[Passed] = []
        rest = self.hidden_activations, self.network.parameters, self._memory

        def note() -> None:  # only the predictions lie elsewhere in every epoch
            passed.append(Passed(self.predictions, *rest).copy())

        before = None if self.first_nonfinite_weight_epoch is not None else self.state()
        on_the_way = [after for after in at if after < epochs]
        losses = self._advance(self.epoch, epochs, on_the_way, note)
        if epochs:
            self.loss = float(losses[-1])
        self._note_loss(losses)
        if before is not None and not self._weights_are_finite():
            self.first_nonfinite_weight_epoch = self._find_weight_break(before, epochs)
        self.epoch += epochs
        if len(on_the_way) < len(at):
            passed.append(Passed(self.predictions, *rest))
        return losses, passed

    def state(self) -> Array:
        """Return a copy of all that the next epoch depends on, besides data and recipe.

        The parameters come first, then what the optimizer remembers.
        """
        return np.concatenate((self.network.parameters, self._memory))

    def mark(self) -> Mark:
        """Remember where the training stands."""
        facts = (self.first_nonfinite_loss_epoch, self.first_nonfinite_weight_epoch)
        return Mark(self.epoch, self.state(), self.loss, *facts)

    def take_back(self, mark: Mark) -> None:
        """Go back to a mark, from wherever a later epoch was left.

        Nothing is computed: predictions and activations, which may be of another state, are
        evaluated when they are next needed to train.
        """
        self._set_state(mark.state)
        self.epoch, self.loss = mark.epoch, mark.loss
        self.first_nonfinite_loss_epoch = mark.first_nonfinite_loss_epoch
        self.first_nonfinite_weight_epoch = mark.first_nonfinite_weight_epoch
        self.is_evaluated = False

    def restore(self, epoch: int, state: Array) -> None:
        """Go back (or forward) to a state that `state` returned at this epoch.

        Facts of divergence from `epoch` on are forgotten; training finds them again.
        """
        self._set_state(state)
        self.epoch = epoch
        self.first_nonfinite_loss_epoch = _if_before(epoch, self.first_nonfinite_loss_epoch)
        self.first_nonfinite_weight_epoch = _if_before(epoch, self.first_nonfinite_weight_epoch)
        self._evaluate()

    def _set_state(self, state: Array) -> None:
        count = len(self.network.parameters)
        self.network.parameters[:], self._memory[:] = state[:count], state[count:]

    def gradient_scale(self, samples: int) -> float:
        """Return what the sum over so many samples is multiplied by: 1 / samples for their mean."""
        return 1.0 / samples if self._is_mean else 1.0

    def _make_program(self, samples: int) -> Program:
        """Prepare epochs over the first so many samples; of a batch only its step."""
        rows = RING_ROWS if samples == len(self.X) else 1
        return self._prepare(samples, self.network.parameters, self.rule, self._memory, rows)

    def _prepare(
        self,
        samples: int,
        parameters: Array,
        rule: StepRule,
        memory: Array | None,
        ring_rows: int,
    ) -> Program:
        """Prepare epochs over the first so many samples, of any parameters."""
        return Program(
            parameters,
            self.network.sizes,
            self.network.activations,
            self.X[:samples],
            self.Y[:samples],
            self.pair,
            self.gradient_scale(samples),
            rule,
            memory,
            self.heed,
            ring_rows,
        )

    def _advance(
        self,
        epoch: int,
        epochs: int,
        at: Sequence[int] = (),
        seen: Callable[[], None] = go_on,
    ) -> Array:
        if self._batches is not None:  # whose steps go forward from the parameters alone
            losses = self._batches.run(epoch, epochs, self.learning_rate, at, seen)
        else:
            if not self.is_evaluated:
                self._program.evaluate()
            self._program.set_learning_rate(self.learning_rate)
            losses = self._program.run(epochs, at=at, seen=seen)
        self.is_evaluated |= epochs > 0
        return losses

    @np.errstate(all="ignore")
    def _evaluate(self) -> None:
        self.loss = float(self._program.evaluate())
        self.is_evaluated = True
        if self.first_nonfinite_loss_epoch is None and not math.isfinite(self.loss):
            self.first_nonfinite_loss_epoch = self.epoch
        if self.first_nonfinite_weight_epoch is None and not self._weights_are_finite():
            self.first_nonfinite_weight_epoch = self.epoch

    def _note_loss(self, losses: Array) -> None:
        finite = np.isfinite(losses)
        if self.first_nonfinite_loss_epoch is None and not finite.all():
            self.first_nonfinite_loss_epoch = self.epoch + 1 + int(np.argmin(finite))

    def _find_weight_break(self, before: Array, epochs: int) -> int:
        """Walk the last `epochs` epochs again, one by one, to where the weights broke.

        To look at the end of a run is enough to know whether they broke: a parameter that is not
        finite stays so, whatever is subtracted from it.
        """
        after = self.state()
        self._set_state(before)
        self._program.evaluate()
        walked = 0
        while self._weights_are_finite() and walked < epochs:
            self._advance(self.epoch + walked, 1)
            walked += 1
        self._set_state(after)
        self._program.evaluate()
        return self.epoch + walked

    def _weights_are_finite(self) -> bool:
        # One dot product settles nearly every epoch: a sum of squares is finite only if every
        # term is. It can also overflow by its size alone, hence the second look.
        parameters = self.network.parameters
        return math.isfinite(parameters.dot(parameters)) or bool(np.isfinite(parameters).all())


def _if_before(epoch: int, fact: int | None) -> int | None:
    return None if fact is None or fact >= epoch else fact
