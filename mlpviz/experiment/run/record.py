"""What happened in a run: what it started with, what was changed on the way, how far it went.

From a record the run is made again, to the byte, by `remaking`. As JSON it is one object:

    {"start": {…}, "changes": [{"epoch": 64, …}, …], "epoch": 300, "limit": 10000}

`start` is a recipe. A change has its `epoch`, and in `recipe` those choices that are others from
there on; what was set by hand are `parameters`, by their indices, and their `values`.

A run that went back on the way and took another turn has `branches`, too: [epoch, changes] of each
position from which it did. The change that follows there, at the same epoch, may hold choices that
no other change may: all but those of the data, the loss and the layers.
"""

import json
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any, NamedTuple

from mlpviz.engine.marked import marked
from mlpviz.engine.network import parameter_count
from mlpviz.engine.training import Training
from mlpviz.experiment.language import tr
from mlpviz.experiment.plain_text import shown
from mlpviz.experiment.recipe import rules
from mlpviz.experiment.recipe.effects import EFFECTS, Effect, can_branch, is_live
from mlpviz.experiment.recipe.recipe import MAX_EPOCHS, MAX_PARAMETERS, Recipe, changed_fields
from mlpviz.experiment.recipe.recipe_text import MOST_OF_RECIPE, parse_object
from mlpviz.experiment.run.start import step_rule

MAX_EPOCH = 1_000_000_000_000  # a run may go beyond the limit of its recipe
MAX_CHANGES = 20_000  # in a text
MAX_BRANCHES = 1_000
FIELDS = ("start", "changes", "epoch", "limit")
MORE_FIELDS = ("branches",)  # which may be left out
CHANGE_FIELDS = ("epoch", "recipe", "parameters", "values")

# By how much a text may have more than that of a recipe, in all its changes.
_MORE = {b"[": 3, b",": 20, b"{": 2, b":": 6, b'"': 12}
_MOST = {
    character: (count + _MORE[character] * MAX_CHANGES, refusal)
    for character, (count, refusal) in MOST_OF_RECIPE.items()
}

ALL_CHANGES = 1 << 30


class Position(NamedTuple):
    """A place in a run; of two the later one is greater.

    Parameters
    ----------
    epoch : epochs trained
    changes : how many changes of the run have been applied. Each change made at an epoch makes one
        more position of it; ALL_CHANGES stands for the last of these.
    """

    epoch: int
    changes: int = ALL_CHANGES


@dataclass(frozen=True, slots=True)
class Change:
    """A change that took effect in a run, from the epoch after `epoch` on.

    Parameters
    ----------
    recipe : in force from there on
    edits : (index, value) of parameters that were set by hand, in the order of `engine.network`
    """

    epoch: int
    recipe: Recipe
    edits: tuple[tuple[int, float], ...] = ()

    def with_limit(self, epochs: int) -> "Change":
        """Return the same change of a run that has another limit of epochs."""
        return replace(self, recipe=replace(self.recipe, epochs=epochs))

    def steer(self, training: Training) -> None:
        """Let the recipe take effect."""
        training.learning_rate = self.recipe.learning_rate
        training.set_batch_size(self.recipe.batch_size)
        training.set_rule(step_rule(self.recipe))

    def apply(self, training: Training) -> None:
        """Let all of it take effect."""
        self.steer(training)
        if self.edits:
            state = training.state()
            for index, value in self.edits:
                state[index] = value
            training.restore(training.epoch, state)


class ChangedEpoch(NamedTuple):
    """What all changes of a run at one epoch come to.

    Parameters
    ----------
    before, after : the recipe that was in force, and that in force from there on
    edits : the last value that each parameter was set to by hand, by its index
    """

    epoch: int
    before: Recipe
    after: Recipe
    edits: dict[int, float]


def changes_by_epoch(start_recipe: Recipe, changes: Iterable[Change]) -> Iterator[ChangedEpoch]:
    """Put the changes of a run together that were made at the same epoch."""
    before = start_recipe
    for epoch, at_once in groupby(changes, key=lambda change: change.epoch):
        edits: dict[int, float] = {}
        after = before
        for change in at_once:
            edits.update(change.edits)
            after = change.recipe
        yield ChangedEpoch(epoch, before, after, edits)
        before = after


def changes_until(changes: Sequence[Change], epoch: int) -> int:
    """Return how many changes were made up to an epoch, those at this epoch included.

    Parameters
    ----------
    changes : of a run, in their order
    """
    return bisect_right(changes, epoch, key=lambda change: change.epoch)


