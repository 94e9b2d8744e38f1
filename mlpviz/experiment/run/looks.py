"""What is looked for while a run trains: symptoms, a standstill, and whether all samples are right.

It is looked for at fixed epochs, each next one e + 1 + e // 100, for what shows in a curve shows
that late too, and at each change. A standstill, which takes longer to find, is looked for at the
first of these after each 5 % more. So what a run is told of depends on the run alone, and not on
when somebody looked at it.
"""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from mlpviz.engine.scores import correct_samples, r_squared
from mlpviz.engine.training import Training
from mlpviz.experiment.run.history import LossCurve
from mlpviz.experiment.run.record import Position
from mlpviz.experiment.run.standstill import Standstill, find_standstill
from mlpviz.experiment.run.symptoms import (
    STANDSTILL_EPOCHS,
    Kind,
    State,
    StuckUnits,
    Symptom,
    can_have_symptom,
    find_symptom,
    first_stuck,
    guess_of,
    state_of,
    stuck_masks,
)

STANDSTILL_LOOKS = 20  # between e and 2 e
WELL_FITTED = 0.95  # the R² above which nothing is said to keep a network from learning


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found of a run from one position on, up to that of the next finding.

    Parameters
    ----------
    position : where it was found
    is_all_right : whether all samples are right; for regression, whether R² is `WELL_FITTED`
    symptom : what keeps the network from learning; None where nothing does
    standstill : why it stands still; None where it does not
    """

    position: Position
    is_all_right: bool
    symptom: Symptom | None
    standstill: Standstill | None = None


def are_all_right(states: Sequence[State]) -> list[bool]:
    """Tell of each state whether nothing is left to learn: then nothing is wrong with it.

    Parameters
    ----------
    states : one or more, of one training
    """
    training = states[0].training
    targets = training.Y[:, 0]
    if training.is_regression:
        return [r_squared(state.predictions, targets) > WELL_FITTED for state in states]
    predictions = np.array([state.predictions for state in states])
    if training.outputs > 1:  # (states, classes, samples)
        predictions = predictions.swapaxes(0, 1)
    is_right = correct_samples(predictions, targets, training.outputs)
    are_right: list[bool] = np.logical_and.reduce(is_right, axis=-1).tolist()
    return are_right


class Looks:
    """Looks at a run while it trains, and keeps what it finds.

    Parameters
    ----------
    training : in state 0
    """

    def __init__(self, training: Training) -> None:
        self.next_epoch = 1  # at which it is to be looked again
        self._standstill_epoch = STANDSTILL_EPOCHS  # at which a standstill may be found
        self._standstill_looks: list[int] = []  # the epochs at which it was looked for one
        start = state_of(training)
        self._guess = guess_of(training)
        self._findings = [Finding(Position(0, 0), are_all_right([start])[0], None)]
        self._note_start(start)

    def until(self, position: Position, training: Training) -> "Looks":
        """Return what a branch at a position begins with.

        Parameters
        ----------
        training : in the state of that position
        """
        looks = Looks(training)
        looks._findings = [found for found in self._findings if found.position <= position]
        while looks.next_epoch <= position.epoch:
            looks.next_epoch += 1 + looks.next_epoch // 100
        for epoch in self._standstill_looks:
            if epoch <= position.epoch:
                looks._note_standstill_look(epoch)
        if position.epoch > 0:
            looks._stuck_at_start = self._stuck_at_start
        return looks

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All findings so far; each is other than the one before."""
        return tuple(self._findings)

    def at(self, position: Position) -> Finding:
        """Return what was known at a position of the run."""
        place = bisect_right(self._findings, position, key=lambda finding: finding.position)
        return self._findings[place - 1]

    def symptom_at(self, position: Position, state: State) -> Symptom | None:
        """Return what keeps a network from learning at a position; None once all is right there.

        Parameters
        ----------
        state : of that position
        """
        symptom = self.at(position).symptom
        return None if symptom is None or are_all_right([state])[0] else symptom

    def epochs_until(self, epoch: int) -> list[int]:
        """List the epochs up to this one at which it is still to be looked."""
        epochs, following = [], self.next_epoch
        while following <= epoch:
            epochs.append(following)
            following += 1 + following // 100
        return epochs

    def look(
        self,
        states: Sequence[State],
        curve: Callable[[int], LossCurve],
        changes: int,
        since: int,
    ) -> None:
        """Look at states of a run, many together: that costs little more than to look at one.

        Parameters
        ----------
        states : one or more, ascending, none before the one looked at last
        curve : returns the losses up to an epoch; only asked for where there is need
        changes : how many changes have led to these states
        since : the epoch of the last of them
        """
        for state, is_right in zip(states, are_all_right(states), strict=True):
            if state.epoch == self.next_epoch:
                self.next_epoch += 1 + self.next_epoch // 100
            symptom = standstill = None
            if not is_right:
                symptom = self._symptom(state, curve, since)
                standstill = self._standstill(state, curve, since)
            self._keep(Finding(Position(state.epoch, changes), is_right, symptom, standstill))

    def note_edit(self, state: State, curve: LossCurve, changes: int) -> None:
        """Look at a state that was set by hand, by the last of so many changes."""
        if state.epoch == 0:
            self._note_start(state)
        self.look([state], lambda _: curve, changes, state.epoch)

    def note_steering(self, epoch: int, changes: int) -> None:
        """Take note of a change, the last of so many, that leaves the state as it is.

        All that took its time to show has to show again, but for a layer that is dead for ever.
        """
        last = self._findings[-1]
        symptom = last.symptom if last.symptom and _is_for_ever(last.symptom) else None
        self._keep(Finding(Position(epoch, changes), last.is_all_right, symptom))

    def _note_start(self, start: State) -> None:
        kinds = (Kind.DEAD_UNITS, Kind.SATURATION)
        self._stuck_at_start = {kind: list(stuck_masks(start, kind)) for kind in kinds}

    def _symptom(
        self, state: State, curve: Callable[[int], LossCurve], since: int
    ) -> Symptom | None:
        if not can_have_symptom(state, self._guess, state.epoch - since) or _is_broken(state):
            return None
        found = find_symptom(state, self._guess, curve(state.epoch), since)
        last = self._findings[-1].symptom
        # The same one keeps the figures with which it was noticed, so that they can be read.
        if found is not None and last is not None and found.is_same(last):
            return last
        return found and self._with_start(found)

    def _standstill(
        self, state: State, curve: Callable[[int], LossCurve], since: int
    ) -> Standstill | None:
        if state.epoch - since < STANDSTILL_EPOCHS or _is_broken(state):
            return None
        last = self._findings[-1].standstill
        if state.epoch < self._standstill_epoch:
            return last
        self._note_standstill_look(state.epoch)
        return find_standstill(state, self._guess, curve(state.epoch), since, last)

    def _note_standstill_look(self, epoch: int) -> None:
        self._standstill_looks.append(epoch)
        self._standstill_epoch = epoch + epoch // STANDSTILL_LOOKS

    def _with_start(self, symptom: Symptom) -> Symptom:
        """Note whether the units that are stuck were so from the start."""
        stuck = symptom.stuck
        if stuck is None:
            return symptom
        share = len(stuck.units) / stuck.layer_size
        at_start = first_stuck(self._stuck_at_start[symptom.kind], share)
        is_from_start = at_start is not None and at_start.layer == stuck.layer
        return replace(symptom, is_from_start=is_from_start)

    def _keep(self, found: Finding) -> None:
        if found != replace(self._findings[-1], position=found.position):
            self._findings.append(found)


def _is_broken(state: State) -> bool:
    """Tell whether numbers have broken by then: symptoms are of finite ones."""
    loss_epoch = state.training.first_nonfinite_loss_epoch
    weight_epoch = state.training.first_nonfinite_weight_epoch
    has_loss = loss_epoch is None or loss_epoch > state.epoch
    return not (has_loss and (weight_epoch is None or weight_epoch > state.epoch))


def _is_for_ever(symptom: Symptom) -> bool:
    """Tell whether it is a layer through which nothing passes any more."""
    stuck: StuckUnits | None = symptom.stuck
    is_dead = symptom.kind is Kind.DEAD_UNITS
    return is_dead and stuck is not None and len(stuck.units) == stuck.layer_size
