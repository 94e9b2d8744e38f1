"""The recipe: everything the user chose, in one frozen value.

A recipe is checked once, when it is made; whoever holds one can rely on it. A change is a new
recipe, and `effects` says what it does to a run in progress.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from mlpviz.engine.activations import ACTIVATIONS, OUTPUT_ACTIVATIONS, SOFTMAX
from mlpviz.engine.datasets import DATASETS, MAX_CLASSES, REGRESSIONS
from mlpviz.engine.features import FEATURES, PLANE
from mlpviz.engine.initializers import INITIALIZERS
from mlpviz.engine.losses import LOSSES, NUMERICS, REDUCTIONS
from mlpviz.engine.marked import marked
from mlpviz.engine.network import parameter_count
from mlpviz.engine.optimizers import OPTIMIZERS
from mlpviz.engine.steps import REGULARIZATIONS, StepRule
from mlpviz.experiment.data.own_data import OWN, OwnData
from mlpviz.experiment.language import tr
from mlpviz.experiment.plain_text import shown
from mlpviz.experiment.recipe import rules as checks
from mlpviz.experiment.recipe.recipe_text import parse_object

MAX_LAYERS = 6
MAX_UNITS = 64
MAX_PARAMETERS = 100_000  # more than the largest network has
MAX_SAMPLES = 100_000
MAX_SEED = 2**31 - 1  # what a spin box holds
MAX_NOISE = 0.5
TRAIN_SHARES = (0.1, 0.9)  # or all of them
MAX_EPOCHS = 1_000_000_000
REGRESSION_LOSS = "mean_squared_error"  # cross-entropy is of probabilities

_STEP = StepRule()  # whose defaults are the recipe's, too


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """Every choice of an experiment. The defaults are the report's baseline on `xor`.

    Parameters
    ----------
    dataset : key of DATASETS, or "own" for the points of `own`
    own : own data; used, and needed, where the dataset is "own"
    classes : number of classes, for the sets that leave the choice
    samples : number of samples, for the sets that leave the choice (`xor` always has its 21); at
        least one for each class of a set that leaves their number
    data_seed, weight_seed : seeds of the data and of the initial weights
    noise : 0 to 0.5; what it does to the points is said in DATASETS
    train_share : share of the samples that train, 0.1 to 0.9, or 1 for all; the rest are the test
        set, drawn by the data seed
    features : keys of FEATURES, the inputs made of each point; kept in the order of the table
    hidden : units of each hidden layer; () for none
    hidden_activation : key of ACTIVATIONS, or one per hidden layer; where all are alike, the one
    output_activation : key of ACTIVATIONS with one output unit, "softmax" with a unit per class
    activations_off : every activation is the identity, the output's too, whatever they are set to
    loss, reduction, numerics : keys of the tables in `engine.losses`; a dataset for regression
        needs the loss "mean_squared_error"
    initializer : key of INITIALIZERS
    learning_rate : > 0
    optimizer : key of OPTIMIZERS
    momentum, decay, beta1, beta2 : the optimizers' own parameters, at least 0 and below 1
    epsilon : another of them, > 0
    regularization : key of REGULARIZATIONS
    regularization_rate : at least 0
    batch_size : samples per step; 0, or as many as there are, for all
    batch_seed : seed of the order in which the samples are taken in batches
    frozen : parameters that training leaves alone, by index in the order of `engine.network`
    start : the initial parameters, in the order of `engine.network`; None for those of the seed
    epochs : where the run pauses; 0 means never

    Raises
    ------
    ValueError
        with a sentence that names the field, its rule and the value given.
    """

    dataset: str = "xor"
    own: OwnData | None = None
    classes: int = 2
    samples: int = 100
    data_seed: int = 0
    noise: float = 0.0
    train_share: float = 1.0
    features: tuple[str, ...] = PLANE
    hidden: tuple[int, ...] = (4, 4)
    hidden_activation: str | tuple[str, ...] = "sigmoid"
    output_activation: str = "sigmoid"
    activations_off: bool = False
    loss: str = "cross_entropy"
    reduction: str = "mean"
    numerics: str = "stable"
    initializer: str = "normal"
    weight_seed: int = 0
    learning_rate: float = 1.0
    optimizer: str = _STEP.optimizer
    momentum: float = _STEP.momentum
    decay: float = _STEP.decay
    beta1: float = _STEP.beta1
    beta2: float = _STEP.beta2
    epsilon: float = _STEP.epsilon
    regularization: str = _STEP.regularization
    regularization_rate: float = _STEP.regularization_rate
    batch_size: int = 0
    batch_seed: int = 0
    frozen: tuple[int, ...] = _STEP.frozen
    start: tuple[float, ...] | None = None
    epochs: int = 10_000

    def __post_init__(self) -> None:
        for field in fields(self):
            value = _CHECKS[field.name](field.name, getattr(self, field.name))
            object.__setattr__(self, field.name, value)
        activation = checks.one_if_alike(
            "hidden_activation", self.hidden_activation, len(self.hidden), default="sigmoid"
        )
        object.__setattr__(self, "hidden_activation", activation)
        checks.check_indices("frozen", self.frozen, parameter_count(self.sizes))
        checks.check_count("start", self.start, parameter_count(self.sizes))
        if self.dataset == OWN and self.own is None:
            raise ValueError(tr("own must be given where dataset is own. Got None."))
        if self.leaves_classes:
            checks.check_samples(self.dataset, self.samples, self.classes)
        self._check_output()
        if self.is_regression and self.loss != REGRESSION_LOSS:
            checks.refuse_loss(self.dataset, REGRESSION_LOSS, self.loss)

    def _check_output(self) -> None:
        if (self.output_activation == SOFTMAX) != (self.outputs > 1):
            checks.refuse_output(self.dataset, self.class_count, self.output_activation)

    @property
    def is_regression(self) -> bool:
        """Whether the targets are numbers rather than classes."""
        return self.class_count == 0

    @property
    def class_count(self) -> int:
        """The number of classes of the data; 0 where the targets are numbers."""
        return class_count(self.dataset, self.own, self.classes)

    @property
    def leaves_classes(self) -> bool:
        """Whether the data leave the number of classes to choose."""
        return leaves_classes(self.dataset)

    @property
    def outputs(self) -> int:
        """Units of the output layer: one, or with more than two classes one for each."""
        return output_count(self.class_count)

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
        """Units per layer: an input per feature, the hidden layers, the output."""
        return (len(self.features), *self.hidden, self.outputs)

    @property
    def activations(self) -> tuple[str, ...]:
        """The activation in force of each layer after the inputs."""
        if self.activations_off:
            return ("identity",) * (len(self.hidden) + 1)
        return (*self.hidden_activations, self.output_activation)

    @property
    def hidden_activations(self) -> tuple[str, ...]:
        """The activation chosen for each hidden layer."""
        if isinstance(self.hidden_activation, str):
            return (self.hidden_activation,) * len(self.hidden)
        return self.hidden_activation

    @property
    def draws_data(self) -> bool:
        """Whether anything about the data is drawn, and so depends on the data seed."""
        is_noisy = self.noise > 0.0 and self.used_own is None
        return self.fixed_size is None or is_noisy or self.train_share < 1.0

    def with_new_weights(self) -> "Recipe":
        """Return the same recipe with the next weight seed, from which the weights are drawn."""
        return replace(self, weight_seed=(self.weight_seed + 1) % (MAX_SEED + 1), start=None)

    def to_dict(self) -> dict[str, Any]:
        """Return the fields in plain JSON types."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        lists = {name: list(v) for name, v in values.items() if isinstance(v, tuple)}
        own = None if self.own is None else self.own.to_dict()
        return values | lists | {"own": own}

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
                raise ValueError(
                    tr(
                        "A recipe has no field {name}. Its fields are {names}.",
                        name=shown(name),
                        names=names,
                    )
                )
        return cls(**values)

    @classmethod
    def from_json(cls, text: str) -> "Recipe":
        """Read a recipe from JSON text.

        Raises
        ------
        ValueError
            for text that is not one JSON object of known fields with finite numbers.
        """
        return cls.from_dict(parse_object(text))