@dataclass(frozen=True, slots=True)
class Record:
    """All that happened in a run.

    Parameters
    ----------
    start_recipe : what it started with
    changes : what was changed on the way, in that order
    epoch : how far it went
    limit : where it pauses now, 0 for never; of a run that was told another limit on the way this
        is no part of what happened
    branches : the positions at which it took another turn

    Raises
    ------
    ValueError
        with a sentence, for changes that are not those of one run.
    """

    start_recipe: Recipe
    changes: tuple[Change, ...]
    epoch: int
    limit: int
    branches: tuple[Position, ...] = ()

    def __post_init__(self) -> None:
        rules.whole(0, MAX_EPOCH)("epoch", self.epoch)
        rules.whole(0, MAX_EPOCHS)("limit", self.limit)
        self._check_branches()
        before, first, count = self.start_recipe, 0, parameter_count(self.start_recipe.sizes)
        turns = {(branch.changes, branch.epoch) for branch in self.branches}
        for number, change in enumerate(self.changes):
            name = f"changes[{number}]"
            rules.whole(first, self.epoch)(f"{name}.epoch", change.epoch)
            is_turn = (number, change.epoch) in turns
            _check_change(name, before, change.recipe, is_turn=is_turn)
            _check_edits(name, change.edits, count)
            before, first = change.recipe, change.epoch

    def _check_branches(self) -> None:
        least = Position(0, 0)
        for number, branch in enumerate(self.branches):
            name = f"branches[{number}]"
            rules.whole(least.epoch, self.epoch)(f"{name}.epoch", branch.epoch)
            first = sum(change.epoch < branch.epoch for change in self.changes)
            last = sum(change.epoch <= branch.epoch for change in self.changes)
            rules.whole(max(first, least.changes), last)(f"{name}.changes", branch.changes)
            least = branch

    @property
    def recipe(self) -> Recipe:
        """The recipe in force at the end."""
        recipe = self.changes[-1].recipe if self.changes else self.start_recipe
        return recipe if recipe.epochs == self.limit else replace(recipe, epochs=self.limit)

    def until(self, position: Position) -> "Record":
        """Return what had happened at a position of the past."""
        branches = tuple(branch for branch in self.branches if branch < position)
        changes = self.changes[: min(position.changes, changes_until(self.changes, position.epoch))]
        return Record(self.start_recipe, changes, position.epoch, self.limit, branches)

    def to_dict(self) -> dict[str, Any]:
        """Return all of it in plain JSON types."""
        return {"start": self.start_recipe.to_dict()} | self.way_dict() | {"limit": self.limit}

    def way_dict(self) -> dict[str, Any]:
        """Return what followed on the start; `from_start` reads it."""
        changes, before = [], self.start_recipe
        for change in self.changes:
            changes.append(_change_dict(before, change))
            before = change.recipe
        values: dict[str, Any] = {"changes": changes, "epoch": self.epoch}
        return values | (
            {"branches": [[*branch] for branch in self.branches]} if self.branches else {}
        )

    def to_json(self) -> str:
        """Return it as JSON text; `from_json` reads it back."""
        return json.dumps(self.to_dict())

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> "Record":
        """Read what `to_dict` gave.

        Raises
        ------
        ValueError
            with a sentence that names what is wrong.
        """
        _check_names(tr("A record"), values, (*FIELDS, *MORE_FIELDS))
        for name in FIELDS:
            if name not in values:
                raise ValueError(
                    tr(
                        "A record must have {names}. Got no {name}.",
                        names=", ".join(FIELDS),
                        name=name,
                    )
                )
        start = Recipe.from_dict(_object("start", values["start"]))
        return cls.from_start(start, values["limit"], values)

    @classmethod
    def from_start(cls, start: Recipe, limit: int, values: Mapping[str, Any]) -> "Record":
        """Read what followed on a start: `changes`, `epoch` and `branches`, as `to_dict` gave them.

        Raises
        ------
        ValueError
            with a sentence that names what is wrong.
        """
        branches = _branches_of(values.get("branches", []))
        turns = {branch.changes for branch in branches}
        changes: list[Change] = []
        for number, entry in enumerate(_list("changes", values.get("changes"), MAX_CHANGES)):
            name = f"changes[{number}]"
            before = changes[-1].recipe if changes else start
            change = _change_of(name, _object(name, entry), before, is_turn=number in turns)
            changes.append(change)
        epoch: Any = values.get("epoch")  # which is checked now
        return cls(start, tuple(changes), epoch, limit, branches)

    @classmethod
    def from_json(cls, text: str | bytes) -> "Record":
        """Read a record from JSON text, within bounds.

        Raises
        ------
        ValueError
            with a sentence, for any other text.
        """
        return cls.from_dict(parse_object(text, marked("A record"), _MOST))


