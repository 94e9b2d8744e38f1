"""The recipe: everything the user chose, in one frozen value.

A recipe is checked once, when it is made; whoever holds one can rely on it. A change is a new
recipe, and `effect_of_change` says what it does to a run in progress.
"""

import json
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from enum import Enum
from pathlib import Path
from typing import Any

from mlpviz.engine.activations import ACTIVATIONS
from mlpviz.engine.datasets import DATASETS
from mlpviz.engine.initializers import INITIALIZERS
from mlpviz.engine.losses import LOSSES, NUMERICS, REDUCTIONS
from mlpviz.experiment.own_data import OWN, OwnData

MAX_LAYERS = 6
MAX_UNITS = 64
MAX_SAMPLES = 100_000
MAX_SEED = 2**31 - 1  # what a spin box holds
MAX_EPOCHS = 1_000_000_000
MAX_FILE_BYTES = 12_000_000  # own data of as many points as there may be take 10 million


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """Every choice of an experiment. The defaults are the report's baseline on `xor`.

    Parameters
    ----------
    dataset : key of DATASETS, or "own" for the points of `own`
    own : own data; used, and needed, where the dataset is "own"
    samples : number of samples, for the sets that leave the choice (`xor` always has its 21)
    data_seed, weight_seed : seeds of the data and of the initial weights
    hidden : units of each hidden layer; () for none
    hidden_activation, output_activation : keys of ACTIVATIONS
    activations_off : every activation is the identity, the output's too, whatever they are set to
    loss, reduction, numerics : keys of the tables in `engine.losses`
    initializer : key of INITIALIZERS
    learning_rate : > 0
    batch_size : samples per step; 0, or as many as there are, for all
    batch_seed : seed of the order in which the samples are taken in batches
    epochs : where the run pauses; 0 means never

    Raises
    ------
    ValueError
        with a sentence that names the field, its rule and the value given.
    """

    dataset: str = "xor"
    own: OwnData | None = None
    samples: int = 100
    data_seed: int = 0
    hidden: tuple[int, ...] = (4, 4)
    hidden_activation: str = "sigmoid"
    output_activation: str = "sigmoid"
    activations_off: bool = False
    loss: str = "cross_entropy"
    reduction: str = "mean"
    numerics: str = "stable"
    initializer: str = "normal"
    weight_seed: int = 0
    learning_rate: float = 1.0
    batch_size: int = 0
    batch_seed: int = 0
    epochs: int = 10_000

    def __post_init__(self) -> None:
        for field in fields(self):
            value = _CHECKS[field.name](field.name, getattr(self, field.name))
            object.__setattr__(self, field.name, value)
        if self.dataset == OWN and self.own is None:
            raise ValueError("own must be given where dataset is own. Got None.")

    @property
    def fixed_size(self) -> int | None:
        """The number of samples where the data leave no choice."""
        own = self.used_own
        return DATASETS[self.dataset].fixed_size if own is None else len(own.Y)

    @property
    def used_own(self) -> OwnData | None:
        """The own data, where they are what is trained on."""
        return self.own if self.dataset == OWN else None

    @property
    def sizes(self) -> tuple[int, ...]:
        """Units per layer: 2 inputs, the hidden layers, 1 output."""
        return (2, *self.hidden, 1)

    @property
    def activations(self) -> tuple[str, ...]:
        """The activation in force of each layer after the inputs."""
        if self.activations_off:
            return ("identity",) * (len(self.hidden) + 1)
        return (self.hidden_activation,) * len(self.hidden) + (self.output_activation,)

    def with_new_weights(self) -> "Recipe":
        """Return the same recipe with the next weight seed."""
        return replace(self, weight_seed=(self.weight_seed + 1) % (MAX_SEED + 1))

    def to_dict(self) -> dict[str, Any]:
        """Return the fields in plain JSON types."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        own = None if self.own is None else self.own.to_dict()
        return values | {"hidden": list(self.hidden), "own": own}

    def to_json(self) -> str:
        """Return the recipe as JSON text; `from_json` reads it back."""
        return json.dumps(self.to_dict(), indent=2)

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> "Recipe":
        """Make a recipe from named values; what is not named keeps its default.

        Raises
        ------
        ValueError
            for an unknown name, or a value that the recipe refuses.
        """
        known = {field.name for field in fields(cls)}
        for name in values:
            if name not in known:
                names = ", ".join(sorted(known))
                raise ValueError(f"A recipe has no field {_shown(name)}. Its fields are {names}.")
        return cls(**values)

    @classmethod
    def from_json(cls, text: str) -> "Recipe":
        """Read a recipe from JSON text.

        Raises
        ------
        ValueError
            for text that is not one JSON object of known fields with finite numbers.
        """
        try:
            values = json.loads(text, object_pairs_hook=_no_duplicates)
        except json.JSONDecodeError as problem:
            raise ValueError(
                f"A recipe must be JSON. Line {problem.lineno}, column {problem.colno}: "
                f"{problem.msg}."
            ) from None
        except RecursionError:
            raise ValueError("A recipe must be one flat JSON object. Got deep nesting.") from None
        if not isinstance(values, dict):
            raise ValueError(f"A recipe must be a JSON object. Got {_shown(values)}.")
        return cls.from_dict(values)


def load_recipe(path: Path) -> Recipe:
    """Read a recipe file.

    Raises
    ------
    ValueError
        with a sentence that names the file, when it cannot be read or is no recipe.
    """
    try:
        with path.open("rb") as file:
            content = file.read(MAX_FILE_BYTES + 1)
        if len(content) > MAX_FILE_BYTES:
            raise ValueError(f"A recipe file must be at most {MAX_FILE_BYTES} bytes.")
        return Recipe.from_json(content.decode("utf-8-sig"))
    except OSError as problem:
        raise ValueError(f"{path} cannot be read: {problem.strerror}.") from None
    except UnicodeDecodeError:
        raise ValueError(f"{path} is not a recipe: it is not UTF-8 text.") from None
    except ValueError as problem:
        raise ValueError(f"{path} is not a recipe: {problem}") from None


class Effect(Enum):
    """What a change of recipe does to a run in progress, mildest first."""

    NONE = 0
    LIVE = 1  # the run goes on, the change is noted in it
    RESTART = 2  # back to epoch 0 with the same initial weights
    NEW_WEIGHTS = 3  # other initial weights, epoch 0


EFFECTS: dict[str, Effect] = {
    "dataset": Effect.RESTART,
    "own": Effect.RESTART,
    "samples": Effect.RESTART,
    "data_seed": Effect.RESTART,
    "hidden": Effect.NEW_WEIGHTS,
    "hidden_activation": Effect.RESTART,
    "output_activation": Effect.RESTART,
    "activations_off": Effect.RESTART,
    "loss": Effect.RESTART,
    "reduction": Effect.RESTART,
    "numerics": Effect.RESTART,
    "initializer": Effect.NEW_WEIGHTS,
    "weight_seed": Effect.NEW_WEIGHTS,
    "learning_rate": Effect.LIVE,
    "batch_size": Effect.LIVE,
    "batch_seed": Effect.RESTART,
    "epochs": Effect.LIVE,
}


def effect_of_change(old: Recipe, new: Recipe) -> Effect:
    """Return the strongest effect among the fields in which two recipes differ."""
    effects = [EFFECTS[name] for name in changed_fields(old, new)]
    return max(effects, key=lambda effect: effect.value, default=Effect.NONE)


def changed_fields(old: Recipe, new: Recipe) -> list[str]:
    """Name the fields in which two recipes differ."""
    return [f.name for f in fields(old) if getattr(old, f.name) != getattr(new, f.name)]


def _no_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for name, value in pairs:
        if name in values:
            raise ValueError(f"A recipe must name each field once. Got {_shown(name)} twice.")
        values[name] = value
    return values


def _shown(value: object) -> str:
    try:
        text = repr(value)
    except (RecursionError, ValueError):  # nested too deeply, or an int of thousands of digits
        text = f"a huge {type(value).__name__}"
    return text if len(text) <= 60 else text[:57] + "..."


def _one_of(table: Mapping[str, object]) -> Callable[[str, Any], str]:
    def check(name: str, value: Any) -> str:
        if not isinstance(value, str) or value not in table:
            raise ValueError(f"{name} must be one of {', '.join(table)}. Got {_shown(value)}.")
        return value

    return check


def _whole(low: int, high: int) -> Callable[[str, Any], int]:
    def check(name: str, value: Any) -> int:
        # bool is an int to Python, and true is no number of epochs.
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            raise ValueError(
                f"{name} must be a whole number from {low} to {high}. Got {_shown(value)}."
            )
        return value

    return check


def _flag(name: str, value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError(f"{name} must be true or false. Got {_shown(value)}.")
    return value


def _positive(name: str, value: Any) -> float:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    try:
        number = float(value) if is_number else math.nan
    except OverflowError:  # an int beyond the largest float
        number = math.inf
    if not (math.isfinite(number) and number > 0.0):
        raise ValueError(f"{name} must be a finite number > 0. Got {_shown(value)}.")
    return number


def _layers(name: str, value: Any) -> tuple[int, ...]:
    if not isinstance(value, list | tuple) or len(value) > MAX_LAYERS:
        raise ValueError(f"{name} must be a list of 0 to {MAX_LAYERS} layers. Got {_shown(value)}.")
    check = _whole(1, MAX_UNITS)
    return tuple(check(f"{name}[{i}]", units) for i, units in enumerate(value))


def _own(name: str, value: Any) -> OwnData | None:
    if isinstance(value, Mapping):  # as it stands in a file
        return OwnData.from_dict(value)
    if value is not None and not isinstance(value, OwnData):
        raise ValueError(f"{name} must be points with names and classes. Got {_shown(value)}.")
    return value


_CHECKS: dict[str, Callable[[str, Any], Any]] = {
    "dataset": _one_of({**DATASETS, OWN: None}),
    "own": _own,
    "samples": _whole(2, MAX_SAMPLES),
    "data_seed": _whole(0, MAX_SEED),
    "hidden": _layers,
    "hidden_activation": _one_of(ACTIVATIONS),
    "output_activation": _one_of(ACTIVATIONS),
    "activations_off": _flag,
    "loss": _one_of(LOSSES),
    "reduction": _one_of(REDUCTIONS),
    "numerics": _one_of(NUMERICS),
    "initializer": _one_of(INITIALIZERS),
    "weight_seed": _whole(0, MAX_SEED),
    "learning_rate": _positive,
    "batch_size": _whole(0, MAX_SAMPLES),
    "batch_seed": _whole(0, MAX_SEED),
    "epochs": _whole(0, MAX_EPOCHS),
}