def leaves_classes(dataset: str) -> bool:
    """Tell whether a data set, or own data, leave the number of classes to choose."""
    return dataset != OWN and DATASETS[dataset].make_classes is not None


def class_count(dataset: str, own: OwnData | None, classes: int) -> int:
    """Return the number of classes of data; 0 where the targets are numbers.

    Parameters
    ----------
    dataset, own, classes : as the fields of a recipe
    """
    if dataset in REGRESSIONS:
        return 0
    if dataset == OWN:
        return 2 if own is None else len(own.classes)
    return classes if leaves_classes(dataset) else 2


def output_count(class_count: int) -> int:
    """Return the units of the output for so many classes; 0 where the targets are numbers."""
    return class_count if class_count > 2 else 1


def changed_fields(old: Recipe, new: Recipe) -> list[str]:
    """Name the fields in which two recipes differ."""
    return [f.name for f in fields(old) if getattr(old, f.name) != getattr(new, f.name)]


_POSITIVE = checks.number(
    marked("{name} must be a finite number > 0. Got {got}."), lambda number: number > 0.0
)
_SHARE = checks.number(
    marked("{name} must be a finite number >= 0 and < 1. Got {got}."),
    lambda number: 0.0 <= number < 1.0,
)


def _own(name: str, value: Any) -> OwnData | None:
    if isinstance(value, Mapping):  # as it stands in a file
        return OwnData.from_dict(value)
    if value is not None and not isinstance(value, OwnData):
        raise ValueError(
            tr(
                "{name} must be points with names and classes. Got {got}.",
                name=name,
                got=shown(value),
            )
        )
    return value


