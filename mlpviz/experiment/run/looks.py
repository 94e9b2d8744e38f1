"""What is looked for while a run trains: symptoms, and whether all samples are right.

It is looked for at fixed epochs, each next one e + 1 + e // 100, for what shows in a curve shows
that late too, and at each change. So what a run is told of depends on the run alone, and not on
when somebody looked at it.
"""

from bisect import bisect_right
from dataclasses import dataclass, replace

from mlpviz.engine.scores import r_squared
from mlpviz.engine.training import Training
from mlpviz.experiment.run.history import History
from mlpviz.experiment.run.record import Change, Position
from mlpviz.experiment.run.symptoms import (
    Kind,
    StuckUnits,
    Symptom,
    can_have_symptom,
    find_symptom,
    first_stuck,
    guess_of,
    stuck_masks,
)

WELL_FITTED = 0.95  # the R² above which nothing is said to keep a network from learning


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found of a run from one position on, up to that of the next finding.

    Parameters
    ----------
    position : where it was found
    is_all_right : whether all samples are right; for regression, whether R² is `WELL_FITTED`
    symptom : what keeps the network from learning; None where nothing does
    """

    position: Position
    is_all_right: bool
    symptom: Symptom | None


def is_all_right(training: Training) -> bool:
    """Tell whether nothing is left to learn, so that nothing is wrong, whatever it looks like."""
    if training.is_regression:
        return r_squared(training.predictions, training.Y[:, 0]) > WELL_FITTED
    return training.accuracy == 1.0


class Looks:
    """Looks at a run while it trains, and keeps what it finds.

    Parameters
    ----------
    training : in state 0
    """

    def __init__(self, training: Training) -> None:
        self.next_epoch = 1  # at which it is to be looked again
        self._guess = guess_of(training)
        self._findings = [Finding(Position(0, 0), is_all_right(training), None)]
        self._note_start(training)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All findings so far; each is other than the one before."""
        return tuple(self._findings)

    def at(self, position: Position) -> Finding:
        """Return what was known at a position of the run."""
        place = bisect_right(self._findings, position, key=lambda finding: finding.position)
        return self._findings[place - 1]

    def symptom_at(self, position: Position, training: Training) -> Symptom | None:
        """Return what keeps a network from learning at a position; None once all is right there.

        Parameters
        ----------
        training : in the state of that position
        """
        symptom = self.at(position).symptom
        return None if symptom is None or is_all_right(training) else symptom

    def look(self, training: Training, history: History, position: Position, since: int) -> None:
        """Look at a run as it stands.

        Parameters
        ----------
        training : evaluated in the state to look at
        history : up to that state
        position : of that state
        since : the epoch at which the run was last changed
        """
        if position.epoch == self.next_epoch:
            self.next_epoch += 1 + self.next_epoch // 100
        is_right = is_all_right(training)
        symptom = None if is_right else self._symptom(training, history, since)
        self._keep(Finding(position, is_right, symptom))

    def note_change(
        self, change: Change, training: Training, history: History, changes: int
    ) -> None:
        """Take note of a change of the run, the last of so many.

        What was set by hand is looked at. What else changes leaves the state as it is, so that all
        that took its time to show has to show again, but for a layer that is dead for ever.
        """
        position = Position(change.epoch, changes)
        if change.edits:
            if change.epoch == 0:
                self._note_start(training)
            self.look(training, history, position, change.epoch)
            return
        last = self._findings[-1]
        symptom = last.symptom if last.symptom and _is_for_ever(last.symptom) else None
        self._keep(replace(last, position=position, symptom=symptom))

    def _note_start(self, training: Training) -> None:
        kinds = (Kind.DEAD_UNITS, Kind.SATURATION)
        self._stuck_at_start = {kind: list(stuck_masks(training, kind)) for kind in kinds}

    def _symptom(self, training: Training, history: History, since: int) -> Symptom | None:
        # Two sorts of trouble are told apart: this one is of finite numbers.
        is_broken = training.first_nonfinite_loss_epoch is not None
        is_broken |= training.first_nonfinite_weight_epoch is not None
        if is_broken or not can_have_symptom(training, self._guess):
            return None
        found, last = find_symptom(training, history.curve(), since), self._findings[-1].symptom
        # The same one keeps the figures with which it was noticed, so that they can be read.
        if found is not None and last is not None and found.is_same(last):
            return last
        return found and self._with_start(found)

    def _with_start(self, symptom: Symptom) -> Symptom:
        """Note whether the units that are stuck were so from the start."""
        stuck = symptom.stuck
        if stuck is None:
            return symptom
        share = len(stuck.units) / stuck.layer_size
        at_start = first_stuck(self._stuck_at_start[symptom.kind], share)
        is_from_start = at_start is not None and at_start.layer == stuck.layer
        return replace(symptom, is_from_start=is_from_start)

    def _keep(self, finding: Finding) -> None:
        last = self._findings[-1]
        if (finding.is_all_right, finding.symptom) != (last.is_all_right, last.symptom):
            self._findings.append(finding)


def _is_for_ever(symptom: Symptom) -> bool:
    """Tell whether it is a layer through which nothing passes any more."""
    stuck: StuckUnits | None = symptom.stuck
    is_dead = symptom.kind is Kind.DEAD_UNITS
    return is_dead and stuck is not None and len(stuck.units) == stuck.layer_size
