"""Parameters one by one: where they lie, and what stays of them when the layers change."""

from dataclasses import replace

import numpy as np
import pytest

from mlpviz.engine.network import Network
from mlpviz.experiment.recipe.recipe import Recipe
from mlpviz.experiment.recipe.revision import revised
from mlpviz.experiment.run.places import (
    NEW,
    Place,
    kept_indices,
    place_of,
    with_layer,
    with_layers,
    with_unit,
)
from mlpviz.experiment.run.run import Run
from mlpviz.experiment.run.start import untrained_network

SIZES = (2, 4, 3, 1)
RECIPE = Recipe(hidden=(4, 3))
FIVE = revised(RECIPE, dataset="gaussians", classes=5, samples=40)  # an output unit for each


def trained(recipe: Recipe | None = None) -> Run:
    run = Run(recipe or RECIPE)
    run.advance(20)
    return run


@pytest.mark.parametrize("sizes", [SIZES, FIVE.sizes])
def test_a_place_is_the_parameter_that_the_network_has_there(sizes: tuple[int, ...]) -> None:
    network = Network(sizes, ("sigmoid",) * 3)
    network.parameters[:] = np.arange(len(network.parameters))
    for layer, (W, b) in enumerate(zip(network.weights, network.biases, strict=True), 1):
        for (source, unit), value in np.ndenumerate(W):
            assert Place(layer, unit, source).position(sizes) == value
            assert place_of(int(value), sizes) == Place(layer, unit, source)
        for unit, value in enumerate(b.tolist()):
            assert Place(layer, unit).position(sizes) == value
            assert place_of(int(value), sizes) == Place(layer, unit)


def test_of_the_same_layers_all_is_kept() -> None:
    assert kept_indices(SIZES, SIZES).tolist() == list(range(31))


@pytest.mark.parametrize("hidden", [(5, 3), (3, 3), (4, 6), (1, 1), (4, 3, 4), (4,), (), (9, 9, 9)])
@pytest.mark.parametrize("before", [RECIPE, FIVE], ids=["1 output", "5 outputs"])
def test_what_the_network_has_already_stays_and_what_is_new_is_drawn(
    before: Recipe, hidden: tuple[int, ...]
) -> None:
    run = trained(before)
    old_W, old_b = run.training.network.weights, run.training.network.biases
    recipe = with_layers(run.recipe, run.training.state(), hidden)
    new = untrained_network(recipe)
    drawn = untrained_network(replace(recipe, start=None))
    assert recipe.hidden == hidden
    assert np.array_equal(new.biases[-1], old_b[-1])
    for layer in range(len(hidden)):
        is_old = layer < 2
        rows = min(len(new.weights[layer]), len(old_W[layer])) if is_old else 0
        columns = min(hidden[layer], (4, 3)[layer]) if is_old else 0
        W = new.weights[layer]
        if is_old:
            assert np.array_equal(W[:rows, :columns], old_W[layer][:rows, :columns])
            assert np.array_equal(new.biases[layer][:columns], old_b[layer][:columns])
        assert np.array_equal(W[rows:], drawn.weights[layer][rows:])
        assert np.array_equal(W[:, columns:], drawn.weights[layer][:, columns:])
        assert not new.biases[layer][columns:].any()
    rows = min(hidden[-1], 3) if len(hidden) == 2 else 0
    assert np.array_equal(new.weights[-1][:rows], old_W[-1][:rows])
    assert np.array_equal(new.weights[-1][rows:], drawn.weights[-1][rows:])


def test_a_unit_that_passes_on_nothing_new_leaves_the_others_as_they_are() -> None:
    run = trained()
    recipe = with_unit(run.recipe, run.training.state(), 1, -1)
    kept = kept_indices((2, 4, 3, 1), (2, 3, 3, 1))
    assert NEW not in kept
    assert list(recipe.start or ()) == run.training.state()[kept].tolist()


@pytest.mark.parametrize("before", [RECIPE, FIVE], ids=["1 output", "5 outputs"])
def test_what_is_frozen_stays_frozen_where_it_lies_now(before: Recipe) -> None:
    gone, last = Place(1, 3, 0), before.outputs - 1
    stay = (Place(2, 0), Place(2, 2, 1), Place(3, last, 1), Place(3, last))
    frozen = tuple(place.position(before.sizes) for place in (*stay, gone))
    recipe = with_unit(replace(before, frozen=frozen), None, 1, -1)
    assert recipe.frozen == tuple(sorted(place.position(recipe.sizes) for place in stay))


def test_of_another_number_of_classes_only_what_leads_into_the_outputs_is_drawn_anew() -> None:
    six = revised(replace(FIVE, frozen=(0, 40)), classes=6)
    before, after = untrained_network(FIVE), untrained_network(six)
    for layer in (0, 1):
        assert np.array_equal(after.weights[layer], before.weights[layer])
    assert six.frozen == ()
    assert after.weights[2].shape == (3, 6)


def test_a_run_starts_from_the_weights_of_before_and_reset_returns_to_them() -> None:
    run = trained()
    next_run = run.successor(with_unit(run.recipe, run.training.state(), 2, 1))
    start = next_run.training.state()
    assert next_run.training.epoch == 0
    next_run.advance(10)
    again = next_run.successor(next_run.recipe)
    assert np.array_equal(again.training.state(), start)
    assert again.recipe.with_new_weights().start is None


def test_without_parameters_those_of_the_recipe_are_taken() -> None:
    recipe = with_layer(Recipe(hidden=(3,), start=(0.5,) * 13), None, -1)
    assert recipe.hidden == ()
    assert recipe.start is not None
    assert recipe.start[-1] == 0.5


def test_a_layer_more_has_four_units_and_lies_before_the_output() -> None:
    assert with_layer(Recipe(hidden=(3,)), None, 1).hidden == (3, 4)


@pytest.mark.parametrize(
    ("hidden", "more", "words"),
    [((4,) * 6, 1, "0 to 6 hidden layers. Got 7."), ((), -1, "0 to 6 hidden layers. Got -1.")],
)
def test_more_layers_than_can_be_are_refused(
    hidden: tuple[int, ...], more: int, words: str
) -> None:
    with pytest.raises(ValueError, match=words):
        with_layer(Recipe(hidden=hidden), None, more)


@pytest.mark.parametrize(("units", "more"), [(1, -1), (64, 1)])
def test_more_units_than_can_be_are_refused(units: int, more: int) -> None:
    with pytest.raises(ValueError, match=f"1 to 64 units. Got {units + more}."):
        with_unit(Recipe(hidden=(units,)), None, 1, more)


def test_weights_that_are_no_numbers_start_no_run() -> None:
    with pytest.raises(ValueError, match="while all weights are finite"):
        with_unit(Recipe(), np.full(37, np.nan), 1, 1)