_CHECKS: dict[str, Callable[[str, Any], Any]] = {
    "dataset": checks.one_of({**DATASETS, OWN: None}),
    "own": _own,
    "classes": checks.whole(2, MAX_CLASSES),
    "samples": checks.whole(2, MAX_SAMPLES),
    "data_seed": checks.whole(0, MAX_SEED),
    "noise": checks.share(0.0, MAX_NOISE),
    "train_share": checks.share(*TRAIN_SHARES, 1.0, checks.OR_ALL_SAMPLES),
    "features": checks.some_of(FEATURES),
    "hidden": checks.layers(MAX_LAYERS, MAX_UNITS),
    "hidden_activation": checks.one_or_each(ACTIVATIONS, MAX_LAYERS),
    "output_activation": checks.one_of(OUTPUT_ACTIVATIONS),
    "activations_off": checks.flag,
    "loss": checks.one_of(LOSSES),
    "reduction": checks.one_of(REDUCTIONS),
    "numerics": checks.one_of(NUMERICS),
    "initializer": checks.one_of(INITIALIZERS),
    "weight_seed": checks.whole(0, MAX_SEED),
    "learning_rate": _POSITIVE,
    "optimizer": checks.one_of(OPTIMIZERS),
    "momentum": _SHARE,
    "decay": _SHARE,
    "beta1": _SHARE,
    "beta2": _SHARE,
    "epsilon": _POSITIVE,
    "regularization": checks.one_of(REGULARIZATIONS),
    "regularization_rate": checks.number(
        marked("{name} must be a finite number >= 0. Got {got}."), lambda number: number >= 0.0
    ),
    "batch_size": checks.whole(0, MAX_SAMPLES),
    "batch_seed": checks.whole(0, MAX_SEED),
    "frozen": checks.indices(MAX_PARAMETERS),
    "start": checks.numbers_or_none(MAX_PARAMETERS),
    "epochs": checks.whole(0, MAX_EPOCHS),
}
