"""What a run starts with, made of its recipe: the data, the untrained network, the training."""

from dataclasses import fields

from mlpviz.engine import Array, Heed, go_on
from mlpviz.engine.datasets import DATASETS, train_split
from mlpviz.engine.features import features_of
from mlpviz.engine.heldout import HeldOut
from mlpviz.engine.initializers import initial_weights
from mlpviz.engine.network import Network
from mlpviz.engine.steps import StepRule
from mlpviz.engine.training import Training
from mlpviz.experiment.recipe.recipe import Recipe


def make_samples(recipe: Recipe) -> tuple[Array, Array]:
    """Make all samples that a recipe asks for, those of the test set too, as `make_data` does."""
    if recipe.used_own is not None:
        X, Y = recipe.used_own.training_data()
    else:
        chosen = (recipe.samples, recipe.data_seed, recipe.noise, recipe.classes)
        X, Y = DATASETS[recipe.dataset].draw(*chosen)
    for data in (X, Y):  # every frame shows these very arrays
        data.setflags(write=False)
    return X, Y


def make_data(recipe: Recipe) -> tuple[Array, Array]:
    """Make the training data that a recipe asks for.

    Returns
    -------
    X (samples, 2) and Y (samples, 1), read-only.
    """
    return _part(recipe, 0) or make_samples(recipe)


def make_test_data(recipe: Recipe) -> tuple[Array, Array] | None:
    """Make the test set that a recipe asks for, as `make_data` does; None where all train."""
    return _part(recipe, 1)


def _part(recipe: Recipe, side: int) -> tuple[Array, Array] | None:
    """Return one side of the split, 0 to train and 1 to test; None where nothing is split."""
    if recipe.train_share == 1.0:
        return None
    X, Y = make_samples(recipe)
    chosen = train_split(len(X), recipe.train_share, recipe.data_seed)[side]
    X, Y = X[chosen], Y[chosen]
    for data in (X, Y):
        data.setflags(write=False)
    return X, Y


def untrained_network(recipe: Recipe) -> Network:
    """Build the network that a recipe asks for, with its initial weights."""
    network = Network(recipe.sizes, recipe.activations)
    if recipe.start is not None:
        network.parameters[:] = recipe.start
        return network
    drawn = initial_weights(recipe.initializer, recipe.weight_seed, recipe.sizes)
    for W, initial in zip(network.weights, drawn, strict=True):
        W[:] = initial
    return network


def step_rule(recipe: Recipe) -> StepRule:
    """Return how a recipe wants its steps taken."""
    return StepRule(**{field.name: getattr(recipe, field.name) for field in fields(StepRule)})


def start_training(recipe: Recipe, heed: Heed = go_on) -> Training:
    """Build the data and the untrained network that a recipe asks for.

    Parameters
    ----------
    heed : as of `Training`
    """
    X, Y = make_data(recipe)
    return Training(
        untrained_network(recipe),
        features_of(X, recipe.features),
        Y,
        loss=recipe.loss,
        numerics=recipe.numerics,
        reduction=recipe.reduction,
        learning_rate=recipe.learning_rate,
        batch_size=recipe.batch_size,
        batch_seed=recipe.batch_seed,
        rule=step_rule(recipe),
        is_regression=recipe.is_regression,
        heed=heed,
    )


def hold_out(recipe: Recipe, network: Network, heed: Heed = go_on) -> HeldOut | None:
    """Build the test set that a recipe asks for, for this network; None where all samples train."""
    data = make_test_data(recipe)
    if data is None:
        return None
    points, Y = data
    X = features_of(points, recipe.features)
    return HeldOut(
        network,
        points,
        X,
        Y,
        recipe.loss,
        recipe.numerics,
        is_regression=recipe.is_regression,
        heed=heed,
    )
