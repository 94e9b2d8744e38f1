"""Random recipes over all choices that there are, short ones."""

import random
from dataclasses import replace
from typing import Any

import numpy as np

from mlpviz.engine.activations import ACTIVATIONS, SOFTMAX
from mlpviz.engine.datasets import DATASETS
from mlpviz.engine.features import FEATURES
from mlpviz.engine.initializers import INITIALIZERS
from mlpviz.engine.losses import LOSSES, NUMERICS, REDUCTIONS
from mlpviz.engine.network import parameter_count
from mlpviz.engine.optimizers import OPTIMIZERS
from mlpviz.engine.steps import REGULARIZATIONS
from mlpviz.experiment.data.own_data import OWN, OwnData
from mlpviz.experiment.recipe.recipe import REGRESSION_LOSS, Recipe, class_count

TABLES = {
    "initializer": INITIALIZERS,
    "loss": LOSSES,
    "numerics": NUMERICS,
    "reduction": REDUCTIONS,
    "optimizer": OPTIMIZERS,
    "regularization": REGULARIZATIONS,
}
OTHERS: dict[str, tuple[Any, ...]] = {
    "classes": (2, 3, 5),
    "samples": (7, 20, 101),
    "data_seed": (0, 7),
    "noise": (0.0, 0.0, 0.13),
    "train_share": (1.0, 1.0, 0.6),
    "activations_off": (False,) * 9 + (True,),
    "weight_seed": (0, 1, 2, 3),
    "learning_rate": (0.01, 0.3),
    "momentum": (0.9, 0.5),
    "decay": (0.9, 0.99),
    "beta1": (0.9, 0.5),
    "beta2": (0.999, 0.9),
    "epsilon": (1e-8, 1e-4),
    "regularization_rate": (0.001, 0.1),
    "batch_size": (0, 0, 1, 4, 10),
    "batch_seed": (0, 1),
}


def random_recipe(seed: int, epochs: int) -> Recipe:
    """Return a recipe whose every choice is drawn."""
    rng = random.Random(seed)
    choices = {name: rng.choice(list(table)) for name, table in TABLES.items()}
    choices |= {name: rng.choice(values) for name, values in OTHERS.items()}
    choices["dataset"] = rng.choice((*DATASETS, OWN))
    if choices["dataset"] == OWN:
        choices["own"] = random_own_data(rng)
    if rng.random() < 0.5:
        choices["features"] = tuple(rng.sample(list(FEATURES), rng.randint(1, 5)))
    hidden = tuple(rng.choice((1, 2, 3, 8, 17)) for _ in range(rng.choice((0, 1, 2, 2, 3, 4))))
    one = rng.choice(list(ACTIVATIONS))
    each = tuple(rng.choice(list(ACTIVATIONS)) for _ in hidden)
    choices |= {"hidden": hidden, "hidden_activation": rng.choice((one, each))}
    classes = class_count(choices["dataset"], choices.get("own"), choices["classes"])
    choices["output_activation"] = SOFTMAX if classes > 2 else rng.choice(list(ACTIVATIONS))
    if classes == 0:
        choices["loss"] = REGRESSION_LOSS
    return _with_parameters(Recipe(**choices, epochs=epochs), rng)


def random_own_data(rng: random.Random) -> OwnData:
    """Return points with classes of odd names, or with numbers."""
    count = rng.randrange(6, 30)
    draw = np.random.default_rng(rng.randrange(1000))
    points = 3.0 * draw.standard_normal((count, 2))
    offsets, factors = rng.choice((((0.0, 0.0), (1.0, 1.0)), ((0.3, -1.0), (2.5, 0.7))))
    classes = rng.choice((0, 2, 3))
    if classes == 0:
        targets = draw.standard_normal(count)
        scale = {"target_offset": 0.1, "target_factor": 1.7}
        return OwnData(points, targets, classes=(), offsets=offsets, factors=factors, **scale)
    names = ("it's", 'ü"', "{x}\\n")[:classes]
    numbers = (np.arange(count) % classes).astype(np.float64)
    return OwnData(points, numbers, classes=names, offsets=offsets, factors=factors)


def _with_parameters(recipe: Recipe, rng: random.Random) -> Recipe:
    """Freeze some parameters, and give others to start from."""
    count = parameter_count(recipe.sizes)
    if rng.random() < 0.3:
        recipe = replace(recipe, frozen=tuple(rng.sample(range(count), rng.randint(1, count))))
    if rng.random() < 0.2:
        recipe = replace(recipe, start=tuple(rng.gauss(0.0, 1.0) for _ in range(count)))
    return recipe