def _change_dict(before: Recipe, change: Change) -> dict[str, Any]:
    values: dict[str, Any] = {"epoch": change.epoch}
    if names := changed_fields(before, change.recipe):
        choices = change.recipe.to_dict()
        values["recipe"] = {name: choices[name] for name in names}
    if change.edits:
        values["parameters"] = [int(index) for index, _ in change.edits]
        values["values"] = [float(value) for _, value in change.edits]
    return values


def _branches_of(values: Any) -> tuple[Position, ...]:
    branches = []
    for number, value in enumerate(_list("branches", values, MAX_BRANCHES)):
        pair = _list(f"branches[{number}]", value, 2)
        if len(pair) != 2:
            raise ValueError(
                tr(
                    "{name} must be an epoch and a number of changes. Got {got}.",
                    name=f"branches[{number}]",
                    got=shown(value),
                )
            )
        branches.append(Position(*pair))
    return tuple(branches)


def _change_of(name: str, values: Mapping[str, Any], before: Recipe, *, is_turn: bool) -> Change:
    _check_names(name, values, CHANGE_FIELDS)
    choices = _object(f"{name}.recipe", values.get("recipe", {}))
    allowed = (Effect.LIVE, Effect.REBUILD) if is_turn else (Effect.LIVE,)
    for choice in choices:
        if EFFECTS.get(choice) not in allowed:
            refusal = tr("{name}.recipe must not have {choice}.", name=name, choice=shown(choice))
            raise ValueError(f"{refusal} {_live_words()}")
    try:
        recipe = replace(before, **choices) if choices else before
    except ValueError as problem:
        raise ValueError(f"{name}.recipe: {problem}") from None
    indices = _list(f"{name}.parameters", values.get("parameters", []), MAX_PARAMETERS)
    numbers = _list(f"{name}.values", values.get("values", []), MAX_PARAMETERS)
    if len(indices) != len(numbers):
        raise ValueError(
            tr(
                "{name}.values must be {wanted}, one per parameter. Got {got}.",
                name=name,
                wanted=len(indices),
                got=len(numbers),
            )
        )
    epoch: Any = values.get("epoch")  # which the record checks
    return Change(epoch, recipe, tuple(zip(indices, numbers, strict=True)))


def _check_change(name: str, before: Recipe, recipe: Recipe, *, is_turn: bool) -> None:
    may_follow = can_branch if is_turn else is_live
    if recipe is not before and not may_follow(before, recipe):
        raise ValueError(f"{tr('{name} must be of one run.', name=name)} {_live_words()}")


def _check_edits(name: str, edits: Sequence[tuple[int, float]], count: int) -> None:
    is_index = rules.whole(0, count - 1)
    is_number = rules.number(
        marked("{name} must be a finite number that a weight can have. Got {got}."),
        lambda number: True,
    )
    for index, value in edits:
        is_index(f"{name}.parameters", index)
        is_number(f"{name}.values", value)


def _live_words() -> str:
    names = ", ".join(name for name, effect in EFFECTS.items() if effect is Effect.LIVE)
    return tr("Only {names} can change within a run.", names=names)


def _check_names(what: str, values: Mapping[str, Any], known: Sequence[str]) -> None:
    for name in values:
        if name not in known:
            names = ", ".join(known)
            raise ValueError(
                tr(
                    "{what} has no field {name}. Its fields are {names}.",
                    what=what,
                    name=shown(name),
                    names=names,
                )
            )


def _object(name: str, value: Any) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise ValueError(
            tr("{name} must be a JSON object. Got {got}.", name=name, got=shown(value))
        )
    return value


def _list(name: str, value: Any, most: int) -> list[Any]:
    if not isinstance(value, list) or len(value) > most:
        raise ValueError(
            tr(
                "{name} must be a list of at most {most}. Got {got}.",
                name=name,
                most=most,
                got=shown(value),
            )
        )
    return value
