"""Which choices are idle: found out by training with another value of each."""

from dataclasses import fields, replace
from typing import Any

import numpy as np
import pytest

from mlpviz.engine.network import parameter_count
from mlpviz.engine.optimizers import OPTIMIZERS
from mlpviz.experiment.data.own_data import OwnData
from mlpviz.experiment.recipe.idle import idle_words
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.recipe.revision import FOR_NUMBERS
from mlpviz.experiment.run.start import hold_out, start_training

POINTS = np.random.default_rng(0).uniform(size=(9, 2))
OWN, OTHER = (OwnData(POINTS + shift, np.arange(9.0) % 2.0) for shift in (0.0, 0.1))
FOUR: dict[str, Any] = {"dataset": "spiral", "classes": 4, "output_activation": "softmax"}

# One of every kind there is: data, targets, layers, losses, optimizers, penalties, batches, starts.
RECIPES = {
    "xor": Recipe(),
    "noisy xor": Recipe(noise=0.1),
    "divided xor": Recipe(train_share=0.5),
    "linear": Recipe(dataset="linear"),
    "gaussians": Recipe(dataset="gaussians"),
    "four arms": Recipe(**FOUR),
    "four arms, activations off": Recipe(**FOUR, activations_off=True),
    "own": Recipe(dataset="own", own=OWN),
    "divided own": Recipe(dataset="own", own=OWN, train_share=0.5),
    "own beside": Recipe(own=OWN),
    "plane": Recipe(dataset="plane", **FOR_NUMBERS),
    "plane, no layer": Recipe(dataset="plane", hidden=(), **FOR_NUMBERS),
    "plane, identities": Recipe(dataset="plane", hidden_activation="identity", **FOR_NUMBERS),
    "no layer": Recipe(hidden=()),
    "no layer, activations off": Recipe(hidden=(), activations_off=True),
    "activations off": Recipe(activations_off=True),
    "textbook": Recipe(numerics="textbook"),
    "squared error": Recipe(loss="mean_squared_error"),
    **{key: Recipe(optimizer=key, learning_rate=0.1) for key in OPTIMIZERS},
    "l1": Recipe(regularization="l1"),
    "l2, adam": Recipe(regularization="l2", optimizer="adam"),
    "batches": Recipe(batch_size=5),
    "batches of one": Recipe(batch_size=1),
    "batch of all": Recipe(batch_size=21),
    "batch of all that train": Recipe(batch_size=10, train_share=0.5),
    "one sample trains": Recipe(dataset="linear", samples=3, train_share=0.3, weight_seed=5),
    "given weights": Recipe(start=(0.25,) * parameter_count((2, 4, 4, 1))),
}

# Two other values of each, for one may be the present one.
OTHERS: dict[str, tuple[Any, Any]] = {
    "dataset": ("circle", "moons"),
    "own": (OTHER, OWN),
    "classes": (5, 3),
    "samples": (55, 66),
    "data_seed": (7, 8),
    "noise": (0.3, 0.4),
    "train_share": (0.7, 0.3),
    "features": (("x1", "x1_x2"), ("x2", "x2_squared")),
    "hidden": ((3,), (5, 2)),
    "hidden_activation": ("tanh", "leaky_relu"),
    "output_activation": ("tanh", "leaky_relu"),
    "activations_off": (True, False),
    "loss": ("mean_squared_error", "cross_entropy"),
    "reduction": ("sum", "mean"),
    "numerics": ("textbook", "stable"),
    "initializer": ("he", "uniform"),
    "weight_seed": (7, 8),
    "learning_rate": (0.01, 0.02),
    "optimizer": ("adam", "nesterov"),
    "momentum": (0.5, 0.6),
    "decay": (0.5, 0.6),
    "beta1": (0.5, 0.6),
    "beta2": (0.5, 0.6),
    "epsilon": (0.1, 0.2),
    "regularization": ("l2", "l1"),
    "regularization_rate": (0.1, 0.2),
    "batch_size": (7, 3),
    "batch_seed": (7, 8),
    "frozen": ((0, 1), (2,)),
    "start": ((0.5,) * 37, (0.75,) * 37),
    "epochs": (4, 5),
}
CASES = [(name, field) for name in RECIPES for field in OTHERS]


def outcome(recipe: Recipe) -> list[bytes]:
    """Train for a few epochs, and return all that can be told of it."""
    training = start_training(recipe)
    losses = training.run(3)
    held_out = hold_out(recipe, training.network)
    told = [training.X, training.Y, training.predictions, losses, training.network.parameters]
    if held_out is not None:
        told += [held_out.Y, np.array(held_out.loss()), held_out.evaluate()[1]]
    return [np.ascontiguousarray(numbers).tobytes() for numbers in told]


def others_of(recipe: Recipe, field: str) -> list[Recipe]:
    """Return the recipe with other values of one field, as far as it takes them."""
    found = []
    for value in OTHERS[field]:
        if value == getattr(recipe, field):
            continue
        try:
            found.append(replace(recipe, **{field: value}))
        except ValueError:  # softmax, for one, is all that there is for several classes
            continue
    return found


def test_every_field_is_looked_at() -> None:
    assert set(OTHERS) == {field.name for field in fields(Recipe)}


@pytest.mark.parametrize("name", RECIPES)
def test_a_choice_is_idle_where_another_value_of_it_trains_the_very_same_run(name: str) -> None:
    recipe = RECIPES[name]
    assert not idle_words(recipe, "epochs")  # which is how far a run goes, and not how
    run = outcome(recipe)
    for field in set(OTHERS) - {"epochs"}:
        same = [outcome(other) == run for other in others_of(recipe, field)]
        if same:
            assert bool(idle_words(recipe, field)) == all(same), (field, same)


def test_every_kind_of_idleness_is_met() -> None:
    met = {field for name, field in CASES if idle_words(RECIPES[name], field)}
    assert met == {
        *("own", "classes", "samples", "data_seed", "noise"),
        *("hidden_activation", "output_activation", "activations_off"),
        *("reduction", "numerics", "initializer", "weight_seed"),
        *("momentum", "decay", "beta1", "beta2", "epsilon", "regularization_rate"),
        *("batch_size", "batch_seed"),
    }


def test_what_is_idle_is_said_with_its_reason() -> None:
    assert idle_words(Recipe(), "momentum") == (
        "momentum has no effect with the optimizer gradient_descent: it is of momentum and "
        "nesterov."
    )
    assert idle_words(Recipe(), "samples", "--samples") == (
        "--samples has no effect on the data set xor, which always has 21 samples."
    )
    assert idle_words(Recipe(), "classes") == (
        "classes has no effect on the data set xor: the number of classes is free in gaussians and "
        "spiral."
    )
    assert idle_words(Recipe(), "batch_seed") == (
        "batch_seed has no effect where one batch holds all 21 samples, as their order is no "
        "matter."
    )
    assert idle_words(Recipe(), "learning_rate") == ""
